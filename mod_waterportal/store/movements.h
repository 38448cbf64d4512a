/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_STORE_MOVEMENTS_H
#define WP_STORE_MOVEMENTS_H

#include "data/db.h"
#include "domain/payment_money.h"

/* Entries of bank statements of our account (portal_statement_entry). */

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
    wp_payment_part_t part; /* what it counts as for its payment */
} wp_movement_row_t;

typedef enum wp_movement_seen_t {
    WP_SEEN_NEVER,      /* it was new and is now recorded */
    WP_SEEN_BEFORE,     /* it was read before */
    WP_SEEN_ELSEWHERE,  /* an equal entry is on another statement, and no bank reference tells them apart */
    WP_SEEN_REFERENCED, /* an equal entry is on another statement, with the same bank reference */
} wp_movement_seen_t;

/* Records the entry unless it is known. Its payment must be held (wp_payment_hold). args must bind now. */
apr_status_t wp_movement_keep(wp_db_t *db, const wp_args_t *args, const wp_movement_row_t *row,
                              wp_movement_seen_t *seen);

/* Payments that count, of this sum to this account. *count: 0, 1 or 2, which means several; *only: if it is one. */
apr_status_t wp_movement_candidates(wp_db_t *db, const char *iban, int64_t cents, int *count, const char **only);

#endif
