/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/engine/exchange.h"

#include <apr_strings.h>
#include <string.h>

#include "base/banned.h"

/* Checks what the address asks for, and whether it may be requested in this way. */

bool wp_query_is_readable(wp_exchange_t *exchange)
{
    const wp_request_t *request = exchange->page.request;
    const char *text = request->query ? request->query : "";
    if (wp_route_is_signed(exchange) ||
        wp_pairs_parse(&exchange->query, request->pool, text, strlen(text)) == APR_SUCCESS)
        return true;
    exchange->query = apr_array_make(request->pool, 1, sizeof(wp_pair_t));
    return wp_refuse(exchange, 400, WP_PAGE_BAD_REQUEST);
}

/* "/home/" redirects to "/home", with its query and, since 308 keeps the method, with its body. The location is built
 * from the path that httpd normalised, encoded segment by segment, so it cannot lead anywhere else. */
bool wp_path_is_known(wp_exchange_t *exchange)
{
    const wp_request_t *request = exchange->page.request;

    if (wp_route_find(exchange))
        return true;
    const char *plain = wp_route_without_slash(exchange);
    if (!plain)
        return wp_refuse(exchange, 404, WP_PAGE_NOT_FOUND);
    exchange->answer->status = 308;
    exchange->answer->personal = true;
    exchange->answer->location = apr_pstrcat(request->pool, plain, request->query ? "?" : "",
                                             request->query ? request->query : "", NULL);
    return false;
}

/* The methods that the path takes, whichever of its routes. */
static const char *allowed(const wp_page_t *page)
{
    bool posts = false, shows = false;

    for (const wp_route_t *route = page->section->routes; route->name; route++) {
        if (strcmp(route->path, page->route->path) != 0)
            continue;
        posts |= route->form || route->awaits;
        shows |= route->need != WP_NEED_TOKEN || !route->form;
    }
    return !posts ? "GET, HEAD" : shows ? "GET, HEAD, POST" : "POST";
}

bool wp_method_is_right(wp_exchange_t *exchange)
{
    const wp_page_t *page = &exchange->page;
    bool takes_post = page->route->form || page->route->awaits;
    bool shows = page->route->need != WP_NEED_TOKEN || !page->route->form;
    if ((page->request->method == WP_METHOD_GET && shows) || (page->request->method == WP_METHOD_POST && takes_post))
        return true;
    apr_table_setn(exchange->answer->headers, "Allow", allowed(page));
    return wp_refuse(exchange, 405, WP_PAGE_METHOD);
}

/* ?view=xml has the same effect as asking for XML in Accept. */
bool wp_view_is_chosen(wp_exchange_t *exchange)
{
    for (int i = 0; i < exchange->query->nelts; i++) {
        const wp_pair_t *pair = &APR_ARRAY_IDX(exchange->query, i, wp_pair_t);
        if (strcmp(pair->name, "view") == 0)
            exchange->wants_xml = strcmp(pair->value, "xml") == 0;
    }
    return true;
}

bool wp_inputs_are_right(wp_exchange_t *exchange)
{
    if (wp_route_take_inputs(exchange))
        return true;
    return wp_route_is_for_programs(exchange) ? wp_refuse(exchange, 400, WP_PAGE_BAD_REQUEST)
                                              : wp_refuse(exchange, 404, WP_PAGE_NOT_FOUND);
}
