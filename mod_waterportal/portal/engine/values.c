/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/engine/exchange.h"

#include <apr_strings.h>

#include "data/date_text.h"

#include "base/banned.h"

/* The values of a request's statements: what is the same in each of its units of work is bound once. */

static void bind_person(const wp_exchange_t *exchange, wp_args_t *values)
{
    const wp_page_t *page = &exchange->page;
    const wp_identity_t *identity = page->who.identity;

    if (page->who.token) {
        wp_args_text(values, "person", apr_pstrcat(page->pool, "token ", page->who.token, NULL));
        wp_args_text(values, "person_name", exchange->account.name);
    }
    if (!identity)
        return;
    wp_args_text(values, "session", page->request->session);
    wp_args_text(values, "person", identity->tag);
    wp_args_text(values, "person_name", identity->known_as);
    wp_args_text(values, "code", identity->person_code);
    wp_args_text(values, "issuer", identity->issuer->issuer);
    wp_args_text(values, "subject", identity->subject);
}

static void bind_inputs(const wp_exchange_t *exchange, wp_args_t *values)
{
    const apr_array_header_t *inputs = apr_table_elts(exchange->inputs.values);

    for (const wp_field_t *field = exchange->page.route->inputs; field && field->name; field++)
        wp_args_text(values, field->name, NULL);
    for (int i = 0; i < inputs->nelts; i++) {
        const apr_table_entry_t *input = &APR_ARRAY_IDX(inputs, i, apr_table_entry_t);
        wp_args_text(values, input->key, input->val);
    }
}

void wp_values_bind(wp_exchange_t *exchange)
{
    const wp_page_t *page = &exchange->page;
    wp_args_t *values = wp_args_make(page->pool, NULL);

    wp_args_text(values, "now", page->clock.now_text);
    wp_args_text(values, "today", page->clock.today_text);
    wp_args_int(values, "right", page->route->right ? page->route->right : WP_RIGHT_ANY);
    wp_args_int(values, "whole", page->route->whole);
    wp_args_text(values, "window_key", page->window.key);
    wp_args_text(values, "window_from", wp_date_text(page->pool, page->window.from));
    wp_args_text(values, "account", NULL);
    wp_args_text(values, "contract", NULL);
    bind_inputs(exchange, values);
    bind_person(exchange, values);
    exchange->values = values;
}

/* What an earlier run of the unit bound is gone with its args. */
void wp_unit_begin(wp_exchange_t *exchange, wp_db_t *db)
{
    wp_page_t *page = &exchange->page;

    page->db = db;
    page->act = NULL;
    page->args = wp_args_make(page->pool, exchange->values);
    if (exchange->account.id)
        wp_args_text(page->args, "account", exchange->account.id);
    if (page->on.contract)
        wp_args_text(page->args, "contract", page->on.contract);
}
