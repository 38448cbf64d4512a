/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DATA_CONNECTION_H
#define WP_DATA_CONNECTION_H

#include "data/db.h"

/* What is remembered of one connection between units of work: its prepared statements, kept until they may be stale.
 * Internal to data/. */
typedef struct wp_connection_t {
    wp_db_connection_t raw;
    bool sqlite;
    bool prepare;                    /* as wp_db_options_t */
    const char *database;            /* SQLite: the file's path, "" in memory */
    int64_t schema_version;          /* SQLite: changed by DDL and VACUUM of whomever */
    apr_pool_t *home;                /* lives as long as the connection */
    apr_pool_t *pool;                /* of the statements; cleared when they are forgotten */
    unsigned generation;             /* part of the labels: unique within the process */
    apr_dbd_prepared_t **statements; /* by wp_query_t.number */
    const wp_queries_t *queries;
    apr_time_t schema_asked_at;      /* when its schema was last found to be one that this code can use; 0: not yet */
} wp_connection_t;

/* The memory of a borrowed connection, made and set up when it is new. key: the source's own.
 * Returns the driver's code, 0 for success. */
int wp_connection_of(wp_connection_t **connection, const wp_db_connection_t *raw, const char *key,
                     const wp_queries_t *queries);

/* Runs SQL without parameters and without rows. Returns the driver's code, 0 for success. */
int wp_connection_run(wp_connection_t *connection, const char *sql);

/* The first cell of a select without parameters, in pool; NULL when there is none. */
int wp_connection_ask(wp_connection_t *connection, apr_pool_t *pool, const char *sql, int column, const char **cell);

/* The prepared statement of a query. Returns the driver's code, 0 for success. */
int wp_connection_prepare(wp_connection_t *connection, const wp_query_t *query, apr_dbd_prepared_t **statement);

/* After a failure and its rollback: forgets statements that may be stale, and re-opens a lost connection.
 * An error means that there is no connection. */
apr_status_t wp_connection_mend(wp_connection_t *connection);

void wp_connection_forget(wp_connection_t *connection);

/* The driver's last message: its first line, in pool. */
const char *wp_connection_error(const wp_db_connection_t *raw, apr_pool_t *pool, int code);

/* Does the code of wp_connection_run say that SQLite's lock was not to be had? */
bool wp_connection_is_busy(const wp_connection_t *connection, int code);

#endif
