/* SPDX-License-Identifier: Apache-2.0 */
#include "data/db.h"

#include <apr_strings.h>
#include <stdlib.h>
#include <string.h>

#include "data/args.h"
#include "data/connections.h"
#include "data/db_internal.h"
#include "data/gate.h"
#include "data/pgsql_params.h"
#include "data/rows.h"
#include "data/write_gate.h"

#include "base/banned.h"

#define RUNS             2    /* the first may meet what a restart or a DDL left behind */
#define GRACE_MS         250  /* PostgreSQL's own statement_timeout ends a statement before we do: it costs no connection */
#define ROLLBACK_MS      1000 /* also for a page whose time is over */
#define DOWN_LOG_SECONDS 10
#define SCHEMA_SECONDS   30 /* an upgrade by another node is noticed after so long, and a server that turned read-only */

/* SQLSTATE: what makes a connection useless, and what says that a statement was too slow */
#define STATES_LOST      "08 57P01 57P02 57P03"
#define STATES_READ_ONLY "25006"
#define STATES_LATE      "57014"
#define STATES_LETTERS   "22P05"

/* What all sources of one database share. */
typedef struct core_t {
    wp_connector_t connector;
    wp_connections_t *connections;
    const wp_queries_t *queries;
    wp_db_options_t options;
    wp_gate_t *gate;
    wp_write_gate_t *write_gate;
    bool wants_primary;
    wp_tick_t down_logged_at;
} core_t;

struct wp_db_source_t {
    core_t *core;
    int64_t left_usec; /* of the page's time; WP_TICK_NEVER: no limit */
};

/* Why a run failed; kept until it is known whether the second run fails too. */
typedef struct failure_t {
    bool happened;
    bool busy;   /* SQLite's lock was not to be had */
    bool late;   /* its time was over */
    bool lost;   /* the connection is good for nothing any more, or leads to the wrong server */
    bool read_only; /* the server takes no changes */
    bool letters; /* a bound text cannot be written in the encoding of the database */
    bool defect; /* of the program: a second run would not help, and it is logged already */
    const wp_query_t *query;
    const char *what, *error;
} failure_t;

struct wp_db_t {
    core_t *core;
    wp_tick_t until; /* the end of the page's time */
    wp_db_mode_t mode;
    apr_pool_t *pool;
    wp_connection_t *connection;
    failure_t failure;
};

/* A unit of work on its way: both runs share the connection unless it is lost. */
typedef struct unit_t {
    wp_db_t db;
    wp_db_work_t work;
    void *baton;
} unit_t;

/* --- failures --- */

