/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/engine/exchange.h"

#include <apr_strings.h>
#include <string.h>

#include "base/banned.h"

/* What a request does in the database: one read unit that finds person, account and contract and fills the page, and
 * for a form that is right one write unit. */

#define CONTRACTS_A_PAGE 20

/* --- the read unit: what the page shows, and whether a form is right --- */

static void bind_page(wp_exchange_t *exchange)
{
    wp_page_t *page = &exchange->page;
    const apr_array_header_t *inputs = apr_table_elts(exchange->inputs.values);

    page->args = wp_args_make(page->pool, NULL);
    wp_args_text(page->args, "now", exchange->now_text);
    wp_args_text(page->args, "today", exchange->today_text);
    wp_args_text(page->args, "contract", page->contract);
    wp_args_int(page->args, "right", page->route->right ? page->route->right : WP_RIGHT_ANY);
    wp_args_int(page->args, "whole", page->route->whole);
    wp_args_text(page->args, "window_key", page->window.key);
    wp_args_text(page->args, "window_from", exchange->window_from);
    for (const wp_field_t *field = page->route->inputs; field && field->name; field++)
        wp_args_text(page->args, field->name, NULL);
    for (int i = 0; i < inputs->nelts; i++) {
        const apr_table_entry_t *input = &APR_ARRAY_IDX(inputs, i, apr_table_entry_t);
        wp_args_text(page->args, input->key, input->val);
    }
    wp_args_text(page->args, "account", exchange->account.id);
    if (page->token) {
        wp_args_text(page->args, "person", apr_pstrcat(page->pool, "token ", page->token, NULL));
        wp_args_text(page->args, "person_name", exchange->account.name);
    }
    if (!page->identity)
        return;
    wp_args_text(page->args, "session", page->request->session);
    wp_args_text(page->args, "person", page->identity->tag);
    wp_args_text(page->args, "person_name", page->identity->known_as);
    wp_args_text(page->args, "code", page->identity->person_code);
    wp_args_text(page->args, "issuer", page->identity->issuer->issuer);
    wp_args_text(page->args, "subject", page->identity->subject);
}

static apr_status_t find_account(wp_exchange_t *exchange)
{
    wp_page_t *page = &exchange->page;
    const wp_account_key_t key = wp_identity_key(page->identity);
    apr_status_t status = wp_account_find(page->db, &key, exchange->today_text, &exchange->account);

    bool known = true;
    if (status == APR_SUCCESS && exchange->account.other)
        status = wp_attach_conflict_known(page->db, exchange->account.id, exchange->account.other, &known);
    exchange->case_missing = !known;
    if (status != APR_SUCCESS)
        return status;
    page->account = exchange->account.id ? &exchange->account : NULL;
    if (page->account && page->account->language && !page->request->language_cookie)
        page->language = wp_language_pick(page->portal, page->account->language);
    if (exchange->account.other)
        wp_page_refuse(page, 403, WP_PAGE_ACCOUNT_CONFLICT);
    else if (page->route->need == WP_NEED_CUSTOMER && exchange->account.contracts == 0)
        wp_page_go(page, "/registration");
    else if (page->route->need == WP_NEED_ACCOUNT && !page->account)
        wp_page_go(page, "/registration");
    return APR_SUCCESS;
}

/* The only contract there is, or the question which. */
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
    page->route_name = "choose";
    wp_page_paging(page, exchange->account.contracts, CONTRACTS_A_PAGE);
    return wp_page_show(page, "contract_list", NULL);
}

static apr_status_t query_contract(wp_page_t *page, const char **contract)
{
    wp_rows_t *rows;
    apr_status_t status = wp_page_select(page, page->route->contract_query, &rows);
    *contract = status == APR_SUCCESS ? wp_row_text(rows, 0, "contract_no") : NULL;
    return status;
}

/* Several ways to a contract add up: its own holder first, else by which delegation. */
static void take_access(wp_page_t *page, const wp_rows_t *rows)
{
    page->contract = wp_row_text(rows, 0, "contract_no");
    page->address = wp_row_text(rows, 0, "address");
    page->contract_ended = wp_row_text(rows, 0, "ended_on");
    if (page->contract_ended)
        page->window.open = false;
    page->rights = page->whole_rights = 0;
    page->actor_kind = page->delegation = page->holder = NULL;
    for (int i = 0; i < rows->count; i++) {
        int rights = (int)wp_row_int(rows, i, "rights");
        page->rights |= rights;
        if (wp_row_is_null(rows, i, "point_id"))
            page->whole_rights |= rights;
        if (!page->actor_kind || wp_row_is_null(rows, i, "delegation_id")) {
            page->actor_kind = wp_row_text(rows, i, "basis");
            page->delegation = wp_row_text(rows, i, "delegation_id");
            page->holder = page->delegation ? wp_row_text(rows, i, "holder") : NULL;
        }
    }
}

