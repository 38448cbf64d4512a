/* SPDX-License-Identifier: Apache-2.0 */
#include "data/db.h"

#include <apr_strings.h>
#include <stdlib.h>
#include <string.h>

#include "data/db_unit.h"
#include "data/pgsql_params.h"

#include "base/banned.h"

#define RUNS             2 /* the first run may fail because of a restart or DDL */
#define DOWN_LOG_SECONDS 10
/* how long until an upgrade by another node, or a server that became read-only, is noticed */
#define SCHEMA_SECONDS   30

struct wp_db_source_t {
    wp_db_core_t *core;
    int64_t left_usec; /* of the page's time; WP_TICK_NEVER: no limit */
};

/* A unit of work in progress: both runs share the connection unless it is lost. */
typedef struct unit_t {
    wp_db_t db;
    wp_db_work_t work;
    void *baton;
} unit_t;

/* --- failures --- */

static const char *describe(const wp_failure_t *failure, apr_pool_t *pool)
{
    const wp_query_t *query = failure->query;
    if (!query)
        return apr_psprintf(pool, "%s: %s", failure->what, failure->error);
    return apr_psprintf(pool, "%s:%d: %s: %s", query->file, query->line, query->name, failure->error);
}

static apr_status_t report_busy(const wp_db_core_t *core, const char *what)
{
    wp_log_event(core->options.log, WP_EV_DB_BUSY, "%s, %d ms", what, core->options.wait_ms);
    return WP_DB_BUSY;
}

/* At most one line in ten seconds, because every visitor would cause one. */
static void log_now_and_then(wp_db_core_t *core, wp_event_id_t event, const char *text)
{
    wp_tick_t now = wp_tick_now(), last = __atomic_load_n(&core->down_logged_at, __ATOMIC_RELAXED);

    if ((last == 0 || now - last >= DOWN_LOG_SECONDS * 1000000) &&
        __atomic_compare_exchange_n(&core->down_logged_at, &last, now, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED))
        wp_log_event(core->options.log, event, "%s", text);
}

static apr_status_t report_down(wp_db_core_t *core, apr_pool_t *pool)
{
    const char *reason = wp_connections_reason(core->connections, pool);
    log_now_and_then(core, WP_EV_DB_DOWN, *reason ? reason : "it takes no connection, or gives no answer on one");
    return WP_DB_DOWN;
}

/* --- time limits of a unit --- */

/* PostgreSQL's statement_timeout, in milliseconds; 0: no limit. */
static int server_limit(const wp_db_t *db)
{
    int limit = db->core->options.statement_ms, left = wp_tick_ms_left(db->until);

    left = left > 0 ? left : 1;
    if (db->until == WP_TICK_NEVER || (limit && limit < left))
        return limit;
    return left;
}

/* When to stop waiting for a connection or a lock. */
static wp_tick_t waiting_ends(const wp_db_t *db)
{
    wp_tick_t until = wp_tick_after_ms(db->core->options.wait_ms);
    return until < db->until ? until : db->until;
}

/* --- can this code use the schema? --- */

