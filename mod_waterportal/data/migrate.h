/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DATA_MIGRATE_H
#define WP_DATA_MIGRATE_H

#include "data/db.h"

typedef struct wp_schema_state_t {
    bool present;
    int version;          /* of the database */
    int oldest;           /* the oldest code version that may use it */
    const char *encoding; /* of PostgreSQL's database, in its own words; NULL: SQLite */
    bool read_only;       /* PostgreSQL accepts no changes: a stand-by, or set to read-only */
} wp_schema_state_t;

/* Reads portal_schema_version, and what the server says about itself. On an empty database, present is false. */
apr_status_t wp_schema_read(wp_db_source_t *source, apr_pool_t *pool, wp_schema_state_t *state);

/* Called once for each step that was run, or in a dry run would be. */
typedef void (*wp_schema_say_t)(void *context, const wp_schema_step_t *step);

typedef struct wp_schema_wish_t {
    bool embedded; /* the billing tables too */
    bool dry_run;  /* only report what would be run */
    wp_schema_say_t say;
    void *context;
} wp_schema_wish_t;

/* Called for each statement that does not work on this database. */
typedef void (*wp_query_fault_t)(void *context, const wp_query_t *query, const char *error);

/* Brings the schema to queries->schema_version. The steps of each version run in one write transaction together with
 * their version row, so a version is applied as a whole or not at all, and running it again is harmless. Once embedded,
 * always embedded. Without the embedded tables, the billing_ views must exist first, because the portal's own views
 * read them. Also sets SQLite's journal_mode=WAL. A database newer than this code is not touched (APR_EMISMATCH). */
apr_status_t wp_schema_upgrade(wp_db_source_t *source, apr_pool_t *pool, const wp_queries_t *queries,
                               const wp_schema_wish_t *wish);

/* Does every named statement prepare, and do those that read return the columns they declare? Runs outside a
 * transaction and changes nothing. Calls bad(context, query, driver's error) for each that fails, and returns their
 * number in *count. */
apr_status_t wp_queries_check(wp_db_source_t *source, apr_pool_t *pool, wp_query_fault_t bad, void *context,
                              int *count);

#endif
