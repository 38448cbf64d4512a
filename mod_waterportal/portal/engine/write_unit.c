/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/engine/exchange.h"

#include "base/banned.h"

/* What a request writes: what its form is for, once per form key, and the audit records about the request. */

apr_status_t wp_write_unit(wp_db_t *db, void *baton)
{
    wp_exchange_t *exchange = baton;
    wp_page_t *page = &exchange->page;
    wp_args_t *args;
    int claimed = 0;

    page->db = db;
    page->out.location = NULL;
    page->out.code = WP_PAGE_NONE;
    page->out.retry_at = 0;
    if (exchange->write_runs++ > 0)
        wp_form_rewind(page->form);
    wp_values_bind(exchange);
    args = wp_page_args(page);
    wp_args_text(args, "form_key", page->form->key);
    wp_args_text(args, "body_hash", exchange->body_tag);
    wp_args_text(args, "location", "");
    apr_status_t status = wp_db_change(db, "form_claim", args, &claimed);
    if (status == APR_SUCCESS && claimed == 0)
        return WP_DB_ROLLBACK; /* another tab was first: the read unit finds its result */
    if (status == APR_SUCCESS && !page->route->form->service_counts)
        status = wp_page_use_limit(page, page->route->form->limit, page->who.identity->tag, &page->out.retry_at);
    if (status == APR_SUCCESS && !page->out.retry_at)
        status = page->route->form->save(page);
    exchange->retry_at = page->out.retry_at;
    if (status == APR_SUCCESS && page->out.retry_at)
        return wp_db_change(db, "form_release", args, NULL); /* so that the same form can be sent later */
    if (status == APR_SUCCESS && page->form->problems > 0)
        return wp_db_change(db, "form_release", args, NULL); /* refused, but what save() wrote about it is kept */
    if (status == APR_SUCCESS && !page->out.location)
        return WP_DB_ROLLBACK; /* save() found changes since check(): the form is shown again */
    if (status == APR_SUCCESS && apr_table_get(exchange->inputs.values, "parked"))
        status = wp_db_change(db, "parked_drop", args, NULL);
    if (status == APR_SUCCESS) {
        wp_args_text(args, "location", page->out.location);
        status = wp_db_change(db, "form_settle", args, NULL);
    }
    return status;
}

/* Removes what an earlier run added to the page, since that run did not commit. */
static void forget_additions(wp_exchange_t *exchange)
{
    xmlNodePtr data = exchange->page.out.data;
    while (data->last && data->last != exchange->read_last) {
        xmlNodePtr added = data->last;
        xmlUnlinkNode(added);
        xmlFreeNode(added);
    }
}

apr_status_t wp_record_unit(wp_db_t *db, void *baton)
{
    wp_exchange_t *exchange = baton;
    wp_page_t *page = &exchange->page;

    page->db = db;
    page->out.location = NULL;
    page->out.code = WP_PAGE_NONE;
    forget_additions(exchange);
    wp_values_bind(exchange);
    return page->route->record(page);
}

static wp_attach_t attachment(const wp_exchange_t *exchange)
{
    const wp_identity_t *identity = exchange->page.who.identity;
    return (wp_attach_t){.account = exchange->account.id, .key = wp_identity_key(identity), .name = identity->name};
}

/* A case that was opened is kept. */
apr_status_t wp_attach_unit(wp_db_t *db, void *baton)
{
    wp_exchange_t *exchange = baton;
    const wp_attach_t wanted = attachment(exchange);

    exchange->page.db = db;
    exchange->attaching = wp_result_of(WP_OUTCOME_NONE);
    return wp_attach(wp_page_act(&exchange->page), &wanted, &exchange->attached, &exchange->attaching);
}

apr_status_t wp_conflict_unit(wp_db_t *db, void *baton)
{
    wp_exchange_t *exchange = baton;
    const wp_attach_t wanted = attachment(exchange);
    wp_result_t result;

    exchange->page.db = db;
    return wp_attach_conflict(wp_page_act(&exchange->page), &wanted, exchange->account.other, &result);
}

apr_status_t wp_limit_unit(wp_db_t *db, void *baton)
{
    wp_exchange_t *exchange = baton;
    exchange->page.db = db;
    return wp_page_use_limit(&exchange->page, exchange->page.route->limit, exchange->page.who.identity->tag,
                             &exchange->retry_at);
}

apr_status_t wp_note_unit(wp_db_t *db, void *baton)
{
    wp_exchange_t *exchange = baton;
    wp_page_t *page = &exchange->page;

    page->db = db;
    wp_values_bind(exchange);
    return wp_page_write_notes(page);
}
