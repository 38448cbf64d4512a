/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/engine/exchange.h"

#include <apr_strings.h>
#include <string.h>

#include "base/banned.h"

const char *wp_frame_url(const wp_exchange_t *exchange)
{
    const wp_request_t *request = exchange->page.request;
    return apr_pstrcat(exchange->page.pool, request->base, request->path, request->query ? "?" : "",
                       request->query ? request->query : "", NULL);
}

const char *wp_frame_place(const wp_exchange_t *exchange, const char *path)
{
    const wp_page_t *page = &exchange->page;
    size_t length = page->section ? strlen(page->section->path) : 0;
    bool own = page->request->only_section && strncmp(path, page->section->path, length) == 0 &&
               strchr("/?", path[length]);
    return apr_pstrcat(page->pool, own ? page->request->base : page->request->mount, path, NULL);
}

static int add_asset(void *context, const char *name, const char *file)
{
    wp_exchange_t *exchange = context;
    xmlNodePtr asset = wp_xml_child(xmlDocGetRootElement(exchange->page.out.document)->children, "asset");
    wp_xml_attr(asset, "name", name);
    wp_xml_attr(asset, "href", apr_pstrcat(exchange->page.pool, exchange->page.portal->asset_path, "/", file, NULL));
    return 1;
}

static int add_help(void *context, const char *what, const char *value)
{
    wp_xml_attr(context, what, value);
    return 1;
}

/* <site> is the root's first child, on which add_asset() relies. */
static void write_site(wp_exchange_t *exchange, xmlNodePtr root)
{
    const wp_portal_t *portal = exchange->page.portal;
    const char *host = strstr(exchange->page.request->scheme_host, "://");
    xmlNodePtr site = wp_xml_child(root, "site");

    wp_xml_attr(site, "name", portal->name);
    wp_xml_attr(site, "base", exchange->page.request->mount);
    if (exchange->page.section)
        wp_xml_attr(site, "own", wp_frame_place(exchange, exchange->page.section->path));
    wp_xml_attr(site, "host", host ? host + 3 : NULL);
    apr_table_do(add_asset, exchange, portal->assets, NULL);
    apr_table_do(add_help, wp_xml_child(site, "help"), portal->help, NULL);
}

static void write_languages(wp_exchange_t *exchange, xmlNodePtr root)
{
    const wp_page_t *page = &exchange->page;
    xmlNodePtr languages = wp_xml_child(root, "languages");
    const char *query = page->request->method == WP_METHOD_GET ? page->request->query : NULL;
    const char *back = apr_pstrcat(page->pool, page->request->mount, page->request->path, query ? "?" : "",
                                   query ? query : "", NULL);

    for (int i = 0; page->portal->languages[i]; i++) {
        xmlNodePtr language = wp_xml_child(languages, "language");
        wp_xml_attr(language, "code", page->portal->languages[i]);
        wp_xml_attr(language, "href",
                    apr_psprintf(page->pool, "%s/public/language?to=%s&back=%s", page->request->mount,
                                 page->portal->languages[i], wp_urlencode(page->pool, back)));
        if (strcmp(page->portal->languages[i], page->language) == 0)
            wp_xml_attr(language, "current", "true");
    }
}

static void write_person(wp_exchange_t *exchange, xmlNodePtr root)
{
    const wp_identity_t *identity = exchange->page.who.identity;
    xmlNodePtr person = wp_xml_child(root, "person");

    wp_xml_text(person, "name", identity->name);
    wp_xml_text(person, "given", identity->given);
    xmlNodePtr issuer = wp_xml_text(person, "issuer", wp_issuer_text(identity->issuer->names, exchange->page.language));
    wp_xml_attr(issuer, "level", wp_level_name(identity->issuer->level));
}

/* Sections by their position in the menu. There are few, so the next one is searched for each time. */
static const wp_section_t *next_in_menu(int after)
{
    const wp_section_t *next = NULL;
    for (int i = 0; wp_sections[i]; i++) {
        if (wp_sections[i]->menu > after && (!next || wp_sections[i]->menu < next->menu))
            next = wp_sections[i];
    }
    return next;
}

/* A section is not in the menu if its first route needs a right that the person has on no contract. */
static bool is_offered(const wp_exchange_t *exchange, const wp_section_t *section)
{
    const wp_route_t *first = &section->routes[0];
    int held = first->whole ? exchange->account.whole_rights : exchange->account.rights;
    return !first->right || (held & (int)first->right);
}

static void write_menu(wp_exchange_t *exchange, xmlNodePtr root)
{
    const wp_page_t *page = &exchange->page;
    xmlNodePtr menu = wp_xml_child(root, "menu");

    for (const wp_section_t *section = next_in_menu(0); section; section = next_in_menu(section->menu)) {
        if (!is_offered(exchange, section))
            continue;
        xmlNodePtr entry = wp_xml_child(menu, "entry");
        wp_xml_attr(entry, "section", section->name);
        wp_xml_attr(entry, "href", wp_frame_place(exchange, section->path));
        if (section == page->section)
            wp_xml_attr(entry, "current", "true");
    }
}

