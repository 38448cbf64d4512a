/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DB_FIXTURE_H
#define DB_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <apr_general.h>
#include <apr_strings.h>
#include <apr_thread_mutex.h>
#include <apr_thread_proc.h>
#include <string.h>
#include <sys/types.h>

#include "data/db.h"

/* A database with a few tables and statements for the tests of the data layer; the cases that hold on both databases
 * are in db_cases.c. */
typedef struct db_fixture_t {
    apr_pool_t *pool;
    const char *driver, *params;
    wp_queries_t *queries;
    wp_db_options_t options;
    wp_db_source_t *source;
    wp_log_t log;
    int again; /* how many units of work were run a second time */
    apr_thread_mutex_t *mutex;
    char lines[16384]; /* what was logged at warning and above */
} db_fixture_t;

extern db_fixture_t db;

/* Opens the database and makes the source; the tables are made anew. */
void db_open(const char *driver, const char *params, int connections, bool prepare);
void db_close(void);
/* Another source on other connections, as another virtual host would have. */
wp_db_source_t *db_source(const wp_db_options_t *options);
/* Fails the test when something was logged at warning or above; forgets it. */
void db_expect_silence(void);
/* Fails the test unless number (WP0203) was logged; forgets what was logged. */
void db_expect_event(const char *number);

/* One statement in a unit of work of its own. */
apr_status_t db_change(const char *query, wp_args_t *args, int *changed);
apr_status_t db_select(const char *query, wp_args_t *args, wp_rows_t **rows);
/* select count(*) from item */
int64_t db_count(void);
wp_args_t *db_item(const char *id, int64_t n, const char *s);

/* The cases for both databases; the last of them only where connections share a database (not in memory). */
extern const struct CMUnitTest db_cases[];
extern const size_t db_case_count;

/* threads × each units of "insert one item with a fresh id, and count" at once, and what they answered. */
typedef struct db_load_t {
    int threads, each;
    wp_db_source_t *also; /* every second thread uses this source; NULL: none does */
    int done, busy, failed;
    apr_time_t took, slowest, p99;
    struct worker_t *workers; /* between start and end */
} db_load_t;
void db_load(wp_db_source_t *source, const char *prefix, db_load_t *load);
void db_load_start(wp_db_source_t *source, const char *prefix, db_load_t *load);
void db_load_end(db_load_t *load);
void db_load_print(const char *what, const db_load_t *load);

/* Runs a program with arguments, NULL-terminated; its exit status. */
int db_command(const char *program, ...);
/* The exit status of a child, or -1 when it was killed. */
int db_wait(pid_t child);

/* The cases of the schema's upgrade; sql: the portal's SQL files. */
extern const struct CMUnitTest migrate_cases[];
extern const size_t migrate_case_count;

#endif
