/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_STORE_CREDITS_H
#define WP_STORE_CREDITS_H

#include "data/db.h"

/* Money that came for an order once more (portal_credit). All of it is called with the order's payment held. */

typedef struct wp_credit_t {
    const char *credit_id;
    const char *payment_id; /* the order that was paid again */
    const char *paid_on;    /* YYYY-MM-DD */
    const char *channel;    /* what told of it */
    const char *bank_ref;   /* the bank's number of the payment or entry, or NULL */
    bool refunded;          /* people gave it back */
    bool handed;            /* it was handed over to billing */
} wp_credit_t;

/* Records it: the sum of the order, contract by contract. args must bind now. */
apr_status_t wp_credit_add(wp_db_t *db, const wp_args_t *args, const wp_credit_t *credit);

/* The latest credit of the order that the bank has not taken back; *credit NULL: there is none. */
apr_status_t wp_credit_latest(wp_db_t *db, const char *payment_id, const wp_credit_t **credit);

/* The bank took it back. args must bind now. */
apr_status_t wp_credit_take_back(wp_db_t *db, const wp_args_t *args, const wp_credit_t *credit);

/* People gave it back. *done: false if it is no longer open or billing has booked it. args must bind now. */
apr_status_t wp_credit_refund(wp_db_t *db, const wp_args_t *args, const char *credit_id, bool *done);

#endif
