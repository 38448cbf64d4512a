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

static apr_status_t find_settled(wp_exchange_t *exchange)
{
    wp_page_t *page = &exchange->page;
    wp_args_t *args = wp_page_args(page);
    wp_rows_t *rows;

    wp_args_text(args, "form_key", page->form->key);
    apr_status_t status = wp_db_select(page->db, "form_result", args, &rows);
    if (status != APR_SUCCESS || rows->count == 0)
        return status;
    exchange->settled = wp_row_text(rows, 0, "location");
    exchange->settled_same = strcmp(wp_row_text(rows, 0, "body_hash"), exchange->body_tag) == 0;
    return APR_SUCCESS;
}

static apr_status_t show_all(wp_page_t *page)
{
    apr_status_t status = page->route->fill ? page->route->fill(page) : APR_SUCCESS;
    for (int i = 0; page->route->show && page->route->show[i] && status == APR_SUCCESS; i++)
        status = wp_page_show(page, page->route->show[i], NULL);
    if (status == APR_SUCCESS && page->route->load)
        status = page->route->load(page);
    return status;
}

static apr_status_t read_form(wp_exchange_t *exchange)
{
    wp_page_t *page = &exchange->page;
    apr_status_t status = APR_SUCCESS;

    if (wp_is_post(exchange))
        status = find_settled(exchange);
    else if (page->who.identity)
        status = wp_saved_form_restore(exchange);
    if (status == APR_SUCCESS && exchange->settled_same)
        wp_page_go(page, exchange->settled);
    return status;
}

/* A unit of work may run twice, so everything that it decides is reset first. */
static void begin_run(wp_exchange_t *exchange, wp_db_t *db)
{
    wp_page_t *page = &exchange->page;
    page->db = db;
    page->state = NULL;
    page->found = NULL;
    page->out.paging.pages = 0;
    page->window = wp_window_at(&page->portal->window, page->clock.now);
    page->out.status = 200;
    page->out.location = page->on.contract = exchange->settled = NULL;
    page->out.code = WP_PAGE_NONE;
    page->out.notes = apr_array_make(page->pool, 1, sizeof(wp_audit_t));
    exchange->settled_same = exchange->choose = false;
    exchange->account.attach = exchange->case_missing = false;
    page->out.route_name = page->route->name;
    if (page->form)
        wp_form_rewind(page->form);
    wp_frame_begin(exchange);
    wp_values_bind(exchange);
}

apr_status_t wp_read_unit(wp_db_t *db, void *baton)
{
    wp_exchange_t *exchange = baton;
    wp_page_t *page = &exchange->page;
    apr_status_t status = APR_SUCCESS;

    begin_run(exchange, db);
    if (page->who.identity)
        status = wp_session_find(exchange);
    if (status == APR_SUCCESS && !wp_page_is_decided(page) && page->who.identity &&
        page->route->need != WP_NEED_STAFF) { /* a program's account is found by its token */
        status = find_account(exchange);
        wp_values_bind(exchange);
    }
    if (status == APR_SUCCESS && exchange->account.attach)
        return APR_SUCCESS; /* until it is certain that the account is this person's, nothing is read from it */
    if (status == APR_SUCCESS && !wp_page_is_decided(page))
        status = wp_access_find(exchange);
    if (status == APR_SUCCESS && page->form && !wp_page_is_decided(page) && !exchange->choose)
        status = read_form(exchange);
    if (status == APR_SUCCESS && !wp_page_is_decided(page) && !exchange->choose)
        status = show_all(page);
    if (status == APR_SUCCESS && page->form && wp_is_post(exchange) && !wp_page_is_decided(page) &&
        page->route->form->check)
        status = page->route->form->check(page);
    exchange->read_last = page->out.data->last;
    return status;
}
