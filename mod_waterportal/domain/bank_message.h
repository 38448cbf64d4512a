/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DOMAIN_BANK_MESSAGE_H
#define WP_DOMAIN_BANK_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Signed forms that a browser carries between a shop and a Baltic bank. A profile is a table: which messages there
 * are, which fields they have in which order, and how long each may be. The signed bytes are, for each signed field
 * in order, its length in characters as three digits, followed by its value; an absent or empty field is "000".
 * Sources: the banks' own descriptions of the protocols vk-008, vk-009 (services 1012, 1111, 1911) and e-link
 * (0002, 0003, 0004). */

typedef enum wp_bank_digest_t { WP_DIGEST_SHA1, WP_DIGEST_SHA256, WP_DIGEST_SHA512 } wp_bank_digest_t;

/* What a field means to us; the code finds a field by its role, whatever the profile calls it. */
typedef enum wp_bank_role_t {
    WP_ROLE_OTHER,
    WP_ROLE_SERVICE, /* which message it is */
    WP_ROLE_VERSION,
    WP_ROLE_SENDER,   /* we in an order, the bank in an answer */
    WP_ROLE_RECEIVER, /* of an answer: we */
    WP_ROLE_STAMP,    /* our number for the order */
    WP_ROLE_NUMBER,   /* the bank's number for the payment */
    WP_ROLE_AMOUNT,   /* "41.37" */
    WP_ROLE_CURRENCY,
    WP_ROLE_ACCOUNT, /* where the money went: our account */
    WP_ROLE_NAME,    /* our name */
    WP_ROLE_MESSAGE, /* the payment's text */
    WP_ROLE_DAY,     /* when it was paid */
    WP_ROLE_TIME,    /* when the order was made */
    WP_ROLE_STATUS,  /* of a status message: ACCOMPLISHED or CANCELLED */
    WP_ROLE_RETURN,  /* where the browser goes afterwards */
    WP_ROLE_CANCEL,
    WP_ROLE_PUSH, /* whether the bank's server or the browser delivers the message; never signed */
    WP_ROLE_LANGUAGE,
    WP_ROLE_CHARSET,
    WP_ROLE_MAC
} wp_bank_role_t;

typedef enum wp_bank_kind_t {
    WP_SERVICE_ORDER, /* from us */
    WP_SERVICE_PAID,
    WP_SERVICE_ACCEPTED, /* the bank accepted the order and names the sum, but has not executed it */
    WP_SERVICE_UNPAID,
    WP_SERVICE_STATE /* its status field says whether the order was executed; names no sum */
} wp_bank_kind_t;

typedef struct wp_bank_field_t {
    const char *name; /* without the prefix */
    wp_bank_role_t role;
    int max; /* characters */
    bool required;
    bool unsigned_too; /* part of the message, but not signed */
} wp_bank_field_t;

typedef struct wp_bank_service_t {
    const char *code; /* "1111" */
    wp_bank_kind_t kind;
    const wp_bank_field_t *fields; /* signed fields in signing order, then the unsigned ones; ends with a NULL name */
} wp_bank_service_t;

typedef struct wp_bank_profile_t {
    const char *name;    /* "vk-008" */
    const char *prefix;  /* "VK_" */
    const char *version; /* "008" */
    wp_bank_digest_t digest;
    const wp_bank_service_t *services; /* ends with a NULL code */
} wp_bank_profile_t;

/* NULL if no profile has this name. */
const wp_bank_profile_t *wp_bank_profile_find(const char *name);
/* The profile's message with a code, or the first of a kind; NULL if there is none. */
const wp_bank_service_t *wp_bank_service_find(const wp_bank_profile_t *profile, const char *code);
const wp_bank_service_t *wp_bank_service_of(const wp_bank_profile_t *profile, wp_bank_kind_t kind);
const wp_bank_field_t *wp_bank_field_of(const wp_bank_service_t *service, wp_bank_role_t role);

/* A value without surrounding spaces, and its length in characters. text is UTF-8 (already checked); NULL
 * counts as "". */
typedef struct wp_bank_value_t {
    const char *begin;
    size_t bytes, characters;
} wp_bank_value_t;
wp_bank_value_t wp_bank_trim(const char *text);

/* Appends a field to the signed bytes: three digits and the value. Returns the number of bytes this takes, whether or
 * not they fit into room; writes only what fits. 0 if the value exceeds 999 characters. */
size_t wp_bank_sign_field(char *to, size_t room, const char *text);

/* An amount as banks write it: digits, then a dot with one or two decimals ("41.37", "41.3") or nothing; no sign, no
 * separators, not 0. False and 0 for anything else. */
bool wp_bank_amount_parse(const char *text, int64_t *cents);

/* An amount of a bank statement (ISO 20022 ActiveOrHistoricCurrencyAndAmount): as above, with up to five decimals of
 * which those behind the cents are zeros; it may be zero. False: it is no whole number of cents. */
bool wp_bank_statement_amount(const char *text, int64_t *cents);

/* A day in a bank's message: "2026-03-13T07:21:14+0200", "2026-03-13", "13.03.2026". Writes YYYY-MM-DD (11 bytes);
 * false and "" for anything else. */
bool wp_bank_day_parse(const char *text, char day[11]);

#endif
