/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/engine/exchange.h"

#include <string.h>

#include "base/banned.h"

/* Decides which bodies are read: from whom, for how long and how much. Everything that can be checked before reading is
 * checked first. */

#define SIGNED_MAX 8192 /* bytes of a signed message: a bank's has some hundreds */

/* Browsers report where a form was sent from; another site's form is rejected before its token is checked. */
static bool comes_from_us(const wp_request_t *request)
{
    if (request->fetch_site && strcmp(request->fetch_site, "same-origin") != 0 &&
        strcmp(request->fetch_site, "none") != 0)
        return false;
    return !request->origin || strcmp(request->origin, request->scheme_host) == 0;
}

/* What each kind of sender may send. A telephone in a cellar is slow; those who are not logged in get less time. So do
 * programs: their token is checked after the body was read. */
static const wp_body_terms_t signed_terms = {SIGNED_MAX, 5000, WP_SENDER_SIGNED};
static const wp_body_terms_t person_terms = {64 * 1024, 30000, WP_SENDER_PERSON};
static const wp_body_terms_t stranger_terms = {16 * 1024, 5000, WP_SENDER_STRANGER};

/* Can this be a form of the portal, according to everything that is known before a byte of it is read? */
static bool body_is_welcome(wp_exchange_t *exchange, const wp_body_terms_t *terms)
{
    const wp_request_t *request = exchange->page.request;

    if (request->body->announced > (int64_t)terms->most)
        return wp_refuse(exchange, 413, WP_PAGE_TOO_LARGE);
    if (wp_route_is_for_programs(exchange) && !request->idempotency_key)
        return wp_refuse(exchange, 400, WP_PAGE_KEY_MISSING);
    if (wp_route_is_for_programs(exchange))
        return wp_program_sends_json(request) ? true : wp_refuse(exchange, 415, WP_PAGE_WRONG_TYPE);
    if (terms->sender == WP_SENDER_SIGNED)
        return exchange->page.route->awaits(&exchange->page) ? true : wp_refuse(exchange, 404, WP_PAGE_NOT_FOUND);
    if (!request->body->is_form)
        return wp_refuse(exchange, 415, WP_PAGE_WRONG_TYPE);
    if (comes_from_us(request))
        return true;
    wp_page_log_security(&exchange->page, WP_EV_FORM_REFUSED, "sent from another site");
    return wp_refuse(exchange, 403, WP_PAGE_FOREIGN_FORM);
}

static bool refuse_crowded(wp_exchange_t *exchange)
{
    wp_response_retry(exchange, WP_RETRY_SECONDS);
    return wp_refuse(exchange, 503, WP_PAGE_CROWDED);
}

static bool body_is_there(wp_exchange_t *exchange)
{
    switch (exchange->page.request->body->state) {
    case WP_BODY_READ:
        return true;
    case WP_BODY_TOO_LARGE:
        return wp_refuse(exchange, 413, WP_PAGE_TOO_LARGE);
    case WP_BODY_SLOW:
        return wp_refuse(exchange, 408, WP_PAGE_TOO_SLOW);
    case WP_BODY_BUSY:
        return refuse_crowded(exchange);
    default:
        return wp_refuse(exchange, 400, WP_PAGE_BAD_REQUEST);
    }
}

static const wp_body_terms_t *terms_of(const wp_exchange_t *exchange)
{
    if (wp_route_is_signed(exchange))
        return &signed_terms;
    return wp_route_is_for_programs(exchange) ? &stranger_terms : &person_terms;
}

/* A bank's message is left to its section. */
static bool read_pairs(wp_exchange_t *exchange)
{
    const wp_request_t *request = exchange->page.request;

    if (wp_route_is_signed(exchange))
        return true;
    if (wp_route_is_for_programs(exchange))
        return wp_program_form_read(exchange);
    return wp_pairs_parse(&exchange->body, request->pool, request->body->bytes, request->body->length) == APR_SUCCESS;
}

bool wp_body_is_readable(wp_exchange_t *exchange)
{
    const wp_request_t *request = exchange->page.request;
    const wp_body_terms_t *terms = terms_of(exchange);

    if (request->method != WP_METHOD_POST)
        return true;
    if (!body_is_welcome(exchange, terms))
        return false;
    if (request->body->read)
        request->body->read(request->body, terms);
    if (!body_is_there(exchange))
        return false;
    if (!read_pairs(exchange)) {
        exchange->body = NULL;
        return wp_refuse(exchange, 400, WP_PAGE_BAD_REQUEST);
    }
    return true;
}

/* Reads the body only if the person was logged in or claims to have been, if it may be a form, and if it can be
 * kept. */
void wp_body_read_lost(wp_exchange_t *exchange)
{
    const wp_request_t *request = exchange->page.request;
    bool fits = request->body->is_form && request->body->announced <= (int64_t)stranger_terms.most &&
                comes_from_us(request);

    if (!request->knew_session || !fits)
        return;
    if (request->body->read)
        request->body->read(request->body, &stranger_terms);
    if (request->body->state != WP_BODY_READ ||
        wp_pairs_parse(&exchange->body, request->pool, request->body->bytes, request->body->length) != APR_SUCCESS)
        exchange->body = NULL;
}
