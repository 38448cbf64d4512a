/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_STORE_PAYMENTS_H
#define WP_STORE_PAYMENTS_H

#include "data/db.h"
#include "domain/payment_money.h"
#include "domain/payment_state.h"

/* Rows of payments (the words are defined in domain/payment_state.h). What becomes of a payment when something is heard
 * of it is decided in service/payment_news.h. */

typedef struct wp_payment_t {
    const char *payment_id, *account_id;
    const char *agreement, *stamp; /* our number at that bank */
    int64_t cents;
    const char *iban, *message; /* our account and the text, as ordered */
    wp_payment_state_t state;
    bool late;
    const char *bank_ref, *leave_href; /* what the bank gave when it accepted the order, or NULL */
    const char *paid_on;
    const char *expires; /* instant: without news until then, it counts as expired */
} wp_payment_t;

/* An order that was just placed with a bank. */
typedef struct wp_payment_placed_t {
    const char *bank_ref, *leave_href; /* what the bank gave */
    const char *return_hash; /* SHA-256 of the secret in the address to which the browser returns; NULL: it has none */
} wp_payment_placed_t;

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

/* Keeps others from deciding about the payment until the running transaction ends, and reads it as it is now. *payment:
 * NULL if there is none. */
apr_status_t wp_payment_hold(wp_db_t *db, const char *payment_id, const wp_payment_t **payment);

/* A payment at the bank that its signed message tells of. */
typedef struct wp_payment_paid_t {
    const char *payment_id;
    const char *bank_no; /* the bank's number of it, or NULL */
    bool fits;           /* as ordered */
    int64_t cents;
    const char *paid_on; /* YYYY-MM-DD */
    const char *channel; /* "push", "return", "poll" */
} wp_payment_paid_t;

/* Records it once. *added: it was not known. args must bind now. */
apr_status_t wp_payment_paid_keep(wp_db_t *db, const wp_args_t *args, const wp_payment_paid_t *paid, bool *added);

/* How often messages and statements say that the money came and went. */
apr_status_t wp_payment_money(wp_db_t *db, const char *payment_id, wp_payment_money_t *money);

typedef struct wp_payment_step_t {
    wp_payment_move_t move;
    const char *why;     /* for a payment that goes to review: how it differs */
    const char *paid_on; /* YYYY-MM-DD; NULL: as it is */
} wp_payment_step_t;

/* Moves a payment that is held, and posts its items or takes them back. args must bind now. */
apr_status_t wp_payment_move(wp_db_t *db, const wp_args_t *args, const wp_payment_t *payment,
                             const wp_payment_step_t *step);

/* Does billing have it, or was it handed over? */
apr_status_t wp_payment_is_handed(wp_db_t *db, const char *payment_id, bool *handed);

/* What was heard and decided, for portal_payment_event; members as its columns. */
typedef struct wp_payment_event_t {
    const char *payment_id; /* NULL: none of ours */
    const char *agreement, *channel;
    const void *raw; /* the bytes received, or NULL */
    apr_size_t length;
    const char *signature, *key_tag, *said, *decision, *state, *why;
    bool repeated; /* nothing new: of the same bytes only a few copies are kept */
} wp_payment_event_t;

/* args must bind now. */
apr_status_t wp_payment_event_add(wp_db_t *db, const wp_args_t *args, const wp_payment_event_t *event);

#endif
