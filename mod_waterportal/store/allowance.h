/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_STORE_ALLOWANCE_H
#define WP_STORE_ALLOWANCE_H

#include "data/db.h"
#include "domain/date.h"

/* A rate limit ("so many in a time"), counted in the transaction that does the act: one row for each act and person,
 * shared by all child processes and nodes. All may be used at once; then one becomes available every seconds/most (the
 * generic cell rate algorithm, ITU-T I.371). A rollback also takes back the use. */
typedef struct wp_allowance_t {
    const char *act, *who;
    int most, seconds; /* at most `most` in so many seconds; both at least 1 */
} wp_allowance_t;

/* Consumes one use, in a write transaction. *retry_at: 0 if there was one; otherwise the time at which it becomes
 * available. */
apr_status_t wp_allowance_take(wp_db_t *db, const wp_allowance_t *allowance, wp_instant_t now, wp_instant_t *retry_at);

#endif
