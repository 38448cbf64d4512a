/* SPDX-License-Identifier: Apache-2.0 */
#include "data/db.h"

#include <apr_atomic.h>
#include <apr_strings.h>
#include <stdlib.h>

#include "data/args.h"
#include "data/db_internal.h"
#include "data/gate.h"
#include "data/rows.h"
#include "data/write_gate.h"

#include "base/banned.h"

#define RUNS              2      /* the first may meet what a restart or a DDL left behind */
#define BORROW_PAUSE_USEC 100000 /* before the second try to get a connection */
#define DOWN_LOG_SECONDS  10
#define SCHEMA_SECONDS    30 /* an upgrade by another node is noticed after so long */

struct wp_db_source_t {
    wp_db_pool_t connections;
    const wp_queries_t *queries;
    wp_db_options_t options;
    wp_gate_t *gate;
    wp_write_gate_t *write_gate;
    const char *key;                      /* of the memory on each connection's pool */
    const char *begin_read, *begin_write; /* PostgreSQL */
    volatile apr_uint32_t down_logged_at;
};

/* Why a run failed; kept until it is known whether the second run fails too. */
typedef struct failure_t {
    bool happened;
    bool busy;   /* SQLite's lock was not to be had */
    bool defect; /* of the program: a second run would not help, and it is logged already */
    const wp_query_t *query;
    const char *what, *error;
} failure_t;

struct wp_db_t {
    wp_db_source_t *source;
    wp_db_mode_t mode;
    apr_pool_t *pool;
    wp_connection_t *connection;
    failure_t failure;
};

/* A unit of work on its way: both runs share the connection unless it is lost. */
typedef struct unit_t {
    wp_db_t db;
    wp_db_connection_t raw;
    bool borrowed;
    wp_db_work_t work;
    void *baton;
} unit_t;

/* --- failures --- */

static apr_status_t fail(wp_db_t *db, const wp_query_t *query, const char *what, int code)
{
    db->failure = (failure_t){.happened = true,
                              .query = query,
                              .what = what,
                              .busy = wp_connection_is_busy(db->connection, code),
                              .error = wp_connection_error(&db->connection->raw, db->pool, code)};
    return WP_DB_FAILED;
}

static apr_status_t fail_for_defect(wp_db_t *db)
{
    db->failure = (failure_t){.happened = true, .defect = true};
    return WP_DB_FAILED;
}

static const char *describe(const failure_t *failure, apr_pool_t *pool)
{
    const wp_query_t *query = failure->query;
    if (!query)
        return apr_psprintf(pool, "%s: %s", failure->what, failure->error);
    return apr_psprintf(pool, "%s:%d: %s: %s", query->file, query->line, query->name, failure->error);
}

static apr_status_t report_busy(const wp_db_source_t *source, const char *what)
{
    wp_log_event(source->options.log, WP_EV_DB_BUSY, "%s, %d ms", what, source->options.wait_ms);
    return WP_DB_BUSY;
}

/* At most one line in ten seconds: every visitor meets it. */
static void log_now_and_then(wp_db_source_t *source, wp_event_id_t event, const char *text)
{
    apr_uint32_t now = (apr_uint32_t)apr_time_sec(apr_time_now());
    apr_uint32_t last = apr_atomic_read32(&source->down_logged_at);

    if (now - last >= DOWN_LOG_SECONDS && apr_atomic_cas32(&source->down_logged_at, now, last) == last)
        wp_log_event(source->options.log, event, "%s", text);
}

static apr_status_t report_down(wp_db_source_t *source)
{
    log_now_and_then(source, WP_EV_DB_DOWN, "every page that needs it answers 503");
    return WP_DB_DOWN;
}

/* --- is the schema one that this code can use --- */

static apr_status_t judge_schema(wp_db_t *db, const char *cell)
{
    int known = db->source->queries->schema_version;
    char *rest = NULL;
    long version = cell ? strtol(cell, &rest, 10) : 0, oldest = rest ? strtol(rest, NULL, 10) : 0;

    if (version >= known && oldest <= known)
        return APR_SUCCESS;
    log_now_and_then(db->source, version < known ? WP_EV_DB_SCHEMA_OLD : WP_EV_DB_SCHEMA_NEW,
                     apr_psprintf(db->pool,
                                  "its schema has version %ld for portals that know %ld or later; this one knows %d",
                                  version, oldest, known));
    return WP_DB_SCHEMA;
}

