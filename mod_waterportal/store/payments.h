/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_STORE_PAYMENTS_H
#define WP_STORE_PAYMENTS_H

#include "data/db.h"
#include "domain/payment_state.h"

/* Payments, and the news about them (the words are defined in domain/payment_state.h). The portal
 * and waterportalctl both pass news through wp_payment_hear(), in a write unit, and the state
 * machine of domain/payment_state.h decides. */

typedef struct wp_payment_item_t {
    const char *contract_no, *invoice_no;
    int64_t cents;
} wp_payment_item_t;

typedef struct wp_payment_t {
    const char *payment_id, *account_id;
    const char *agreement, *stamp; /* our number at that bank */
    int64_t cents;
    const char *iban, *message; /* our account and the text, as ordered */
    wp_payment_state_t state;
    bool late;
    const char *bank_ref, *leave_href; /* what the bank gave when it accepted the order, or NULL */
    const char *paid_on;
} wp_payment_t;

/* Writes a new order with its items. Their sum must equal its cents, otherwise WP_DB_FAILED and nothing is stored. args
 * must bind now; expires: instant. */
apr_status_t wp_payment_add(wp_db_t *db, const wp_args_t *args, const wp_payment_t *payment,
                            const apr_array_header_t *items, const char *expires);

/* An order that was just placed with a bank. */
typedef struct wp_payment_placed_t {
    const char *bank_ref, *leave_href; /* what the bank gave */
    const char *return_hash; /* SHA-256 of the secret in the address to which the browser returns; NULL: it has none */
} wp_payment_placed_t;

/* Stores it once: if two tabs place the same order, the first one counts, and the other continues where the first one
 * does. args must bind now. */
apr_status_t wp_payment_place(wp_db_t *db, const wp_args_t *args, const wp_payment_t *payment,
                              const wp_payment_placed_t *placed);

/* How a message identifies a payment: by one of these; the others are NULL. */
typedef struct wp_payment_name_t {
    const char *payment_id;
    const char *agreement, *stamp, *bank_ref; /* stamp or bank_ref together with agreement */
} wp_payment_name_t;

/* *payment: NULL if there is none. */
apr_status_t wp_payment_find(wp_db_t *db, const wp_payment_name_t *name, const wp_payment_t **payment);
/* By our order number at any bank; statements carry nothing else. */
apr_status_t wp_payment_stamped(wp_db_t *db, const char *stamp, const wp_payment_t **payment);
/* Finds a payment by the secret of a return address, as it appears there: the only lookup that needs no login, just the
 * return address. */
apr_status_t wp_payment_returned(wp_db_t *db, const char *agreement, const char *secret, const wp_payment_t **payment);

/* News of a payment, its signature already verified. */
typedef struct wp_payment_heard_t {
    wp_payment_name_t name;
    const char *channel; /* "portal", "push", "return", "poll", "statement", "timer" */
    bool silent;         /* says nothing about the state: it is only recorded */
    wp_payment_news_t news;
    const char *agreement; /* the sender's */
    const void *raw;       /* the bytes as received, or NULL */
    apr_size_t length;
    const char *signature; /* "valid", or "none" if the channel has none */
    const char *key_tag;   /* fingerprint of the bank's key, or NULL */
    const char *paid_on;   /* YYYY-MM-DD, or NULL */
    /* for WP_NEWS_PAID, WP_NEWS_PENDING and WP_NEWS_STATEMENT: what was paid, to compare with the order; NULL or 0: the
     * message does not say */
    int64_t cents;
    const char *currency, *iban, *message;
} wp_payment_heard_t;

typedef enum { WP_HEARD_MOVED, WP_HEARD_DUPLICATE, WP_HEARD_IGNORED, WP_HEARD_UNKNOWN } wp_heard_decision_t;

typedef struct wp_payment_outcome_t {
    wp_heard_decision_t decision;
    const wp_payment_t *payment; /* its new state; NULL if the news matches none of ours */
    const char *why;             /* for a payment that goes to review: "amount", "currency", "account", "message" */
} wp_payment_outcome_t;

/* Records the news and moves the payment, once, whatever other news arrives at the same time. args must bind
 * now and today. */
apr_status_t wp_payment_hear(wp_db_t *db, const wp_args_t *args, const wp_payment_heard_t *heard,
                             wp_payment_outcome_t *outcome);

/* "moved", "duplicate", "ignored", "unknown" */
const char *wp_heard_decision_name(wp_heard_decision_t decision);

#endif