static apr_status_t judge_schema(wp_db_t *db, const char *cell)
{
    int known = db->core->queries->schema_version;
    char *rest = NULL;
    long version = cell ? strtol(cell, &rest, 10) : 0, oldest = rest ? strtol(rest, &rest, 10) : 0;

    /* a former primary that now is a stand-by: connect to its successor */
    if (rest && strcmp(rest, " on") == 0 && db->core->wants_primary) {
        db->failure = (wp_failure_t){.happened = true,
                                     .lost = true,
                                     .read_only = true,
                                     .what = "schema",
                                     .error = "the server turned read-only"};
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

/* Checks a fresh connection, again after anything that made its statements stale, and from time to time. */
static apr_status_t guard_schema(wp_db_t *db)
{
    wp_connection_t *connection = db->connection;
    wp_tick_t now = wp_tick_now();
    const char *cell;

    if (!db->core->options.guard_schema ||
        (connection->schema_asked_at && now - connection->schema_asked_at < SCHEMA_SECONDS * 1000000))
        return APR_SUCCESS;
    apr_status_t status =
        wp_db_ask(db,
                  connection->sqlite
                      ? "select max(version) || ' ' || max(oldest) from portal_schema_version where part = 'portal'"
                      : "select max(version) || ' ' || max(oldest) || ' ' || current_setting('transaction_read_only') "
                        "from portal_schema_version where part = 'portal'",
                  &cell);
    if (status != APR_SUCCESS)
        return status;
    status = judge_schema(db, cell);
    connection->schema_asked_at = status == APR_SUCCESS ? now : 0;
    return status;
}

/* --- one transaction --- */

static apr_status_t enter_write_gate(wp_db_t *db)
{
    const wp_db_core_t *core = db->core;
    apr_status_t status;
    char reason[120];

    if (db->mode != WP_DB_WRITE || !db->connection->sqlite)
        return APR_SUCCESS;
    status = wp_write_gate_enter_until(core->write_gate, db->connection->database, waiting_ends(db));
    if (status == APR_TIMEUP)
        return report_busy(core, "the write lock");
    if (status != APR_SUCCESS) {
        wp_log_event(core->options.log, WP_EV_DB_GATE, "%s", apr_strerror(status, reason, sizeof reason));
        return wp_db_fail_for_defect(db);
    }
    return APR_SUCCESS;
}

static void leave_write_gate(const wp_db_t *db)
{
    if (db->mode == WP_DB_WRITE && db->connection->sqlite)
        wp_write_gate_leave(db->core->write_gate);
}

/* Sent as one query, never through apr's transactions: docs/platform.md, D1, D2 and D4. */
static const char *begin_text(const wp_db_t *db)
{
    if (db->connection->sqlite)
        return db->mode == WP_DB_WRITE ? "BEGIN IMMEDIATE" : "BEGIN";
    return apr_psprintf(db->pool, "%s; SET LOCAL statement_timeout = %d",
                        db->mode == WP_DB_WRITE ? "BEGIN" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
                        server_limit(db));
}

/* The statements of a unit between BEGIN and COMMIT. A failure that the work did not return still
 * rolls back everything. */
static apr_status_t run_transaction(unit_t *unit)
{
    wp_db_t *db = &unit->db;

    wp_log_debug(db->core->options.log, "transaction %s", db->mode == WP_DB_WRITE ? "write" : "read");
    apr_status_t status = wp_db_run(db, begin_text(db), "BEGIN");

    if (status == APR_SUCCESS)
        status = unit->work(db, unit->baton);
    if (db->failure.happened)
        status = WP_DB_FAILED;
    if (status == APR_SUCCESS)
        status = wp_db_run(db, "COMMIT", "COMMIT");
    if (status != APR_SUCCESS && !db->failure.lost) {
        wp_statement_allow_undoing(db);
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

/* Of this unit or another: a lost connection is closed, and the others with it. */
static void prepare_next_run(wp_db_t *db)
{
    if (db->failure.lost) {
        give_back(db);
    } else {
        wp_statement_allow_undoing(db);
        wp_connection_drop_stale(db->connection);
    }
}

static apr_status_t settle_failure(const wp_db_t *db)
{
    const wp_failure_t *failure = &db->failure;
    const wp_db_core_t *core = db->core;

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
    wp_failure_t *failure = &db->failure;

    for (int run = 1;; run++) {
        *failure = (wp_failure_t){.happened = false};
        apr_status_t status = borrow(db);
        if (status == APR_SUCCESS)
            status = run_once(unit);
        if (!failure->happened)
            return status;
        failure->late = failure->late || wp_tick_now() >= db->until;
        prepare_next_run(db);
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

static apr_status_t make_connector(wp_db_core_t *core, apr_pool_t *pool)
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
    wp_db_core_t *core = apr_pcalloc(pool, sizeof *core);
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

/* Time used by this unit is deducted from the page's; time between units is not counted. */
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
        status = wp_statement_begin(&db);
    if (status == APR_SUCCESS)
        status = work(db.connection, pool, baton);
    leave(source, &db);
    return status;
}

apr_pool_t *wp_db_pool(const wp_db_t *db)
{
    return db->pool;
}

bool wp_db_is_sqlite(const wp_db_t *db)
{
    return db->connection->sqlite;
}
