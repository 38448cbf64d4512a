/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/engine/exchange.h"

#include "domain/agent.h"

#include "data/date_text.h"

#include "base/banned.h"

/* A login as this portal knows it (sql/sections/sessions.sql). Its row is inserted with the first page it requests, and
 * pages are shown only to a login that nobody has ended. */

apr_status_t wp_session_find(wp_exchange_t *exchange)
{
    wp_page_t *page = &exchange->page;
    wp_rows_t *rows;
    apr_status_t status = wp_page_select(page, "session_find", &rows);

    exchange->session_begins = status == APR_SUCCESS && rows->count == 0;
    if (status == APR_SUCCESS && !wp_row_is_null(rows, 0, "ended"))
        wp_page_refuse(page, 403, WP_PAGE_SESSION_CLOSED);
    return status;
}

apr_status_t wp_session_unit(wp_db_t *db, void *baton)
{
    const wp_exchange_t *exchange = baton;
    const wp_request_t *request = exchange->page.request;
    wp_args_t *args = wp_args_make(wp_db_pool(db), exchange->page.args);

    wp_args_text(args, "browser", wp_agent_browser(request->agent));
    wp_args_text(args, "system", wp_agent_system(request->agent));
    wp_args_text(args, "expires", wp_instant_text(wp_db_pool(db), request->session_ends));
    return wp_db_change(db, "session_begin", args, NULL);
}

/* --- ending a login --- */

typedef struct leave_t {
    const char *session;
    wp_instant_t now;
    bool open;
} leave_t;

static wp_args_t *leave_args(wp_db_t *db, const leave_t *leaving)
{
    wp_args_t *args = wp_args_make(wp_db_pool(db), NULL);

    wp_args_text(args, "session", leaving->session);
    wp_args_text(args, "now", wp_instant_text(wp_db_pool(db), leaving->now));
    return args;
}

static apr_status_t find_open(wp_db_t *db, void *baton)
{
    leave_t *leaving = baton;
    wp_rows_t *rows;
    apr_status_t status = wp_db_select(db, "session_find", leave_args(db, leaving), &rows);

    leaving->open = status == APR_SUCCESS && rows->count == 1 && wp_row_is_null(rows, 0, "ended");
    return status;
}

static apr_status_t leave(wp_db_t *db, void *baton)
{
    return wp_db_change(db, "session_leave", leave_args(db, baton), NULL);
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
