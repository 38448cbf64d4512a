/* SPDX-License-Identifier: Apache-2.0 */
#include "data/db_unit.h"

#include <string.h>

#include "data/args.h"
#include "data/rows.h"

#include "base/banned.h"

/* PostgreSQL's own statement_timeout ends a statement before we do, and that does not cost a connection */
#define GRACE_MS    250
#define ROLLBACK_MS 1000 /* even for a page whose time is up */

/* SQLSTATEs: those that make a connection unusable, and those that mean a statement was too slow */
#define STATES_LOST      "08 57P01 57P02 57P03"
#define STATES_READ_ONLY "25006"
#define STATES_LATE      "57014"
#define STATES_LETTERS   "22P05"

apr_status_t wp_db_fail(wp_db_t *db, const wp_query_t *query, const char *what, int code)
{
    const wp_connection_t *connection = db->connection;
    const wp_native_handle_t *native = &connection->native;
    const char *error = wp_connection_error(connection, db->pool, code);
    bool cut = wp_connections_did_cut(db->core->connections, connection);
    bool read_only = db->mode == WP_DB_WRITE && wp_native_is_state(native, error, STATES_READ_ONLY);

    db->failure = (wp_failure_t){.happened = true,
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

apr_status_t wp_db_fail_for_defect(wp_db_t *db)
{
    db->failure = (wp_failure_t){.happened = true, .defect = true};
    return WP_DB_FAILED;
}

/* --- time limits of a statement --- */

static void allow(const wp_db_t *db, wp_tick_t until)
{
    if (until != WP_TICK_NEVER || db->connection->until != WP_TICK_NEVER)
        wp_connections_allow(db->core->connections, db->connection, until);
}

/* Known before anything is sent: the connection is unharmed. */
static apr_status_t fail_for_time(wp_db_t *db)
{
    db->failure = (wp_failure_t){.happened = true, .late = true, .what = "the page", .error = "its time is over"};
    return WP_DB_FAILED;
}

apr_status_t wp_statement_begin(wp_db_t *db)
{
    int limit = db->core->options.statement_ms;
    wp_tick_t until = limit ? wp_tick_after_ms(limit) : WP_TICK_NEVER;

    if (db->failure.happened)
        return WP_DB_FAILED;
    if (wp_tick_now() >= db->until)
        return fail_for_time(db);
    until = until < db->until ? until : db->until;
    allow(db, until == WP_TICK_NEVER ? until : until + GRACE_MS * 1000);
    return APR_SUCCESS;
}

void wp_statement_end(const wp_db_t *db)
{
    allow(db, WP_TICK_NEVER);
}

void wp_statement_allow_undoing(const wp_db_t *db)
{
    allow(db, db->until == WP_TICK_NEVER && !db->core->options.statement_ms ? WP_TICK_NEVER
                                                                            : wp_tick_after_ms(ROLLBACK_MS));
}

/* --- statements --- */

/* Finds, checks, prepares and binds: the part that selects and changes have in common. */
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

    if (db->failure.happened)
        return WP_DB_FAILED;
    *query = wp_query_find(db->core->queries, name);
    if (!*query) {
        wp_log_event(log, WP_EV_DB_UNKNOWN_QUERY, "%s", name);
        return wp_db_fail_for_defect(db);
    }
    if (db->mode == WP_DB_READ && !(*query)->reads) {
        wp_log_event(log, WP_EV_DB_READ_ONLY, "%s:%d: %s", (*query)->file, (*query)->line, name);
        return wp_db_fail_for_defect(db);
    }
    ready->values = wp_args_values(args, db->pool, *query, &missing);
    if (!ready->values) {
        wp_log_event(log, WP_EV_DB_BIND, "%s:%d: %s: %s", (*query)->file, (*query)->line, name, missing);
        return wp_db_fail_for_defect(db);
    }
    wp_log_debug(log, "statement %s", name);
    apr_status_t status = wp_statement_begin(db);
    if (status != APR_SUCCESS)
        return status;
    int code = wp_connection_prepare(db->connection, *query, &ready->statement);
    return code == 0 ? APR_SUCCESS : wp_db_fail(db, *query, name, code);
}

static apr_status_t fail_statement(wp_db_t *db, const wp_query_t *query, const wp_args_t *args, int code)
{
    wp_db_fail(db, query, query->name, code);
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
    wp_statement_end(db);
    *rows = wp_rows_read(ready.query, driver, results, pool);
    if (!*rows) {
        db->failure = (wp_failure_t){.happened = true,
                                     .query = ready.query,
                                     .error = "its columns are not those that @row declares"};
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
        else
            wp_statement_end(db);
    }
    if (changed)
        *changed = count;
    return status;
}

/* For a statement without parameters. */
static apr_status_t end(wp_db_t *db, const char *what, int code)
{
    if (code != 0)
        return wp_db_fail(db, NULL, what, code);
    wp_statement_end(db);
    return APR_SUCCESS;
}

apr_status_t wp_db_run(wp_db_t *db, const char *sql, const char *what)
{
    apr_status_t status = wp_statement_begin(db);
    return status == APR_SUCCESS ? end(db, what, wp_connection_run(db->connection, sql)) : status;
}

apr_status_t wp_db_ask(wp_db_t *db, const char *sql, const char **cell)
{
    apr_status_t status = wp_statement_begin(db);

    *cell = NULL;
    return status == APR_SUCCESS ? end(db, sql, wp_connection_ask(db->connection, db->pool, sql, 0, cell)) : status;
}
