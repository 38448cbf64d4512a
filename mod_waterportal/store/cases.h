/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_STORE_CASES_H
#define WP_STORE_CASES_H

#include "data/db.h"

/* The queue of cases that staff must decide (portal_case), because the portal must not. A kind is a word; the facts
 * are what is needed to settle the case. The header of the code that opens a kind of case says how it is settled. */

#define WP_CASE_REFUSED "refused" /* for every kind: the state stays as it is, and the case is not opened again */

typedef struct wp_case_fact_t {
    const char *name, *text; /* text NULL: the fact is omitted */
} wp_case_fact_t;

typedef struct wp_case_t {
    const char *kind;
    const char *subject;         /* ids and tags, the same for the same matter; no personal data */
    const char *account;         /* the account concerned, or NULL */
    const char *reason;          /* a code */
    const wp_case_fact_t *facts; /* what people need to decide it; ends with a NULL name; may be NULL */
} wp_case_t;

/* Opens the case in the running write transaction, unless it is already open or was refused. now: an instant. */
apr_status_t wp_case_open(wp_db_t *db, const wp_case_t *wanted, const char *now);

/* The same, unless there ever was a case of this kind and subject: for what is told once, however it was settled. */
apr_status_t wp_case_open_once(wp_db_t *db, const wp_case_t *wanted, const char *now);

/* Settles a case in the running write transaction, as people decided it. *settled: false if it was settled before; a
 * refusal may be settled otherwise. */
typedef struct wp_case_decision_t {
    const char *case_id;
    const char *how; /* a word of its kind */
    const char *by;  /* who decided */
} wp_case_decision_t;
apr_status_t wp_case_close(wp_db_t *db, const wp_case_decision_t *decision, const char *now, bool *settled);

/* Is the case open, or was it refused? */
apr_status_t wp_case_known(wp_db_t *db, const char *kind, const char *subject, bool *known);

#endif
