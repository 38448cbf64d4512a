/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_BANK_BANK_H
#define WP_BANK_BANK_H

#include <apr_pools.h>
#include <apr_tables.h>
#include <stdbool.h>
#include <stdint.h>

#include "domain/date.h"
#include "bank/agreement.h"

/* Ways to leave an order with a bank and to hear what became of it. One vtable for each way, one table of them all
 * (wp_banks), which also says what an agreement may name. Nothing here knows the database or httpd. */

/* An order as it goes out. */
typedef struct wp_order_t {
    const char *stamp;      /* our number of it: digits, at most 20 */
    int64_t cents;          /* euro */
    const char *message;    /* the payment's text, UTF-8; begins with "WP" and the stamp */
    const char *language;   /* of the person: "lv" */
    const char *return_url; /* where the browser comes back */
    const char *notify_url; /* where the bank's server reports, if it can be told apart */
    wp_instant_t now;
} wp_order_t;

/* How the person leaves. */
typedef struct wp_departure_t {
    const char *url;
    apr_table_t *fields;  /* of a form that is posted there, in order; NULL: url is a link */
    const char *bank_ref; /* the order's id at the bank, where it gives one; else NULL */
    const char *why;      /* begin() failed: for the admin, never NULL then */
    bool silent;          /* and it failed because the bank did not answer */
} wp_departure_t;

/* A message as it came. */
typedef struct wp_bank_message_t {
    const char *bytes; /* of the body, or of the query of a GET */
    apr_size_t length;
    const char *signature; /* the X-JWS-Signature header, or NULL */
    const char *url;       /* the full address it was sent to */
    wp_instant_t now;
} wp_bank_message_t;

/* Why a message is not believed. */
typedef enum wp_bank_refusal_t {
    WP_BANK_BELIEVED,
    WP_BANK_UNREADABLE, /* not of the form, or bytes that are no text of its charset */
    WP_BANK_REPEATED_FIELD,
    WP_BANK_MISSING_FIELD,
    WP_BANK_TOO_LONG, /* a field */
    WP_BANK_WRONG_CHARSET,
    WP_BANK_UNKNOWN_SERVICE,
    WP_BANK_WRONG_VERSION,
    WP_BANK_WRONG_SENDER,
    WP_BANK_WRONG_RECEIVER,
    WP_BANK_UNSIGNED,
    WP_BANK_BAD_SIGNATURE,
    WP_BANK_WRONG_VALUE,   /* an amount, a day or a status that is none */
    WP_BANK_UNKNOWN_ORDER, /* the bank was asked and does not know it, or does not want to (HTTP 4xx) */
    WP_BANK_SILENT         /* the bank was asked and did not answer, or could not (HTTP 5xx) */
} wp_bank_refusal_t;

typedef enum { WP_SAID_NOTHING, WP_SAID_PAID, WP_SAID_UNPAID, WP_SAID_FAILED, WP_SAID_PENDING } wp_bank_said_t;

/* What a believed message says. NULL and 0: it does not. */
typedef struct wp_bank_report_t {
    wp_bank_refusal_t refusal;
    wp_bank_said_t said;
    const char *stamp, *bank_ref;
    int64_t cents;
    const char *currency, *iban, *message;
    const char *paid_on; /* YYYY-MM-DD */
    bool pushed;         /* by the bank's server, not by the browser */
    const char *key_tag; /* of the bank's key that made the signature */
    const char *bytes;   /* what was received, to be kept */
    apr_size_t length;
} wp_bank_report_t;

typedef struct wp_bank_t {
    const char *name; /* "form", "swedbank": member "way" of an agreement */
    /* What only this way can tell of wp_agreement_check(); NULL: nothing. */
    void (*check)(const wp_agreement_t *agreement, wp_instant_t now, apr_pool_t *pool, apr_array_header_t *problems);
    /* APR_EGENERAL: the bank could not be reached, or would not. */
    apr_status_t (*begin)(const wp_agreement_t *agreement, const wp_order_t *order, apr_pool_t *pool,
                          wp_departure_t *departure);
    /* Never fails: what is not right is in the report. */
    void (*read)(const wp_agreement_t *agreement, const wp_bank_message_t *message, apr_pool_t *pool,
                 wp_bank_report_t *report);
    /* Asks what became of an order; NULL when the bank cannot be asked. */
    void (*poll)(const wp_agreement_t *agreement, const char *bank_ref, wp_instant_t now, apr_pool_t *pool,
                 wp_bank_report_t *report);
} wp_bank_t;

/* All of them, NULL-terminated. */
extern const wp_bank_t *const wp_banks[];

/* By the name in an agreement; NULL when there is none. */
const wp_bank_t *wp_bank_find(const char *name);

/* "unreadable", "bad_signature": what a log line and an event say. "" for WP_BANK_BELIEVED. */
const char *wp_bank_refusal_name(wp_bank_refusal_t refusal);

#endif
