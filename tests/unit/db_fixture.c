/* SPDX-License-Identifier: Apache-2.0 */
#include "db_fixture.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "data/db_internal.h"

#include "base/banned.h"

db_fixture_t db;

static const char statements[] =
    "-- @query add\n-- @scope system\n-- @args id:text n:volume s:text\n"
    "insert into item (id, n, s) values (:id, :n, :s);\n"
    "-- @query add_once\n-- @scope system\n-- @args id:text\n"
    "insert into item (id) values (:id) on conflict do nothing;\n"
    "-- @query get\n-- @scope system\n-- @args id:text\n-- @row item id:text n:volume s:text\n"
    "select id, n, s from item where id = :id;\n"
    "-- @query count\n-- @scope system\n-- @row count n:int\nselect count(*) from item;\n"
    "-- @query all\n-- @scope system\n-- @row item id:text n:int s:text\nselect id, n, s from item order by id;\n"
    "-- @query remove_all\n-- @scope system\ndelete from item;\n"
    "-- @query odd\n-- @scope system\n-- @args s:text n:int\n-- @row odd percent:text rest:int echo:text same:flag "
    "big:int\n"
    "select '100% %s :s', 7 % 4, cast(:s as text), cast(:s as text) = 'it''s', :n + 0;\n"
    "-- @query broken\n-- @scope system\n-- @row x a:int\nselect a from no_such_table;\n"
    "-- @query wrong_columns\n-- @scope system\n-- @row x a:int b:int\nselect 1;\n"
    "-- @query divide\n-- @scope system\n-- @args s:text\n"
    "insert into item (id) values (cast(:s as text)), (cast(:s as text));\n"
    "-- @query returning\n-- @scope system\n-- @args id:text\n-- @row item id:text\n"
    "insert into item (id) values (:id) returning id;\n"
    /* PostgreSQL only */
    "-- @query prepared\n-- @scope system\n-- @row p n:int\nselect count(*) from pg_prepared_statements;\n"
    "-- @query sleep\n-- @scope system\n-- @row p n:text\nselect cast(pg_sleep(5) as text);\n"
    "-- @query settings\n-- @scope system\n-- @row p s:text\nselect current_setting('plan_cache_mode') || ' ' || "
    "current_setting('application_name') || ' ' || current_setting('client_encoding');\n"
    "-- @query half_a_second\n-- @scope system\n-- @row p n:text\nselect cast(pg_sleep(0.5) as text);\n";

static void keep_line(void *context, wp_log_level_t level, const char *line)
{
    db_fixture_t *fixture = context;
    bool again = strstr(line, "is run again") != NULL;
    if (level > WP_LOG_WARNING && !again)
        return;
    apr_thread_mutex_lock(fixture->mutex);
    if (again) {
        fixture->again++;
        apr_thread_mutex_unlock(fixture->mutex);
        return;
    }
    size_t used = strlen(fixture->lines);
    apr_snprintf(fixture->lines + used, sizeof fixture->lines - used, "%s\n", line);
    apr_thread_mutex_unlock(fixture->mutex);
}

static __attribute__((noreturn)) void give_up(const char *why)
{
    print_error("%s\n", why);
    exit(1);
}

wp_db_source_t *db_source(const wp_db_options_t *options)
{
    wp_db_source_t *source;
    if (wp_db_source_make(&source, db.pool, db.queries, options) != APR_SUCCESS)
        give_up("no source");
    return source;
}

static apr_status_t make_tables(wp_db_t *unit, void *baton)
{
    (void)baton;
    apr_status_t status = wp_db_run(unit, "drop table if exists item", "item");
    if (status == APR_SUCCESS)
        status = wp_db_run(unit, "create table item (id text not null primary key, n bigint, s text)", "item");
    return status;
}

void db_open(const char *driver, const char *params, int connections, bool prepare)
{
    const char *error;

    apr_initialize();
    apr_pool_create(&db.pool, NULL);
    apr_thread_mutex_create(&db.mutex, APR_THREAD_MUTEX_DEFAULT, db.pool);
    db.lines[0] = '\0';
    db.driver = driver;
    db.params = params;
    db.log = (wp_log_t){keep_line, &db};
    db.options = (wp_db_options_t){.driver = driver,
                                   .params = params,
                                   .connections = connections,
                                   .keep = connections,
                                   .wait_ms = 3000,
                                   .statement_ms = 10000,
                                   .prepare = prepare,
                                   .log = &db.log};
    db.queries = wp_queries_make(db.pool);
    /* not in a test: an assertion would end the program without a word */
    if (wp_query_parse(db.queries, db.pool, "fixture.sql", statements, &error) != APR_SUCCESS)
        give_up(error);
    db.source = db_source(&db.options);
    if (wp_db_transact(db.source, WP_DB_WRITE, db.pool, make_tables, NULL) != APR_SUCCESS)
        give_up(db.lines);
}

