/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DOMAIN_E_INVOICE_H
#define WP_DOMAIN_E_INVOICE_H

#include <stdbool.h>
#include <stddef.h>

#include "domain/money.h"

/* Can an invoice as it was billed be one of EN 16931, and with which sums? The standard's rules are named by their ids
 * (EN 16931-1, 6.4); tests/http/en16931.py asks them of what comes out. All sums are cents, those of a credit note
 * negative. */

/* As billing has it. */
typedef struct wp_billed_t {
    int64_t net, vat, total; /* total: net, VAT, and late-payment interest if there is any */
    int64_t prepaid;         /* what had come for it by the day of issue */
} wp_billed_t;

typedef struct wp_e_invoice_t {
    bool credit;       /* a credit note: its sums are told as positive ones (UBL CreditNote) */
    int64_t interest;  /* charge of the document, not subject to VAT (BT-99, BT-108) */
    int64_t exclusive; /* lines and interest, without VAT (BT-109, BR-CO-13) */
    int64_t prepaid;   /* BT-113; 0 of a credit note */
    int64_t payable;   /* BT-115, BR-CO-16 */
} wp_e_invoice_t;

/* breakdown: what wp_vat_sum() made of the lines, parts of it. False when there are no lines (BR-16), when they do not
 * add up to the net (BR-CO-10), when VAT was computed otherwise than on the sums (BR-CO-14, BR-CO-17), or when the
 * total is less than net and VAT: nothing says why (BR-CO-15). */
bool wp_e_invoice_make(const wp_billed_t *billed, const wp_vat_t *breakdown, size_t parts, wp_e_invoice_t *made);

/* Is the line's net its quantity times its price, rounded? Else it is told as one piece of that price. A price is never
 * negative (BR-27), what is taken back is a negative quantity. */
bool wp_e_invoice_by_volume(int64_t litres, int64_t price, int64_t net);

/* The buyer's address in Peppol, "0218:40003009497": an own one ("four digits:identifier"), or that of a Latvian
 * registration number (ISO 6523 ICD 0218). NULL when there is neither; made has room for WP_ENDPOINT_SIZE. */
#define WP_ENDPOINT_SIZE 64
const char *wp_e_invoice_endpoint(const char *own, const char *registration, char made[WP_ENDPOINT_SIZE]);

#endif
