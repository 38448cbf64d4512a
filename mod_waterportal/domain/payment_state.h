/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DOMAIN_PAYMENT_STATE_H
#define WP_DOMAIN_PAYMENT_STATE_H

#include <stdbool.h>

/* The life of a payment order. The browser coming back proves nothing: a payment counts when a signed bank message, the
 * bank's own status or its statement says so, and then exactly once.
 *
 *   created → redirected → pending → confirmed → reconciled        reversed: the bank took the money back
 *        └────────┴───────────┴──→ cancelled | failed | expired    review: paid, but not as it was ordered */
typedef enum wp_payment_state_t {
    WP_PAYMENT_CREATED,    /* the order exists; the person is still with us */
    WP_PAYMENT_REDIRECTED, /* the signed order was handed to the person's browser */
    WP_PAYMENT_PENDING,    /* the bank says it is working on it */
    WP_PAYMENT_CONFIRMED,  /* the bank says it is paid */
    WP_PAYMENT_RECONCILED, /* the money stands on the statement of our account */
    WP_PAYMENT_CANCELLED,  /* the person did not pay */
    WP_PAYMENT_FAILED,     /* the bank could not */
    WP_PAYMENT_EXPIRED,    /* nothing was heard in time */
    WP_PAYMENT_REVIEW,     /* paid with another sum, currency or account: people look at it */
    WP_PAYMENT_REVERSED,
    WP_PAYMENT_STATES
} wp_payment_state_t;

/* What is heard of it, already verified: a message whose signature is wrong is no news. */
typedef enum wp_payment_news_t {
    WP_NEWS_LEFT, /* the person was sent to the bank */
    WP_NEWS_PENDING,
    WP_NEWS_PAID,           /* as it was ordered */
    WP_NEWS_PAID_OTHERWISE, /* with another sum, currency or account */
    WP_NEWS_CANCELLED,
    WP_NEWS_FAILED,
    WP_NEWS_EXPIRED,   /* the time is over */
    WP_NEWS_STATEMENT, /* the sum came to our account */
    WP_NEWS_REVERSED,  /* the statement shows it taken back */
    WP_NEWS_KINDS
} wp_payment_news_t;

typedef struct wp_payment_move_t {
    wp_payment_state_t to; /* the state it was in when nothing moves */
    bool moves;
    bool posts;    /* its items come to count as paid; in all of its life one move does this */
    bool late;     /* after it had been given up: money wins */
    bool reverses; /* its items no longer count */
    bool repeats;  /* nothing moves because the same was heard before */
} wp_payment_move_t;

/* What a piece of news does to a payment. */
wp_payment_move_t wp_payment_next(wp_payment_state_t state, wp_payment_news_t news);

/* No bank has said yes or no: created, redirected or pending. */
bool wp_payment_is_open(wp_payment_state_t state);

/* "created", "redirected", … as the database and page documents have it. */
const char *wp_payment_state_name(wp_payment_state_t state);
/* False and WP_PAYMENT_STATES for any other text. */
bool wp_payment_state_parse(const char *name, wp_payment_state_t *state);

#endif