void db_close(void)
{
    apr_pool_destroy(db.pool); /* without apr_terminate: apr's drivers cannot be loaded a second time after it */
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

int db_wait(pid_t child)
{
    int status = -1;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int db_command(const char *program, ...)
{
    const char *argv[16] = {program};
    int argc = 1;
    va_list args;
    pid_t child;

    va_start(args, program);
    while (argc < 15 && (argv[argc] = va_arg(args, const char *)))
        argc++;
    va_end(args);
    child = fork();
    if (child == 0) {
        execvp(program, (char *const *)argv);
        _exit(127);
    }
    return db_wait(child);
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

static apr_status_t load_work(wp_db_t *unit, void *baton)
{
    apr_status_t status = change_work(unit, baton);
    single_t seen = {"get", ((single_t *)baton)->args, NULL, 0};
    return status == APR_SUCCESS ? select_work(unit, &seen) : status;
}

static void *APR_THREAD_FUNC run_worker(apr_thread_t *thread, void *data)
{
    worker_t *worker = data;
    db_load_t *load = worker->load;
    apr_pool_t *pool;
    (void)thread;

    apr_pool_create(&pool, NULL);
    for (int i = 0; i < load->each; i++) {
        wp_args_t *args = wp_args_make(pool, NULL);
        wp_args_text(args, "id", apr_psprintf(pool, "%s-%d-%d", worker->prefix, worker->number, i));
        single_t single = {"add_once", args, NULL, 0};
        apr_time_t began = apr_time_now();
        apr_status_t status = wp_db_transact(worker->source, WP_DB_WRITE, pool, load_work, &single);
        worker->times[i] = apr_time_now() - began;
        int *answer = status == APR_SUCCESS ? &load->done : status == WP_DB_BUSY ? &load->busy : &load->failed;
        __atomic_fetch_add(answer, 1, __ATOMIC_SEQ_CST);
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

void db_load_start(wp_db_source_t *source, const char *prefix, db_load_t *load)
{
    load->workers = apr_pcalloc(db.pool, (size_t)load->threads * sizeof *load->workers);
    load->done = load->busy = load->failed = 0;
    load->took = apr_time_now();
    for (int i = 0; i < load->threads; i++) {
        apr_time_t *times = apr_pcalloc(db.pool, (size_t)load->each * sizeof *times);
        load->workers[i] = (worker_t){load->also && i % 2 ? load->also : source, prefix, load, i, times, NULL};
        assert_int_equal(apr_thread_create(&load->workers[i].thread, NULL, run_worker, &load->workers[i], db.pool),
                         APR_SUCCESS);
    }
}

void db_load_end(db_load_t *load)
{
    size_t each = (size_t)load->each, count = (size_t)load->threads * each;
    apr_time_t *times = apr_pcalloc(db.pool, count * sizeof *times);
    apr_status_t status;

    for (int i = 0; i < load->threads; i++) {
        apr_thread_join(&status, load->workers[i].thread);
        memcpy(times + (size_t)i * each, load->workers[i].times, each * sizeof *times);
    }
    load->took = apr_time_now() - load->took;
    qsort(times, count, sizeof *times, compare_times);
    load->p99 = times[count * 99 / 100];
    load->slowest = times[count - 1];
}

void db_load(wp_db_source_t *source, const char *prefix, db_load_t *load)
{
    db_load_start(source, prefix, load);
    db_load_end(load);
}

void db_load_print(const char *what, const db_load_t *load)
{
    print_message("%s, %s: %d threads, %d written, %d busy, %d failed, %.0f writes/s, p99 %.1f ms, slowest %.1f ms\n",
                  db.driver, what, load->threads, load->done, load->busy, load->failed,
                  (double)load->done * 1e6 / (double)load->took, (double)load->p99 / 1e3, (double)load->slowest / 1e3);
}
