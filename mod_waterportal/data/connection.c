/* SPDX-License-Identifier: Apache-2.0 */
#include "data/connection.h"

#include <apr_atomic.h>
#include <apr_strings.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

/* sqlite3.h is not needed for two numbers that its documentation guarantees */
#define SQLITE_IS_BUSY   5
#define SQLITE_IS_LOCKED 6

/* Labels must not repeat on a connection whatever happens to it, even if a pooler lends it to two of ours. */
static volatile apr_uint32_t generations;

static void begin_generation(wp_connection_t *connection)
{
    connection->generation = apr_atomic_inc32(&generations) + 1;
    connection->schema_asked_at = 0;
    connection->statements = apr_pcalloc(connection->pool, (apr_size_t)connection->how->queries->list->nelts *
                                                               sizeof(apr_dbd_prepared_t *));
}

int wp_connection_run(wp_connection_t *connection, const char *sql)
{
    int changed = 0;
    return apr_dbd_query(connection->how->driver, connection->handle, &changed, sql);
}

int wp_connection_ask(wp_connection_t *connection, apr_pool_t *pool, const char *sql, int column, const char **cell)
{
    const apr_dbd_driver_t *driver = connection->how->driver;
    apr_dbd_results_t *results = NULL;
    apr_dbd_row_t *row = NULL;
    int code = apr_dbd_select(driver, pool, connection->handle, &results, sql, 1);

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

/* Not in DBDInitSQL, which runs too late and stops at a pragma that returns a row. No busy_timeout: its wait would hold
 * the driver's mutex against the very commit it waits for (docs/platform.md, D7). */
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

/* One plan for each statement, made once: for views, planning takes several times as long as execution. Only for
 * prepared statements: a transaction-pooling PgBouncer would pass the setting on to other clients. */
static int set_up_pgsql(wp_connection_t *connection)
{
    return connection->prepare ? wp_connection_run(connection, "SET plan_cache_mode = force_generic_plan") : 0;
}

static wp_connection_t *make_connection(const wp_connector_t *how, apr_pool_t *home)
{
    wp_connection_t *made = apr_pcalloc(home, sizeof *made);

    if (apr_pool_create(&made->pool, home) != APR_SUCCESS)
        return NULL;
    made->home = home;
    made->how = how;
    made->prepare = how->prepare;
    made->sqlite = wp_native_is_sqlite(how->native);
    made->until = WP_TICK_NEVER;
    begin_generation(made);
    return made;
}

wp_connection_t *wp_connection_open(const wp_connector_t *how, char *reason, apr_size_t size)
{
    const char *error = NULL;
    apr_pool_t *home;
    apr_status_t status = apr_pool_create(&home, NULL);

    apr_cpystrn(reason, "no memory", size);
    if (status != APR_SUCCESS)
        return NULL;
    wp_connection_t *made = make_connection(how, home);
    status = made ? apr_dbd_open_ex(how->driver, home, how->params, &made->handle, &error) : APR_ENOMEM;
    if (status == APR_SUCCESS && wp_native_open(&made->native, how->native, how->driver, made->handle)) {
        reason[0] = '\0';
        return made;
    }
    if (status == APR_SUCCESS)
        apr_dbd_close(how->driver, made->handle);
    if (error)
        apr_cpystrn(reason, error, size);
    reason[strcspn(reason, "\r\n")] = '\0';
    apr_pool_destroy(home);
    return NULL;
}

int wp_connection_set_up(wp_connection_t *connection)
{
    const apr_array_header_t *first = connection->how->first_sql;
    int code = connection->sqlite ? set_up_sqlite(connection) : set_up_pgsql(connection);

    /* last, so that the administrator's settings win */
    for (int i = 0; first && i < first->nelts && code == 0; i++)
        code = wp_connection_run(connection, APR_ARRAY_IDX(first, i, const char *));
    return code;
}

void wp_connection_close(wp_connection_t *connection)
{
    wp_native_close(&connection->native);
    apr_dbd_close(connection->how->driver, connection->handle);
    apr_pool_destroy(connection->home);
}

static const char *make_label(const wp_connection_t *connection, apr_pool_t *pool, const wp_query_t *query)
{
    return apr_psprintf(pool, "wp_%s_%u", query->name, connection->generation);
}

/* For an unprepared statement PostgreSQL infers a parameter's type from its context: casts make both
 * ways behave alike. */
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
        if (from[0] == '%') /* %%, never the start of a placeholder */
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
        code = apr_dbd_prepare(connection->how->driver, connection->pool, connection->handle,
                               label ? query->sql : cast_placeholders(query, connection->pool),
                               label ? make_label(connection, connection->pool, query) : NULL, &made);
        if (code == 0)
            *known = made;
    }
    *statement = *known;
    return code;
}

/* One by one: behind a pooler, DEALLOCATE ALL would also drop other clients' statements. */
static void deallocate(wp_connection_t *connection)
{
    for (int i = 0; i < connection->how->queries->list->nelts; i++) {
        const wp_query_t *query = APR_ARRAY_IDX(connection->how->queries->list, i, const wp_query_t *);
        if (connection->statements[i] &&
            wp_connection_run(connection, apr_pstrcat(connection->pool, "DEALLOCATE ",
                                                      make_label(connection, connection->pool, query), NULL)) != 0)
            return; /* the first is gone, so the server has none of them */
    }
}

void wp_connection_forget(wp_connection_t *connection)
{
    if (!connection->sqlite && connection->prepare)
        deallocate(connection);
    apr_pool_clear(connection->pool);
    begin_generation(connection);
}

void wp_connection_drop_stale(wp_connection_t *connection)
{
    if (!connection->sqlite) {
        wp_connection_forget(connection);
        return;
    }
    /* apr's driver frees a statement only with its connection, so a query that is simply wrong must not make us forget
     * all the others on every page */
    int64_t version = read_schema_version(connection);
    if (version != connection->schema_version)
        wp_connection_forget(connection);
    connection->schema_version = version;
}

const char *wp_connection_error(const wp_connection_t *connection, apr_pool_t *pool, int code)
{
    const char *text = apr_dbd_error(connection->how->driver, connection->handle, code);
    /* PostgreSQL's further lines (DETAIL) quote the row */
    return text && *text ? apr_pstrmemdup(pool, text, strcspn(text, "\r\n")) : "no reason given";
}

bool wp_connection_is_busy(const wp_connection_t *connection, int code)
{
    return connection->sqlite && (code == SQLITE_IS_BUSY || code == SQLITE_IS_LOCKED);
}