/* On a fresh connection, after whatever made its statements stale, and now and then. */
static apr_status_t guard_schema(wp_db_t *db)
{
    wp_connection_t *connection = db->connection;
    apr_time_t now = apr_time_now();
    const char *cell;

    if (!db->source->options.guard_schema || now - connection->schema_asked_at < apr_time_from_sec(SCHEMA_SECONDS))
        return APR_SUCCESS;
    int code = wp_connection_ask(
        connection, db->pool,
        "select max(version) || ' ' || max(oldest) from portal_schema_version where part = 'portal'", 0, &cell);
    if (code != 0)
        return fail(db, NULL, "the schema's version", code);
    apr_status_t status = judge_schema(db, cell);
    connection->schema_asked_at = status == APR_SUCCESS ? now : 0;
    return status;
}

/* --- one transaction --- */

static apr_status_t enter_write_gate(wp_db_t *db)
{
    wp_db_source_t *source = db->source;
    apr_status_t status;
    char reason[120];

    if (db->mode != WP_DB_WRITE || !db->connection->sqlite)
        return APR_SUCCESS;
    status = wp_write_gate_enter(source->write_gate, db->connection->database,
                                 apr_time_from_msec(source->options.wait_ms));
    if (status == APR_TIMEUP)
        return report_busy(source, "the write lock");
    if (status != APR_SUCCESS) {
        wp_log_event(source->options.log, WP_EV_DB_GATE, "%s", apr_strerror(status, reason, sizeof reason));
        return fail_for_defect(db);
    }
    return APR_SUCCESS;
}

static void leave_write_gate(const wp_db_t *db)
{
    if (db->mode == WP_DB_WRITE && db->connection->sqlite)
        wp_write_gate_leave(db->source->write_gate);
}

static const char *begin_text(const wp_db_t *db)
{
    if (db->connection->sqlite)
        return db->mode == WP_DB_WRITE ? "BEGIN IMMEDIATE" : "BEGIN";
    return db->mode == WP_DB_WRITE ? db->source->begin_write : db->source->begin_read;
}

apr_status_t wp_db_run(wp_db_t *db, const char *sql, const char *what)
{
    int code;

    if (db->failure.happened)
        return WP_DB_FAILED;
    code = wp_connection_run(db->connection, sql);
    return code == 0 ? APR_SUCCESS : fail(db, NULL, what, code);
}

/* The statements of a unit between BEGIN and COMMIT. A failure that the work did not pass on still undoes all. */
static apr_status_t run_transaction(unit_t *unit)
{
    wp_db_t *db = &unit->db;
    apr_status_t status = wp_db_run(db, begin_text(db), "BEGIN");

    if (status == APR_SUCCESS)
        status = unit->work(db, unit->baton);
    if (db->failure.happened)
        status = WP_DB_FAILED;
    if (status == APR_SUCCESS)
        status = wp_db_run(db, "COMMIT", "COMMIT");
    if (status != APR_SUCCESS)
        wp_connection_run(db->connection, "ROLLBACK");
    return status;
}

static apr_status_t find_connection(unit_t *unit)
{
    wp_db_t *db = &unit->db;
    const wp_db_source_t *source = db->source;
    int code = wp_connection_of(&db->connection, &unit->raw, source->key, source->queries);

    if (code != 0) {
        db->failure = (failure_t){.happened = true,
                                  .what = "setting up a connection",
                                  .error = wp_connection_error(&unit->raw, db->pool, code)};
        return WP_DB_FAILED;
    }
    db->connection->prepare = source->options.prepare;
    return APR_SUCCESS;
}

static apr_status_t run_once(unit_t *unit)
{
    wp_db_t *db = &unit->db;
    apr_status_t status = find_connection(unit);

    if (status == APR_SUCCESS)
        status = guard_schema(db);
    if (status == APR_SUCCESS)
        status = enter_write_gate(db);
    if (status != APR_SUCCESS)
        return status;
    status = run_transaction(unit);
    leave_write_gate(db);
    return status;
}

/* --- a unit: borrowed connection, at most two runs --- */

