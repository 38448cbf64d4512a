/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/engine/exchange.h"

#include <apr_strings.h>

#include "base/banned.h"

/* The one loop: every request passes these checks, the gates, in this order. A gate that returns false has answered the
 * request. */
typedef bool (*gate_t)(wp_exchange_t *exchange);

#define HEAVY_SECONDS 5

/* A program gets an error code instead of a page with texts. */
static bool refuse_program(wp_exchange_t *exchange, int status, wp_page_code_t code)
{
    wp_problem_json_answer(exchange, status, code);
    return false;
}

static bool read_page(wp_exchange_t *exchange);
static bool show_letters(wp_exchange_t *exchange);

/* A program is not redirected: it gets at once what it would find there. */
static bool answer_with(wp_exchange_t *exchange, const char *path, int status)
{
    wp_page_t *page = &exchange->page;
    wp_request_t *request = apr_pmemdup(page->pool, page->request, sizeof *request);

    request->method = WP_METHOD_GET;
    request->path = path;
    request->query = request->if_none_match = NULL;
    page->request = request;
    page->route = NULL;
    page->form = NULL;
    exchange->query = apr_array_make(page->pool, 1, sizeof(wp_pair_t));
    if (!wp_route_find(exchange) || !wp_route_take_inputs(exchange))
        return refuse_program(exchange, 404, WP_PAGE_NOT_FOUND);
    wp_values_bind(exchange);
    if (!read_page(exchange))
        return false;
    apr_table_setn(exchange->answer->headers, "Location", wp_frame_place(exchange, path));
    page->out.status = status;
    return true;
}

/* status: for a program, whether it was done now (201) or before (200). */
static bool redirect(wp_exchange_t *exchange, const char *path, int status)
{
    if (wp_route_is_for_programs(exchange))
        return answer_with(exchange, path, status);
    wp_response_go(exchange, path);
    return false;
}

static bool refuse_database(wp_exchange_t *exchange)
{
    if (exchange->letters) /* then nothing in the database can have that name */
        return wp_refuse(exchange, 404, WP_PAGE_NOT_FOUND);
    wp_response_retry(exchange, WP_RETRY_SECONDS);
    return wp_refuse(exchange, 503, WP_PAGE_UNAVAILABLE);
}

static bool portal_is_ready(wp_exchange_t *exchange)
{
    return exchange->source || !wp_route_needs_data(exchange->page.route) ? true : refuse_database(exchange);
}

static bool form_is_ours(wp_exchange_t *exchange)
{
    wp_page_t *page = &exchange->page;

    if (!page->route->form)
        return true;
    page->form = wp_form_make(page->pool, page->route->form);
    if (page->request->method != WP_METHOD_POST)
        return true;
    if (!wp_form_take(page->form, exchange->body))
        return wp_refuse(exchange, 400, WP_PAGE_BAD_REQUEST);
    exchange->body_tag = wp_form_tag(page->form, page->portal->secret);
    if (page->route->need == WP_NEED_TOKEN) /* its access token is what proves whose it is */
        return true;
    exchange->form_token = wp_form_token_check(exchange, page->form, page->who.identity->tag, NULL);
    if (exchange->form_token == WP_FORM_TOKEN_BAD || exchange->form_token == WP_FORM_TOKEN_FOREIGN) {
        wp_page_log_security(page, WP_EV_FORM_REFUSED,
                             exchange->form_token == WP_FORM_TOKEN_BAD ? "no token of ours" : "another person's");
        return wp_refuse(exchange, 403, WP_PAGE_FOREIGN_FORM);
    }
    return true;
}

static apr_status_t transact(wp_exchange_t *exchange, wp_db_mode_t mode, wp_db_work_t work)
{
    apr_status_t status = wp_db_transact(exchange->source, mode, exchange->page.pool, work, exchange);
    exchange->page.db = NULL;
    exchange->page.act = NULL;
    exchange->letters = status == WP_DB_LETTERS && mode == WP_DB_READ;
    if (status == WP_DB_LETTERS && mode == WP_DB_WRITE) /* an issuer's letters, not typed: for the admin */
        wp_log_event(exchange->page.portal->log, WP_EV_DB_STATEMENT,
                     "letters of a name that the encoding of the database lacks");
    return status;
}

