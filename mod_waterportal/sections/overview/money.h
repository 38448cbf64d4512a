/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_SECTIONS_OVERVIEW_MONEY_H
#define WP_SECTIONS_OVERVIEW_MONEY_H

#include "portal/page.h"

/* A show(): invoices and payments by month, quarter or year, compared with another period. */
apr_status_t wp_money_show(wp_page_t *page);

/* A show(): the invoices of the period, for a file. */
apr_status_t wp_money_show_invoices(wp_page_t *page);

#endif
