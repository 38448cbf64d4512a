/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_STORE_ALLOWANCE_H
#define WP_STORE_ALLOWANCE_H

#include "data/db.h"
#include "domain/date.h"

/* "So many in a time", counted in the transaction that does the thing: one row for each act and person, for all
 * children and nodes. All may be used at once, then one comes back each seconds/most (the generic cell rate algorithm,
 * ITU-T I.371). What is rolled back was not used. */
typedef struct wp_allowance_t {
    const char *act, *who;
    int most, seconds; /* most of them in so many seconds; both at least 1 */
} wp_allowance_t;

/* In a write transaction. *again: 0 when one was left and is now taken; else the instant from which the next may be. */
apr_status_t wp_allowance_take(wp_db_t *db, const wp_allowance_t *allowance, wp_instant_t now, wp_instant_t *again);

#endif