static void write_context(wp_exchange_t *exchange, xmlNodePtr root)
{
    if (!exchange->page.on.contract)
        return;
    xmlNodePtr context = wp_xml_child(root, "context");
    wp_xml_attr(context, "contract", exchange->page.on.contract);
    wp_xml_attr(context, "address", exchange->page.on.address);
    wp_xml_attr(context, "holder", exchange->page.on.holder);
    if (exchange->account.contracts > 0)
        wp_xml_attr_int(context, "contracts", exchange->account.contracts);
}

static void write_logout(wp_exchange_t *exchange, xmlNodePtr root)
{
    const wp_request_t *request = exchange->page.request;
    apr_pool_t *pool = exchange->page.pool;
    const char *after = apr_pstrcat(pool, request->scheme_host, request->mount, "/public/goodbye", NULL);
    wp_xml_attr(wp_xml_child(root, "logout"), "href",
                apr_pstrcat(pool, exchange->page.portal->callback, "?logout=", wp_urlencode(pool, after), NULL));
}

static void write_root_attributes(wp_exchange_t *exchange, xmlNodePtr root, const char *section)
{
    const wp_page_t *page = &exchange->page;
    wp_xml_attr(root, "section", section);
    wp_xml_attr(root, "route", page->out.route_name);
    wp_xml_attr_int(root, "status", page->out.status);
    wp_xml_attr(root, "lang", page->language);
    wp_xml_attr(root, "now", wp_page_time(page, exchange->page.clock.now_text));
    wp_xml_attr(root, "today", exchange->page.clock.today_text);
}

void wp_frame_head(wp_exchange_t *exchange, const char *section)
{
    wp_page_t *page = &exchange->page;
    xmlNodePtr root = xmlDocGetRootElement(page->out.document);

    write_root_attributes(exchange, root, section);
    write_site(exchange, root);
    xmlNodePtr request = wp_xml_child(root, "request");
    wp_xml_attr(request, "id", page->request->id);
    wp_xml_attr(request, "url", wp_frame_url(exchange));
    write_languages(exchange, root);
    if (page->who.identity) {
        write_person(exchange, root);
        if (exchange->account.contracts > 0)
            write_menu(exchange, root);
    }
    write_context(exchange, root);
    /* a session that the portal cannot use also needs a logout: otherwise nobody could choose another way to log in */
    if (page->request->login == WP_LOGIN_DONE || page->request->login == WP_LOGIN_UNBOUND)
        write_logout(exchange, root);
}

/* Notices, data and filters are filled first, since the head needs the results of the unit of work; wp_frame_finish()
 * then moves them to where the grammar (xslt/page.rng) requires them. */
void wp_frame_begin(wp_exchange_t *exchange)
{
    wp_page_t *page = &exchange->page;
    page->out.document = wp_xml_document(page->pool, "page");
    page->out.notices = wp_xml_child(xmlDocGetRootElement(page->out.document), "notices");
    page->out.data = wp_xml_child(xmlDocGetRootElement(page->out.document), "data");
    wp_page_filter_begin(page);
    if (exchange->restored)
        wp_page_notice(page, WP_NOTICE_RESTORED);
}

/* The page that asks for a contract has no filters. */
static void place_filter(const wp_exchange_t *exchange, xmlNodePtr root)
{
    const wp_page_t *page = &exchange->page;
    xmlNodePtr nodes[] = {page->out.problems, page->out.filter};

    for (size_t i = 0; i < sizeof nodes / sizeof *nodes; i++) {
        if (!nodes[i])
            continue;
        if (exchange->choose)
            xmlFreeNode(nodes[i]);
        else
            xmlAddChild(root, nodes[i]);
    }
}

void wp_frame_finish(wp_exchange_t *exchange)
{
    wp_page_t *page = &exchange->page;
    xmlNodePtr root = xmlDocGetRootElement(page->out.document);

    xmlNodePtr parts[] = {page->out.notices, page->out.data, page->out.filter, page->out.problems};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i])
            xmlUnlinkNode(parts[i]);
    }
    wp_frame_head(exchange, page->section->name);
    if (page->out.notices->children)
        xmlAddChild(root, page->out.notices);
    else
        xmlFreeNode(page->out.notices);
    place_filter(exchange, root);
    if (page->form && !exchange->choose && wp_access_may_send(page))
        wp_form_write(page->form, root, wp_frame_url(exchange), wp_form_token_make(exchange, page->form->key));
    wp_page_add_paging(page);
    xmlAddChild(root, page->out.data);
}
