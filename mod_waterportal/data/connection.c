/* SPDX-License-Identifier: Apache-2.0 */
#include "data/connection.h"

#include <apr_atomic.h>
#include <apr_strings.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

/* sqlite3.h is not needed for two numbers that its documentation fixes for ever */
#define SQLITE_IS_BUSY   5
#define SQLITE_IS_LOCKED 6

/* Labels must not repeat on a connection whatever happened to it, also when two sources share it. */
static volatile apr_uint32_t generations;

static void begin_generation(wp_connection_t *connection)
{
    connection->generation = apr_atomic_inc32(&generations) + 1;
    connection->schema_asked_at = 0;
    connection->statements = apr_pcalloc(connection->pool,
                                         (apr_size_t)connection->queries->list->nelts * sizeof(apr_dbd_prepared_t *));
}

int wp_connection_run(wp_connection_t *connection, const char *sql)
{
    int changed = 0;
    return apr_dbd_query(connection->raw.driver, connection->raw.handle, &changed, sql);
}

int wp_connection_ask(wp_connection_t *connection, apr_pool_t *pool, const char *sql, int column, const char **cell)
{
    const apr_dbd_driver_t *driver = connection->raw.driver;
    apr_dbd_results_t *results = NULL;
    apr_dbd_row_t *row = NULL;
    int code = apr_dbd_select(driver, pool, connection->raw.handle, &results, sql, 1);

    *cell = NULL;
    if (code == 0 && apr_dbd_num_tuples(driver, results) > 0 && apr_dbd_get_row(driver, pool, results, &row, -1) == 0)
        *cell = apr_pstrdup(pool, apr_dbd_get_entry(driver, row, column));
    return code;
}

static int64_t read_schema_version(wp_connection_t *connection)
{
    const char *cell;
    apr_pool_t *pool;
    int64_t version = -1;

    if (apr_pool_create(&pool, connection->home) != APR_SUCCESS)
        return -1;
    if (wp_connection_ask(connection, pool, "PRAGMA schema_version", 0, &cell) == 0 && cell)
        version = strtoll(cell, NULL, 10);
    apr_pool_destroy(pool);
    return version;
}

/* Not in DBDInitSQL, which runs too late and ends at a pragma that answers; no busy_timeout, whose waiting would hold
 * the driver's mutex against the very commit it waits for (TRAPS 7). */
static int set_up_sqlite(wp_connection_t *connection)
{
    static const char *const pragmas[] = {"PRAGMA synchronous=FULL", "PRAGMA foreign_keys=ON"};
    int code = 0;

    for (size_t i = 0; i < sizeof pragmas / sizeof *pragmas && code == 0; i++)
        code = wp_connection_run(connection, pragmas[i]);
    if (code == 0)
        code = wp_connection_ask(connection, connection->home, "PRAGMA database_list", 2, &connection->database);
    connection->schema_version = read_schema_version(connection);
    return code;
}

static int make_connection(wp_connection_t **connection, apr_pool_t *home, const wp_db_connection_t *raw,
                           const wp_queries_t *queries)
{
    wp_connection_t *made = apr_pcalloc(home, sizeof *made);

    if (apr_pool_create(&made->pool, home) != APR_SUCCESS)
        return APR_ENOMEM;
    made->home = home;
    made->raw = *raw;
    made->queries = queries;
    made->prepare = true;
    made->sqlite = strcmp(apr_dbd_name(raw->driver), "sqlite3") == 0;
    begin_generation(made);
    *connection = made;
    return made->sqlite ? set_up_sqlite(made) : 0;
}

int wp_connection_of(wp_connection_t **connection, const wp_db_connection_t *raw, const char *key,
                     const wp_queries_t *queries)
{
    void *known = NULL;
    apr_pool_t *home;

    apr_pool_userdata_get(&known, key, raw->pool);
    *connection = known;
    if (known) {
        (*connection)->raw = *raw;
        return 0;
    }
    if (apr_pool_create(&home, raw->pool) != APR_SUCCESS)
        return APR_ENOMEM;
    int code = make_connection(connection, home, raw, queries);
    if (code == 0)
        code = apr_pool_userdata_set(*connection, key, NULL, raw->pool);
    if (code != 0) {
        apr_pool_destroy(home);
        *connection = NULL;
    }
    return code;
}

