/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_SECTIONS_OVERVIEW_PERIOD_H
#define WP_SECTIONS_OVERVIEW_PERIOD_H

#include "domain/month.h"
#include "portal/page.h"

/* Months that a filter asks for, and how they are put together. */

#define WP_PERIOD_MONTHS_MAX 240
#define WP_MONTHS_SHOWN      24 /* when no others are asked for */

typedef struct wp_period_t {
    wp_month_t from, until;
    int group; /* months to a bar: 1, 3 or 12 */
} wp_period_t;

/* The names of two month fields that are filters of the page. */
typedef struct wp_period_fields_t {
    const char *from, *until;
} wp_period_fields_t;

/* Those of the months that a page shows. */
extern const wp_period_fields_t wp_period_shown;

/* Takes what was typed, else what *period says, and shows it there. Adds problems: "month", "months_order" (ends
 * before it begins), "months_long" (over twenty years), "months_future" (has not begun). An end after this month is
 * this month. False when there is a problem. */
bool wp_period_read(wp_page_t *page, const wp_period_fields_t *fields, wp_period_t *period);

/* Two periods to be compared, of the filters this-from, this-until, that-from and that-until; without them the year of
 * `last` so far, and the same months of the year before. Of two of one length neither loses months that are still to
 * come alone. False when there is a problem. */
typedef struct wp_period_pair_t {
    wp_period_t these, those;
} wp_period_pair_t;
bool wp_period_read_pair(wp_page_t *page, wp_month_t last, wp_period_pair_t *pair);

/* By the choice "by" of the filter: month (default), quarter, year. */
int wp_period_group(wp_page_t *page);

/* A scale for bars up to `highest`: four steps of 1, 2, 2.5 or 5 times a power of ten, at least 10. */
int64_t wp_chart_step(int64_t highest);

void wp_xml_attr_month(xmlNodePtr node, const char *name, wp_month_t month);

#endif
