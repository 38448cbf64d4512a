/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_SECTIONS_OVERVIEW_PERIOD_H
#define WP_SECTIONS_OVERVIEW_PERIOD_H

#include "domain/month.h"
#include "portal/page.h"

/* The months that a filter asks for, and how they are grouped. */

#define WP_PERIOD_MONTHS_MAX 240
#define WP_MONTHS_SHOWN      24 /* the default number */

typedef struct wp_period_t {
    wp_month_t from, until;
    int group; /* months per bar: 1, 3 or 12 */
} wp_period_t;

/* The names of the two month fields among the page's filters. */
typedef struct wp_period_fields_t {
    const char *from, *until;
} wp_period_fields_t;

/* The fields for the months that a page shows. */
extern const wp_period_fields_t wp_period_shown;

/* Takes what was typed, or else the value of *period, and shows it in the filter. Adds problems: "month",
 * "months_order" (ends before it begins), "months_long" (over twenty years), "months_future" (has not begun). An end
 * after this month becomes this month. False if there is a problem. */
bool wp_period_read(wp_page_t *page, const wp_period_fields_t *fields, wp_period_t *period);

/* Two periods to compare, from the filters this-from, this-until, that-from and that-until; by default this year up to
 * `last`, and the same months of the year before. If both have the same length, future months are cut off both. False
 * if there is a problem. */
typedef struct wp_period_pair_t {
    wp_period_t these, those;
} wp_period_pair_t;
bool wp_period_read_pair(wp_page_t *page, wp_month_t last, wp_period_pair_t *pair);

/* According to the filter "by": month (default), quarter, year. */
int wp_period_group(wp_page_t *page);

/* The step of a scale for bars up to `highest`: the scale has four steps of 1, 2, 2.5 or 5 times a power of ten, at
 * least 10. */
int64_t wp_chart_step(int64_t highest);

void wp_xml_attr_month(xmlNodePtr node, const char *name, wp_month_t month);

#endif
