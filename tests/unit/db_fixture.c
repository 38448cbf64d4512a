/* SPDX-License-Identifier: Apache-2.0 */
#include "db_fixture.h"

#include <apr_atomic.h>
#include <stdlib.h>

#include "data/direct.h"

#include "base/banned.h"

db_fixture_t db;

static const char statements[] =
    "-- @query drop_item\n-- @scope system\ndrop table if exists item;\n"
    "-- @query make_item\n-- @scope system\n"
    "create table item (id text not null primary key, n bigint, s text, flag bigint);\n"
    "-- @query add\n-- @scope system\n-- @args id:text n:volume s:text\n"
    "insert into item (id, n, s) values (:id, :n, :s);\n"
    "-- @query add_once\n-- @scope system\n-- @args id:text\n"
    "insert into item (id) values (:id) on conflict do nothing;\n"
    "-- @query get\n-- @scope system\n-- @args id:text\n-- @row item id:text n:volume s:text\n"
    "select id, n, s from item where id = :id;\n"
    "-- @query count\n-- @scope system\n-- @row count n:int\nselect count(*) from item;\n"
    "-- @query all\n-- @scope system\n-- @row item id:text n:int s:text\nselect id, n, s from item order by id;\n"
    "-- @query remove_all\n-- @scope system\ndelete from item;\n"
    "-- @query odd\n-- @scope system\n-- @args s:text n:int\n-- @row odd percent:text rest:int echo:text same:flag big:int\n"
    "select '100% %s :s', 7 % 4, cast(:s as text), cast(:s as text) = 'it''s', :n + 0;\n"
    "-- @query broken\n-- @scope system\n-- @row x a:int\nselect a from no_such_table;\n"
    "-- @query wrong_columns\n-- @scope system\n-- @row x a:int b:int\nselect 1;\n"
    "-- @query divide\n-- @scope system\n-- @args s:text\n"
    "insert into item (id) values (cast(:s as text)), (cast(:s as text));\n"
    "-- @query returning\n-- @scope system\n-- @args id:text\n-- @row item id:text\n"
    "insert into item (id) values (:id) returning id;\n";

static void keep_line(void *context, wp_log_level_t level, const char *line)
{
    db_fixture_t *fixture = context;
    size_t used = strlen(fixture->lines);
    if (level <= WP_LOG_WARNING)
        apr_snprintf(fixture->lines + used, sizeof fixture->lines - used, "%s\n", line);
}

wp_db_source_t *db_source(const wp_db_options_t *options)
{
    wp_db_pool_t connections;
    wp_db_source_t *source;
    assert_int_equal(wp_direct_make(&connections, db.pool, db.driver, db.params, options->connections), APR_SUCCESS);
    assert_int_equal(wp_db_source_make(&source, db.pool, &connections, db.queries, options), APR_SUCCESS);
    return source;
}

void db_open(const char *driver, const char *params, int connections)
{
    const char *error;

    apr_initialize();
    apr_pool_create(&db.pool, NULL);
    db.driver = driver;
    db.params = params;
    db.log = (wp_log_t){keep_line, &db};
    db.options = (wp_db_options_t){
        .connections = connections, .wait_ms = 3000, .statement_ms = 10000, .prepare = true, .log = &db.log};
    db.queries = wp_queries_make(db.pool);
    assert_int_equal(wp_query_parse(db.queries, db.pool, "fixture.sql", statements, &error), APR_SUCCESS);
    db.source = db_source(&db.options);
    assert_int_equal(db_change("drop_item", NULL, NULL), APR_SUCCESS);
    assert_int_equal(db_change("make_item", NULL, NULL), APR_SUCCESS);
}

void db_expect_silence(void)
{
    if (db.lines[0])
        fail_msg("logged: %s", db.lines);
}

void db_expect_event(const char *number)
{
    if (!strstr(db.lines, number))
        fail_msg("%s was not logged, but: %s", number, db.lines);
    db.lines[0] = '\0';
}

typedef struct single_t {
    const char *query;
    wp_args_t *args;
    wp_rows_t *rows;
    int changed;
} single_t;

