/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/engine/exchange.h"

#include <string.h>

#include "base/banned.h"

/* The one read unit of a request: finds person, account and contract and fills the page. What a request writes is in
 * write_unit.c. */

/* A unit of work may run twice, so everything that it decides is reset first. A form that save() refused keeps its
 * problems. */
static void begin_run(wp_exchange_t *exchange, wp_db_t *db)
{
    wp_page_t *page = &exchange->page;

    page->state = NULL;
    page->found = NULL;
    page->on = (wp_page_on_t){.contract = NULL};
    page->window = wp_window_at(&page->portal->window, page->clock.now);
    page->out = (wp_page_out_t){.status = 200,
                                .route_name = page->route->name,
                                .headers = page->out.headers,
                                .notes = apr_array_make(page->pool, 1, sizeof(wp_audit_t))};
    exchange->settled = NULL;
    exchange->choose = exchange->restored = false;
    exchange->account.attach = exchange->case_missing = exchange->knows_rights = false;
    if (page->form && exchange->form_round != WP_FORM_REFUSED)
        wp_form_rewind(page->form);
    wp_unit_begin(exchange, db);
}

/* Who asks and what for; decides the page if it is not for this person. */
static apr_status_t find_out(wp_exchange_t *exchange)
{
    wp_page_t *page = &exchange->page;
    apr_status_t status = APR_SUCCESS;

    if (page->who.identity) /* a program's account was found by its token */
        status = wp_who_find(exchange);
    if (status == APR_SUCCESS && exchange->account.attach)
        return APR_SUCCESS; /* until it is certain that the account is this person's, nothing is read from it */
    if (status == APR_SUCCESS && !wp_page_is_decided(page))
        status = wp_access_find(exchange);
    return status;
}

static bool is_sent(const wp_exchange_t *exchange)
{
    return exchange->page.form && wp_is_post(exchange);
}

/* A form that is right is saved, and nobody sees its page. */
static bool is_right(const wp_exchange_t *exchange)
{
    const wp_page_t *page = &exchange->page;

    return !page->out.code && exchange->form_round == WP_FORM_CHECK && page->form->problems == 0 &&
           !wp_form_computes(page->form) && exchange->form_token != WP_FORM_TOKEN_OLD;
}

static apr_status_t load(wp_exchange_t *exchange)
{
    wp_page_t *page = &exchange->page;
    bool restores = page->form && page->who.identity && !is_sent(exchange);
    apr_status_t status = restores ? wp_saved_form_restore(exchange) : APR_SUCCESS;

    return status == APR_SUCCESS && page->route->load ? page->route->load(page) : status;
}

static apr_status_t check(wp_exchange_t *exchange)
{
    wp_page_t *page = &exchange->page;

    if (exchange->form_round == WP_FORM_REFUSED || wp_page_is_decided(page) || !page->route->form->check)
        return APR_SUCCESS;
    return page->route->form->check(page);
}

/* A form that is not right may have been sent before, when it was: then it leads to its result, or, if it had other
 * values, says where that is. A form that is right is asked by wp_once(). */
static apr_status_t find_settled(wp_exchange_t *exchange)
{
    wp_page_t *page = &exchange->page;
    const wp_once_t once = wp_form_once(exchange, NULL);
    wp_result_t found;
    apr_status_t status = wp_once_find(page->db, &once, &found);

    if (status == APR_SUCCESS && found.outcome == WP_OUTCOME_SAME) {
        page->out.code = WP_PAGE_NONE;
        wp_page_go(page, found.detail);
    }
    if (status == APR_SUCCESS && found.outcome == WP_OUTCOME_CONFLICT)
        exchange->settled = found.detail;
    return status;
}

static apr_status_t check_sent(wp_exchange_t *exchange)
{
    apr_status_t status = check(exchange);
    return status == APR_SUCCESS && !is_right(exchange) ? find_settled(exchange) : status;
}

static apr_status_t show(wp_exchange_t *exchange)
{
    wp_page_t *page = &exchange->page;
    const wp_route_t *route = page->route;
    apr_status_t status = wp_who_know_rights(exchange);

    wp_frame_begin(exchange);
    if (status == APR_SUCCESS && exchange->choose)
        return wp_access_show_choice(exchange);
    if (status == APR_SUCCESS && route->fill)
        status = route->fill(page);
    for (int i = 0; route->rows && route->rows[i] && status == APR_SUCCESS; i++)
        status = wp_page_show(page, route->rows[i], NULL);
    return status == APR_SUCCESS && route->show ? route->show(page) : status;
}

static apr_status_t read_page(wp_exchange_t *exchange)
{
    const wp_page_t *page = &exchange->page;

    if (exchange->choose)
        return show(exchange);
    if (is_sent(exchange) && page->route->form->save_checks && is_right(exchange))
        return APR_SUCCESS;
    apr_status_t status = load(exchange);
    if (status == APR_SUCCESS && is_sent(exchange))
        status = check_sent(exchange);
    if (status == APR_SUCCESS && !wp_page_is_decided(page) && !(is_sent(exchange) && is_right(exchange)))
        status = show(exchange);
    return status;
}

apr_status_t wp_read_unit(wp_db_t *db, void *baton)
{
    wp_exchange_t *exchange = baton;
    wp_page_t *page = &exchange->page;

    begin_run(exchange, db);
    apr_status_t status = find_out(exchange);
    if (status == APR_SUCCESS && !exchange->account.attach && !wp_page_is_decided(page))
        status = read_page(exchange);
    if (status == APR_SUCCESS && page->out.code)
        status = wp_who_know_rights(exchange); /* an error page has the menu too */
    exchange->read_last = page->out.data ? page->out.data->last : NULL;
    return status;
}