static bool is_post(const wp_exchange_t *exchange)
{
    return exchange->page.request->method == WP_METHOD_POST;
}

bool wp_route_may_send(const wp_page_t *page)
{
    const wp_route_t *route = page->route;
    return !page->contract || !route->form->right || (page->rights & (int)route->form->right);
}

static bool has_right(const wp_exchange_t *exchange)
{
    const wp_page_t *page = &exchange->page;
    int held = page->route->whole ? page->whole_rights : page->rights;
    int needed = page->route->right ? (int)page->route->right : WP_RIGHT_ANY;
    return (held & needed) && (!is_post(exchange) || wp_route_may_send(page));
}

/* A delegate's look at a page is written down, once a day for each page. */
static apr_status_t note_view(wp_page_t *page, const char *contract, const char *delegation)
{
    const char *view = apr_pstrcat(page->pool, page->section->name, ".", page->route->name, NULL);
    const char *what = apr_pstrcat(page->pool, wp_args_get(page->args, "person"), "|", delegation, "|", view, "|",
                                   wp_args_get(page->args, "today"), NULL);
    const char *audit_id = wp_secret_tag(page->portal->secret, WP_PURPOSE_PERSON, page->pool, what);
    wp_args_t *args = wp_page_args(page);
    wp_rows_t *rows;

    wp_args_text(args, "audit_id", audit_id);
    apr_status_t status = wp_db_select(page->db, "audit_seen", args, &rows);
    if (status == APR_SUCCESS && rows->count == 0)
        APR_ARRAY_PUSH(page->notes, wp_note_t) = (wp_note_t){.audit_id = audit_id,
                                                             .contract = contract,
                                                             .delegation = delegation,
                                                             .actor_kind = page->token ? "token" : "delegate",
                                                             .action = WP_DID_VIEWED,
                                                             .detail = view};
    return status;
}

/* A page about all contracts shows those of others too: each is written down. */
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

