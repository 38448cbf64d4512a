/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DATA_CLAUSE_H
#define WP_DATA_CLAUSE_H

#include <apr_hash.h>
#include <apr_tables.h>

/* Clauses: pieces of SQL that statements share, written once and expanded where "{name argument …}" stands.
 * query_file.h has the format. A clause uses only clauses that were read before it, so that every expansion ends. */
typedef struct wp_clause_t {
    const char *name;
    apr_array_header_t *parameters; /* const char * */
    const char *text;               /* without comments; its own uses are not expanded yet */
} wp_clause_t;

/* The text of one use, everything in it expanded. use: "{…}" with its braces. clauses: const wp_clause_t * by name.
 * NULL if it is wrong; *error then says why. */
const char *wp_clause_expand(apr_hash_t *clauses, apr_pool_t *pool, const char *use, const char **error);

/* Is every use in this clause's text right, whatever its arguments will be? NULL, or what is wrong. */
const char *wp_clause_check(apr_hash_t *clauses, apr_pool_t *pool, const wp_clause_t *clause);

#endif
