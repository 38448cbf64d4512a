/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/engine/exchange.h"

#include "store/saved_forms.h"

#include "base/banned.h"

/* What a request writes: what its form is for, once per form key, and the audit records about the request. */

/* What save() decided, as it left it in the page. */
static wp_result_t result_of(const wp_page_t *page)
{
    if (page->out.code)
        return wp_result_of(WP_OUTCOME_UNKNOWN);
    if (page->out.retry_at)
        return (wp_result_t){.outcome = WP_OUTCOME_LIMITED, .retry_at = page->out.retry_at};
    if (page->form->problems > 0)
        return wp_result_of(WP_OUTCOME_REFUSED);
    if (!page->out.location)
        return wp_result_of(WP_OUTCOME_CONFLICT);
    return (wp_result_t){.outcome = page->out.same ? WP_OUTCOME_SAME : WP_OUTCOME_DONE, .detail = page->out.location};
}

/* May run twice, and what it left in the page counts only if it commits. */
static apr_status_t save(wp_act_t *act, void *baton, wp_result_t *result)
{
    wp_exchange_t *exchange = baton;
    wp_page_t *page = &exchange->page;
    const wp_form_def_t *form = page->route->form;
    apr_status_t status = APR_SUCCESS;

    wp_unit_begin(exchange, act->db);
    page->act = act;
    page->out.location = NULL;
    page->out.same = false;
    page->out.code = WP_PAGE_NONE;
    page->out.retry_at = 0;
    page->out.headers = apr_table_make(page->pool, 2);
    if (exchange->write_runs++ > 0)
        wp_form_rewind(page->form);
    if (!form->service_counts)
        status = wp_act_count(act, form->limit, NULL, result);
    if (status != APR_SUCCESS || wp_result_is_against(result))
        return status;
    status = form->save(page);
    *result = result_of(page);
    bool parked = page->who.identity && wp_page_input(page, "parked");
    if (status == APR_SUCCESS && !wp_result_is_against(result) && parked)
        status = wp_saved_form_drop(act->db, wp_page_input(page, "parked"), page->who.identity->tag);
    return status;
}

wp_once_t wp_form_once(wp_exchange_t *exchange, wp_once_run_t run)
{
    const wp_page_t *page = &exchange->page;
    const wp_actor_t *actor = wp_page_actor(page);

    return (wp_once_t){.who = actor->person,
                       .key = page->form->key,
                       .hash = exchange->body_tag,
                       .actor = actor,
                       .rules = wp_page_rules(page),
                       .run = run,
                       .baton = exchange};
}

apr_status_t wp_write(wp_exchange_t *exchange, wp_result_t *result)
{
    wp_page_t *page = &exchange->page;
    const wp_once_t once = wp_form_once(exchange, save);
    apr_table_t *headers = page->out.headers;
    apr_status_t status = wp_once(exchange->source, page->pool, &once, result);

    /* a secret that was not stored is not shown either */
    if (status == APR_SUCCESS && result->outcome == WP_OUTCOME_DONE)
        apr_table_overlap(headers, page->out.headers, APR_OVERLAP_TABLES_SET);
    page->out.headers = headers;
    page->db = NULL;
    page->act = NULL;
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

    wp_unit_begin(exchange, db);
    page->out.location = NULL;
    page->out.code = WP_PAGE_NONE;
    forget_additions(exchange);
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
    wp_result_t result = wp_result_of(WP_OUTCOME_NONE);

    wp_unit_begin(exchange, db);
    apr_status_t status = wp_act_count(wp_page_act(&exchange->page), exchange->page.route->limit, NULL, &result);
    exchange->retry_at = result.retry_at;
    return status;
}

apr_status_t wp_note_unit(wp_db_t *db, void *baton)
{
    wp_exchange_t *exchange = baton;

    wp_unit_begin(exchange, db);
    return wp_page_write_notes(&exchange->page);
}
