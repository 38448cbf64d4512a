/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_BANK_BANK_H
#define WP_BANK_BANK_H

#include <apr_pools.h>
#include <apr_tables.h>
#include <stdbool.h>
#include <stdint.h>

#include "domain/date.h"
#include "bank/agreement.h"

/* Ways to place an order with a bank and to learn what became of it: one vtable for each way, and one table of them all
 * (wp_banks), which also defines what an agreement may name. Nothing here knows the database or httpd. */

/* An outgoing order. */
typedef struct wp_order_t {
    const char *stamp;      /* our number for it: at most 20 digits */
    int64_t cents;          /* euro cents */
    const char *message;    /* the payment's text, UTF-8; begins with "WP" and the stamp */
    const char *language;   /* the person's: "lv" */
    const char *return_url; /* where the browser comes back to */
    const char *notify_url; /* where the bank's server reports, for banks that distinguish the two */
    wp_instant_t now;
} wp_order_t;

/* How the person goes to the bank. */
typedef struct wp_departure_t {
    const char *url;
    apr_table_t *fields;  /* of a form to be posted there, in order; NULL: url is a link */
    const char *bank_ref; /* the bank's id for the order, if it gives one; otherwise NULL */
    const char *why;      /* why begin() failed, for the administrator; never NULL after a failure */
    bool silent;          /* begin() failed because the bank did not answer */
} wp_departure_t;

/* A message as received. */
typedef struct wp_bank_message_t {
    const char *bytes; /* of the body, or of the query of a GET */
    apr_size_t length;
    const char *signature; /* the X-JWS-Signature header, or NULL */
    const char *url;       /* the full address to which it was sent */
    wp_instant_t now;
} wp_bank_message_t;

/* Why a message is not believed. */
typedef enum wp_bank_refusal_t {
    WP_REFUSAL_NONE,
    WP_REFUSAL_UNREADABLE, /* not in the expected form, or bytes that are not valid in its charset */
    WP_REFUSAL_REPEATED_FIELD,
    WP_REFUSAL_MISSING_FIELD,
    WP_REFUSAL_TOO_LONG, /* a field */
    WP_REFUSAL_WRONG_CHARSET,
    WP_REFUSAL_UNKNOWN_SERVICE,
    WP_REFUSAL_WRONG_VERSION,
    WP_REFUSAL_WRONG_SENDER,
    WP_REFUSAL_WRONG_RECEIVER,
    WP_REFUSAL_UNSIGNED,
    WP_REFUSAL_BAD_SIGNATURE,
    WP_REFUSAL_WRONG_VALUE,   /* not a valid amount, day or status */
    WP_REFUSAL_UNKNOWN_ORDER, /* we asked, and the bank does not know the order or refuses (HTTP 4xx) */
    WP_REFUSAL_SILENT         /* we asked, and the bank did not answer or failed (HTTP 5xx) */
} wp_bank_refusal_t;

typedef enum { WP_SAID_NOTHING, WP_SAID_PAID, WP_SAID_UNPAID, WP_SAID_FAILED, WP_SAID_PENDING } wp_bank_said_t;

/* What a believed message says. NULL and 0: the message does not say. */
typedef struct wp_bank_report_t {
    wp_bank_refusal_t refusal;
    wp_bank_said_t said;
    const char *stamp, *bank_ref;
    int64_t cents;
    const char *currency, *iban, *message;
    const char *bank_no; /* the bank's number for this payment of the order */
    const char *paid_on; /* YYYY-MM-DD */
    bool pushed;         /* sent by the bank's server, not by the browser */
    const char *key_tag; /* the bank's key that made the signature */
    const char *bytes;   /* what was received, to be stored */
    apr_size_t length;
} wp_bank_report_t;

typedef struct wp_bank_t {
    const char *name; /* "form", "swedbank": the member "way" of an agreement */
    /* The part of wp_agreement_check() that is specific to this way; NULL: nothing. */
    void (*check)(const wp_agreement_t *agreement, wp_instant_t now, apr_pool_t *pool, apr_array_header_t *problems);
    /* APR_EGENERAL: the bank could not be reached, or refused. */
    apr_status_t (*begin)(const wp_agreement_t *agreement, const wp_order_t *order, apr_pool_t *pool,
                          wp_departure_t *departure);
    /* Never fails: the report says what is wrong. */
    void (*read)(const wp_agreement_t *agreement, const wp_bank_message_t *message, apr_pool_t *pool,
                 wp_bank_report_t *report);
    /* Asks what became of an order; NULL if this way cannot ask. */
    void (*poll)(const wp_agreement_t *agreement, const char *bank_ref, wp_instant_t now, apr_pool_t *pool,
                 wp_bank_report_t *report);
} wp_bank_t;

/* All ways, NULL-terminated. */
extern const wp_bank_t *const wp_banks[];

/* By its name in an agreement; NULL if there is none. */
const wp_bank_t *wp_bank_find(const char *name);

/* "unreadable", "bad_signature": the word for log lines and events. "" for WP_REFUSAL_NONE. */
const char *wp_bank_refusal_name(wp_bank_refusal_t refusal);

#endif
