/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_SERVICE_PAYMENT_H
#define WP_SERVICE_PAYMENT_H

#include "bank/bank.h"
#include "service/act.h"
#include "service/payment_news.h"

/* Payments of invoices: an order is made, leaves for the bank, and banks report what became of it. An invoice has one
 * order under way at a time (sql/store/orders.sql), unless somebody repeats it on purpose. */

/* An order that has not left for its bank ends by itself after this; from then on its invoices can be paid again. */
#define WP_ORDER_SECONDS 1200
/* Cents: the most that every bank's form accepts. */
#define WP_ORDER_SUM_MAX 99999999

/* One invoice of an order, as whoever orders it sees it. */
typedef struct wp_order_item_t {
    const char *invoice_no;
    int64_t cents;       /* to be paid; what is more than open becomes the customer's credit */
    int64_t open;        /* what is open of it */
    const char *repeats; /* the payment under way that is to be repeated although it may still be paid; NULL: none */
} wp_order_item_t;

typedef struct wp_payment_wanted_t {
    const char *agreement;           /* its key: which bank */
    const apr_array_header_t *items; /* wp_order_item_t, at least one; each invoice once */
    int64_t sum;                     /* cents: the sum that was seen */
} wp_payment_wanted_t;

/* Makes an order, if the actor may pay all of its invoices and if they are as they were seen. An order that it repeats
 * and that has not left for its bank is cancelled.
 *   DONE      detail: the payment's id
 *   REFUSED   field "agreement", "items", "cents" or "sum"; NULL: the right is missing. *item: which one, or -1
 *   CONFLICT  of an invoice something else is open than was seen, or another order is under way
 *   LIMITED   WP_LIMIT_ORDERS
 *   UNKNOWN   an invoice that does not exist, or not for the actor */
apr_status_t wp_payment_order(wp_act_t *act, const wp_payment_wanted_t *wanted, int *item, wp_result_t *result);

/* What is seen of these items – which invoices, what is open, what is under way – as a short text in pool, so that a
 * door can tell later whether it still is what somebody saw. */
const char *wp_payment_seen(apr_pool_t *pool, const apr_array_header_t *items);

/* A secret for the address to which the bank sends the browser back, in pool. *hash: what is stored of it. */
const char *wp_payment_return_secret(apr_pool_t *pool, const char **hash);

/* An order on its way to the bank. */
typedef struct wp_payment_leaving_t {
    const char *payment_id;
    /* What the bank gave when the order was placed with it; its members may be NULL. NULL: another request places it,
     * and this one goes on where that one does. */
    const wp_payment_placed_t *placed;
} wp_payment_leaving_t;

/* Lets an order of the actor's account leave for the bank, or leave again. *payment: as it is then; NULL if UNKNOWN.
 *   DONE      it leaves now, with what was placed
 *   SAME      it had left: with what was placed then
 *   REFUSED   WP_ERROR_ORDER_ENDED: its time was over; WP_ERROR_ORDER_CHANGED: an invoice is no longer open as it was
 *             when it was ordered; NO_RIGHT: it may no longer be paid by the actor. An order that had not left is then
 *             expired or cancelled.
 *   CONFLICT  it is paid, given up, or not placed yet
 *   UNKNOWN   no order of this account */
apr_status_t wp_payment_leave(wp_act_t *act, const wp_payment_leaving_t *wanted, const wp_payment_t **payment,
                              wp_result_t *result);

/* A bank's word about an order, already verified: a signed message, a notification, or the answer to a question. */
typedef struct wp_payment_message_t {
    const wp_agreement_t *agreement;
    const wp_bank_report_t *report;
    const char *channel; /* "push", "return" or "poll" */
} wp_payment_message_t;

/* Records it, and moves the payment once, whatever arrives at the same time and however often.
 *   DONE      the payment moved, or was paid once more
 *   SAME      nothing new
 *   REFUSED   WP_ERROR_ORDER_UNKNOWN: no order of ours; that it came is recorded */
apr_status_t wp_payment_receive(wp_act_t *act, const wp_payment_message_t *message, wp_payment_outcome_t *outcome,
                                wp_result_t *result);

#endif
