/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DOMAIN_PAYMENT_STATE_H
#define WP_DOMAIN_PAYMENT_STATE_H

#include <stdbool.h>

/* The life of a payment order. The browser coming back proves nothing: a payment counts when a signed bank message, the
 * bank's own status or its statement says so, and then exactly once.
 *
 *   created → redirected → pending → confirmed → reconciled        reversed: the bank took the money back
 *        └────────┴───────────┴──→ cancelled | failed | expired    review: paid, but not as it was ordered
 *
 * One word for each meaning of "paid", here and in store/payments.h, bank/bank.h and sql/store/payment_store.sql:
 *   said paid    a bank's message says the customer paid (WP_SAID_PAID, WP_NEWS_PAID): a claim, not yet a state
 *   confirmed    the payment is in the state that follows from it
 *   posted       its items reduce what the invoices owe; once, on becoming confirmed or reconciled
 *   reconciled   the money is on the statement of our account
 * "Paid" without more is only for what a customer sees: an invoice whose open sum is 0. */
typedef enum wp_payment_state_t {
    WP_PAYMENT_CREATED,    /* the order exists; the person is still with us */
    WP_PAYMENT_REDIRECTED, /* the signed order was handed to the person's browser */
    WP_PAYMENT_PENDING,    /* the bank says it is processing it */
    WP_PAYMENT_CONFIRMED,  /* the bank says it is paid */
    WP_PAYMENT_RECONCILED, /* the money is on the statement of our account */
    WP_PAYMENT_CANCELLED,  /* the person did not pay */
    WP_PAYMENT_FAILED,     /* the bank could not execute it */
    WP_PAYMENT_EXPIRED,    /* no news in time */
    WP_PAYMENT_REVIEW,     /* paid with another sum, currency or account: people look at it */
    WP_PAYMENT_REVERSED,
    WP_PAYMENT_STATES
} wp_payment_state_t;

/* News of a payment, already verified: a message with a wrong signature is not news. PAID, STATEMENT and REVERSED are
 * not single messages but what all that is known of the money says together (domain/payment_money.h). */
typedef enum wp_payment_news_t {
    WP_NEWS_LEFT, /* the person was sent to the bank */
    WP_NEWS_PENDING,
    WP_NEWS_PAID,           /* as ordered, says the bank; the statement does not show it, or not yet */
    WP_NEWS_PAID_OTHERWISE, /* with another sum, currency or account */
    WP_NEWS_CANCELLED,
    WP_NEWS_FAILED,
    WP_NEWS_EXPIRED,   /* the time is up */
    WP_NEWS_STATEMENT, /* the sum arrived on our account */
    WP_NEWS_REVERSED,  /* the statement shows that all of it was taken back */
    WP_NEWS_KINDS
} wp_payment_news_t;

typedef struct wp_payment_move_t {
    wp_payment_state_t to; /* the current state if nothing moves */
    bool moves;
    bool posts;    /* its items are posted; this happens once in the life of a payment */
    bool late;     /* it had been given up before: money wins */
    bool reverses; /* its items are no longer posted */
    bool repeats;  /* nothing moves, because the same news came before */
} wp_payment_move_t;

/* The effect of a piece of news on a payment. */
wp_payment_move_t wp_payment_next(wp_payment_state_t state, wp_payment_news_t news);

/* The bank has said neither yes nor no: created, redirected or pending. */
bool wp_payment_is_open(wp_payment_state_t state);

/* "created", "redirected", … as in the database and in page documents. */
const char *wp_payment_state_name(wp_payment_state_t state);
/* False and WP_PAYMENT_STATES for any other text. */
bool wp_payment_state_parse(const char *name, wp_payment_state_t *state);

#endif
