/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/engine/exchange.h"

#include <apr_strings.h>

#include "data/date_text.h"

#include "base/banned.h"

void wp_values_bind(wp_exchange_t *exchange)
{
    wp_page_t *page = &exchange->page;
    const apr_array_header_t *inputs = apr_table_elts(exchange->inputs.values);

    page->args = wp_args_make(page->pool, NULL);
    wp_args_text(page->args, "now", exchange->page.clock.now_text);
    wp_args_text(page->args, "today", exchange->page.clock.today_text);
    wp_args_text(page->args, "contract", page->on.contract);
    wp_args_int(page->args, "right", page->route->right ? page->route->right : WP_RIGHT_ANY);
    wp_args_int(page->args, "whole", page->route->whole);
    wp_args_text(page->args, "window_key", page->window.key);
    wp_args_text(page->args, "window_from", wp_date_text(page->pool, page->window.from));
    for (const wp_field_t *field = page->route->inputs; field && field->name; field++)
        wp_args_text(page->args, field->name, NULL);
    for (int i = 0; i < inputs->nelts; i++) {
        const apr_table_entry_t *input = &APR_ARRAY_IDX(inputs, i, apr_table_entry_t);
        wp_args_text(page->args, input->key, input->val);
    }
    wp_args_text(page->args, "account", exchange->account.id);
    if (page->who.token) {
        wp_args_text(page->args, "person", apr_pstrcat(page->pool, "token ", page->who.token, NULL));
        wp_args_text(page->args, "person_name", exchange->account.name);
    }
    if (!page->who.identity)
        return;
    wp_args_text(page->args, "session", page->request->session);
    wp_args_text(page->args, "person", page->who.identity->tag);
    wp_args_text(page->args, "person_name", page->who.identity->known_as);
    wp_args_text(page->args, "code", page->who.identity->person_code);
    wp_args_text(page->args, "issuer", page->who.identity->issuer->issuer);
    wp_args_text(page->args, "subject", page->who.identity->subject);
}
