/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_SECTIONS_PAYMENTS_RECEIPT_H
#define WP_SECTIONS_PAYMENTS_RECEIPT_H

#include "portal/page.h"

/* One payment: for what it is, and what became of it. In page->state. */
typedef struct wp_receipt_t {
    wp_rows_t *payment, *items;
    wp_rows_t *order; /* what its bank is told, if it may still leave (sections/payments/leaving.h) */
} wp_receipt_t;

/* Loads the payment if it is the account's; otherwise refuses the page. */
apr_status_t wp_receipt_load(wp_page_t *page);
apr_status_t wp_receipt_show(wp_page_t *page);

/* Is as much open of each invoice as when it was ordered, so that the order may leave for the bank? */
bool wp_receipt_stands(const wp_receipt_t *receipt);

#endif
