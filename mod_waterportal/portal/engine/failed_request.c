/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/engine/exchange.h"

#include "base/banned.h"

/* Explains a request that httpd or another module rejected. */

/* The error document of a 401: depends on what the rejected request contained. */
static void answer_session_end(wp_exchange_t *exchange)
{
    if (!wp_query_is_readable(exchange) || !wp_path_is_known(exchange))
        return;
    if (wp_is_post(exchange) && exchange->page.route->form && exchange->source) {
        wp_body_read_lost(exchange);
        const char *id = wp_saved_form_keep(exchange);
        exchange->body = NULL; /* whoever uses the browser now must not see what was typed */
        wp_error_page(exchange, 401, id ? WP_PAGE_SESSION_ENDED_KEPT : WP_PAGE_SESSION_ENDED,
                      wp_saved_form_page(exchange, id));
        return;
    }
    wp_error_page(exchange, 401, WP_PAGE_SESSION_ENDED, wp_frame_url(exchange));
}

/* What an error of httpd or of another module is called here; the first matching row applies. */
static const struct {
    int first, last;
    wp_page_code_t code;
} error_codes[] = {
    {400, 400, WP_PAGE_BAD_REQUEST}, {403, 403, WP_PAGE_REFUSED},  {404, 404, WP_PAGE_NOT_FOUND},
    {405, 405, WP_PAGE_METHOD},      {408, 408, WP_PAGE_TOO_SLOW}, {413, 413, WP_PAGE_TOO_LARGE},
    {415, 415, WP_PAGE_WRONG_TYPE},  {429, 429, WP_PAGE_TROUBLE},  {400, 499, WP_PAGE_BAD_REQUEST},
    {500, 599, WP_PAGE_TROUBLE},
};

static wp_page_code_t error_code(int status)
{
    size_t i = 0;
    while (status < error_codes[i].first || status > error_codes[i].last)
        i++;
    return error_codes[i].code;
}

/* mod_auth_openidc reports a failed login with various statuses; for the person they are all the same. */
void wp_failed_request_answer(wp_exchange_t *exchange, int status)
{
    const wp_page_t *page = &exchange->page;

    if (page->request->login_away) {
        wp_response_retry(exchange, WP_RETRY_SECONDS);
        wp_error_page(exchange, 503, WP_PAGE_LOGIN_AWAY, NULL);
        return;
    }
    if (status >= 500)
        wp_log_event(page->portal->log, WP_EV_FOREIGN_ERROR, "status %d%s", status,
                     page->request->at_login ? ", during a login" : "");
    if (status == 401 && !page->request->at_login) {
        answer_session_end(exchange);
    } else if (page->request->at_login && status != 403) {
        wp_error_page(exchange, status, WP_PAGE_LOGIN_FAILED, wp_frame_place(exchange, "/home"));
    } else {
        wp_error_page(exchange, status, error_code(status), NULL);
    }
}
