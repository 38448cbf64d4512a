/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_SECTIONS_INVOICES_E_INVOICE_VIEW_H
#define WP_SECTIONS_INVOICES_E_INVOICE_VIEW_H

#include "portal/page.h"

/* Writes <interest>, which billing has in the total and in no line, and <e-invoice> when the invoice can be one of EN
 * 16931 and WaterPortalSeller tells enough of the seller (docs/page-document.md); the <line>s are there already, in the
 * order of their rows. Rows are those of invoice_head, invoice_lines and invoice_payments. */
void wp_e_invoice_view(wp_page_t *page, const wp_rows_t *head, const wp_rows_t *lines, const wp_rows_t *payments);

/* Can it be one? After the above. */
bool wp_e_invoice_is_offered(const wp_page_t *page);

#endif
