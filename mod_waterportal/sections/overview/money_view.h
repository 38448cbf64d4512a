/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_SECTIONS_OVERVIEW_MONEY_VIEW_H
#define WP_SECTIONS_OVERVIEW_MONEY_VIEW_H

#include "sections/overview/period.h"

/* Money over time, as elements of the page document (docs/page-document.md). */

/* Reads the statements money_invoiced, money_services and money_paid. Writes <period> with the sums of what is shown
 * and the scale of the chart, and a <bar> for each group of months in it; and <money-comparison> of a pair, empty if
 * pair is NULL because the typed periods are invalid. Months are compared one by one, and only those count that are
 * known in full on both sides: from `since`, the first month with an invoice, to the last month that is over. */
apr_status_t wp_money_view(wp_page_t *page, const wp_period_t *period, const wp_period_pair_t *pair, wp_month_t since);

/* The first month with an invoice; `none` if there is none. */
apr_status_t wp_money_earliest(wp_page_t *page, wp_month_t none, wp_month_t *earliest);

#endif
