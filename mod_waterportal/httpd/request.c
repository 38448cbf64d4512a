/* SPDX-License-Identifier: Apache-2.0 */
#include "httpd/glue.h"

#include <ap_expr.h>
#include <apr_strings.h>
#include <http_core.h>
#include <string.h>
#include <util_cookies.h>

#include "base/banned.h"

#define LANGUAGE_COOKIE "__Host-wp-lang"
#define ONCE_COOKIE     "__Secure-wp-once"

static bool is_below(const char *place, const char *uri)
{
    size_t length = strlen(place);
    return uri && strncmp(uri, place, length) == 0 && (uri[length] == '/' || uri[length] == '\0');
}

bool wp_glue_is_ours(const wp_config_t *config, const char *uri)
{
    return is_below(config->mount, uri);
}

bool wp_glue_is_asset(const wp_config_t *config, const char *uri)
{
    return is_below(config->asset_path, uri);
}

bool wp_glue_names_section(const char *handler, const char **section)
{
    size_t length = sizeof WP_HANDLER - 1;
    *section = NULL;
    if (!handler || strncmp(handler, WP_HANDLER, length) != 0)
        return false;
    if (handler[length] == '-')
        *section = handler + length + 1;
    return handler[length] == '\0' || handler[length] == '-';
}

/* What SetHandler says for this place; httpd sets r->handler from it only after authentication. */
static const char *configured_handler(request_rec *r)
{
    const core_dir_config *place = ap_get_core_module_config(r->per_dir_config);
    const char *error = NULL;
    return place->expr_handler ? ap_expr_str_exec(r, place->expr_handler, &error) : place->handler;
}

bool wp_glue_is_mounted(request_rec *r, const char **section)
{
    return wp_glue_names_section(configured_handler(r), section);
}

/* Below the mount and outside the login. No such page needs to exist: wp_request_t.failed says what to answer. */
#define ERROR_PLACE "/public/error"

bool wp_glue_begins_login(const request_rec *r, const wp_config_t *config)
{
    if (strcmp(r->uri, config->callback) == 0)
        return r->args && (strncmp(r->args, "iss=", 4) == 0 || strstr(r->args, "&iss=")) && !strstr(r->args, "state=");
    return wp_glue_is_ours(config, r->uri) && strcmp(r->uri + strlen(config->mount), "/public/login") == 0;
}

static const char away_note[] = "waterportal-login-away";

void wp_glue_note_login_away(request_rec *r)
{
    apr_table_setn(r->notes, away_note, "");
}

void wp_glue_own_errors(request_rec *r, const wp_config_t *config)
{
    static const int errors[] = {400, 401, 403, 404, 405, 406, 408, 411, 412, 413, 414, 415, 416, 417,
                                 421, 422, 426, 428, 429, 431, 451, 500, 501, 502, 503, 504, 505};
    static const char done[] = "waterportal-errors";

    if (r->prev || r->main || apr_table_get(r->notes, done)) /* httpd handles an error of the error page itself */
        return;
    const char *place = apr_pstrcat(r->pool, config->mount, ERROR_PLACE, NULL);
    apr_table_setn(r->notes, done, "");
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
        ap_custom_response(r, errors[i], place);
}

static bool wants_xml(request_rec *r)
{
    const char *accept = apr_table_get(r->headers_in, "Accept");
    const char *xml = accept ? strstr(accept, "application/xml") : NULL;
    const char *html = accept ? strstr(accept, "text/html") : NULL;
    return xml && (!html || xml < html);
}

static wp_instant_t now(const wp_config_t *config, request_rec *r)
{
    wp_instant_t instant = apr_time_sec(r->request_time);
    if (config->fixed_time)
        wp_instant_parse(config->fixed_time, &instant);
    return instant;
}

/* The last place where a segment occurs as a whole, or NULL. */
static const char *last_segment(const char *uri, const char *segment)
{
    const char *last = NULL;
    for (const char *found = strstr(uri, segment); found; found = strstr(found + 1, segment)) {
        char after = found[strlen(segment)];
        if (after == '\0' || after == '/')
            last = found;
    }
    return last;
}

/* The rest of the address, from the slash that follows the given number of slashes. */
static const char *after_slashes(const char *address, int slashes)
{
    while (*address && (*address != '/' || slashes-- > 0))
        address++;
    return address;
}

static int count_slashes(const char *text, const char *end)
{
    int count = 0;
    for (; text < end; text++)
        count += *text == '/';
    return count;
}

