/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/engine/exchange.h"

#include <apr_strings.h>

#include "base/banned.h"

/* Finds which contract the page is about and what the person may do with it, and records that it was viewed. */

#define CONTRACTS_A_PAGE 20

/* Chooses the only contract there is, or asks the person which one. */
static apr_status_t choose_contract(wp_exchange_t *exchange)
{
    wp_page_t *page = &exchange->page;
    wp_rows_t *rows;
    apr_status_t status = wp_page_select(page, "contract_only", &rows);
    if (status != APR_SUCCESS)
        return status;
    if (rows->count == 1) {
        wp_page_go(page, apr_pstrcat(page->pool, page->request->path, "?contract=",
                                     wp_urlencode(page->pool, wp_row_text(rows, 0, "contract_no")), NULL));
        return APR_SUCCESS;
    }
    exchange->choose = true;
    return APR_SUCCESS;
}

apr_status_t wp_access_show_choice(wp_exchange_t *exchange)
{
    wp_page_t *page = &exchange->page;

    page->out.route_name = "choose";
    wp_page_paging(page, exchange->account.contracts, CONTRACTS_A_PAGE);
    return wp_page_show(page, "contract_list", NULL);
}

static apr_status_t query_contract(wp_page_t *page, const char **contract)
{
    wp_rows_t *rows;
    apr_status_t status = wp_page_select(page, page->route->contract_query, &rows);
    page->on.row = status == APR_SUCCESS ? rows : NULL;
    *contract = page->on.row ? wp_row_text(rows, 0, "contract_no") : NULL;
    return status;
}

/* If several ways lead to a contract, the rights add up; its own holder comes first, then the delegations. */
static void take_access(wp_page_t *page, const wp_rows_t *rows)
{
    page->on.contract = wp_row_text(rows, 0, "contract_no");
    page->on.address = wp_row_text(rows, 0, "address");
    page->on.ended = wp_row_text(rows, 0, "ended_on");
    if (page->on.ended)
        page->window.open = false;
    page->on.rights = page->on.whole_rights = 0;
    page->on.basis = page->on.delegation = page->on.holder = NULL;
    for (int i = 0; i < rows->count; i++) {
        int rights = (int)wp_row_int(rows, i, "rights");
        page->on.rights |= rights;
        if (wp_row_is_null(rows, i, "point_id"))
            page->on.whole_rights |= rights;
        if (!page->on.basis || wp_row_is_null(rows, i, "delegation_id")) {
            page->on.basis = wp_row_text(rows, i, "basis");
            page->on.delegation = wp_row_text(rows, i, "delegation_id");
            page->on.holder = page->on.delegation ? wp_row_text(rows, i, "holder") : NULL;
        }
    }
}

bool wp_access_may_send(const wp_page_t *page)
{
    const wp_route_t *route = page->route;
    return !page->on.contract || !route->form->right || (page->on.rights & (int)route->form->right);
}

static bool has_right(const wp_exchange_t *exchange)
{
    const wp_page_t *page = &exchange->page;
    int held = page->route->whole ? page->on.whole_rights : page->on.rights;
    int needed = page->route->right ? (int)page->route->right : WP_RIGHT_ANY;
    return (held & needed) && (!wp_is_post(exchange) || wp_access_may_send(page));
}

/* Records that a delegate viewed a page, once a day for each page. */
static apr_status_t note_view(wp_page_t *page, const char *contract, const char *delegation)
{
    const char *view = apr_pstrcat(page->pool, page->section->name, ".", page->route->name, NULL);
    const char *what = apr_pstrcat(page->pool, wp_args_get(page->args, "person"), "|", delegation, "|", view, "|",
                                   wp_args_get(page->args, "today"), NULL);
    const char *audit_id = wp_secret_tag(page->portal->secret, WP_PURPOSE_PERSON, page->pool, what);
    bool seen;
    apr_status_t status = wp_audit_seen(page->db, audit_id, &seen);

    if (status == APR_SUCCESS && !seen)
        APR_ARRAY_PUSH(page->out.notes, wp_audit_t) = (wp_audit_t){.id = audit_id,
                                                                   .actor_kind = page->who.token ? "token" : "delegate",
                                                                   .delegation = delegation,
                                                                   .contract = contract,
                                                                   .action = WP_DID_VIEWED,
                                                                   .detail = view};
    return status;
}

/* A page about all contracts also shows those of other holders: the view of each is recorded. */
static apr_status_t note_views(wp_page_t *page)
{
    wp_rows_t *rows;
    apr_status_t status = wp_page_select(page, "contract_delegated", &rows);
    for (int i = 0; status == APR_SUCCESS && i < rows->count; i++) {
        if (!wp_row_int(rows, i, "own"))
            status = note_view(page, wp_row_text(rows, i, "contract_no"), wp_row_text(rows, i, "delegation_id"));
    }
    return status;
}

/* There is no such contract for this person, who perhaps has none at all any more. */
static apr_status_t refuse_unknown(wp_exchange_t *exchange)
{
    apr_status_t status = wp_who_know_rights(exchange);

    wp_who_register(exchange);
    if (!wp_page_is_decided(&exchange->page))
        wp_page_refuse(&exchange->page, 404, WP_PAGE_NOT_FOUND);
    return status;
}

apr_status_t wp_access_find(wp_exchange_t *exchange)
{
    wp_page_t *page = &exchange->page;
    const char *contract = apr_table_get(exchange->inputs.values, "contract");
    wp_rows_t *rows;
    apr_status_t status = APR_SUCCESS;

    if (page->route->contract == WP_CONTRACT_NONE)
        return APR_SUCCESS;
    if (page->route->contract == WP_CONTRACT_ALL)
        return wp_is_post(exchange) ? APR_SUCCESS : note_views(page);
    if (page->route->contract == WP_CONTRACT_FOUND)
        status = query_contract(page, &contract);
    else if (!contract && page->route->contract == WP_CONTRACT_OPTIONAL)
        return note_views(page);
    else if (!contract && page->request->method == WP_METHOD_GET)
        return choose_contract(exchange);
    wp_args_text(page->args, "contract", contract);
    if (status == APR_SUCCESS)
        status = wp_page_select(page, "contract_access", &rows);
    if (status != APR_SUCCESS)
        return status;
    if (rows->count == 0)
        return refuse_unknown(exchange);
    take_access(page, rows);
    if (!has_right(exchange) && page->route->right == WP_RIGHT_DELEGATE)
        wp_page_refuse(page, 403, WP_PAGE_NO_REDELEGATION); /* nobody can grant this right */
    else if (!has_right(exchange))
        wp_page_refuse(page, 403, WP_PAGE_NO_RIGHT);
    else if (page->on.delegation && !wp_is_post(exchange))
        return note_view(page, page->on.contract, page->on.delegation);
    return APR_SUCCESS;
}
