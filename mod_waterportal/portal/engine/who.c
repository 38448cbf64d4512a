/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/engine/exchange.h"

#include "base/banned.h"

/* Who asks for the page: the login, its account, and what that may do. */

/* What the account may do in total is asked for only where it matters: a form about one contract that is saved needs
 * what may be done on that contract, and shows no menu. */
static bool needs_rights(const wp_exchange_t *exchange)
{
    wp_contract_use_t use = exchange->page.route->contract;
    return !wp_is_post(exchange) || (use != WP_CONTRACT_REQUIRED && use != WP_CONTRACT_FOUND);
}

apr_status_t wp_who_know_rights(wp_exchange_t *exchange)
{
    wp_page_t *page = &exchange->page;

    if (!page->who.identity || !page->who.account || exchange->knows_rights)
        return APR_SUCCESS;
    exchange->knows_rights = true;
    return wp_account_rights(page->db, page->clock.today_text, &exchange->account);
}

apr_status_t wp_rights_unit(wp_db_t *db, void *baton)
{
    wp_exchange_t *exchange = baton;

    exchange->page.db = db;
    exchange->knows_rights = false;
    return wp_who_know_rights(exchange);
}

static apr_status_t take_account(wp_exchange_t *exchange)
{
    wp_page_t *page = &exchange->page;
    const wp_account_t *account = &exchange->account;
    bool known = true;
    apr_status_t status = APR_SUCCESS;

    if (account->other)
        status = wp_attach_conflict_known(page->db, account->id, account->other, &known);
    exchange->case_missing = !known;
    page->who.account = account->id ? account : NULL;
    wp_args_text(page->args, "account", account->id);
    if (page->who.account && account->language && !page->request->language_cookie)
        page->language = wp_language_pick(page->portal, account->language);
    if (status == APR_SUCCESS && needs_rights(exchange))
        status = wp_who_know_rights(exchange);
    return status;
}

/* Without an account, or without a contract that it may use, most pages lead to the registration. */
void wp_who_register(wp_exchange_t *exchange)
{
    wp_page_t *page = &exchange->page;
    bool without = !page->who.account || (exchange->knows_rights && exchange->account.contracts == 0);

    if ((page->route->need == WP_NEED_CUSTOMER && without) ||
        (page->route->need == WP_NEED_ACCOUNT && !page->who.account))
        wp_page_go(page, "/registration");
}

apr_status_t wp_who_find(wp_exchange_t *exchange)
{
    wp_page_t *page = &exchange->page;
    const wp_account_key_t key = wp_identity_key(page->who.identity);
    wp_session_state_t session;
    apr_status_t status = wp_account_find(page->db, &key, page->request->session, &exchange->account, &session);

    page->who.account = NULL;
    exchange->session_begins = status == APR_SUCCESS && session == WP_SESSION_NEW;
    if (status != APR_SUCCESS)
        return status;
    if (session == WP_SESSION_ENDED || page->route->need == WP_NEED_STAFF)
        exchange->account = (wp_account_t){.id = NULL};
    if (session == WP_SESSION_ENDED) {
        wp_page_refuse(page, 403, WP_PAGE_SESSION_CLOSED);
        return APR_SUCCESS;
    }
    if (page->route->need == WP_NEED_STAFF)
        return APR_SUCCESS;
    status = take_account(exchange);
    if (status == APR_SUCCESS && exchange->account.other)
        wp_page_refuse(page, 403, WP_PAGE_ACCOUNT_CONFLICT);
    else if (status == APR_SUCCESS)
        wp_who_register(exchange);
    return status;
}