static apr_status_t fail(wp_db_t *db, const wp_query_t *query, const char *what, int code)
{
    const wp_connection_t *connection = db->connection;
    const wp_native_handle_t *native = &connection->native;
    const char *error = wp_connection_error(connection, db->pool, code);
    bool cut = wp_connections_did_cut(db->core->connections, connection);
    bool read_only = db->mode == WP_DB_WRITE && wp_native_is_state(native, error, STATES_READ_ONLY);

    db->failure = (failure_t){.happened = true,
                              .query = query,
                              .what = what,
                              .busy = wp_connection_is_busy(connection, code),
                              .late = cut || wp_native_is_state(native, error, STATES_LATE),
                              .lost = read_only || (cut && !connection->sqlite) || wp_native_is_lost(native) ||
                                      wp_native_is_state(native, error, STATES_LOST),
                              .read_only = read_only,
                              .letters = wp_native_is_state(native, error, STATES_LETTERS),
                              .error = cut ? "no answer in time" : error};
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

static apr_status_t report_busy(const core_t *core, const char *what)
{
    wp_log_event(core->options.log, WP_EV_DB_BUSY, "%s, %d ms", what, core->options.wait_ms);
    return WP_DB_BUSY;
}

/* At most one line in ten seconds: every visitor meets it. */
static void log_now_and_then(core_t *core, wp_event_id_t event, const char *text)
{
    wp_tick_t now = wp_tick_now(), last = __atomic_load_n(&core->down_logged_at, __ATOMIC_RELAXED);

    if ((last == 0 || now - last >= DOWN_LOG_SECONDS * 1000000) &&
        __atomic_compare_exchange_n(&core->down_logged_at, &last, now, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED))
        wp_log_event(core->options.log, event, "%s", text);
}

static apr_status_t report_down(core_t *core, apr_pool_t *pool)
{
    const char *reason = wp_connections_reason(core->connections, pool);
    log_now_and_then(core, WP_EV_DB_DOWN, *reason ? reason : "it takes no connection, or gives no answer on one");
    return WP_DB_DOWN;
}

/* --- what a statement may take --- */

static void allow(const wp_db_t *db, wp_tick_t until)
{
    if (until != WP_TICK_NEVER || db->connection->until != WP_TICK_NEVER)
        wp_connections_allow(db->core->connections, db->connection, until);
}

/* Before each statement: till when it is waited for. */
static void allow_statement(const wp_db_t *db)
{
    int limit = db->core->options.statement_ms;
    wp_tick_t until = limit ? wp_tick_after_ms(limit) : WP_TICK_NEVER;

    until = until < db->until ? until : db->until;
    allow(db, until == WP_TICK_NEVER ? until : until + GRACE_MS * 1000);
}

/* For what must be done when a unit failed. */
static void allow_undoing(const wp_db_t *db)
{
    allow(db, db->until == WP_TICK_NEVER && !db->core->options.statement_ms ? WP_TICK_NEVER : wp_tick_after_ms(ROLLBACK_MS));
}

/* What PostgreSQL is told, in milliseconds; 0: no limit. */
static int server_limit(const wp_db_t *db)
{
    int limit = db->core->options.statement_ms, left = wp_tick_ms_left(db->until);

    left = left > 0 ? left : 1;
    if (db->until == WP_TICK_NEVER || (limit && limit < left))
        return limit;
    return left;
}

/* The longest wait for a place or a lock. */
static wp_tick_t waiting_ends(const wp_db_t *db)
{
    wp_tick_t until = wp_tick_after_ms(db->core->options.wait_ms);
    return until < db->until ? until : db->until;
}

/* --- is the schema one that this code can use --- */

static apr_status_t judge_schema(wp_db_t *db, const char *cell)
{
    int known = db->core->queries->schema_version;
    char *rest = NULL;
    long version = cell ? strtol(cell, &rest, 10) : 0, oldest = rest ? strtol(rest, &rest, 10) : 0;

    /* a server that was the primary and is none any more: its successor is elsewhere */
    if (rest && strcmp(rest, " on") == 0 && db->core->wants_primary) {
        db->failure = (failure_t){
            .happened = true, .lost = true, .read_only = true, .what = "schema", .error = "the server turned read-only"};
        return WP_DB_FAILED;
    }
    if (version >= known && oldest <= known)
        return APR_SUCCESS;
    log_now_and_then(db->core, version < known ? WP_EV_DB_SCHEMA_OLD : WP_EV_DB_SCHEMA_NEW,
                     apr_psprintf(db->pool,
                                  "its schema has version %ld for portals that know %ld or later; this one knows %d",
                                  version, oldest, known));
    return WP_DB_SCHEMA;
}

/* On a fresh connection, after whatever made its statements stale, and now and then. */
static apr_status_t guard_schema(wp_db_t *db)
{
    wp_connection_t *connection = db->connection;
    wp_tick_t now = wp_tick_now();
    const char *cell;

    if (!db->core->options.guard_schema ||
        (connection->schema_asked_at && now - connection->schema_asked_at < SCHEMA_SECONDS * 1000000))
        return APR_SUCCESS;
    allow_statement(db);
    int code = wp_connection_ask(
        connection, db->pool,
        connection->sqlite
            ? "select max(version) || ' ' || max(oldest) from portal_schema_version where part = 'portal'"
            : "select max(version) || ' ' || max(oldest) || ' ' || current_setting('transaction_read_only') "
              "from portal_schema_version where part = 'portal'",
        0, &cell);
    if (code != 0)
        return fail(db, NULL, "the schema's version", code);
    apr_status_t status = judge_schema(db, cell);
    connection->schema_asked_at = status == APR_SUCCESS ? now : 0;
    return status;
}

/* --- one transaction --- */

static apr_status_t enter_write_gate(wp_db_t *db)
{
    const core_t *core = db->core;
    apr_status_t status;
    char reason[120];

    if (db->mode != WP_DB_WRITE || !db->connection->sqlite)
        return APR_SUCCESS;
    status = wp_write_gate_enter_until(core->write_gate, db->connection->database, waiting_ends(db));
    if (status == APR_TIMEUP)
        return report_busy(core, "the write lock");
    if (status != APR_SUCCESS) {
        wp_log_event(core->options.log, WP_EV_DB_GATE, "%s", apr_strerror(status, reason, sizeof reason));
        return fail_for_defect(db);
    }
    return APR_SUCCESS;
}

static void leave_write_gate(const wp_db_t *db)
{
    if (db->mode == WP_DB_WRITE && db->connection->sqlite)
        wp_write_gate_leave(db->core->write_gate);
}

/* As one query, never through apr's transactions: TRAPS 1, 2 and 4. */
static const char *begin_text(const wp_db_t *db)
{
    if (db->connection->sqlite)
        return db->mode == WP_DB_WRITE ? "BEGIN IMMEDIATE" : "BEGIN";
    return apr_psprintf(db->pool, "%s; SET LOCAL statement_timeout = %d",
                        db->mode == WP_DB_WRITE ? "BEGIN" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
                        server_limit(db));
}

apr_status_t wp_db_run(wp_db_t *db, const char *sql, const char *what)
{
    int code;

    if (db->failure.happened)
        return WP_DB_FAILED;
    allow_statement(db);
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
    if (status != APR_SUCCESS && !db->failure.lost) {
        allow_undoing(db);
        wp_connection_run(db->connection, "ROLLBACK");
    }
    return status;
}

static apr_status_t run_once(unit_t *unit)
{
    wp_db_t *db = &unit->db;
    apr_status_t status = guard_schema(db);

    if (status == APR_SUCCESS)
        status = enter_write_gate(db);
    if (status != APR_SUCCESS)
        return status;
    status = run_transaction(unit);
    leave_write_gate(db);
    return status;
}

/* --- a unit: borrowed connection, at most two runs --- */

static apr_status_t borrow(wp_db_t *db)
{
    if (db->connection)
        return APR_SUCCESS;
    apr_status_t status = wp_connections_borrow(db->core->connections, waiting_ends(db), &db->connection);
    return status == APR_SUCCESS ? status : report_down(db->core, db->pool);
}

static void give_back(wp_db_t *db)
{
    if (db->connection)
        wp_connections_give_back(db->core->connections, db->connection, db->failure.lost);
    db->connection = NULL;
}

/* For the next run, here or of another unit: a connection that is lost goes, the others with it. */
static void mend(wp_db_t *db)
{
    if (db->failure.lost) {
        give_back(db);
    } else {
        allow_undoing(db);
        wp_connection_mend(db->connection);
    }
}

static apr_status_t settle_failure(const wp_db_t *db)
{
    const failure_t *failure = &db->failure;
    const core_t *core = db->core;

    if (failure->busy)
        return report_busy(core, describe(failure, db->pool));
    if (failure->defect)
        return WP_DB_FAILED;
    if (failure->letters)
        return WP_DB_LETTERS;
    wp_log_event(core->options.log,
                 failure->late        ? WP_EV_DB_LATE
                 : failure->read_only ? WP_EV_DB_SERVER_READ_ONLY
                                      : WP_EV_DB_STATEMENT,
                 "%s", describe(failure, db->pool));
    return failure->late ? WP_DB_LATE : WP_DB_FAILED;
}

static apr_status_t run_unit(unit_t *unit)
{
    wp_db_t *db = &unit->db;
    failure_t *failure = &db->failure;

    for (int run = 1;; run++) {
        *failure = (failure_t){.happened = false};
        apr_status_t status = borrow(db);
        if (status == APR_SUCCESS)
            status = run_once(unit);
        if (!failure->happened)
            return status;
        failure->late = failure->late || wp_tick_now() >= db->until;
        mend(db);
        if (run == RUNS || failure->late || failure->busy || failure->letters || failure->defect)
            return settle_failure(db);
        wp_log_info(db->core->options.log, "a unit of work is run again: %s", describe(failure, db->pool));
    }
}

/* --- public --- */

static apr_status_t load_driver(const apr_dbd_driver_t **driver, apr_pool_t *pool, const char *name)
{
    apr_status_t status = apr_dbd_init(pool);
    return status == APR_SUCCESS ? apr_dbd_get_driver(pool, name, driver) : status;
}

apr_status_t wp_db_load_driver(const char *driver, apr_pool_t *pool)
{
    const apr_dbd_driver_t *ignored;
    return load_driver(&ignored, pool, driver);
}

static apr_status_t make_connector(core_t *core, apr_pool_t *pool)
{
    wp_connector_t *how = &core->connector;
    const wp_db_options_t *options = &core->options;
    apr_status_t status = load_driver(&how->driver, pool, options->driver);

    if (status == APR_SUCCESS)
        status = wp_native_find(&how->native, pool, how->driver);
    if (status != APR_SUCCESS)
        return status;
    core->wants_primary = wp_pgsql_wants_primary(options->params);
    how->params = wp_native_is_sqlite(how->native) ? apr_pstrdup(pool, options->params)
                                                   : wp_pgsql_params(pool, options->params);
    how->first_sql = options->first_sql;
    how->queries = core->queries;
    how->prepare = options->prepare;
    return APR_SUCCESS;
}

apr_status_t wp_db_source_make(wp_db_source_t **source, apr_pool_t *pool, const wp_queries_t *queries,
                               const wp_db_options_t *options)
{
    core_t *core = apr_pcalloc(pool, sizeof *core);
    wp_db_source_t *made = apr_palloc(pool, sizeof *made);

    core->queries = queries;
    core->options = *options;
    *made = (wp_db_source_t){core, WP_TICK_NEVER};
    apr_status_t status = make_connector(core, pool);
    if (status == APR_SUCCESS)
        status = wp_gate_make(&core->gate, pool, options->connections);
    if (status == APR_SUCCESS)
        status = wp_write_gate_make(&core->write_gate, pool);
    if (status == APR_SUCCESS)
        status = wp_connections_make(&core->connections, pool, &core->connector, &core->options);
    *source = status == APR_SUCCESS ? made : NULL;
    return status;
}

wp_db_source_t *wp_db_for_page(const wp_db_source_t *source, apr_pool_t *pool)
{
    wp_db_source_t *page = apr_pmemdup(pool, source, sizeof *page);
    int limit = source->core->options.page_ms;

    page->left_usec = limit ? (int64_t)limit * 1000 : WP_TICK_NEVER;
    return page;
}

static wp_db_t open_db(const wp_db_source_t *source, wp_db_mode_t mode, apr_pool_t *pool)
{
    wp_tick_t until = source->left_usec == WP_TICK_NEVER ? WP_TICK_NEVER : wp_tick_now() + source->left_usec;
    return (wp_db_t){.core = source->core, .until = until, .mode = mode, .pool = pool};
}

static apr_status_t enter(wp_db_t *db)
{
    if (wp_gate_enter_until(db->core->gate, waiting_ends(db)) == APR_SUCCESS)
        return APR_SUCCESS;
    return report_busy(db->core, "a connection");
}

/* What was used of the page's time is gone for its next unit; what it does between two is its own. */
static void leave(wp_db_source_t *source, wp_db_t *db)
{
    give_back(db);
    wp_gate_leave(db->core->gate);
    if (source->left_usec != WP_TICK_NEVER)
        source->left_usec = db->until - wp_tick_now();
}

apr_status_t wp_db_transact(wp_db_source_t *source, wp_db_mode_t mode, apr_pool_t *pool, wp_db_work_t work, void *baton)
{
    unit_t unit = {.db = open_db(source, mode, pool), .work = work, .baton = baton};
    apr_status_t status = enter(&unit.db);

    if (status != APR_SUCCESS)
        return status;
    status = run_unit(&unit);
    leave(source, &unit.db);
    return status;
}

apr_status_t wp_db_outside(wp_db_source_t *source, apr_pool_t *pool, wp_db_plain_work_t work, void *baton)
{
    wp_db_t db = open_db(source, WP_DB_READ, pool);
    apr_status_t status = enter(&db);

    if (status != APR_SUCCESS)
        return status;
    status = borrow(&db);
    if (status == APR_SUCCESS)
        status = work(db.connection, pool, baton);
    leave(source, &db);
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
    const wp_log_t *log = db->core->options.log;
    const char *missing;
    int code;

    if (db->failure.happened)
        return WP_DB_FAILED;
    *query = wp_query_find(db->core->queries, name);
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
    allow_statement(db);
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
    const wp_connection_t *connection = db->connection;
    const apr_dbd_driver_t *driver = connection->how->driver;
    apr_dbd_results_t *results = NULL;
    ready_t ready;
    apr_status_t status = make_ready(db, query, args, &ready);

    *rows = NULL;
    if (status != APR_SUCCESS)
        return status;
    int code = apr_dbd_pbselect(driver, pool, connection->handle, &results, ready.statement, 1, ready.values);
    if (code != 0)
        return fail_statement(db, ready.query, args, code);
    *rows = wp_rows_read(ready.query, driver, results, pool);
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
    const wp_connection_t *connection = db->connection;
    const apr_dbd_driver_t *driver = connection->how->driver;
    int count = 0;
    ready_t ready;
    apr_status_t status = make_ready(db, query, args, &ready);

    if (status == APR_SUCCESS) {
        int code = apr_dbd_pbquery(driver, db->pool, connection->handle, &count, ready.statement, ready.values);
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
    allow_statement(db);
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
