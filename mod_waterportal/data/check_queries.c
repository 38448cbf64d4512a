/* SPDX-License-Identifier: Apache-2.0 */
#include <apr_strings.h>

#include "data/args.h"
#include "data/db_internal.h"
#include "data/migrate.h"
#include "data/rows.h"

#include "base/banned.h"

typedef struct check_t {
    void (*bad)(void *context, const wp_query_t *query, const char *error);
    void *context;
    int count;
} check_t;

/* Values that match nothing; 0 works as a limit too. */
static const void **neutral_values(const wp_query_t *query, apr_pool_t *pool)
{
    static const apr_int64_t zero = 0;
    int count = query->positions->nelts;
    const void **values = apr_palloc(pool, (apr_size_t)(count + 1) * sizeof *values);

    for (int i = 0; i < count; i++) {
        const wp_named_type_t *arg = &APR_ARRAY_IDX(query->args, APR_ARRAY_IDX(query->positions, i, int),
                                                    wp_named_type_t);
        values[i] = wp_type_is_int(arg->type) ? (const void *)&zero : "";
    }
    return values;
}

/* NULL if the statement works. */
static const char *find_fault(wp_connection_t *connection, const wp_query_t *query, apr_pool_t *pool)
{
    const apr_dbd_driver_t *driver = connection->how->driver;
    apr_dbd_prepared_t *statement;
    apr_dbd_results_t *results = NULL;
    int code = wp_connection_prepare(connection, query, &statement);

    if (code == 0 && query->reads && query->row)
        code = apr_dbd_pbselect(driver, pool, connection->handle, &results, statement, 1, neutral_values(query, pool));
    if (code != 0)
        return wp_connection_error(connection, pool, code);
    if (results && !wp_rows_read(query, driver, results, pool))
        return "its columns are not those that @row declares";
    return NULL;
}

static apr_status_t check_all(wp_connection_t *connection, apr_pool_t *pool, void *baton)
{
    check_t *check = baton;
    apr_pool_t *rows;
    apr_status_t status = apr_pool_create(&rows, pool);

    if (status != APR_SUCCESS)
        return status;
    /* an unprepared statement would not be checked before it is run */
    connection->prepare = true;
    for (int i = 0; i < connection->how->queries->list->nelts; i++) {
        const wp_query_t *query = APR_ARRAY_IDX(connection->how->queries->list, i, const wp_query_t *);
        const char *fault = find_fault(connection, query, rows);
        if (fault) {
            check->count++;
            check->bad(check->context, query, fault);
        }
        apr_pool_clear(rows);
    }
    wp_connection_forget(connection);
    connection->prepare = connection->how->prepare;
    apr_pool_destroy(rows);
    return APR_SUCCESS;
}

apr_status_t wp_queries_check(wp_db_source_t *source, apr_pool_t *pool, wp_query_fault_t bad, void *context, int *count)
{
    check_t check = {.bad = bad, .context = context};
    apr_status_t status;

    status = wp_db_outside(source, pool, check_all, &check);
    *count = check.count;
    return status;
}
