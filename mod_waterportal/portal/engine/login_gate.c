/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/engine/exchange.h"

#include <apr_strings.h>

#include "base/banned.h"

/* Who may enter: the gates for logins and access tokens, and what they write to the log. */

/* On routes for programs a login, real or claimed, is ignored. */
static bool token_is_sent(wp_exchange_t *exchange)
{
    const char *error = wp_access_token_take(exchange);
    if (!error)
        return true;
    wp_access_token_challenge(exchange, error);
    if (*error)
        wp_page_log_security(&exchange->page, WP_EV_TOKEN_REFUSED, "no access token by its form");
    wp_problem_json_answer(exchange, 401, *error ? WP_PAGE_TOKEN_BAD : WP_PAGE_TOKEN_MISSING);
    return false;
}

/* False: what the issuer says does not identify a person. */
static bool is_somebody(wp_exchange_t *exchange)
{
    wp_page_t *page = &exchange->page;
    const wp_claims_t *claims = &page->request->claims;
    wp_identity_t *identity;

    switch (wp_identity_read(page->portal->issuers, page->portal->secret, claims, page->pool, &identity)) {
    case WP_IDENTITY_FOREIGN_ISSUER:
        wp_log_event(page->portal->log, WP_EV_FOREIGN_ISSUER, "%s", claims->issuer);
        return wp_refuse(exchange, 403, WP_PAGE_FOREIGN_ISSUER);
    case WP_IDENTITY_UNSIGNED:
        wp_log_event(page->portal->log, WP_EV_UNSIGNED, "%s, %.16s", claims->issuer,
                     claims->algorithm ? claims->algorithm : "nothing");
        return wp_refuse(exchange, 403, WP_PAGE_UNSIGNED_LOGIN);
    case WP_IDENTITY_NO_SUBJECT:
        wp_log_event(page->portal->log, WP_EV_NO_SUBJECT, "%s", claims->issuer);
        return wp_refuse(exchange, 403, WP_PAGE_NO_SUBJECT);
    case WP_IDENTITY_NO_CODE:
        wp_log_event(page->portal->log, WP_EV_NO_PERSON_CODE, "%s", claims->issuer);
        return wp_refuse(exchange, 403, WP_PAGE_NO_PERSON_CODE);
    default:
        page->who.identity = identity;
        return true;
    }
}

bool wp_login_is_enough(wp_exchange_t *exchange)
{
    const wp_page_t *page = &exchange->page;

    if (page->route->need == WP_NEED_PUBLIC || page->route->need == WP_NEED_SIGNED)
        return true;
    if (page->route->need == WP_NEED_TOKEN)
        return token_is_sent(exchange);
    switch (page->request->login) {
    case WP_LOGIN_UNPROTECTED:
        wp_log_event(page->portal->log, WP_EV_UNPROTECTED, "%s", page->request->base);
        return wp_refuse(exchange, 503, WP_PAGE_UNAVAILABLE);
    case WP_LOGIN_NONE:
        return wp_refuse(exchange, 401, WP_PAGE_SESSION_ENDED);
    case WP_LOGIN_UNBOUND:
        wp_page_log_security(page, WP_EV_SESSION_UNBOUND, "refused");
        return wp_refuse(exchange, 403, WP_PAGE_SESSION_UNBOUND);
    case WP_LOGIN_DONE:
        break;
    }
    if (!is_somebody(exchange))
        return false;
    bool staff_page = page->route->need == WP_NEED_STAFF;
    bool staff_person = page->who.identity->issuer->level == WP_LEVEL_STAFF;
    if (staff_page != staff_person || (staff_person && !page->who.identity->staff))
        return wp_refuse(exchange, 403, staff_person ? WP_PAGE_STAFF_NO_CUSTOMER : WP_PAGE_NOT_STAFF);
    return true;
}

/* httpd has already sent whoever opens the page to an eID (Require waterportal-stepup), but this check is the one that
 * decides. A form is redirected to its page, where httpd demands the eID: a POST is never sent to a login, because
 * newer releases of mod_auth_openidc refuse to. */
bool wp_login_is_strong(wp_exchange_t *exchange)
{
    const wp_page_t *page = &exchange->page;
    if (!page->route->stepup)
        return true;
    bool strong = wp_identity_is_stepped_up(page->who.identity, page->clock.now);
    wp_page_log_security(page, WP_EV_STEP_UP, strong ? "shown" : "refused");
    if (strong)
        return true;
    if (page->request->method == WP_METHOD_POST)
        wp_response_go(exchange, page->request->path);
    else
        wp_error_page(exchange, 403, WP_PAGE_STEP_UP, wp_frame_url(exchange));
    return false;
}

/* The route exists and the person is known, so the missing thing belongs to somebody else or does not exist; both get
 * the same answer. An address without a route is rejected earlier. */
void wp_login_note_refusal(const wp_page_t *page)
{
    bool known = page->who.identity || page->who.token;

    if (page->out.code == WP_PAGE_ACCOUNT_CONFLICT)
        wp_log_event(page->portal->log, WP_EV_ACCOUNT_CONFLICT, "%s", page->who.identity->issuer->issuer);
    else if (known && (page->out.status == 404 || page->out.status == 403))
        wp_page_log_security(page, WP_EV_FOREIGN_ID, apr_psprintf(page->pool, "answered %d", page->out.status));
}
