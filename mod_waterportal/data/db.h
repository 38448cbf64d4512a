/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DATA_DB_H
#define WP_DATA_DB_H

#include <apr_dbd.h>
#include <apr_pools.h>
#include <apr_tables.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/log.h"
#include "data/query_file.h"

/* The only way to the database. A unit of work is a function: it gets a connection inside a transaction, and when it
 * returns, the transaction is over and the connection is back in the pool. So no page can hold a connection while it
 * renders (docs/platform.md, D8), no path leaves a transaction open (D1, D2), and a unit whose statements were
 * invalidated by a restart or by foreign DDL is re-prepared and run again (D3). */

#define WP_DB_STATUS   (APR_OS_START_USERERR + 7200)
#define WP_DB_BUSY     (WP_DB_STATUS + 1) /* waited as long as allowed: answer 503 with Retry-After */
#define WP_DB_DOWN     (WP_DB_STATUS + 2) /* no connection: 503 */
/* a statement failed twice: 503, logged with file and name */
#define WP_DB_FAILED   (WP_DB_STATUS + 3)
/* a work function returns this to undo its changes; wp_db_transact returns it too */
#define WP_DB_ROLLBACK (WP_DB_STATUS + 4)
#define WP_DB_SCHEMA   (WP_DB_STATUS + 5) /* the database belongs to a release that this one cannot work with: 503 */
#define WP_DB_LATE     (WP_DB_STATUS + 6) /* no answer in time: 503 */
/* a text has characters that the encoding of the database lacks, so nothing there can match it */
#define WP_DB_LETTERS  (WP_DB_STATUS + 7)

typedef enum { WP_DB_READ, WP_DB_WRITE } wp_db_mode_t;

/* Where the database is, how many connections there may be, and how long anything may take. */
typedef struct wp_db_options_t {
    const char *driver, *params;         /* as DBDriver and DBDParams */
    const apr_array_header_t *first_sql; /* const char *: run on each new connection (DBDInitSQL); NULL: none */
    int connections;                     /* maximum number of units of work at once, each on its own connection */
    int open_first;                      /* this many are opened in advance (DBDMin) */
    int keep, idle_s; /* idle connections beyond keep (DBDKeep) are closed after idle_s seconds (DBDExptime) */
    int wait_ms;      /* longest wait for one of those connections, and again for SQLite's write lock; default 3000 */
    int statement_ms; /* the longest statement; 0: no limit; default 10000 */
    int page_ms;      /* all units of work of one page together (wp_db_for_page); 0: no limit */
    bool prepare; /* false: statements are sent unprepared, for transaction-pooling PgBouncer (docs/platform.md, D9) */
    bool guard_schema; /* refuse a database older than this code, or too new for it; httpd does, waterportalctl does not
                        */
    const wp_log_t *log;
} wp_db_options_t;

typedef struct wp_db_source_t wp_db_source_t; /* one per process; thread-safe */
typedef struct wp_db_t wp_db_t;               /* one unit of work; one thread */

/* Is the driver installed? If a parent process loads it, its children have it too. */
apr_status_t wp_db_load_driver(const char *driver, apr_pool_t *pool);

/* Makes the source: its connections, gate, write lock and statement texts. queries, and what options point to, must
 * outlive it; options itself need not. Does not wait for anything. APR_EDSOOPEN and the like: the driver is not
 * installed. Must be called in the process that uses it; its connections are closed before pool is destroyed. */
apr_status_t wp_db_source_make(wp_db_source_t **source, apr_pool_t *pool, const wp_queries_t *queries,
                               const wp_db_options_t *options);

/* The same source for one page, whose units of work share page_ms; in pool, for one thread. */
wp_db_source_t *wp_db_for_page(const wp_db_source_t *source, apr_pool_t *pool);

/* A unit of work. It may run twice (after the first run's transaction was rolled back as a whole), so it must keep
 * nothing of the first run: it builds its results anew from the inputs in *baton. APR_SUCCESS commits; any other status
 * rolls back and is returned. */
typedef apr_status_t (*wp_db_work_t)(wp_db_t *db, void *baton);

/* Runs work in a transaction. READ: one consistent snapshot; changes are refused. WRITE: on SQLite behind the write
 * gate (a thread mutex, then a bounded fcntl lock on "<database>-gate", which waterportalctl takes too), BEGIN
 * IMMEDIATE. A commit whose answer was lost is run again, so every write action must be idempotent by its form key. No
 * statement takes longer than the options allow, whether or not the database answers. Rows and texts live in pool. */
apr_status_t wp_db_transact(wp_db_source_t *source, wp_db_mode_t mode, apr_pool_t *pool, wp_db_work_t work,
                            void *baton);

/* --- inside a unit of work --- */

/* Named values for placeholders. A child sees its parent's values, so that the values of a page (account, today, now)
 * are bound once for all its statements. */
typedef struct wp_args_t wp_args_t;
wp_args_t *wp_args_make(apr_pool_t *pool, const wp_args_t *parent);
void wp_args_text(wp_args_t *args, const char *name,
                  const char *value); /* value NULL: SQL NULL; value must outlive args */
void wp_args_int(wp_args_t *args, const char *name, int64_t value);
/* The text bound under name here or in a parent, or NULL. */
const char *wp_args_get(const wp_args_t *args, const char *name);

/* The rows of one select, copied into the unit's pool. NULL reads as NULL on both databases for every type but text;
 * for text PostgreSQL's driver cannot tell NULL from "", so both read as NULL. */
typedef struct wp_rows_t {
    const wp_query_t *query;
    int count;
    const char **cells; /* count * columns */
} wp_rows_t;

apr_status_t wp_db_select(wp_db_t *db, const char *query, const wp_args_t *args, wp_rows_t **rows);
/* The same, into a pool that is destroyed before the unit's: for many rows that are not kept. */
apr_status_t wp_db_select_in(wp_db_t *db, apr_pool_t *pool, const char *query, const wp_args_t *args, wp_rows_t **rows);
/* *changed: number of rows inserted, updated or deleted (may be NULL). */
apr_status_t wp_db_change(wp_db_t *db, const char *query, const wp_args_t *args, int *changed);

/* NULL for a NULL cell or for row ≥ count. The query must declare column. */
const char *wp_row_text(const wp_rows_t *rows, int row, const char *column);
int64_t wp_row_int(const wp_rows_t *rows, int row, const char *column); /* 0 for NULL */
bool wp_row_is_null(const wp_rows_t *rows, int row, const char *column);
/* For many rows: looks up a column's position once (-1: there is none). For the accessors below, row must exist. */
int wp_rows_column(const wp_rows_t *rows, const char *column);
const char *wp_rows_cell(const wp_rows_t *rows, int row, int column);

apr_pool_t *wp_db_pool(const wp_db_t *db);
bool wp_db_is_sqlite(const wp_db_t *db);

#endif
