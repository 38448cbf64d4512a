/* SPDX-License-Identifier: Apache-2.0 */
/* write_readings SQL DRIVER PARAMS THREADS SECONDS METERS: what the data layer alone accepts. So many threads, each
 * with a contract of the load users, save submissions of METERS readings (1 to 3) as a section does: one transaction
 * behind the write gate with form key, submission, readings and result, on disk before it counts. Each under a window
 * of its own, so every reading is a first one. Prints: submissions, readings, milliseconds, p99 in µs, busy, failed. */
#include <apr_general.h>
#include <apr_strings.h>
#include <apr_thread_proc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/db.h"
#include "crypto/random.h"

#include "base/banned.h"

#define TIMES_MAX  200000
#define METERS_MAX 3

static const char own_statements[] = "-- @query load_meters\n-- @scope system\n-- @args skip:int\n-- @row m "
                                     "account_id:text contract_no:text meter_id:text\n"
                                     "select a.account_id, a.contract_no, m.meter_id from portal_account_contract a "
                                     "join billing_meter m on m.contract_no = a.contract_no\n"
                                     "where a.contract_no = (select contract_no from portal_account_contract where "
                                     "contract_no like '30-%' order by contract_no limit 1 offset :skip)\n"
                                     "order by m.meter_id;\n";

typedef struct worker_t {
    wp_db_source_t *source;
    int number, meters;
    apr_time_t until;
    const char *label; /* of this run */
    const char *account, *contract, *meter_ids[METERS_MAX];
    apr_time_t *times;
    int done, busy, failed;
    apr_thread_t *thread;
} worker_t;

static void write_line(void *context, wp_log_level_t level, const char *line)
{
    if (level <= WP_LOG_WARNING)
        fprintf(context, "%s\n", line);
}

static apr_status_t find_meters(wp_db_t *db, void *baton)
{
    worker_t *worker = baton;
    wp_args_t *args = wp_args_make(wp_db_pool(db), NULL);
    wp_rows_t *rows;

    wp_args_int(args, "skip", worker->number);
    apr_status_t status = wp_db_select(db, "load_meters", args, &rows);
    if (status != APR_SUCCESS || rows->count < worker->meters)
        return status == APR_SUCCESS ? WP_DB_ROLLBACK : status;
    worker->account = wp_row_text(rows, 0, "account_id");
    worker->contract = wp_row_text(rows, 0, "contract_no");
    for (int i = 0; i < worker->meters; i++)
        worker->meter_ids[i] = wp_row_text(rows, i, "meter_id");
    return APR_SUCCESS;
}

/* A name for this submission alone. */
static const char *join(wp_db_t *db, const worker_t *worker, const char *what)
{
    return apr_psprintf(wp_db_pool(db), "%s%s.%d.%d", what, worker->label, worker->number, worker->done);
}

static apr_status_t add_reading(wp_db_t *db, const worker_t *worker, const wp_args_t *submission, int meter)
{
    static const char *const absent[] = {"confirmed", "reason", "answer", "swap_on", "swap_end", "swap_start"};
    wp_args_t *args = wp_args_make(wp_db_pool(db), submission);
    int added = 0;

    for (size_t i = 0; i < sizeof absent / sizeof *absent; i++)
        wp_args_text(args, absent[i], NULL);
    wp_args_text(args, "reading_id", wp_random_id(wp_db_pool(db)));
    wp_args_text(args, "meter", worker->meter_ids[meter]);
    wp_args_int(args, "version", 1);
    wp_args_int(args, "value", 100000 + worker->done);
    wp_args_int(args, "previous", 92000);
    wp_args_text(args, "previous_on", "2026-10-26");
    wp_args_int(args, "use", 8000 + worker->done);
    wp_args_int(args, "days", 31);
    apr_status_t status = wp_db_change(db, "reading_add", args, &added);
    return status == APR_SUCCESS && added != 1 ? WP_DB_ROLLBACK : status;
}

/* What service/submission.c writes inside wp_once(). */
static apr_status_t submit(wp_db_t *db, void *baton)
{
    const worker_t *worker = baton;
    wp_args_t *args = wp_args_make(wp_db_pool(db), NULL);
    const char *location = join(db, worker, "/readings/receipt/L-");

    wp_args_text(args, "person", worker->account);
    wp_args_text(args, "account", worker->account);
    wp_args_text(args, "contract", worker->contract);
    wp_args_text(args, "form_key", wp_random_id(wp_db_pool(db)));
    wp_args_text(args, "body_hash", "00000000000000000000000000000000");
    wp_args_text(args, "location", location);
    wp_args_text(args, "now", "2026-11-26T10:00:00Z");
    wp_args_text(args, "today", "2026-11-26");
    wp_args_text(args, "window_key", join(db, worker, "load-"));
    wp_args_text(args, "submission", wp_random_id(wp_db_pool(db)));
    wp_args_text(args, "receipt", wp_random_id(wp_db_pool(db)));
    apr_status_t status = wp_db_change(db, "submission_add", args, NULL);
    for (int i = 0; i < worker->meters && status == APR_SUCCESS; i++)
        status = add_reading(db, worker, args, i);
    return status == APR_SUCCESS ? wp_db_change(db, "form_settle", args, NULL) : status;
}

