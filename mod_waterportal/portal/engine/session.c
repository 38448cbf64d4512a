/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/engine/exchange.h"

#include "domain/agent.h"

#include "data/date_text.h"

#include "base/banned.h"

/* A login as this portal knows it (sql/sections/sessions.sql). Its row is inserted with the first page it requests, and
 * pages are shown only to a login that nobody has ended. */

apr_status_t wp_session_unit(wp_db_t *db, void *baton)
{
    const wp_page_t *page = &((const wp_exchange_t *)baton)->page;
    const wp_request_t *request = page->request;
    const wp_session_t begun = {.session = request->session,
                                .person = page->who.identity->tag,
                                .issuer = page->who.identity->issuer->issuer,
                                .browser = wp_agent_browser(request->agent),
                                .system = wp_agent_system(request->agent),
                                .expires = wp_instant_text(wp_db_pool(db), request->session_ends)};

    return wp_session_begin(db, &begun, page->clock.now_text);
}

/* --- ending a login --- */

typedef struct leave_t {
    const char *session;
    wp_instant_t now;
    bool open;
} leave_t;

static apr_status_t find_open(wp_db_t *db, void *baton)
{
    leave_t *leaving = baton;
    wp_session_state_t state;
    apr_status_t status = wp_session_find(db, leaving->session, &state);

    leaving->open = status == APR_SUCCESS && state == WP_SESSION_OPEN;
    return status;
}

static apr_status_t leave(wp_db_t *db, void *baton)
{
    const leave_t *leaving = baton;
    return wp_session_leave(db, leaving->session, wp_instant_text(wp_db_pool(db), leaving->now));
}

/* Anybody can send a logout with any cookie, so the portal writes only if there is a login to end. */
apr_status_t wp_portal_end_session(const wp_portal_t *portal, apr_pool_t *pool, const char *session, wp_instant_t now)
{
    leave_t leaving = {.session = session, .now = now};

    if (!portal->source)
        return WP_DB_DOWN;
    wp_db_source_t *source = wp_db_for_page(portal->source, pool);
    apr_status_t status = wp_db_transact(source, WP_DB_READ, pool, find_open, &leaving);
    return status == APR_SUCCESS && leaving.open ? wp_db_transact(source, WP_DB_WRITE, pool, leave, &leaving) : status;
}