/* Splits the address into mount and path. A section that is mounted alone (SetHandler waterportal-NAME) finds its mount
 * in front of its own name: /water/readings/receipt/1 → /water and /readings/receipt/1. */
static bool split_path(request_rec *r, const wp_config_t *config, const char *section, wp_request_t *request)
{
    const char *address = wp_glue_address(r);

    if (!address)
        return false;
    if (!section || (config->mount && wp_glue_is_ours(config, r->uri))) {
        request->base = config->mount;
        request->path = after_slashes(address, count_slashes(config->mount, config->mount + strlen(config->mount)));
        return wp_glue_is_ours(config, r->uri);
    }
    const char *found = last_segment(r->uri, apr_pstrcat(r->pool, "/", section, NULL));
    if (!found)
        return false;
    request->path = after_slashes(address, count_slashes(r->uri, found));
    request->base = apr_pstrmemdup(r->pool, address, (apr_size_t)(request->path - address));
    return true;
}

/* ap_die() turns a request into a GET before it shows the error document; the noted body shows that it was a POST. */
static wp_method_t method_of(request_rec *r, const wp_body_t *body)
{
    if (body)
        return WP_METHOD_POST;
    return r->method_number == M_GET ? WP_METHOD_GET : WP_METHOD_OTHER;
}

static wp_request_t *read_request(request_rec *r, const wp_config_t *config, const char *section)
{
    wp_request_t *request = apr_pcalloc(r->pool, sizeof *request);

    request->pool = r->pool;
    request->body = wp_glue_posted(r, r);
    request->knew_session = wp_glue_knew_session(r);
    request->method = method_of(r, request->body);
    request->scheme_host = config->origin ? config->origin : ap_construct_url(r->pool, "", r);
    request->mount = config->mount;
    request->query = r->args;
    request->only_section = section;
    request->origin = apr_table_get(r->headers_in, "Origin");
    request->fetch_site = apr_table_get(r->headers_in, "Sec-Fetch-Site");
    request->wants_xml = wants_xml(r);
    request->now = now(config, r);
    request->authorization = apr_table_get(r->headers_in, "Authorization");
    request->if_none_match = apr_table_get(r->headers_in, "If-None-Match");
    request->signature = apr_table_get(r->headers_in, "X-JWS-Signature");
    request->content_type = apr_table_get(r->headers_in, "Content-Type");
    request->idempotency_key = apr_table_get(r->headers_in, "Idempotency-Key");
    ap_cookie_read(r, LANGUAGE_COOKIE, &request->language_cookie, 0);
    ap_cookie_read(r, ONCE_COOKIE, &request->once_cookie, 0);
    return split_path(r, config, section, request) ? request : NULL;
}

/* What the rejected request was. If the portal cannot interpret it, the error page refers to the portal's start
 * page. */
static const wp_request_t *refused_request(request_rec *r, const wp_config_t *config, const wp_request_t *shown)
{
    const char *section = NULL;

    wp_glue_is_mounted(r, &section);
    wp_request_t *refused = read_request(r, config, section);
    if (!refused) {
        refused = apr_pmemdup(r->pool, shown, sizeof *shown);
        refused->base = config->mount;
        refused->path = "/";
        refused->query = NULL;
    }
    refused->id = shown->id;
    refused->login_away = apr_table_get(r->notes, away_note) != NULL;
    if (strcmp(r->uri, config->callback) == 0) { /* what the bank sent there is no longer of use */
        refused->at_login = true;
        refused->path = "/home";
        refused->query = NULL;
    }
    return refused;
}

wp_request_t *wp_glue_failed_request(request_rec *r, const wp_config_t *config, int status)
{
    wp_request_t *request = apr_pcalloc(r->pool, sizeof *request);

    request->pool = r->pool;
    request->id = wp_glue_request_id(r->pool);
    request->failed = refused_request(r, config, request);
    request->failed_status = status;
    return request;
}

wp_request_t *wp_glue_request(request_rec *r, const wp_config_t *config, const char *section)
{
    wp_request_t *request = read_request(r, config, section);
    if (!request)
        return NULL;
    request->id = wp_glue_request_id(r->pool);
    wp_glue_identity(r, config, request);
    if (r->prev && ap_is_HTTP_ERROR(r->prev->status)) {
        request->failed = refused_request(r->prev, config, request);
        wp_glue_posted(r->prev, r); /* the filters now belong to this request */
        request->failed_status = r->prev->status;
    }
    return request;
}