/* Before anything else is read: is the token valid for this route, and not used too often in this minute? */
static bool token_is_good(wp_exchange_t *exchange)
{
    wp_page_t *page = &exchange->page;

    if (page->route->need != WP_NEED_TOKEN)
        return true;
    apr_status_t status = transact(exchange, WP_DB_READ, wp_access_token_unit);
    if (status == APR_SUCCESS && !page->out.code && exchange->access_token_uses < page->portal->token_rate)
        status = transact(exchange, WP_DB_WRITE, wp_access_token_use_unit);
    else
        exchange->access_token_uses++;
    if (status != APR_SUCCESS)
        return refuse_database(exchange);
    if (page->out.code) {
        wp_page_log_security(page, WP_EV_TOKEN_REFUSED,
                             page->out.status == 401 ? "unknown, ended or withdrawn" : "not good for this");
        wp_access_token_challenge(exchange, page->out.status == 401 ? "invalid_token" : "insufficient_scope");
        return wp_refuse(exchange, page->out.status, page->out.code);
    }
    if (exchange->access_token_uses <= page->portal->token_rate)
        return true;
    wp_page_log_security(page, WP_EV_LIMITED, "requests in a minute");
    wp_response_retry(exchange, 60 - page->clock.now % 60);
    return refuse_program(exchange, 429, WP_PAGE_TOO_MANY);
}

/* By now it is known who asks and what for. */
static bool values_are_bound(wp_exchange_t *exchange)
{
    wp_values_bind(exchange);
    return true;
}

static void say_when(wp_exchange_t *exchange)
{
    wp_page_log_security(&exchange->page, WP_EV_LIMITED, "a limit (docs/limits.md)");
    wp_response_retry(exchange, exchange->retry_at - exchange->page.clock.now);
}

/* Counts the views of routes that cost enough to have a limit. */
static bool limit_is_kept(wp_exchange_t *exchange)
{
    if (!exchange->page.route->limit)
        return true;
    if (transact(exchange, WP_DB_WRITE, wp_limit_unit) != APR_SUCCESS)
        return refuse_database(exchange);
    if (!exchange->retry_at)
        return true;
    say_when(exchange);
    return wp_refuse(exchange, 429, WP_PAGE_TOO_OFTEN);
}

/* Runs before the database is read for the page. A request that waits for its predecessor gets its turn within seconds;
 * a rejected one is told when to try again. */
static bool heavy_has_room(wp_exchange_t *exchange)
{
    wp_page_t *page = &exchange->page;

    if (!page->route->heavy || !page->portal->heavy)
        return true;
    const char *person = page->who.identity ? page->who.identity->tag
                                            : apr_pstrcat(page->pool, "account ", exchange->account.id, NULL);
    switch (wp_heavy_enter(page->portal->heavy, person, page->pool, &exchange->heavy)) {
    case WP_HEAVY_OWN:
        wp_response_retry(exchange, HEAVY_SECONDS);
        return wp_refuse(exchange, 429, WP_PAGE_ONE_AT_A_TIME);
    case WP_HEAVY_FULL:
        wp_response_retry(exchange, HEAVY_SECONDS);
        return wp_refuse(exchange, 503, WP_PAGE_BUSY);
    case WP_HEAVY_IN:
        break;
    }
    return true;
}

/* A page shows the problems of its filter; a file has no place to show them, so it is refused. */
static bool filter_is_right(wp_exchange_t *exchange)
{
    const wp_page_t *page = &exchange->page;
    if (page->out.problems && page->route->media && !exchange->wants_xml)
        return wp_refuse(exchange, 400, WP_PAGE_BAD_REQUEST);
    return true;
}

/* If the login or its person code is new to the account, records that and reads the page once more. */
static bool attach(wp_exchange_t *exchange)
{
    const wp_page_t *page = &exchange->page;

    if (transact(exchange, WP_DB_WRITE, wp_attach_unit) != APR_SUCCESS)
        return refuse_database(exchange);
    if (exchange->attaching.outcome == WP_OUTCOME_REFUSED) {
        wp_log_event(page->portal->log, WP_EV_CODE_CASE, "%s", page->who.identity->issuer->issuer);
        return wp_refuse(exchange, 403, WP_PAGE_PERSON_CODE_CASE);
    }
    if (exchange->attached != WP_ATTACHED_NOTHING)
        wp_log_event(page->portal->log, WP_EV_CODE_CHANGED, "a %s, %s",
                     exchange->attached == WP_ATTACHED_CODE ? "person code" : "login",
                     page->who.identity->issuer->issuer);
    return transact(exchange, WP_DB_READ, wp_read_unit) == APR_SUCCESS && !exchange->account.attach
               ? true
               : refuse_database(exchange);
}

