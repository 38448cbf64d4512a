/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/engine/exchange.h"

#include <apr_lib.h>
#include <apr_strings.h>
#include <string.h>

#include "crypto/digest.h"

#include "base/banned.h"

/* Makes the answer from the complete document. */

/* If nothing can be rendered, these few bytes still say so. */
static const char last_resort[] =
    "<!DOCTYPE html><html lang=\"lv\"><title>503</title><p>Portāls brīdi nav pieejams. / The portal is "
    "not available for a moment.</p></html>\n";

static const char *sheet_of(const wp_page_t *page)
{
    if (page->out.code || !page->section)
        return "error";
    return apr_pstrcat(page->pool, "sections/",
                       page->route && page->route->sheet ? page->route->sheet : page->section->name, NULL);
}

/* Makes a name that every file system accepts: no directory separators, no characters that some of them reject, no
 * hidden file. */
static char *file_name(apr_pool_t *pool, const char *text)
{
    char *name = apr_pstrdup(pool, text);

    for (char *c = name; *c; c++) {
        if (apr_iscntrl(*c) || strchr("/\\:*?\"<>|", *c) || (c == name && *c == '.'))
            *c = '-';
    }
    return name;
}

/* Replaces each character outside ASCII by "-", for programs that do not know the other form. */
static const char *in_ascii(apr_pool_t *pool, const char *name)
{
    char *made = apr_palloc(pool, strlen(name) + 1), *to = made;

    for (const unsigned char *c = (const unsigned char *)name; *c; c++) {
        if (*c < 0x80)
            *to++ = (char)*c;
        else if (*c >= 0xc0)
            *to++ = '-';
    }
    *to = '\0';
    return made;
}

/* RFC 6266: filename for all programs, and filename* (RFC 8187) if the name is not plain ASCII. */
static const char *attachment(apr_pool_t *pool, const char *text)
{
    const char *name = file_name(pool, text), *plain = in_ascii(pool, name);

    if (strcmp(name, plain) == 0)
        return apr_pstrcat(pool, "attachment; filename=\"", plain, "\"", NULL);
    return apr_pstrcat(pool, "attachment; filename=\"", plain, "\"; filename*=UTF-8''", wp_urlencode(pool, name), NULL);
}

static void offer_file(const wp_page_t *page, wp_answer_t *answer)
{
    if (!page->out.code && page->route && page->route->file)
        apr_table_setn(answer->headers, "Content-Disposition",
                       attachment(page->pool, page->out.file ? page->out.file : page->route->file));
}

/* The file name of a saved page document distinguishes it from others: "contracts-contract-10-45127.xml". */
static void name_document(const wp_page_t *page, wp_answer_t *answer)
{
    char *name = apr_pstrcat(page->pool, page->section->name, "-", page->out.route_name, page->on.contract ? "-" : "",
                             page->on.contract, NULL);

    for (char *c = name; *c; c++) {
        if (!apr_isalnum(*c) && *c != '.' && *c != '_')
            *c = '-';
    }
    apr_table_setn(answer->headers, "Content-Disposition",
                   apr_pstrcat(page->pool, "inline; filename=\"", name, ".xml\"", NULL));
}

/* If-None-Match: lists, weak ETags and "*" as in RFC 9110 section 13.1.2. */
static bool matches(const char *list, const char *etag)
{
    return list && (strstr(list, etag) || strcmp(list, "*") == 0);
}

/* A program must revalidate what it keeps each time: its right to see it may have ended. */
static void settle_caching(wp_exchange_t *exchange)
{
    const wp_page_t *page = &exchange->page;
    wp_answer_t *answer = exchange->answer;

    if (page->out.code || !page->route || page->route->need != WP_NEED_TOKEN)
        return;
    const char *hash = wp_digest(page->pool, answer->body, answer->length);
    const char *etag = apr_psprintf(page->pool, "\"%.32s\"", hash ? hash : "");
    answer->vary = "Accept, Authorization";
    apr_table_setn(answer->headers, "ETag", etag);
    if (matches(page->request->if_none_match, etag)) {
        answer->status = 304;
        answer->body = NULL;
        answer->length = 0;
    }
}

/* Writes the complete document: as XML, through the route's own writer, or by a stylesheet. */
static apr_status_t write_document(wp_exchange_t *exchange)
{
    wp_page_t *page = &exchange->page;
    wp_answer_t *answer = exchange->answer;
    bool own = !page->out.code && page->route;

    if (exchange->wants_xml && !page->out.code) {
        answer->content_type = "application/xml; charset=utf-8";
        answer->body = wp_xml_serialise(page->out.document, page->pool, &answer->length);
        name_document(page, answer);
        return APR_SUCCESS;
    }
    answer->content_type = own && page->route->media ? page->route->media : "text/html; charset=utf-8";
    offer_file(page, answer);
    if (own && page->route->save_file)
        return page->route->save_file(page, &answer->file, &answer->file_length);
    if (own && page->route->write)
        return page->route->write(page, &answer->body, &answer->length);
    if (!page->portal->theme)
        return APR_EGENERAL;
    const wp_view_t view = {sheet_of(page), page->language, page->out.document};
    return wp_theme_render(page->portal->theme, &view, page->pool, &answer->body, &answer->length);
}

void wp_response_write(wp_exchange_t *exchange)
{
    wp_answer_t *answer = exchange->answer;

    answer->status = exchange->page.out.status;
    answer->personal = exchange->page.who.identity || answer->status >= 400;
    if (write_document(exchange) == APR_SUCCESS) {
        settle_caching(exchange);
        return;
    }
    apr_table_unset(answer->headers, "Content-Disposition");
    answer->file = NULL;
    if (wp_route_is_for_programs(exchange)) {
        wp_problem_json_answer(exchange, 503, WP_PAGE_UNAVAILABLE);
        return;
    }
    answer->status = 503;
    answer->personal = true;
    answer->content_type = "text/html; charset=utf-8";
    answer->body = last_resort;
    answer->length = sizeof last_resort - 1;
}

void wp_response_go(wp_exchange_t *exchange, const char *path)
{
    exchange->answer->status = 303;
    exchange->answer->personal = true;
    exchange->answer->location = wp_frame_place(exchange, path);
}

void wp_response_retry(wp_exchange_t *exchange, wp_instant_t seconds)
{
    apr_table_setn(exchange->answer->headers, "Retry-After",
                   apr_psprintf(exchange->page.pool, "%" APR_INT64_T_FMT, seconds));
}
