/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_STORE_CASES_H
#define WP_STORE_CASES_H

#include "data/db.h"

/* Cases for people (portal_case): what the portal must not decide by itself. A kind is a word; what it needs to be
 * settled is in its facts. Whoever opens cases of a kind says in its header how they are settled. */

#define WP_CASE_REFUSED "refused" /* of every kind: it stays as it is, and the matter is not opened again */

typedef struct wp_case_fact_t {
    const char *name, *text; /* text NULL: left out */
} wp_case_fact_t;

typedef struct wp_case_t {
    const char *kind;
    const char *subject;         /* ids and tags that are the same for the same matter; no personal data */
    const char *account;         /* whose it is, or NULL */
    const char *reason;          /* a code */
    const wp_case_fact_t *facts; /* what people need to decide; ends with a NULL name; may be NULL */
} wp_case_t;

/* Opens it in the running write transaction, unless it waits already or was refused. now: an instant. */
apr_status_t wp_case_open(wp_db_t *db, const wp_case_t *wanted, const char *now);

/* Does it wait, or was it refused? */
apr_status_t wp_case_known(wp_db_t *db, const char *kind, const char *subject, bool *known);

#endif