static apr_status_t find_contract(wp_exchange_t *exchange)
{
    wp_page_t *page = &exchange->page;
    const char *contract = apr_table_get(exchange->inputs.values, "contract");
    wp_rows_t *rows;
    apr_status_t status = APR_SUCCESS;

    if (page->route->contract == WP_CONTRACT_NONE)
        return APR_SUCCESS;
    if (page->route->contract == WP_CONTRACT_ALL)
        return is_post(exchange) ? APR_SUCCESS : note_views(page);
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
    if (rows->count == 0) {
        wp_page_refuse(page, 404, WP_PAGE_NOT_FOUND);
        return APR_SUCCESS;
    }
    take_access(page, rows);
    if (!has_right(exchange) && page->route->right == WP_RIGHT_DELEGATE)
        wp_page_refuse(page, 403, WP_PAGE_NO_REDELEGATION); /* nobody can be asked for this one */
    else if (!has_right(exchange))
        wp_page_refuse(page, 403, WP_PAGE_NO_RIGHT);
    else if (page->delegation && !is_post(exchange))
        return note_view(page, page->contract, page->delegation);
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

static bool decided(const wp_page_t *page)
{
    return page->code || page->location;
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

    if (is_post(exchange))
        status = find_settled(exchange);
    else if (page->identity)
        status = wp_saved_form_restore(exchange);
    if (status == APR_SUCCESS && exchange->settled_same)
        wp_page_go(page, exchange->settled);
    return status;
}

/* A unit of work may run twice: everything it decides is reset first. */
static void begin_run(wp_exchange_t *exchange, wp_db_t *db)
{
    wp_page_t *page = &exchange->page;
    page->db = db;
    page->state = NULL;
    page->found = NULL;
    page->paging.pages = 0;
    page->window = wp_window_at(&page->portal->window, page->now);
    page->status = 200;
    page->location = page->contract = exchange->settled = NULL;
    page->code = WP_PAGE_NONE;
    page->notes = apr_array_make(page->pool, 1, sizeof(wp_note_t));
    exchange->settled_same = exchange->choose = false;
    exchange->account.attach = exchange->case_missing = false;
    page->route_name = page->route->name;
    if (page->form)
        wp_form_rewind(page->form);
    wp_frame_begin(exchange);
    bind_page(exchange);
}

bool wp_route_needs_data(const wp_route_t *route)
{
    return route->need != WP_NEED_PUBLIC || route->contract != WP_CONTRACT_NONE || route->show || route->load ||
           route->record || route->form;
}

apr_status_t wp_read_unit(wp_db_t *db, void *baton)
{
    wp_exchange_t *exchange = baton;
    wp_page_t *page = &exchange->page;
    apr_status_t status = APR_SUCCESS;

    begin_run(exchange, db);
    if (page->identity)
        status = wp_session_find(exchange);
    if (status == APR_SUCCESS && !decided(page) && page->identity &&
        page->route->need != WP_NEED_STAFF) { /* a program's account is known by its token */
        status = find_account(exchange);
        bind_page(exchange);
    }
    if (status == APR_SUCCESS && exchange->account.attach)
        return APR_SUCCESS; /* nothing is read for whom the account may not be */
    if (status == APR_SUCCESS && !decided(page))
        status = find_contract(exchange);
    if (status == APR_SUCCESS && page->form && !decided(page) && !exchange->choose)
        status = read_form(exchange);
    if (status == APR_SUCCESS && !decided(page) && !exchange->choose)
        status = show_all(page);
    if (status == APR_SUCCESS && page->form && is_post(exchange) && !decided(page) && page->route->form->check)
        status = page->route->form->check(page);
    exchange->read_last = page->data->last;
    return status;
}

/* --- the write unit: once per form key --- */

apr_status_t wp_write_unit(wp_db_t *db, void *baton)
{
    wp_exchange_t *exchange = baton;
    wp_page_t *page = &exchange->page;
    wp_args_t *args;
    int claimed = 0;

    page->db = db;
    page->location = NULL;
    if (exchange->write_runs++ > 0)
        wp_form_rewind(page->form);
    bind_page(exchange);
    args = wp_page_args(page);
    wp_args_text(args, "form_key", page->form->key);
    wp_args_text(args, "body_hash", exchange->body_tag);
    wp_args_text(args, "location", "");
    apr_status_t status = wp_db_change(db, "form_claim", args, &claimed);
    if (status == APR_SUCCESS && claimed == 0)
        return WP_DB_ROLLBACK; /* another tab was first: the read unit finds its result */
    if (status == APR_SUCCESS)
        status = wp_page_take(page, page->route->form->limit, page->identity->tag, &exchange->again);
    if (status == APR_SUCCESS && exchange->again)
        return wp_db_change(db, "form_release", args, NULL); /* the same form may be sent later */
    if (status == APR_SUCCESS)
        status = page->route->form->save(page);
    if (status == APR_SUCCESS && page->form->problems > 0)
        return wp_db_change(db, "form_release", args, NULL); /* refused, and what save() wrote about it stays */
    if (status == APR_SUCCESS && !page->location)
        return WP_DB_ROLLBACK; /* save() found that things changed since check(): shown anew */
    if (status == APR_SUCCESS && apr_table_get(exchange->inputs.values, "parked"))
        status = wp_db_change(db, "parked_drop", args, NULL);
    if (status == APR_SUCCESS) {
        wp_args_text(args, "location", page->location);
        status = wp_db_change(db, "form_settle", args, NULL);
    }
    return status;
}

/* What an earlier run added to the page did not happen. */
static void forget_additions(wp_exchange_t *exchange)
{
    xmlNodePtr data = exchange->page.data;
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
    page->location = NULL;
    page->code = WP_PAGE_NONE;
    forget_additions(exchange);
    bind_page(exchange);
    return page->route->record(page);
}

apr_status_t wp_attach_unit(wp_db_t *db, void *baton)
{
    wp_exchange_t *exchange = baton;
    const wp_attach_t wanted = wp_attach_of(exchange->page.identity, exchange->account.id);
    return wp_attach(db, &wanted, exchange->now_text, &exchange->attached);
}

apr_status_t wp_conflict_unit(wp_db_t *db, void *baton)
{
    wp_exchange_t *exchange = baton;
    const wp_attach_t wanted = wp_attach_of(exchange->page.identity, exchange->account.id);
    return wp_attach_conflict(db, &wanted, exchange->account.other, exchange->now_text);
}

apr_status_t wp_limit_unit(wp_db_t *db, void *baton)
{
    wp_exchange_t *exchange = baton;
    exchange->page.db = db;
    return wp_page_take(&exchange->page, exchange->page.route->limit, exchange->page.identity->tag, &exchange->again);
}

static apr_status_t write_note(wp_page_t *page, const wp_note_t *note)
{
    wp_args_t *args = wp_page_args(page);
    wp_args_text(args, "audit_id", note->audit_id);
    wp_args_text(args, "actor_kind", note->actor_kind);
    wp_args_text(args, "delegation", note->delegation);
    wp_args_text(args, "contract", note->contract);
    wp_args_text(args, "action", wp_did_name(note->action));
    wp_args_text(args, "detail", note->detail);
    return wp_db_change(page->db, "audit_add", args, NULL);
}

apr_status_t wp_note_unit(wp_db_t *db, void *baton)
{
    wp_exchange_t *exchange = baton;
    wp_page_t *page = &exchange->page;
    apr_status_t status = APR_SUCCESS;

    page->db = db;
    bind_page(exchange);
    for (int i = 0; i < page->notes->nelts && status == APR_SUCCESS; i++)
        status = write_note(page, &APR_ARRAY_IDX(page->notes, i, wp_note_t));
    return status;
}
