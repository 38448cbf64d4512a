/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DATA_CONNECTION_H
#define WP_DATA_CONNECTION_H

#include <apr_ring.h>

#include "base/clock.h"
#include "data/db.h"
#include "data/native.h"

/* One connection, and what is kept with it between units of work: its prepared statements, until they may be stale.
 * Internal to data/. */

/* How to make the connections of a source. */
typedef struct wp_connector_t {
    const apr_dbd_driver_t *driver;
    const wp_native_t *native;
    const char *params;                  /* in the driver's syntax */
    const apr_array_header_t *first_sql; /* const char *: run on each new connection; may be NULL */
    const wp_queries_t *queries;
    bool prepare; /* as wp_db_options_t */
} wp_connector_t;

typedef struct wp_connection_t {
    APR_RING_ENTRY(wp_connection_t) link; /* for connections.c */
    const wp_connector_t *how;
    apr_dbd_t *handle;
    wp_native_handle_t native;
    bool sqlite;
    bool prepare;                    /* as wp_connector_t */
    const char *database;            /* SQLite: the path of the file, "" for a database in memory */
    int64_t schema_version;          /* SQLite: changes with anybody's DDL or VACUUM */
    apr_pool_t *home;                /* lives as long as the connection */
    apr_pool_t *pool;                /* of the statements; cleared when they are dropped */
    unsigned generation;             /* part of the labels: unique within the process */
    apr_dbd_prepared_t **statements; /* by wp_query_t.number */
    wp_tick_t schema_asked_at;       /* when its schema was last found usable by this code; 0: not yet */

    /* for connections.c, under its mutex */
    wp_tick_t until;      /* in use: when its statement is cut off */
    wp_tick_t idle_since; /* not in use */
    bool cut;             /* its statement exceeded its time */
    unsigned epoch;       /* the pool's epoch when it was opened */
} wp_connection_t;

/* Connects; may take as long as connect_timeout allows. NULL on failure, with the cause in reason. */
wp_connection_t *wp_connection_open(const wp_connector_t *how, char *reason, apr_size_t size);
/* Runs its first statements. Returns the driver's code, 0 for success. */
int wp_connection_set_up(wp_connection_t *connection);
void wp_connection_close(wp_connection_t *connection);

/* Runs SQL without parameters or rows. Returns the driver's code, 0 for success. */
int wp_connection_run(wp_connection_t *connection, const char *sql);

/* Reads the first cell of a select without parameters, in pool; NULL if there is none. */
int wp_connection_ask(wp_connection_t *connection, apr_pool_t *pool, const char *sql, int column, const char **cell);

/* Finds or makes the prepared statement of a query. Returns the driver's code, 0 for success. */
int wp_connection_prepare(wp_connection_t *connection, const wp_query_t *query, apr_dbd_prepared_t **statement);

/* After a failure and its rollback, on a connection that is not lost: drops statements that may be stale. */
void wp_connection_drop_stale(wp_connection_t *connection);

void wp_connection_forget(wp_connection_t *connection);

/* The first line of the driver's last message, in pool. */
const char *wp_connection_error(const wp_connection_t *connection, apr_pool_t *pool, int code);

/* Does a code of wp_connection_run say that SQLite's lock could not be acquired? */
bool wp_connection_is_busy(const wp_connection_t *connection, int code);

#endif
