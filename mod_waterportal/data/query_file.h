/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DATA_QUERY_FILE_H
#define WP_DATA_QUERY_FILE_H

#include <apr_pools.h>
#include <apr_hash.h>
#include <apr_tables.h>
#include <stdbool.h>

#include "base/log.h"

/* The SQL files: named statements with typed, named placeholders, and numbered schema steps. One text serves SQLite and
 * PostgreSQL.
 *
 *   -- @query meter_list                     a statement's name: letters, digits, underscore
 *   -- @scope account                        account | identity | staff | public | system
 *   -- @args account:text contract:text      what must be bound; used in the text as :account, :contract,
 *                                            any number of times
 *   -- @row meter id:text last:volume on:date   the XML element a row becomes and its columns, in order, with types
 *   select ... where c.contract_no = :contract;
 *
 *   -- @clause may a r                       text that statements share, with its parameters; it ends like a statement.
 *                                            In it {a} is the argument for a, also in {right r} or {other a}
 *   ... where {may c :right} ...             its use in a statement: the clause's name and its arguments, which are
 *                                            names, columns, placeholders and rights
 *   ... & {right readings+submit} ...        rights by their names in domain/rights.h, summed; any: all of them
 *
 *   -- @schema 3                             a migration step; statements separated by ";" at a line's end
 *   -- @schema 3 embedded                    the same, run only for the embedded billing tables (upgrade --embedded)
 *   -- @schema 3 oldest=2                    portals that know at least schema 2 may go on using the database
 *
 * An alias that a clause makes begins with the clause's name and "_" (may_x), so that it cannot hide an alias of the
 * statement that is its argument. A clause may use those that were read before it, never itself; clauses.sql is read
 * before all other files. A schema step uses none: its text must stay what it was when databases ran it.
 *
 * @args and @row may stand on several lines (a further @row line repeats the element). Comments ("-- …" without @) and
 * string literals are respected; ":" inside a literal or "::" is not a placeholder. Refused: a statement without a
 * scope, an account-scope statement that does not use :account, a declared argument that is not used, a placeholder
 * that is not declared, and SQL's clock (now(), current_date, 'now', datetime(), …): time is bound. */

typedef enum { WP_SCOPE_ACCOUNT, WP_SCOPE_IDENTITY, WP_SCOPE_STAFF, WP_SCOPE_PUBLIC, WP_SCOPE_SYSTEM } wp_scope_t;

/* What a value means: this decides how it is bound, how it appears in the page document and how a
 * stylesheet shows it. */
typedef enum {
    WP_TYPE_TEXT,
    WP_TYPE_INT,    /* int64 */
    WP_TYPE_FLAG,   /* 0 or 1 */
    WP_TYPE_VOLUME, /* int64 litres */
    WP_TYPE_MONEY,  /* int64 euro cents */
    WP_TYPE_PRICE,  /* int64 ten-thousandths of a euro */
    WP_TYPE_DATE,   /* text YYYY-MM-DD */
    WP_TYPE_TIME    /* text YYYY-MM-DDTHH:MM:SSZ */
} wp_type_t;

typedef struct wp_named_type_t {
    const char *name;
    wp_type_t type;
} wp_named_type_t;

typedef struct wp_query_t {
    const char *name, *file;
    int line;
    int number; /* its index in wp_queries_t.list */
    bool reads; /* begins with select, with or values: allowed in a read-only unit */
    wp_scope_t scope;
    const char *row;               /* the XML element of a row; NULL for a statement that changes data */
    apr_array_header_t *args;      /* wp_named_type_t: declared parameters, each once */
    apr_array_header_t *columns;   /* wp_named_type_t, in the order of the select list */
    apr_array_header_t *positions; /* int: the index in args of each placeholder, in order of appearance */
    const char *sql;               /* in apr_dbd's notation (%lld, %s), literal % doubled */
} wp_query_t;

typedef struct wp_schema_step_t {
    int version;
    int oldest; /* the oldest schema version whose portals may continue to use the database */
    bool embedded;
    const char *file;
    int line;
    apr_array_header_t *statements; /* const char * */
} wp_schema_step_t;

typedef struct wp_queries_t {
    apr_hash_t *by_name;       /* const wp_query_t * */
    apr_hash_t *clauses;       /* const wp_clause_t * (data/clause.h) */
    apr_array_header_t *list;  /* const wp_query_t *, in the order in which they were read */
    apr_array_header_t *steps; /* const wp_schema_step_t *, ordered by version, embedded before portal (whose views read
                                  the billing tables), file, line */
    int schema_version;        /* the highest version */
} wp_queries_t;

/* Reads the text of one file into queries. On failure *error says file, line and what is wrong. What is kept lives in
 * queries' own pool; pool is for the work and for *error. */
apr_status_t wp_query_parse(wp_queries_t *queries, apr_pool_t *pool, const char *file, const char *text,
                            const char **error);

/* Reads every *.sql of a directory, as installed, and of its folders schema, store, ctl and sections, as in a
 * checkout, in the order of the file names, but clauses.sql first. Two statements with the same name are an error, and
 * so is a gap in the schema's versions. */
apr_status_t wp_queries_load(wp_queries_t **queries, apr_pool_t *pool, const char *directory, const char **error);

wp_queries_t *wp_queries_make(apr_pool_t *pool);
const wp_query_t *wp_query_find(const wp_queries_t *queries, const char *name);
const char *wp_type_name(wp_type_t type); /* "text", "int", "volume", … as in the files and in the page document */
bool wp_type_is_int(wp_type_t type);      /* bound and stored as int64; the others are text */

#endif
