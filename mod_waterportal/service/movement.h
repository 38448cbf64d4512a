/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_SERVICE_MOVEMENT_H
#define WP_SERVICE_MOVEMENT_H

#include <apr_hash.h>

#include "bank/statement.h"
#include "data/db.h"

/* A movement of our account, as a bank's statement shows it: which payment is meant, and what becomes of it. A payment
 * is decided upon all its movements together, so neither the order of statements nor that of entries matters, and a
 * statement may be read again. What moves nothing and could be ours is told to people once, as a case. */

#define WP_CASE_STATEMENT "statement"

/* Why people are told; a case's reason. */
typedef enum wp_told_t {
    WP_TOLD_NOT,
    WP_TOLD_AGAIN,  /* the same order was paid once more */
    WP_TOLD_AMOUNT, /* another sum than the payment's, or only a part is taken back */
    WP_TOLD_CURRENCY,
    WP_TOLD_ACCOUNT,   /* it came to another account than the order named */
    WP_TOLD_DIRECTION, /* money came and is called a reversal: banks differ in what they mean */
    WP_TOLD_DEBIT,     /* money went out without being a reversal: a refund */
    WP_TOLD_EQUAL,     /* an equal entry was on another statement, and the bank gives no reference to tell them apart */
    WP_TOLD_UNMATCHED, /* a number like ours, and no payment of it */
    WP_TOLD_UNREADABLE /* its day or its amount is missing */
} wp_told_t;

typedef struct wp_movement_t {
    const wp_statement_entry_t *entry;
    const char *key; /* wp_movement_key() */
    int nth;         /* how many movements of this key stand before it in its statement */
} wp_movement_t;

typedef enum { WP_MOVEMENT_FOREIGN, WP_MOVEMENT_OURS, WP_MOVEMENT_KNOWN } wp_movement_kind_t;

typedef struct wp_movement_outcome_t {
    wp_movement_kind_t kind;
    wp_told_t told;
} wp_movement_outcome_t;

/* What tells a movement from others: account, day, amount, direction, references and text, as SHA-256 in hex. Neither
 * its position nor the statement's number: both change when a bank sends a statement again. In pool. */
const char *wp_movement_key(apr_pool_t *pool, const wp_statement_entry_t *entry);

/* Writes it down in the running write transaction, moves its payment, tells people. args must bind now and today. */
apr_status_t wp_movement_settle(wp_db_t *db, const wp_args_t *args, const wp_movement_t *movement,
                                wp_movement_outcome_t *outcome);

/* "again", "amount", … */
const char *wp_told_name(wp_told_t told);

#endif
