/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DOMAIN_DAY_CLOSE_H
#define WP_DOMAIN_DAY_CLOSE_H

#include <stdbool.h>
#include <stdint.h>

/* The day close of one order: is it in all four sums of the day with the same amount, and if not, why? */

/* X(id, code, whether somebody must do something about it) */
/* clang-format off */
#define WP_CLOSE_REASONS(X) \
    X(REVIEW,           "review",           true)  /* paid, but not as it was ordered */ \
    X(NOT_ON_STATEMENT, "not_on_statement", true)  /* the bank confirmed it, and no statement shows it */ \
    X(STATEMENT_LATER,  "other_statement",  false) /* a statement shows it on another day */ \
    X(NOT_TOLD,         "not_confirmed",    false) /* a statement shows it, and the bank never confirmed it */ \
    X(TOLD_EARLIER,     "confirmed_other",  false) /* the bank confirmed it for another day */ \
    X(TAKEN_BACK,       "taken_back",       true)  /* the bank took money back */ \
    X(ODD_ENTRY,        "odd_entry",        true)  /* an entry of it settles nothing: people were told */ \
    X(NOT_HANDED,       "not_handed_over",  true)  /* it counts, and billing was not given it */ \
    X(NOT_BOOKED,       "not_booked",       true)  /* billing was given it, and does not show it */ \
    X(BOOKED_OTHERWISE, "booked_otherwise", true)  /* billing shows another amount */ \
    X(BOOKED_ELSEWHEN,  "booked_other",     false) /* billing shows it on another day */ \
    X(TO_TELL,          "tell_billing",     true)  /* billing was given what no longer counts */ \
    X(REFUNDED,         "refunded",         false) /* paid again, and given back by people */ \
    X(STRANGER,         "unknown",          true)  /* billing shows it as the portal's, which does not know it */ \
    X(OTHER,            "differs",          true)  /* none of these */
/* clang-format on */

#define WP_CLOSE_ID(id, code, needed) WP_CLOSE_##id,
typedef enum { WP_CLOSE_REASONS(WP_CLOSE_ID) WP_CLOSE_REASON_COUNT } wp_close_reason_t;
#undef WP_CLOSE_ID

const char *wp_close_reason_code(wp_close_reason_t reason);
bool wp_close_reason_needs_people(wp_close_reason_t reason);

/* In cents, of the day. */
typedef struct wp_close_sums_t {
    int64_t told;    /* confirmed by the bank's signed messages */
    int64_t entries; /* on statements: what came less what went */
    int64_t handed;  /* given to billing */
    int64_t booked;  /* shown by billing */
} wp_close_sums_t;

typedef struct wp_close_facts_t {
    wp_close_sums_t sums;
    int64_t posted;   /* what counts now, of what was paid on the day: for invoices and as credit */
    int64_t refunded; /* of the day's credits */
    bool review, stranger;
    bool told_elsewhen, entry_elsewhen, booked_elsewhen; /* on another day too */
    bool back_today, back;                               /* the bank took money back, on this day or ever */
    bool odd;                                            /* an entry of this day settles nothing */
} wp_close_facts_t;

/* Are the four sums equal, with nothing else to be said? */
bool wp_close_agrees(const wp_close_facts_t *facts);

/* Why not: 1 << reason, added up. Never 0. */
unsigned wp_close_explain(const wp_close_facts_t *facts);

#endif
