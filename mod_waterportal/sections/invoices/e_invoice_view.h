/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_SECTIONS_INVOICES_E_INVOICE_VIEW_H
#define WP_SECTIONS_INVOICES_E_INVOICE_VIEW_H

#include "portal/page.h"

/* Writes <interest>, which billing includes in the total but in no line, and <e-invoice> if the invoice can be
 * expressed in EN 16931 and WaterPortalSeller says enough about the seller (docs/page-document.md). The <line>s must
 * already be there, in the order of their rows. The rows are those of invoice_head, invoice_lines and
 * invoice_payments. */
void wp_e_invoice_view(wp_page_t *page, const wp_rows_t *head, const wp_rows_t *lines, const wp_rows_t *payments);

/* Can the invoice be offered as an e-invoice? To be called after wp_e_invoice_view(). */
bool wp_e_invoice_is_offered(const wp_page_t *page);

#endif
