/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_SECTIONS_OVERVIEW_MONEY_H
#define WP_SECTIONS_OVERVIEW_MONEY_H

#include "portal/page.h"

/* A load(): invoices and payments by month, quarter or year, compared with another period. */
apr_status_t wp_money_load(wp_page_t *page);

/* A load(): the invoices of the period, for a file. */
apr_status_t wp_money_load_invoices(wp_page_t *page);

#endif
