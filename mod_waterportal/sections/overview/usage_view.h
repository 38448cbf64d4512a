/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_SECTIONS_OVERVIEW_USAGE_VIEW_H
#define WP_SECTIONS_OVERVIEW_USAGE_VIEW_H

#include "store/usage.h"
#include "domain/consumption.h"
#include "sections/overview/period.h"

/* Consumption over time, as elements of the page document (docs/page-document.md). */

/* <period> with the sums of what is shown and the scale of the chart, and a <bar> for each group of months in it. */
void wp_usage_view(xmlNodePtr data, const wp_consumption_t *c, const wp_period_t *period);

/* Only the bars, for a file; bars without any data are omitted. */
void wp_usage_view_series(xmlNodePtr series, const wp_consumption_t *c, const wp_period_t *period);

/* <computed>: why something is computed or missing. */
void wp_usage_view_spans(xmlNodePtr data, const wp_consumption_t *c, const wp_period_t *period);

/* <comparison>: two periods side by side, month by month, in total and per day. */
void wp_usage_view_comparison(xmlNodePtr data, const wp_consumption_t *c, const wp_period_t *these,
                              const wp_period_t *those);

/* litres, estimated, days, per-day … of a sum. */
void wp_usage_view_sum(xmlNodePtr node, const wp_use_sum_t *sum);

#endif
