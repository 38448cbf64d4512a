/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DATA_MIGRATE_H
#define WP_DATA_MIGRATE_H

#include "data/db.h"

typedef struct wp_schema_state_t {
    bool present;
    int version;          /* of the database */
    int oldest;           /* the oldest code that may use it */
    const char *encoding; /* of PostgreSQL's database, as it names it; NULL: SQLite */
    bool read_only;       /* PostgreSQL takes no changes: a stand-by, or set so */
} wp_schema_state_t;

/* Reads portal_schema_version, present=false on an empty database; and what the server says of itself. */
apr_status_t wp_schema_read(wp_db_source_t *source, apr_pool_t *pool, wp_schema_state_t *state);

/* One line per step that would be run (dry run) or was run. */
typedef void (*wp_schema_say_t)(void *context, const wp_schema_step_t *step);

typedef struct wp_schema_wish_t {
    bool embedded; /* the billing tables too */
    bool dry_run;  /* only say what would be run */
    wp_schema_say_t say;
    void *context;
} wp_schema_wish_t;

/* Told of a statement that does not work on this database. */
typedef void (*wp_query_fault_t)(void *context, const wp_query_t *query, const char *error);

/* Brings the schema to queries->schema_version, the steps of each version in a write transaction together with their
 * version row: a version is there whole or not at all, and running it again is harmless. Once embedded, always
 * embedded. Without it the billing_ views must be there first: the portal's own views read them. Also sets SQLite's
 * journal_mode=WAL. A database newer than this code is left alone (APR_EMISMATCH). */
apr_status_t wp_schema_upgrade(wp_db_source_t *source, apr_pool_t *pool, const wp_queries_t *queries,
                               const wp_schema_wish_t *wish);

/* Does every named statement prepare, and do the reading ones answer with the columns they declare? Runs outside a
 * transaction and changes nothing. Calls bad(context, query, driver's error) for each that does not. Returns the count
 * of bad ones in *count. */
apr_status_t wp_queries_check(wp_db_source_t *source, apr_pool_t *pool, wp_query_fault_t bad, void *context,
                              int *count);

#endif
