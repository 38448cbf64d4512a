/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_STORE_MOVEMENTS_H
#define WP_STORE_MOVEMENTS_H

#include "data/db.h"

/* Entries of bank statements of our account (portal_statement_entry). */

/* What an entry counts as for its payment. */
typedef enum { WP_PART_NONE, WP_PART_CREDIT, WP_PART_REVERSAL } wp_movement_part_t;

typedef struct wp_movement_row_t {
    const char *iban;      /* our account */
    const char *key;       /* with nth, what identifies the entry */
    const char *entry;     /* the bank's reference of the entry, or NULL */
    const char *statement; /* the bank's id of the statement, or NULL */
    const char *booked_on; /* YYYY-MM-DD */
    const char *payment;   /* NULL: not a payment of ours */
    const char *found_by;
    int64_t cents;
    int nth, index; /* how many equal entries precede it on its statement; its place within the bank's entry */
    bool credit;
    wp_movement_part_t part;
} wp_movement_row_t;

typedef enum wp_movement_seen_t {
    WP_SEEN_NEVER,    /* it was new and is now recorded */
    WP_SEEN_BEFORE,   /* it was read before */
    WP_SEEN_ELSEWHERE /* an equal entry is on another statement, and no bank reference tells them apart */
} wp_movement_seen_t;

/* Records the entry unless it is known. args must bind now. */
apr_status_t wp_movement_keep(wp_db_t *db, const wp_args_t *args, const wp_movement_row_t *row,
                              wp_movement_seen_t *seen);

typedef struct wp_movement_balance_t {
    int credits, reversals;
} wp_movement_balance_t;

/* Counts the recorded credits and reversals of a payment. */
apr_status_t wp_movement_balance(wp_db_t *db, const char *payment_id, wp_movement_balance_t *balance);

#endif