static bool read_page(wp_exchange_t *exchange)
{
    wp_page_t *page = &exchange->page;

    apr_status_t status = wp_route_needs_data(page->route) ? transact(exchange, WP_DB_READ, wp_read_unit)
                                                           : wp_read_unit(NULL, exchange);
    if (status == WP_DB_LETTERS && page->form && wp_is_post(exchange) && exchange->form_round == WP_FORM_CHECK)
        return show_letters(exchange);
    if (status != APR_SUCCESS)
        return refuse_database(exchange);
    if (exchange->account.attach && !attach(exchange))
        return false;
    if (exchange->session_begins && transact(exchange, WP_DB_WRITE, wp_session_unit) != APR_SUCCESS)
        return refuse_database(exchange);
    if (exchange->case_missing && transact(exchange, WP_DB_WRITE, wp_conflict_unit) != APR_SUCCESS)
        return refuse_database(exchange);
    if (page->out.code) {
        wp_login_note_refusal(page);
        return wp_refuse(exchange, page->out.status, page->out.code);
    }
    /* if the audit entry cannot be written, the page is not shown */
    if (page->out.notes->nelts > 0 && transact(exchange, WP_DB_WRITE, wp_note_unit) != APR_SUCCESS)
        return refuse_database(exchange);
    if (page->out.location)
        return redirect(exchange, page->out.location, 200);
    return filter_is_right(exchange);
}

/* No database connection is held while another server is asked. */
static bool reach_out(wp_exchange_t *exchange)
{
    wp_page_t *page = &exchange->page;

    if (page->route->reach && page->route->reach(page) != APR_SUCCESS)
        return refuse_database(exchange);
    if (!page->out.code && page->found && page->route->record &&
        transact(exchange, WP_DB_WRITE, wp_record_unit) != APR_SUCCESS)
        return refuse_database(exchange);
    if (page->out.code)
        return wp_refuse(exchange, page->out.status, page->out.code);
    return page->out.location ? redirect(exchange, page->out.location, 200) : true;
}

/* A form that was already submitted with other values, or was open for too long, is shown again under a new key: it
 * keeps what was typed, and nothing is done until it is sent once more. */
static bool offer_again(wp_exchange_t *exchange, int status, wp_notice_t notice)
{
    wp_page_t *page = &exchange->page;

    if (wp_route_is_for_programs(exchange))
        return refuse_program(exchange, status, exchange->settled ? WP_PAGE_KEY_USED : WP_PAGE_CONFLICT);
    xmlNodePtr node = wp_page_notice(page, notice);
    if (exchange->settled)
        wp_message_arg(node, "href", WP_TYPE_TEXT, wp_frame_place(exchange, exchange->settled));
    wp_form_renew(page->form);
    page->out.status = status;
    return true;
}

static bool show_problems(wp_exchange_t *exchange)
{
    if (wp_route_is_for_programs(exchange))
        return refuse_program(exchange, 422, WP_PAGE_INVALID);
    exchange->page.out.status = 422;
    return true;
}

/* Shows what was typed again, together with the time from which it may be sent. */
static bool show_when(wp_exchange_t *exchange)
{
    wp_page_t *page = &exchange->page;
    char when[WP_INSTANT_SIZE];

    wp_instant_format(exchange->retry_at, when);
    say_when(exchange);
    if (wp_route_is_for_programs(exchange))
        return refuse_program(exchange, 429, WP_PAGE_TOO_OFTEN);
    xmlNodePtr notice = wp_page_notice(page, WP_NOTICE_TOO_OFTEN);
    wp_message_arg(notice, "when", WP_TYPE_TIME, wp_page_time(page, when));
    page->out.status = 429;
    return true;
}

/* Makes the page of a form that was right and could not be saved, since none was made for it so far. */
static bool read_again(wp_exchange_t *exchange, wp_form_round_t round)
{
    exchange->form_round = round;
    return read_page(exchange);
}

/* Something was typed that the database cannot keep, or look for: what the rest of the form says is not even checked.
 */
static bool show_letters(wp_exchange_t *exchange)
{
    return read_again(exchange, WP_FORM_REFUSED) && offer_again(exchange, 422, WP_NOTICE_LETTERS);
}

