/* SPDX-License-Identifier: Apache-2.0 */
#include "data/migrate.h"

#include <apr_strings.h>
#include <stdlib.h>
#include <string.h>

#include "data/db_internal.h"
#include "domain/date.h"

#include "base/banned.h"

enum { PORTAL, EMBEDDED, PARTS };
static const char *const part_names[PARTS] = {"portal", "embedded"};

typedef struct upgrade_t {
    const wp_queries_t *queries;
    int first, end;      /* the steps of one version, run in one transaction */
    bool wanted[PARTS];  /* embedded only if requested or already present */
    bool pending[PARTS]; /* in this version */
} upgrade_t;

static const wp_schema_step_t *step_at(const upgrade_t *upgrade, int i)
{
    return APR_ARRAY_IDX(upgrade->queries->steps, i, const wp_schema_step_t *);
}

/* Reads a number from a select with one row; 0 for NULL. */
static apr_status_t ask_number(wp_db_t *db, const char *sql, int *number)
{
    const char *cell;
    apr_status_t status = wp_db_ask(db, sql, &cell);
    *number = cell ? (int)strtol(cell, NULL, 10) : 0;
    return status;
}

/* Reads the catalogue: a select from a missing table would count as a broken statement. */
static apr_status_t ask_present(wp_db_t *db, bool *present)
{
    int count;
    apr_status_t status =
        ask_number(db,
                   wp_db_is_sqlite(db)
                       ? "select count(*) from sqlite_master where name = 'portal_schema_version'"
                       : "select count(*) from pg_catalog.pg_class where oid = to_regclass('portal_schema_version')",
                   &count);
    *present = count > 0;
    return status;
}

/* Not transaction_read_only, because this transaction is read-only itself. */
static apr_status_t ask_server(wp_db_t *db, wp_schema_state_t *state)
{
    const char *read_only = NULL;
    apr_status_t status;

    if (wp_db_is_sqlite(db))
        return APR_SUCCESS;
    status = wp_db_ask(db, "select current_setting('server_encoding')", &state->encoding);
    if (status == APR_SUCCESS)
        status =
            wp_db_ask(db,
                      "select case when pg_is_in_recovery() or current_setting('default_transaction_read_only') = 'on' "
                      "then 'yes' end",
                      &read_only);
    state->read_only = read_only && strcmp(read_only, "yes") == 0;
    return status;
}

static apr_status_t read_state(wp_db_t *db, void *baton)
{
    wp_schema_state_t *state = baton;
    apr_status_t status = ask_server(db, state);

    if (status == APR_SUCCESS)
        status = ask_present(db, &state->present);

    if (status == APR_SUCCESS && state->present)
        status = ask_number(db, "select max(version) from portal_schema_version where part = 'portal'",
                            &state->version);
    if (status == APR_SUCCESS && state->present)
        status = ask_number(db, "select max(oldest) from portal_schema_version where part = 'portal'", &state->oldest);
    return status;
}

apr_status_t wp_schema_read(wp_db_source_t *source, apr_pool_t *pool, wp_schema_state_t *state)
{
    *state = (wp_schema_state_t){.present = false};
    return wp_db_transact(source, WP_DB_READ, pool, read_state, state);
}

static int part_of(const wp_schema_step_t *step)
{
    return step->embedded ? EMBEDDED : PORTAL;
}

static apr_status_t ask_known(wp_db_t *db, int version, int part, int *known)
{
    return ask_number(db,
                      apr_psprintf(wp_db_pool(db),
                                   "select count(*) from portal_schema_version where version = %d and part = '%s'",
                                   version, part_names[part]),
                      known);
}

/* Which parts of the version must be run. */
static apr_status_t ask_pending(wp_db_t *db, void *baton)
{
    upgrade_t *upgrade = baton;
    bool present;
    apr_status_t status = ask_present(db, &present);

    upgrade->pending[PORTAL] = upgrade->pending[EMBEDDED] = false;
    for (int i = upgrade->first; i < upgrade->end && status == APR_SUCCESS; i++) {
        const wp_schema_step_t *step = step_at(upgrade, i);
        int part = part_of(step), known = 0;
        if (present)
            status = ask_known(db, step->version, part, &known);
        upgrade->pending[part] = upgrade->wanted[part] && known == 0;
    }
    return status;
}

