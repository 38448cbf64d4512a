/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DATA_DB_UNIT_H
#define WP_DATA_DB_UNIT_H

#include "data/connections.h"
#include "data/db_internal.h"
#include "data/gate.h"
#include "data/write_gate.h"

/* A unit of work as seen by db.c, which begins and ends it, and by db_statement.c, which runs its statements. Only for
 * these two. */

/* What all sources of one database share. */
typedef struct wp_db_core_t {
    wp_connector_t connector;
    wp_connections_t *connections;
    const wp_queries_t *queries;
    wp_db_options_t options;
    wp_gate_t *gate;
    wp_write_gate_t *write_gate;
    bool wants_primary;
    wp_tick_t down_logged_at;
} wp_db_core_t;

/* Why a run failed; kept until it is known whether the second run fails too. */
typedef struct wp_failure_t {
    bool happened;
    bool busy;      /* SQLite's lock could not be acquired */
    bool late;      /* it ran out of time */
    bool lost;      /* the connection is unusable, or leads to the wrong server */
    bool read_only; /* the server accepts no changes */
    bool letters;   /* the encoding of the database cannot represent a bound text */
    bool defect;    /* a bug in the program: a second run would not help, and it is already logged */
    const wp_query_t *query;
    const char *what, *error;
} wp_failure_t;

struct wp_db_t {
    wp_db_core_t *core;
    wp_tick_t until; /* when the page's time ends */
    wp_db_mode_t mode;
    apr_pool_t *pool;
    wp_connection_t *connection;
    wp_failure_t failure;
};

/* Records that a statement failed on the unit's connection; query or what: its name for the log, code: the driver's.
 * Always returns WP_DB_FAILED. */
apr_status_t wp_db_fail(wp_db_t *db, const wp_query_t *query, const char *what, int code);
/* Records a bug in the program that is already logged. Always returns WP_DB_FAILED. */
apr_status_t wp_db_fail_for_defect(wp_db_t *db);

/* Call these around everything that is sent to the server: the connection's time runs only between the two. If begin
 * does not return APR_SUCCESS, the unit has already failed or the page's time is up, and nothing may be sent. */
apr_status_t wp_statement_begin(wp_db_t *db);
void wp_statement_end(const wp_db_t *db);
/* Use instead of the two for what must still be done after a unit failed. */
void wp_statement_allow_undoing(const wp_db_t *db);

#endif