static bool show_unsaved(wp_exchange_t *exchange, const wp_result_t *result)
{
    wp_page_t *page = &exchange->page;

    switch (result->outcome) {
    case WP_OUTCOME_REFUSED:
        return read_again(exchange, WP_FORM_REFUSED) && show_problems(exchange);
    case WP_OUTCOME_LIMITED:
        exchange->retry_at = result->retry_at;
        return read_again(exchange, WP_FORM_REFUSED) && show_when(exchange);
    case WP_OUTCOME_UNKNOWN:
        transact(exchange, WP_DB_READ, wp_rights_unit); /* for the menu, as far as there is one */
        return wp_refuse(exchange, page->out.status, page->out.code);
    default:
        return read_again(exchange, WP_FORM_AGAIN) &&
               offer_again(exchange, 409,
                           exchange->settled ? WP_NOTICE_ALREADY_SUBMITTED : WP_NOTICE_CHANGED_MEANWHILE);
    }
}

static bool save_form(wp_exchange_t *exchange)
{
    wp_result_t result;
    apr_status_t status = wp_write(exchange, &result);

    if (status == WP_DB_LETTERS)
        return show_letters(exchange);
    if (status != APR_SUCCESS)
        return refuse_database(exchange);
    if (result.outcome == WP_OUTCOME_DONE || result.outcome == WP_OUTCOME_SAME)
        return redirect(exchange, result.detail, result.outcome == WP_OUTCOME_DONE ? 201 : 200);
    return show_unsaved(exchange, &result);
}

static bool form_is_done(wp_exchange_t *exchange)
{
    wp_page_t *page = &exchange->page;

    if (!page->form || !wp_is_post(exchange) || wp_form_computes(page->form))
        return true;
    if (exchange->form_round == WP_FORM_REFUSED) /* it is shown already: read_page() met letters that cannot be kept */
        return true;
    if (exchange->settled)
        return offer_again(exchange, 409, WP_NOTICE_ALREADY_SUBMITTED);
    if (exchange->form_token == WP_FORM_TOKEN_OLD)
        return offer_again(exchange, 409, WP_NOTICE_FORM_EXPIRED);
    return page->form->problems > 0 ? show_problems(exchange) : save_form(exchange);
}

static const gate_t gates[] = {
    wp_path_is_known,   wp_query_is_readable, wp_view_is_chosen,   wp_method_is_right, wp_login_is_enough,
    wp_login_is_strong, wp_inputs_are_right,  wp_body_is_readable, form_is_ours,       portal_is_ready,
    token_is_good,      values_are_bound,     heavy_has_room,      limit_is_kept,      read_page,
    reach_out,          form_is_done,
};

static void begin(wp_exchange_t *exchange, const wp_portal_t *portal, const wp_request_t *request)
{
    wp_page_t *page = &exchange->page;

    page->pool = request->pool;
    page->portal = portal;
    page->request = request;
    page->language = wp_language_pick(portal, request->language_cookie);
    page->clock = wp_clock_at(request->pool, request->now);
    page->out.status = 200;
    page->inputs = &exchange->inputs;
    page->window = wp_window_at(&portal->window, page->clock.now);
    exchange->wants_xml = request->wants_xml;
    exchange->source = portal->source ? wp_db_for_page(portal->source, request->pool) : NULL;
    exchange->query = apr_array_make(request->pool, 1, sizeof(wp_pair_t));
    exchange->inputs.values = apr_table_make(request->pool, 4);
    exchange->inputs.typed = apr_table_make(request->pool, 2);
    exchange->inputs.problems = apr_table_make(request->pool, 2);
}

void wp_portal_answer(const wp_portal_t *portal, const wp_request_t *request, wp_answer_t *answer)
{
    wp_exchange_t *exchange = apr_pcalloc(request->pool, sizeof *exchange);

    exchange->answer = answer;
    answer->headers = apr_table_make(request->pool, 4);
    exchange->page.out.headers = answer->headers;
    begin(exchange, portal, request->failed ? request->failed : request);
    if (!portal->whole) {
        refuse_database(exchange);
        return;
    }
    if (request->failed) {
        wp_failed_request_answer(exchange, request->failed_status);
        return;
    }
    for (size_t i = 0; i < sizeof gates / sizeof *gates; i++) {
        if (!gates[i](exchange))
            return;
    }
    wp_frame_finish(exchange);
    wp_response_write(exchange);
    if (answer->file)
        wp_heavy_work_done(exchange->heavy);
    else
        wp_heavy_leave(exchange->heavy);
}
