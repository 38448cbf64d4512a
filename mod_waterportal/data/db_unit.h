/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DATA_DB_UNIT_H
#define WP_DATA_DB_UNIT_H

#include "data/connections.h"
#include "data/db_internal.h"
#include "data/gate.h"
#include "data/write_gate.h"

/* A unit of work as db.c, which begins and ends it, and db_statement.c, which runs its statements, see it. For these
 * two only. */

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
    bool busy;      /* SQLite's lock was not to be had */
    bool late;      /* its time was over */
    bool lost;      /* the connection is good for nothing any more, or leads to the wrong server */
    bool read_only; /* the server takes no changes */
    bool letters;   /* a bound text cannot be written in the encoding of the database */
    bool defect;    /* of the program: a second run would not help, and it is logged already */
    const wp_query_t *query;
    const char *what, *error;
} wp_failure_t;

struct wp_db_t {
    wp_db_core_t *core;
    wp_tick_t until; /* the end of the page's time */
    wp_db_mode_t mode;
    apr_pool_t *pool;
    wp_connection_t *connection;
    wp_failure_t failure;
};

/* A statement that failed on the unit's connection; query or what: its name for the log, code: the driver's. Always
 * WP_DB_FAILED. */
apr_status_t wp_db_fail(wp_db_t *db, const wp_query_t *query, const char *what, int code);
/* A fault of the program that is logged already. Always WP_DB_FAILED. */
apr_status_t wp_db_fail_for_defect(wp_db_t *db);

/* Around whatever is sent to the server: only between the two is the connection's time counted. Not APR_SUCCESS: the
 * unit has failed already, or the page's time is over; nothing is to be sent. */
apr_status_t wp_statement_begin(wp_db_t *db);
void wp_statement_end(const wp_db_t *db);
/* In place of the two, for what must be done when a unit failed. */
void wp_statement_allow_undoing(const wp_db_t *db);

#endif
