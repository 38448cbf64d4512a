/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_SECTIONS_OVERVIEW_MONEY_VIEW_H
#define WP_SECTIONS_OVERVIEW_MONEY_VIEW_H

#include "sections/overview/period.h"

/* Money over time, as elements of the page document (docs/page-document.md). */

/* Reads the statements money_invoiced, money_services and money_paid and writes <period> with the sums of what is shown
 * and the chart's scale, and a <bar> for each group of months in it; and <money-comparison> of a pair, empty when that
 * is NULL: what was typed is no pair. Months are compared one by one, and only those that are known in full on both
 * sides count: from `since`, the first month with an invoice, to the last that is over. */
apr_status_t wp_money_view(wp_page_t *page, const wp_period_t *period, const wp_period_pair_t *pair, wp_month_t since);

/* The first month with an invoice; `none` when there is none. */
apr_status_t wp_money_earliest(wp_page_t *page, wp_month_t none, wp_month_t *earliest);

#endif
