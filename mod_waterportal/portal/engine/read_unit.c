/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/engine/exchange.h"

#include <string.h>

#include "base/banned.h"

/* The one read unit of a request: finds person, account and contract and fills the page. What a request writes is in
 * write_unit.c. */

static apr_status_t find_account(wp_exchange_t *exchange)
{
    wp_page_t *page = &exchange->page;
    const wp_account_key_t key = wp_identity_key(page->who.identity);
    apr_status_t status = wp_account_find(page->db, &key, exchange->page.clock.today_text, &exchange->account);

    bool known = true;
    if (status == APR_SUCCESS && exchange->account.other)
        status = wp_attach_conflict_known(page->db, exchange->account.id, exchange->account.other, &known);
    exchange->case_missing = !known;
    if (status != APR_SUCCESS)
        return status;
    page->who.account = exchange->account.id ? &exchange->account : NULL;
    if (page->who.account && page->who.account->language && !page->request->language_cookie)
        page->language = wp_language_pick(page->portal, page->who.account->language);
    if (exchange->account.other)
        wp_page_refuse(page, 403, WP_PAGE_ACCOUNT_CONFLICT);
    else if (page->route->need == WP_NEED_CUSTOMER && exchange->account.contracts == 0)
        wp_page_go(page, "/registration");
    else if (page->route->need == WP_NEED_ACCOUNT && !page->who.account)
        wp_page_go(page, "/registration");
    return APR_SUCCESS;
}

/* A form that took effect under this key: leads to its result, or, if it had other values, remembers where that is. */
static apr_status_t find_settled(wp_exchange_t *exchange)
{
    const wp_once_t once = wp_form_once(exchange, NULL);
    wp_result_t found;
    apr_status_t status = wp_once_find(exchange->page.db, &once, &found);

    if (status == APR_SUCCESS && found.outcome == WP_OUTCOME_SAME)
        wp_page_go(&exchange->page, found.detail);
    if (status == APR_SUCCESS && found.outcome == WP_OUTCOME_CONFLICT)
        exchange->settled = found.detail;
    return status;
}

static apr_status_t read_form(wp_exchange_t *exchange)
{
    if (wp_is_post(exchange))
        return find_settled(exchange);
    return exchange->page.who.identity ? wp_saved_form_restore(exchange) : APR_SUCCESS;
}

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
    exchange->account.attach = exchange->case_missing = false;
    if (page->form && exchange->form_round != WP_FORM_REFUSED)
        wp_form_rewind(page->form);
    wp_unit_begin(exchange, db);
}

/* Who asks, what for, and what became of the form before; decides the page if it is not for this person. */
static apr_status_t find_out(wp_exchange_t *exchange)
{
    wp_page_t *page = &exchange->page;
    apr_status_t status = APR_SUCCESS;

    if (page->who.identity)
        status = wp_session_find(exchange);
    if (status == APR_SUCCESS && !wp_page_is_decided(page) && page->who.identity &&
        page->route->need != WP_NEED_STAFF) { /* a program's account is found by its token */
        status = find_account(exchange);
        wp_args_text(page->args, "account", exchange->account.id);
    }
    if (status == APR_SUCCESS && exchange->account.attach)
        return APR_SUCCESS; /* until it is certain that the account is this person's, nothing is read from it */
    if (status == APR_SUCCESS && !wp_page_is_decided(page))
        status = wp_access_find(exchange);
    if (status == APR_SUCCESS && page->form && !wp_page_is_decided(page) && !exchange->choose)
        status = read_form(exchange);
    return status;
}

static apr_status_t load(wp_page_t *page)
{
    return page->route->load ? page->route->load(page) : APR_SUCCESS;
}

static apr_status_t check(wp_exchange_t *exchange)
{
    wp_page_t *page = &exchange->page;
    bool checked = wp_is_post(exchange) && page->form && exchange->form_round != WP_FORM_REFUSED;

    if (!checked || wp_page_is_decided(page) || !page->route->form->check)
        return APR_SUCCESS;
    return page->route->form->check(page);
}

/* A form that is right is saved, and nobody sees its page. */
static bool is_shown(const wp_exchange_t *exchange)
{
    const wp_page_t *page = &exchange->page;
    const wp_form_t *form = wp_is_post(exchange) ? page->form : NULL;

    return !wp_page_is_decided(page) &&
           (!form || exchange->form_round != WP_FORM_CHECK || form->problems > 0 || wp_form_computes(form) ||
            exchange->settled || exchange->form_token == WP_FORM_TOKEN_OLD);
}

static apr_status_t show(wp_exchange_t *exchange)
{
    wp_page_t *page = &exchange->page;
    const wp_route_t *route = page->route;

    wp_frame_begin(exchange);
    if (exchange->choose)
        return wp_access_show_choice(exchange);
    apr_status_t status = route->fill ? route->fill(page) : APR_SUCCESS;
    for (int i = 0; route->rows && route->rows[i] && status == APR_SUCCESS; i++)
        status = wp_page_show(page, route->rows[i], NULL);
    return status == APR_SUCCESS && route->show ? route->show(page) : status;
}

/* For the sections that are not divided into stages yet: show() of a route with a form reads what check() needs, so it
 * runs first, also for a form that is then saved. */
static bool shows_before_check(const wp_page_t *page)
{
    return page->form && !page->route->load;
}

apr_status_t wp_read_unit(wp_db_t *db, void *baton)
{
    wp_exchange_t *exchange = baton;
    wp_page_t *page = &exchange->page;

    begin_run(exchange, db);
    apr_status_t status = find_out(exchange);
    if (status != APR_SUCCESS || exchange->account.attach || wp_page_is_decided(page))
        return status;
    if (exchange->choose)
        return show(exchange);
    status = shows_before_check(page) ? show(exchange) : load(page);
    if (status == APR_SUCCESS)
        status = check(exchange);
    if (status == APR_SUCCESS && is_shown(exchange) && !shows_before_check(page))
        status = show(exchange);
    exchange->read_last = page->out.data ? page->out.data->last : NULL;
    return status;
}
