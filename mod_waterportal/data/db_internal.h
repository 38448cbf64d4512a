/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DATA_DB_INTERNAL_H
#define WP_DATA_DB_INTERNAL_H

#include "data/connection.h"
#include "data/db.h"

/* What migrate.c and check_queries.c need beyond db.h. */

/* Sends SQL without parameters in a unit of work; a failure fails the unit. what: a name for the log. */
apr_status_t wp_db_run(wp_db_t *db, const char *sql, const char *what);

/* Reads the first cell of a select without parameters; NULL if there is none. */
apr_status_t wp_db_ask(wp_db_t *db, const char *sql, const char **cell);

/* Work on a connection outside any transaction, run once. */
typedef apr_status_t (*wp_db_plain_work_t)(wp_connection_t *connection, apr_pool_t *pool, void *baton);
apr_status_t wp_db_outside(wp_db_source_t *source, apr_pool_t *pool, wp_db_plain_work_t work, void *baton);

#endif