static apr_status_t change_work(wp_db_t *unit, void *baton)
{
    single_t *single = baton;
    return wp_db_change(unit, single->query, single->args, &single->changed);
}

static apr_status_t select_work(wp_db_t *unit, void *baton)
{
    single_t *single = baton;
    return wp_db_select(unit, single->query, single->args, &single->rows);
}

apr_status_t db_change(const char *query, wp_args_t *args, int *changed)
{
    single_t single = {query, args, NULL, 0};
    apr_status_t status = wp_db_transact(db.source, WP_DB_WRITE, db.pool, change_work, &single);
    if (changed)
        *changed = single.changed;
    return status;
}

apr_status_t db_select(const char *query, wp_args_t *args, wp_rows_t **rows)
{
    single_t single = {query, args, NULL, 0};
    apr_status_t status = wp_db_transact(db.source, WP_DB_READ, db.pool, select_work, &single);
    *rows = single.rows;
    return status;
}

int64_t db_count(void)
{
    wp_rows_t *rows;
    assert_int_equal(db_select("count", NULL, &rows), APR_SUCCESS);
    return wp_row_int(rows, 0, "n");
}

wp_args_t *db_item(const char *id, int64_t n, const char *s)
{
    wp_args_t *args = wp_args_make(db.pool, NULL);
    wp_args_text(args, "id", id);
    wp_args_int(args, "n", n);
    wp_args_text(args, "s", s);
    return args;
}

/* --- load --- */

typedef struct worker_t {
    wp_db_source_t *source;
    const char *prefix;
    db_load_t *load;
    int number;
    apr_time_t *times;
    apr_thread_t *thread;
} worker_t;

static void *APR_THREAD_FUNC run_worker(apr_thread_t *thread, void *data)
{
    worker_t *worker = data;
    apr_pool_t *pool;
    (void)thread;

    apr_pool_create(&pool, NULL);
    for (int i = 0; i < worker->load->each; i++) {
        wp_args_t *args = wp_args_make(pool, NULL);
        wp_args_text(args, "id", apr_psprintf(pool, "%s-%d-%d", worker->prefix, worker->number, i));
        single_t single = {"add_once", args, NULL, 0};
        apr_time_t began = apr_time_now();
        apr_status_t status = wp_db_transact(worker->source, WP_DB_WRITE, pool, change_work, &single);
        worker->times[i] = apr_time_now() - began;
        __atomic_fetch_add(status == APR_SUCCESS  ? &worker->load->done
                           : status == WP_DB_BUSY ? &worker->load->busy
                                                  : &worker->load->failed,
                           1, __ATOMIC_SEQ_CST);
        apr_pool_clear(pool);
    }
    apr_pool_destroy(pool);
    return NULL;
}

static int compare_times(const void *left, const void *right)
{
    apr_time_t a = *(const apr_time_t *)left, b = *(const apr_time_t *)right;
    return (a > b) - (a < b);
}

void db_load(wp_db_source_t *source, const char *prefix, db_load_t *load)
{
    worker_t *workers = apr_pcalloc(db.pool, (size_t)load->threads * sizeof *workers);
    size_t count = (size_t)load->threads * (size_t)load->each;
    apr_time_t *times = apr_pcalloc(db.pool, count * sizeof *times);
    apr_time_t began = apr_time_now();
    apr_status_t status;

    load->done = load->busy = load->failed = 0;
    for (int i = 0; i < load->threads; i++) {
        workers[i] = (worker_t){source, prefix, load, i, times + i * load->each, NULL};
        assert_int_equal(apr_thread_create(&workers[i].thread, NULL, run_worker, &workers[i], db.pool), APR_SUCCESS);
    }
    for (int i = 0; i < load->threads; i++)
        apr_thread_join(&status, workers[i].thread);
    load->took = apr_time_now() - began;
    qsort(times, count, sizeof *times, compare_times);
    load->p99 = times[count * 99 / 100];
    load->slowest = times[count - 1];
}
