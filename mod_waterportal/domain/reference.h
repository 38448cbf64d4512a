/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DOMAIN_REFERENCE_H
#define WP_DOMAIN_REFERENCE_H

#include <stdbool.h>
#include <stddef.h>

/* Account numbers and payment references. The parsers remove white space, convert to capitals and write the electronic
 * form; for any verdict other than ok the output is "". */

typedef enum wp_reference_verdict_t {
    WP_REFERENCE_OK,
    WP_REFERENCE_MALFORMED,  /* wrong characters or length */
    WP_REFERENCE_WRONG_CHECK /* well-formed, but the check digits do not match: a typing error */
} wp_reference_verdict_t;

#define WP_IBAN_SIZE     35 /* 34 characters (ISO 13616-1) and NUL */
#define WP_RF_SIZE       26 /* 25 characters (ISO 11649) and NUL */
#define WP_RF_BODY_MAX   21
#define WP_CHECK731_SIZE 21 /* 20 digits and NUL */

/* IBAN: country, check digits 02 to 98 by MOD 97-10 (ISO 7064), 11 to 30 letters and digits. Baltic IBANs follow the
 * registry of ISO 13616: LV 4 letters and 13 letters or digits, LT and EE 16 digits. */
wp_reference_verdict_t wp_iban_parse(const char *text, size_t length, char iban[WP_IBAN_SIZE]);

/* Creditor reference: "RF", check digits by MOD 97-10, 1 to 21 letters and digits. */
wp_reference_verdict_t wp_rf_parse(const char *text, size_t length, char rf[WP_RF_SIZE]);

/* Makes a creditor reference from 1 to 21 letters and digits, e.g. an invoice number; false and ""
 * for anything else. */
bool wp_rf_make(const char *body, char rf[WP_RF_SIZE]);

/* The reference of Baltic bank links: 2 to 20 digits, the last one a check digit with weights 7, 3, 1 from the right
 * (Pangaliit viitenumber). */
wp_reference_verdict_t wp_check731_parse(const char *text, size_t length, char reference[WP_CHECK731_SIZE]);

/* Appends the check digit to 1 to 19 digits; false and "" for anything else. */
bool wp_check731_make(const char *digits, char reference[WP_CHECK731_SIZE]);

/* "ok", "malformed", "wrong_check": the keys of the messages. */
const char *wp_reference_verdict_name(wp_reference_verdict_t verdict);

#endif
