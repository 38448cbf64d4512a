/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_SERVICE_MOVEMENT_H
#define WP_SERVICE_MOVEMENT_H

#include "bank/statement.h"
#include "service/act.h"

/* An entry on a bank statement of our account: which payment it belongs to, and what it does to that payment. A payment
 * is always judged by all of its entries together, so the order of statements and entries does not matter, and a
 * statement may be read again. An entry that could concern a payment but does not settle it is reported to staff once,
 * as a case. */

#define WP_CASE_STATEMENT "statement"

/* Why an entry is reported to staff; the reason of its case. */
typedef enum wp_doubt_t {
    WP_DOUBT_NONE,
    WP_DOUBT_AGAIN,  /* the order had already been paid: a case of service/payment_news.h, not of this kind */
    WP_DOUBT_AMOUNT, /* the sum differs from the payment's, or only part of it is taken back */
    WP_DOUBT_CURRENCY,
    WP_DOUBT_ACCOUNT,   /* it came to another account than the order named */
    WP_DOUBT_DIRECTION, /* a credit marked as a reversal: banks disagree on what that means */
    WP_DOUBT_DEBIT,     /* money left the account and no reversal is marked: a refund */
    WP_DOUBT_EQUAL,     /* an equal entry is on another statement, and the bank gives no reference to tell them apart */
    WP_DOUBT_UNMATCHED, /* it names a number like ours that belongs to no payment */
    WP_DOUBT_UNNAMED,   /* a reversal that names nothing, of the sum of a payment of ours */
    WP_DOUBT_BATCH,     /* its transactions, one of which at least is ours, do not add up to it */
    WP_DOUBT_UNREADABLE /* its day or its amount is missing */
} wp_doubt_t;

typedef struct wp_movement_t {
    const wp_statement_entry_t *entry;
    const char *key; /* wp_movement_key() */
    int nth;         /* how many entries with this key precede it on its statement */
} wp_movement_t;

typedef enum { WP_MOVEMENT_FOREIGN, WP_MOVEMENT_OURS, WP_MOVEMENT_KNOWN } wp_movement_kind_t;

typedef struct wp_movement_outcome_t {
    wp_movement_kind_t kind;
    bool again; /* of ours, and another statement had it under the same reference of the bank */
    wp_doubt_t doubt;
} wp_movement_outcome_t;

/* Identifies an entry by its content: account, day, amount, direction, references and text, as SHA-256 in hex. Its
 * position and the statement's number are left out: both change when a bank sends a statement again. In pool. */
const char *wp_movement_key(apr_pool_t *pool, const wp_statement_entry_t *entry);

/* Records the entry, moves its payment and opens a case if there is a doubt. */
apr_status_t wp_movement_settle(wp_act_t *act, const wp_movement_t *movement, wp_movement_outcome_t *outcome);

/* "again", "amount", …; "" for none */
const char *wp_doubt_name(wp_doubt_t doubt);

#endif
