/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/page.h"

#include <apr_strings.h>
#include <string.h>

#include "base/banned.h"

/* The choice of how to log in. mod_auth_openidc redirects people here (OIDCDiscoverURL) with the parameters that it
 * needs back: target_link_uri, method, x_csrf and, for a step-up, auth_request_params and scopes. The links lead to the
 * portal's configured callback, never to the oidc_callback of the query: that would be an open redirect
 * (docs/identity.md, "Choosing an issuer"). */

static const wp_field_t chooser_inputs[] = {
    {.name = "target_link_uri", .type = WP_FIELD_TEXT, .max = 2000},
    {.name = "method", .type = WP_FIELD_TEXT, .max = 10},
    {.name = "x_csrf", .type = WP_FIELD_TEXT, .max = 200},
    {.name = "scopes", .type = WP_FIELD_TEXT, .max = 500},
    {.name = "auth_request_params", .type = WP_FIELD_TEXT, .max = 500},
    {.name = "cancelled", .type = WP_FIELD_TICK},
    {.name = NULL},
};

static const char *callback_link(const wp_page_t *page, const wp_issuer_t *issuer)
{
    static const char *const echoed[] = {"target_link_uri", "method", "x_csrf", "scopes", "auth_request_params"};
    const char *link = apr_pstrcat(page->pool, page->portal->callback,
                                   "?iss=", wp_urlencode(page->pool, issuer->issuer), NULL);

    for (size_t i = 0; i < sizeof echoed / sizeof *echoed; i++) {
        const char *value = apr_table_get(page->inputs->values, echoed[i]);
        if (value)
            link = apr_pstrcat(page->pool, link, "&", echoed[i], "=", wp_urlencode(page->pool, value), NULL);
    }
    return link;
}

/* What a step-up requires: the acr_values of its parameters, a space-separated list; NULL if this is not a step-up. */
static const char *wanted_acr(const wp_page_t *page)
{
    const char *params = apr_table_get(page->inputs->values, "auth_request_params");
    apr_array_header_t *pairs;

    if (!params || wp_pairs_parse(&pairs, page->pool, params, strlen(params)) != APR_SUCCESS)
        return NULL;
    for (int i = 0; i < pairs->nelts; i++) {
        const wp_pair_t *pair = &APR_ARRAY_IDX(pairs, i, wp_pair_t);
        if (strcmp(pair->name, "acr_values") == 0)
            return pair->value;
    }
    return NULL;
}

/* Only issuers that can provide what is wanted are offered. */
static bool can_answer(wp_page_t *page, const wp_issuer_t *issuer, const char *wanted)
{
    char *rest = NULL;

    if (!wanted)
        return true;
    if (!wp_issuer_can_step_up(issuer))
        return false;
    for (char *acr = apr_strtok(apr_pstrdup(page->pool, wanted), " ", &rest); acr; acr = apr_strtok(NULL, " ", &rest)) {
        if (strcmp(acr, issuer->acr) == 0)
            return true;
    }
    return false;
}

static void add_issuer(wp_page_t *page, const wp_issuer_t *issuer)
{
    xmlNodePtr node = wp_xml_child(page->out.data, "issuer");
    wp_xml_attr(node, "level", wp_level_name(issuer->level));
    wp_xml_attr(node, "mark", issuer->mark);
    if (apr_table_get(page->inputs->values, "x_csrf"))
        wp_xml_attr(node, "href", callback_link(page, issuer));
    wp_xml_text(node, "name", wp_issuer_text(issuer->names, page->language));
    wp_xml_text(node, "hint", wp_issuer_text(issuer->hints, page->language));
}

static apr_status_t fill_chooser(wp_page_t *page)
{
    const char *wanted = wanted_acr(page);

    for (int i = 0; i < page->portal->issuers->list->nelts; i++) {
        const wp_issuer_t *issuer = &APR_ARRAY_IDX(page->portal->issuers->list, i, wp_issuer_t);
        if (can_answer(page, issuer, wanted))
            add_issuer(page, issuer);
    }
    if (apr_table_get(page->inputs->values, "cancelled"))
        wp_xml_child(page->out.data, "cancelled");
    if (wanted)
        wp_xml_child(page->out.data, "stepup");
    wp_xml_attr_int(wp_xml_child(page->out.data, "idle"), "minutes", page->portal->idle_minutes);
    return APR_SUCCESS;
}

static const wp_field_t language_inputs[] = {
    {.name = "to", .type = WP_FIELD_KEY, .required = true},
    {.name = "back", .type = WP_FIELD_TEXT, .max = 2000},
    {.name = NULL},
};

/* The page to return to, as a path, if it is one of the portal's: below the mount. */
static const char *own_place(const wp_page_t *page, const char *back)
{
    size_t length = strlen(page->request->mount);
    if (!back || strncmp(back, page->request->mount, length) != 0 || back[length] != '/' || strchr(back, '\\') ||
        strstr(back, "//"))
        return "/";
    return back + length;
}

static apr_status_t set_language(wp_page_t *page)
{
    const char *wanted = apr_table_get(page->inputs->values, "to");
    const char *language = wp_language_pick(page->portal, wanted);

    if (strcmp(language, wanted) != 0) {
        wp_page_refuse(page, 404, WP_PAGE_NOT_FOUND);
        return APR_SUCCESS;
    }
    apr_table_setn(page->out.headers, "Set-Cookie",
                   apr_pstrcat(page->pool, "__Host-wp-lang=", language,
                               "; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=31536000", NULL));
    wp_page_go(page, own_place(page, apr_table_get(page->inputs->values, "back")));
    return APR_SUCCESS;
}

/* Makes the browser delete what it stored for the portal; the language cookie remains. */
static apr_status_t fill_goodbye(wp_page_t *page)
{
    apr_table_setn(page->out.headers, "Clear-Site-Data", "\"cache\", \"storage\"");
    return APR_SUCCESS;
}

static const wp_route_t routes[] = {
    {.name = "login", .path = "/login", .need = WP_NEED_PUBLIC, .inputs = chooser_inputs, .fill = fill_chooser},
    {.name = "goodbye", .path = "/goodbye", .need = WP_NEED_PUBLIC, .fill = fill_goodbye},
    {.name = "language", .path = "/language", .need = WP_NEED_PUBLIC, .inputs = language_inputs, .fill = set_language},
    {.name = NULL},
};

const wp_section_t wp_section_login = {.name = "login", .path = "/public", .routes = routes};
