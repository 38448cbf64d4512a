/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/engine/exchange.h"

#include "base/banned.h"

static void write_kept(wp_exchange_t *exchange, xmlNodePtr data)
{
    xmlNodePtr kept = wp_xml_child(data, "kept");
    for (int i = 0; i < exchange->body->nelts; i++) {
        const wp_pair_t *pair = &APR_ARRAY_IDX(exchange->body, i, wp_pair_t);
        xmlNodePtr value = wp_xml_child(kept, "value");
        wp_xml_attr(value, "name", pair->name);
        wp_xml_attr(value, "text", pair->value);
    }
}

void wp_error_page(wp_exchange_t *exchange, int status, wp_page_code_t code, const char *href)
{
    wp_page_t *page = &exchange->page;

    page->out.status = status;
    page->out.code = code;
    if (wp_route_is_for_programs(exchange)) {
        wp_problem_json_answer(exchange, status, code);
        return;
    }
    page->out.document = wp_xml_document(page->pool, "page");
    xmlNodePtr root = xmlDocGetRootElement(page->out.document);
    page->out.route_name = NULL;
    wp_frame_head(exchange, "error");
    wp_xml_attr(root, "code", wp_page_code_name(code));
    xmlNodePtr data = wp_xml_child(root, "data");
    if (exchange->body && exchange->body->nelts > 0 && status == 503)
        write_kept(exchange, data);
    if (href)
        wp_xml_attr(wp_xml_child(data, "continue"), "href", href);
    wp_response_write(exchange);
}

bool wp_refuse(wp_exchange_t *exchange, int status, wp_page_code_t code)
{
    wp_error_page(exchange, status, code, NULL);
    return false;
}
