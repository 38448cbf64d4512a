/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_SERVICE_PAYMENT_NEWS_H
#define WP_SERVICE_PAYMENT_NEWS_H

#include "service/act.h"
#include "store/payments.h"

/* What becomes of a payment when something is heard of it: from a bank's signed message, its answer, a statement, a
 * timer. Whatever arrives at the same time, in whatever order and however often, an order counts once; what came beyond
 * that is the customer's credit (store/credits.h), and people are told of it. */

/* A case: the order was paid again (reason "again"); a message tells of other money than was ordered and moved nothing
 * ("amount", "currency", "account", "message"); or the bank took back what billing has ("taken_back"). Settled as
 * "done" or "refused"; "again" also as "refunded": the credit is given back, not handed over. Its facts name the
 * payment and the credit. */
#define WP_CASE_PAYMENT "payment"

/* News of a payment, its signature already verified. */
typedef struct wp_payment_heard_t {
    wp_payment_name_t name;
    const wp_payment_t *held; /* the payment, if the caller holds it already (wp_payment_hold); otherwise NULL */
    const char *channel;      /* "portal", "push", "return", "poll", "statement", "timer" */
    bool silent;              /* says nothing about the state: it is only recorded */
    wp_payment_news_t news;
    const char *agreement; /* the sender's */
    const void *raw;       /* the bytes as received, or NULL */
    apr_size_t length;
    const char *signature; /* "valid", or "none" if the channel has none */
    const char *key_tag;   /* fingerprint of the bank's key, or NULL */
    const char *bank_no;   /* the bank's number of this payment or entry, or NULL; banks may pay one order twice */
    const char *paid_on;   /* YYYY-MM-DD, or NULL */
    wp_payment_sum_t sum;  /* for news of money: what was paid, to compare with the order */
} wp_payment_heard_t;

typedef enum {
    WP_HEARD_MOVED,
    WP_HEARD_AGAIN,     /* it stays as it is, but was paid once more */
    WP_HEARD_DUPLICATE, /* known */
    WP_HEARD_IGNORED,
    WP_HEARD_UNKNOWN /* of no payment of ours */
} wp_heard_decision_t;

typedef struct wp_payment_outcome_t {
    wp_heard_decision_t decision;
    const wp_payment_t *payment; /* its new state; NULL if the news matches none of ours */
    const char *why;             /* how it differs from the order: "amount", "currency", …; or NULL */
    const char *credit;          /* the customer's new credit, if the order was paid again; or NULL */
} wp_payment_outcome_t;

/* Records the news, moves the payment, and keeps the customer's credits. Of a statement, the entry must be recorded
 * first, in the same transaction, with the payment held. */
apr_status_t wp_payment_hear(wp_act_t *act, const wp_payment_heard_t *heard, wp_payment_outcome_t *outcome);

/* "moved", "again", "duplicate", "ignored", "unknown" */
const char *wp_heard_decision_name(wp_heard_decision_t decision);

#endif