static apr_status_t write_version(wp_db_t *db, const upgrade_t *upgrade, int part)
{
    char now[WP_INSTANT_SIZE];
    int oldest = 0;

    for (int i = upgrade->first; i < upgrade->end; i++)
        if (part_of(step_at(upgrade, i)) == part && step_at(upgrade, i)->oldest > oldest)
            oldest = step_at(upgrade, i)->oldest;
    wp_instant_format(apr_time_sec(apr_time_now()), now);
    return wp_db_run(
        db,
        apr_psprintf(wp_db_pool(db),
                     "insert into portal_schema_version (version, part, oldest, at) values (%d, '%s', %d, '%s')",
                     step_at(upgrade, upgrade->first)->version, part_names[part], oldest, now),
        "portal_schema_version");
}

static apr_status_t run_step(wp_db_t *db, const wp_schema_step_t *step)
{
    apr_status_t status = APR_SUCCESS;
    const char *what = apr_psprintf(wp_db_pool(db), "%s:%d: schema step %d", step->file, step->line, step->version);

    for (int i = 0; i < step->statements->nelts && status == APR_SUCCESS; i++)
        status = wp_db_run(db, APR_ARRAY_IDX(step->statements, i, const char *), what);
    return status;
}

/* Checks again inside the transaction, because two upgrades may run at once. */
static apr_status_t run_version(wp_db_t *db, void *baton)
{
    upgrade_t *upgrade = baton;
    apr_status_t status = ask_pending(db, upgrade);

    for (int i = upgrade->first; i < upgrade->end && status == APR_SUCCESS; i++)
        if (upgrade->pending[part_of(step_at(upgrade, i))])
            status = run_step(db, step_at(upgrade, i));
    for (int part = 0; part < PARTS && status == APR_SUCCESS; part++)
        if (upgrade->pending[part])
            status = write_version(db, upgrade, part);
    return status;
}

static int version_end(const upgrade_t *upgrade, int first)
{
    int end = first + 1;
    while (end < upgrade->queries->steps->nelts && step_at(upgrade, end)->version == step_at(upgrade, first)->version)
        end++;
    return end;
}

/* Lets readers continue while one process writes; stored in the file. A database in memory has no journal to choose. */
static apr_status_t set_wal(wp_connection_t *connection, apr_pool_t *pool, void *baton)
{
    const char *mode = NULL;
    (void)baton;
    if (!connection->sqlite || !*connection->database)
        return APR_SUCCESS;
    if (wp_connection_ask(connection, pool, "PRAGMA journal_mode=WAL", 0, &mode) != 0 || !mode ||
        strcmp(mode, "wal") != 0)
        return WP_DB_BUSY;
    return APR_SUCCESS;
}

static apr_status_t ask_embedded(wp_db_t *db, void *baton)
{
    upgrade_t *upgrade = baton;
    bool present;
    int count = 0;
    apr_status_t status = ask_present(db, &present);

    if (status == APR_SUCCESS && present)
        status = ask_number(db, "select count(*) from portal_schema_version where part = 'embedded'", &count);
    upgrade->wanted[EMBEDDED] = upgrade->wanted[EMBEDDED] || count > 0;
    return status;
}

/* A site with embedded tables keeps them even without the flag. Newer databases are not touched. */
static apr_status_t begin_upgrade(upgrade_t *upgrade, wp_db_source_t *source, apr_pool_t *pool, bool dry_run)
{
    wp_schema_state_t state;
    apr_status_t status = wp_schema_read(source, pool, &state);

    if (status == APR_SUCCESS && state.version > upgrade->queries->schema_version)
        status = APR_EMISMATCH;
    if (status == APR_SUCCESS)
        status = wp_db_transact(source, WP_DB_READ, pool, ask_embedded, upgrade);
    if (status == APR_SUCCESS && !dry_run)
        status = wp_db_outside(source, pool, set_wal, NULL);
    return status;
}

apr_status_t wp_schema_upgrade(wp_db_source_t *source, apr_pool_t *pool, const wp_queries_t *queries,
                               const wp_schema_wish_t *wish)
{
    upgrade_t upgrade = {.queries = queries, .wanted = {[PORTAL] = true, [EMBEDDED] = wish->embedded}};
    apr_status_t status = begin_upgrade(&upgrade, source, pool, wish->dry_run);

    for (int i = 0; i < queries->steps->nelts && status == APR_SUCCESS; i = upgrade.end) {
        upgrade.first = i;
        upgrade.end = version_end(&upgrade, i);
        status = wish->dry_run ? wp_db_transact(source, WP_DB_READ, pool, ask_pending, &upgrade)
                               : wp_db_transact(source, WP_DB_WRITE, pool, run_version, &upgrade);
        for (int k = i; k < upgrade.end && status == APR_SUCCESS; k++)
            if (upgrade.pending[part_of(step_at(&upgrade, k))])
                wish->say(wish->context, step_at(&upgrade, k));
    }
    return status;
}