static const char *make_label(const wp_connection_t *connection, apr_pool_t *pool, const wp_query_t *query)
{
    return apr_psprintf(pool, "wp_%s_%u", query->name, connection->generation);
}

/* Sent unprepared, PostgreSQL guesses a parameter's type from its surroundings: say it, so that both ways are alike. */
static const char *cast_placeholders(const wp_query_t *query, apr_pool_t *pool)
{
    const char *from = query->sql;
    char *sql = apr_palloc(pool, strlen(from) + (apr_size_t)query->positions->nelts * strlen("cast( as bigint)") + 1);
    char *to = sql;

    while (*from) {
        bool is_int = strncmp(from, "%lld", 4) == 0;
        if (is_int || strncmp(from, "%s", 2) == 0) {
            const char *cast = is_int ? "cast(%lld as bigint)" : "cast(%s as text)";
            to = apr_cpystrn(to, cast, strlen(cast) + 1);
            from += is_int ? 4 : 2;
            continue;
        }
        if (from[0] == '%') /* %%, never a placeholder's start */
            *to++ = *from++;
        *to++ = *from++;
    }
    *to = '\0';
    return sql;
}

int wp_connection_prepare(wp_connection_t *connection, const wp_query_t *query, apr_dbd_prepared_t **statement)
{
    apr_dbd_prepared_t **known = &connection->statements[query->number];
    bool label = connection->prepare || connection->sqlite;
    int code = 0;

    if (!*known) {
        apr_dbd_prepared_t *made = NULL;
        code = apr_dbd_prepare(connection->raw.driver, connection->pool, connection->raw.handle,
                               label ? query->sql : cast_placeholders(query, connection->pool),
                               label ? make_label(connection, connection->pool, query) : NULL, &made);
        if (code == 0)
            *known = made;
    }
    *statement = *known;
    return code;
}

/* One by one: DEALLOCATE ALL would take the statements of other modules with it, which never prepare theirs again. */
static void deallocate(wp_connection_t *connection)
{
    for (int i = 0; i < connection->queries->list->nelts; i++) {
        const wp_query_t *query = APR_ARRAY_IDX(connection->queries->list, i, const wp_query_t *);
        if (connection->statements[i] &&
            wp_connection_run(connection, apr_pstrcat(connection->pool, "DEALLOCATE ",
                                                      make_label(connection, connection->pool, query), NULL)) != 0)
            return; /* the first is gone, so the server knows none of them */
    }
}

void wp_connection_forget(wp_connection_t *connection)
{
    if (!connection->sqlite && connection->prepare)
        deallocate(connection);
    apr_pool_clear(connection->pool);
    begin_generation(connection);
}

apr_status_t wp_connection_mend(wp_connection_t *connection)
{
    if (connection->sqlite) {
        /* apr's driver frees a statement only with its connection, so a query that is simply wrong must not make us
         * forget all the others at every page */
        int64_t version = read_schema_version(connection);
        if (version != connection->schema_version)
            wp_connection_forget(connection);
        connection->schema_version = version;
        return APR_SUCCESS;
    }
    wp_connection_forget(connection);
    return apr_dbd_check_conn(connection->raw.driver, connection->home, connection->raw.handle);
}

const char *wp_connection_error(const wp_db_connection_t *raw, apr_pool_t *pool, int code)
{
    const char *text = apr_dbd_error(raw->driver, raw->handle, code);
    /* PostgreSQL's further lines (DETAIL) quote the row */
    return text && *text ? apr_pstrmemdup(pool, text, strcspn(text, "\r\n")) : "no reason given";
}

bool wp_connection_is_busy(const wp_connection_t *connection, int code)
{
    return connection->sqlite && (code == SQLITE_IS_BUSY || code == SQLITE_IS_LOCKED);
}