static apr_status_t borrow(unit_t *unit)
{
    wp_db_source_t *source = unit->db.source;
    const wp_db_pool_t *connections = &source->connections;

    if (unit->borrowed)
        return APR_SUCCESS;
    if (connections->borrow(connections->context, unit->db.pool, &unit->raw) != APR_SUCCESS) {
        apr_sleep(BORROW_PAUSE_USEC);
        if (connections->borrow(connections->context, unit->db.pool, &unit->raw) != APR_SUCCESS)
            return report_down(source);
    }
    unit->borrowed = true;
    return APR_SUCCESS;
}

static void give_back(unit_t *unit)
{
    const wp_db_pool_t *connections = &unit->db.source->connections;
    if (unit->borrowed)
        connections->give_back(connections->context, &unit->raw);
    unit->borrowed = false;
}

/* Makes the connection fit for another run. One that is lost and cannot be opened again goes back to its owner, whose
 * check throws it away; false then. Another of the pool would be lost too, and nobody would have noticed yet. */
static bool mend(unit_t *unit)
{
    wp_connection_t *connection = unit->db.connection;

    if (!connection) {
        give_back(unit);
        return true;
    }
    if (wp_connection_mend(connection) == APR_SUCCESS)
        return true;
    apr_sleep(BORROW_PAUSE_USEC);
    if (wp_connection_mend(connection) == APR_SUCCESS)
        return true;
    give_back(unit);
    return false;
}

static apr_status_t settle_failure(const unit_t *unit)
{
    const failure_t *failure = &unit->db.failure;
    const wp_db_source_t *source = unit->db.source;

    if (failure->busy)
        return report_busy(source, describe(failure, unit->db.pool));
    if (!failure->defect)
        wp_log_event(source->options.log, WP_EV_DB_STATEMENT, "%s", describe(failure, unit->db.pool));
    return WP_DB_FAILED;
}

static apr_status_t run_unit(unit_t *unit)
{
    failure_t *failure = &unit->db.failure;

    for (int run = 1;; run++) {
        *failure = (failure_t){.happened = false};
        apr_status_t status = borrow(unit);
        if (status == APR_SUCCESS)
            status = run_once(unit);
        if (!failure->happened)
            return status;
        if (!mend(unit))
            return report_down(unit->db.source);
        if (run == RUNS || failure->busy || failure->defect)
            return settle_failure(unit);
        wp_log_info(unit->db.source->options.log, "a unit of work is run again: %s", describe(failure, unit->db.pool));
    }
}

/* --- public --- */

apr_status_t wp_db_source_make(wp_db_source_t **source, apr_pool_t *pool, const wp_db_pool_t *connections,
                               const wp_queries_t *queries, const wp_db_options_t *options)
{
    static volatile apr_uint32_t sources;
    wp_db_source_t *made = apr_pcalloc(pool, sizeof *made);
    apr_status_t status;

    made->connections = *connections;
    made->queries = queries;
    made->options = *options;
    made->key = apr_psprintf(pool, "wp_db_%u", apr_atomic_inc32(&sources));
    /* as one query, never through apr's transactions: TRAPS 1, 2 and 4 */
    made->begin_read = apr_psprintf(pool,
                                    "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = %d",
                                    options->statement_ms);
    made->begin_write = apr_psprintf(pool, "BEGIN; SET LOCAL statement_timeout = %d", options->statement_ms);
    status = wp_gate_make(&made->gate, pool, options->connections);
    if (status == APR_SUCCESS)
        status = wp_write_gate_make(&made->write_gate, pool);
    *source = status == APR_SUCCESS ? made : NULL;
    return status;
}

apr_status_t wp_db_transact(wp_db_source_t *source, wp_db_mode_t mode, apr_pool_t *pool, wp_db_work_t work, void *baton)
{
    unit_t unit = {.db = {.source = source, .mode = mode, .pool = pool}, .work = work, .baton = baton};

    if (wp_gate_enter(source->gate, apr_time_from_msec(source->options.wait_ms)) != APR_SUCCESS)
        return report_busy(source, "a connection");
    apr_status_t status = run_unit(&unit);
    give_back(&unit);
    wp_gate_leave(source->gate);
    return status;
}

apr_status_t wp_db_outside(wp_db_source_t *source, apr_pool_t *pool, wp_db_plain_work_t work, void *baton)
{
    unit_t unit = {.db = {.source = source, .mode = WP_DB_READ, .pool = pool}};

    if (wp_gate_enter(source->gate, apr_time_from_msec(source->options.wait_ms)) != APR_SUCCESS)
        return report_busy(source, "a connection");
    apr_status_t status = borrow(&unit);
    if (status == APR_SUCCESS) {
        status = find_connection(&unit);
        status = status == APR_SUCCESS ? work(unit.db.connection, pool, baton) : settle_failure(&unit);
    }
    give_back(&unit);
    wp_gate_leave(source->gate);
    return status;
}

