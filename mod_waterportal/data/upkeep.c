/* SPDX-License-Identifier: Apache-2.0 */
#include "data/upkeep.h"

#include <apr_strings.h>

#include "data/db_internal.h"

#include "base/banned.h"

/* Views of a billing system are not ours, and for other roles' tables PostgreSQL would only issue warnings. */
#define OUR_TABLES \
    "select string_agg(quote_ident(c.relname), ', ') from pg_catalog.pg_class c join pg_catalog.pg_roles r on r.oid " \
    "= c.relowner" \
    " where c.relkind = 'r' and r.rolname = current_user and c.relnamespace = current_schema()::regnamespace" \
    " and (starts_with(c.relname::text, 'portal_') or starts_with(c.relname::text, 'billing_'))"

static apr_status_t analyze(wp_connection_t *connection, apr_pool_t *pool, void *baton)
{
    const char *tables = NULL;

    (void)baton;
    if (connection->sqlite)
        return APR_SUCCESS;
    int code = wp_connection_ask(connection, pool, OUR_TABLES, 0, &tables);
    if (code == 0 && tables && *tables)
        code = wp_connection_run(connection, apr_pstrcat(pool, "ANALYZE ", tables, NULL));
    return code == 0 ? APR_SUCCESS : WP_DB_FAILED;
}

apr_status_t wp_upkeep_analyze(wp_db_source_t *source, apr_pool_t *pool)
{
    return wp_db_outside(source, pool, analyze, NULL);
}

static apr_status_t vacuum(wp_connection_t *connection, apr_pool_t *pool, void *baton)
{
    const char *table = baton;

    if (connection->sqlite)
        return APR_SUCCESS;
    return wp_connection_run(connection, apr_pstrcat(pool, "VACUUM ", table, NULL)) == 0 ? APR_SUCCESS : WP_DB_FAILED;
}

apr_status_t wp_upkeep_vacuum(wp_db_source_t *source, apr_pool_t *pool, const char *table)
{
    return wp_db_outside(source, pool, vacuum, (void *)table);
}
