/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DATA_CONNECTION_H
#define WP_DATA_CONNECTION_H

#include <apr_ring.h>

#include "base/clock.h"
#include "data/db.h"
#include "data/native.h"

/* One connection, and what is remembered of it between units of work: its prepared statements, kept until they may be
 * stale. Internal to data/. */

/* How the connections of a source are made. */
typedef struct wp_connector_t {
    const apr_dbd_driver_t *driver;
    const wp_native_t *native;
    const char *params;                  /* as the driver wants them */
    const apr_array_header_t *first_sql; /* const char *: sent on each new connection; may be NULL */
    const wp_queries_t *queries;
    bool prepare; /* as wp_db_options_t */
} wp_connector_t;

typedef struct wp_connection_t {
    APR_RING_ENTRY(wp_connection_t) link; /* of connections.c */
    const wp_connector_t *how;
    apr_dbd_t *handle;
    wp_native_handle_t native;
    bool sqlite;
    bool prepare;                    /* as wp_connector_t */
    const char *database;            /* SQLite: the file's path, "" in memory */
    int64_t schema_version;          /* SQLite: changed by DDL and VACUUM of whomever */
    apr_pool_t *home;                /* lives as long as the connection */
    apr_pool_t *pool;                /* of the statements; cleared when they are forgotten */
    unsigned generation;             /* part of the labels: unique within the process */
    apr_dbd_prepared_t **statements; /* by wp_query_t.number */
    wp_tick_t schema_asked_at;       /* when its schema was last found to be one that this code can use; 0: not yet */

    /* of connections.c, under its mutex */
    wp_tick_t until;      /* in use: when what runs on it is cut */
    wp_tick_t idle_since; /* not in use */
    bool cut;             /* what ran on it was over its time */
    unsigned epoch;       /* of the pool, when it was opened */
} wp_connection_t;

/* Connects; may take as long as connect_timeout allows. NULL, and in reason why. */
wp_connection_t *wp_connection_open(const wp_connector_t *how, char *reason, apr_size_t size);
/* The first statements on it. Returns the driver's code, 0 for success. */
int wp_connection_set_up(wp_connection_t *connection);
void wp_connection_close(wp_connection_t *connection);

/* Runs SQL without parameters and without rows. Returns the driver's code, 0 for success. */
int wp_connection_run(wp_connection_t *connection, const char *sql);

/* The first cell of a select without parameters, in pool; NULL when there is none. */
int wp_connection_ask(wp_connection_t *connection, apr_pool_t *pool, const char *sql, int column, const char **cell);

/* The prepared statement of a query. Returns the driver's code, 0 for success. */
int wp_connection_prepare(wp_connection_t *connection, const wp_query_t *query, apr_dbd_prepared_t **statement);

/* After a failure and its rollback, on a connection that is not lost: forgets statements that may be stale. */
void wp_connection_mend(wp_connection_t *connection);

void wp_connection_forget(wp_connection_t *connection);

/* The driver's last message: its first line, in pool. */
const char *wp_connection_error(const wp_connection_t *connection, apr_pool_t *pool, int code);

/* Does the code of wp_connection_run say that SQLite's lock was not to be had? */
bool wp_connection_is_busy(const wp_connection_t *connection, int code);

#endif