/* Finds, checks, prepares and binds: all that a select and a change have in common. */
typedef struct ready_t {
    const wp_query_t *query;
    apr_dbd_prepared_t *statement;
    const void **values;
} ready_t;

static apr_status_t make_ready(wp_db_t *db, const char *name, const wp_args_t *args, ready_t *ready)
{
    const wp_query_t **query = &ready->query;
    const wp_log_t *log = db->source->options.log;
    const char *missing;
    int code;

    if (db->failure.happened)
        return WP_DB_FAILED;
    *query = wp_query_find(db->source->queries, name);
    if (!*query) {
        wp_log_event(log, WP_EV_DB_UNKNOWN_QUERY, "%s", name);
        return fail_for_defect(db);
    }
    if (db->mode == WP_DB_READ && !(*query)->reads) {
        wp_log_event(log, WP_EV_DB_READ_ONLY, "%s:%d: %s", (*query)->file, (*query)->line, name);
        return fail_for_defect(db);
    }
    ready->values = wp_args_values(args, db->pool, *query, &missing);
    if (!ready->values) {
        wp_log_event(log, WP_EV_DB_BIND, "%s:%d: %s: %s", (*query)->file, (*query)->line, name, missing);
        return fail_for_defect(db);
    }
    wp_log_debug(log, "statement %s", name);
    code = wp_connection_prepare(db->connection, *query, &ready->statement);
    return code == 0 ? APR_SUCCESS : fail(db, *query, name, code);
}

static apr_status_t fail_statement(wp_db_t *db, const wp_query_t *query, const wp_args_t *args, int code)
{
    fail(db, query, query->name, code);
    db->failure.error = wp_args_redact(args, db->pool, db->failure.error);
    return WP_DB_FAILED;
}

apr_status_t wp_db_select_in(wp_db_t *db, apr_pool_t *pool, const char *query, const wp_args_t *args, wp_rows_t **rows)
{
    const wp_db_connection_t *raw = &db->connection->raw;
    apr_dbd_results_t *results = NULL;
    ready_t ready;
    apr_status_t status = make_ready(db, query, args, &ready);

    *rows = NULL;
    if (status != APR_SUCCESS)
        return status;
    int code = apr_dbd_pbselect(raw->driver, pool, raw->handle, &results, ready.statement, 1, ready.values);
    if (code != 0)
        return fail_statement(db, ready.query, args, code);
    *rows = wp_rows_read(ready.query, raw->driver, results, pool);
    if (!*rows) {
        db->failure = (failure_t){
            .happened = true, .query = ready.query, .error = "its columns are not those that @row declares"};
        return WP_DB_FAILED;
    }
    return APR_SUCCESS;
}

apr_status_t wp_db_select(wp_db_t *db, const char *query, const wp_args_t *args, wp_rows_t **rows)
{
    return wp_db_select_in(db, db->pool, query, args, rows);
}

apr_status_t wp_db_change(wp_db_t *db, const char *query, const wp_args_t *args, int *changed)
{
    const wp_db_connection_t *raw = &db->connection->raw;
    int count = 0;
    ready_t ready;
    apr_status_t status = make_ready(db, query, args, &ready);

    if (status == APR_SUCCESS) {
        int code = apr_dbd_pbquery(raw->driver, db->pool, raw->handle, &count, ready.statement, ready.values);
        if (code != 0)
            status = fail_statement(db, ready.query, args, code);
    }
    if (changed)
        *changed = count;
    return status;
}

apr_status_t wp_db_ask(wp_db_t *db, const char *sql, const char **cell)
{
    int code;

    *cell = NULL;
    if (db->failure.happened)
        return WP_DB_FAILED;
    code = wp_connection_ask(db->connection, db->pool, sql, 0, cell);
    return code == 0 ? APR_SUCCESS : fail(db, NULL, sql, code);
}

apr_pool_t *wp_db_pool(const wp_db_t *db)
{
    return db->pool;
}

bool wp_db_is_sqlite(const wp_db_t *db)
{
    return db->connection->sqlite;
}
