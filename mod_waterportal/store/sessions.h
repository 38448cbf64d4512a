/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_STORE_SESSIONS_H
#define WP_STORE_SESSIONS_H

#include <stdbool.h>

#include "data/db.h"

/* Logins as this portal knows them (sql/sections/sessions.sql). A session is named by the SHA-256 of its second
 * cookie's number. */

typedef enum {
    WP_SESSION_NEW, /* not written down yet: this is its first page */
    WP_SESSION_OPEN,
    WP_SESSION_ENDED /* by logging out, from another device, or by the utility */
} wp_session_state_t;

typedef struct wp_session_t {
    const char *session, *person, *issuer; /* person: its keyed tag */
    const char *browser, *system;          /* codes of domain/agent.h */
    const char *expires;                   /* an instant */
} wp_session_t;

/* Writes a new session down; one that is there already stays as it is. */
apr_status_t wp_session_begin(wp_db_t *db, const wp_session_t *session, const char *now);

apr_status_t wp_session_find(wp_db_t *db, const char *session, wp_session_state_t *state);

/* Ends it, if it has not ended before. */
apr_status_t wp_session_leave(wp_db_t *db, const char *session, const char *now);

#endif
