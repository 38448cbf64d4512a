/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DOMAIN_E_INVOICE_H
#define WP_DOMAIN_E_INVOICE_H

#include <stdbool.h>
#include <stddef.h>

#include "domain/money.h"

/* Can an invoice, as billed, be expressed as an EN 16931 invoice, and with which sums? The standard's rules are named
 * by their ids (EN 16931-1, 6.4); tests/http/en16931.py checks the output against them. All sums are cents; those of a
 * credit note are negative. */

/* The sums as billing has them. */
typedef struct wp_billed_t {
    int64_t net, vat, total; /* total: net plus VAT plus late-payment interest, if there is any */
    int64_t prepaid;         /* received for it by the day of issue */
} wp_billed_t;

typedef struct wp_e_invoice_t {
    bool credit;       /* a credit note: its sums are written as positive ones (UBL CreditNote) */
    int64_t interest;  /* document-level charge, not subject to VAT (BT-99, BT-108) */
    int64_t exclusive; /* lines and interest, without VAT (BT-109, BR-CO-13) */
    int64_t prepaid;   /* BT-113; 0 for a credit note */
    int64_t payable;   /* BT-115, BR-CO-16 */
} wp_e_invoice_t;

/* breakdown: the result of wp_vat_sum() on the lines, with `parts` entries. False if there are no lines (BR-16), if
 * they do not add up to the net (BR-CO-10), if VAT was not computed on the sums (BR-CO-14, BR-CO-17), or if the total
 * is less than net and VAT, for which there is no explanation (BR-CO-15). */
bool wp_e_invoice_make(const wp_billed_t *billed, const wp_vat_t *breakdown, size_t parts, wp_e_invoice_t *made);

/* Is the line's net its quantity times its price, rounded? If not, the line is written as one piece that costs the net.
 * A price is never negative (BR-27); a reversal has a negative quantity. */
bool wp_e_invoice_by_volume(int64_t litres, int64_t price, int64_t net);

/* The buyer's Peppol address, "0218:40003009497": the buyer's own ("four digits:identifier"), or one made from a
 * Latvian registration number (ISO 6523 ICD 0218). NULL if there is neither; made has room for WP_ENDPOINT_SIZE. */
#define WP_ENDPOINT_SIZE 64
const char *wp_e_invoice_endpoint(const char *own, const char *registration, char made[WP_ENDPOINT_SIZE]);

#endif
