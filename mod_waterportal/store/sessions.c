/* SPDX-License-Identifier: Apache-2.0 */
#include "store/sessions.h"

#include "base/banned.h"

apr_status_t wp_session_begin(wp_db_t *db, const wp_session_t *session, const char *now)
{
    wp_args_t *args = wp_args_make(wp_db_pool(db), NULL);

    wp_args_text(args, "session", session->session);
    wp_args_text(args, "person", session->person);
    wp_args_text(args, "issuer", session->issuer);
    wp_args_text(args, "browser", session->browser);
    wp_args_text(args, "system", session->system);
    wp_args_text(args, "expires", session->expires);
    wp_args_text(args, "now", now);
    return wp_db_change(db, "session_begin", args, NULL);
}

apr_status_t wp_session_find(wp_db_t *db, const char *session, wp_session_state_t *state)
{
    wp_args_t *args = wp_args_make(wp_db_pool(db), NULL);
    wp_rows_t *rows;

    wp_args_text(args, "session", session);
    apr_status_t status = wp_db_select(db, "session_find", args, &rows);
    *state = WP_SESSION_NEW;
    if (status == APR_SUCCESS && rows->count > 0)
        *state = wp_row_is_null(rows, 0, "ended") ? WP_SESSION_OPEN : WP_SESSION_ENDED;
    return status;
}

apr_status_t wp_session_leave(wp_db_t *db, const char *session, const char *now)
{
    wp_args_t *args = wp_args_make(wp_db_pool(db), NULL);

    wp_args_text(args, "session", session);
    wp_args_text(args, "now", now);
    return wp_db_change(db, "session_leave", args, NULL);
}