static void *APR_THREAD_FUNC work(apr_thread_t *thread, void *data)
{
    worker_t *worker = data;
    apr_pool_t *pool;

    if (apr_pool_create(&pool, apr_thread_pool_get(thread)) != APR_SUCCESS)
        return NULL;
    while (apr_time_now() < worker->until && worker->done < TIMES_MAX) {
        apr_time_t began = apr_time_now();
        apr_status_t status = wp_db_transact(worker->source, WP_DB_WRITE, pool, submit, worker);
        if (status == APR_SUCCESS)
            worker->times[worker->done++] = apr_time_now() - began;
        else if (status == WP_DB_BUSY)
            worker->busy++;
        else
            worker->failed++;
        apr_pool_clear(pool);
    }
    return NULL;
}

static int compare_times(const void *left, const void *right)
{
    apr_time_t a = *(const apr_time_t *)left, b = *(const apr_time_t *)right;
    return (a > b) - (a < b);
}

static void report(const worker_t *workers, int count, apr_time_t took)
{
    apr_time_t *times = calloc(1, sizeof *times);
    int done = 0, busy = 0, failed = 0;

    for (int i = 0; i < count; i++) {
        times = realloc(times, (size_t)(done + workers[i].done + 1) * sizeof *times);
        memcpy(times + done, workers[i].times, (size_t)workers[i].done * sizeof *times);
        done += workers[i].done;
        busy += workers[i].busy;
        failed += workers[i].failed;
    }
    qsort(times, (size_t)done, sizeof *times, compare_times);
    printf("%d %d %" APR_TIME_T_FMT " %" APR_TIME_T_FMT " %d %d\n", done, done * workers[0].meters, took / 1000,
           done > 0 ? times[done * 99 / 100] : 0, busy, failed);
    free(times);
}

static int give_up(const char *why)
{
    fprintf(stderr, "write_readings: %s\n", why);
    return 1;
}

static int run(wp_db_source_t *source, apr_pool_t *pool, char **argv)
{
    int count = (int)strtol(argv[4], NULL, 10), seconds = (int)strtol(argv[5], NULL, 10),
        meters = (int)strtol(argv[6], NULL, 10);
    worker_t *workers = apr_pcalloc(pool, (apr_size_t)count * sizeof *workers);
    const char *label = wp_random_id(pool);
    apr_status_t status;

    for (int i = 0; i < count; i++) {
        workers[i] = (worker_t){.source = source, .number = i, .meters = meters, .label = label};
        workers[i].times = calloc(TIMES_MAX, sizeof *workers[i].times);
        if (!workers[i].times || wp_db_transact(source, WP_DB_READ, pool, find_meters, &workers[i]) != APR_SUCCESS)
            return give_up("the load users are missing: waterportalctl demo-data");
    }
    apr_time_t began = apr_time_now();
    for (int i = 0; i < count; i++) {
        workers[i].until = began + apr_time_from_sec(seconds);
        if (apr_thread_create(&workers[i].thread, NULL, work, &workers[i], pool) != APR_SUCCESS)
            return give_up("no thread");
    }
    for (int i = 0; i < count; i++)
        apr_thread_join(&status, workers[i].thread);
    report(workers, count, apr_time_now() - began);
    return 0;
}

int main(int argc, char **argv)
{
    wp_log_t log = {.write = write_line, .context = stderr};
    wp_db_options_t options =
        {.connections = 4, .keep = 4, .wait_ms = 3000, .statement_ms = 10000, .prepare = true, .log = &log};
    wp_db_source_t *source;
    wp_queries_t *queries;
    apr_pool_t *pool;
    const char *error = "";

    if (argc != 7 || (int)strtol(argv[6], NULL, 10) < 1 || (int)strtol(argv[6], NULL, 10) > METERS_MAX)
        return give_up("SQL DRIVER PARAMS THREADS SECONDS METERS");
    apr_initialize();
    apr_pool_create(&pool, NULL);
    if (wp_queries_load(&queries, pool, argv[1], &error) != APR_SUCCESS ||
        wp_query_parse(queries, pool, "write_readings.c", own_statements, &error) != APR_SUCCESS)
        return give_up(error);
    options.driver = argv[2];
    options.params = argv[3];
    if (wp_db_source_make(&source, pool, queries, &options) != APR_SUCCESS)
        return give_up("no database");
    int status = run(source, pool, argv);
    apr_pool_destroy(pool);
    return status;
}
