/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_STORE_MOVEMENTS_H
#define WP_STORE_MOVEMENTS_H

#include "data/db.h"

/* Movements of our account that were read from bank statements (portal_statement_entry). */

/* What a movement is to its payment. */
typedef enum { WP_ROLE_NONE, WP_ROLE_CREDIT, WP_ROLE_REVERSAL } wp_movement_role_t;

typedef struct wp_movement_row_t {
    const char *iban;      /* our account */
    const char *key;       /* what tells it from others, with nth */
    const char *entry;     /* the bank's reference of the entry, or NULL */
    const char *statement; /* the bank's id of the statement, or NULL */
    const char *booked_on; /* YYYY-MM-DD */
    const char *payment;   /* NULL: no payment of ours */
    const char *found_by;
    int64_t cents;
    int nth, index; /* equal ones before it in its statement; its place in the bank's entry */
    bool credit;
    wp_movement_role_t role;
} wp_movement_row_t;

typedef enum wp_movement_seen_t {
    WP_SEEN_NEVER,    /* it is new, and now kept */
    WP_SEEN_BEFORE,   /* the same was read before */
    WP_SEEN_ELSEWHERE /* an equal one was on another statement, and no reference of the bank's tells whether it is this
                       */
} wp_movement_seen_t;

/* Keeps it, once. args must bind now. */
apr_status_t wp_movement_keep(wp_db_t *db, const wp_args_t *args, const wp_movement_row_t *row,
                              wp_movement_seen_t *seen);

typedef struct wp_movement_balance_t {
    int credits, reversals;
} wp_movement_balance_t;

/* Of all movements kept for a payment. */
apr_status_t wp_movement_balance(wp_db_t *db, const char *payment_id, wp_movement_balance_t *balance);

#endif
