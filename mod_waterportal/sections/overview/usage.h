/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_SECTIONS_OVERVIEW_USAGE_H
#define WP_SECTIONS_OVERVIEW_USAGE_H

#include "domain/consumption.h"
#include "sections/overview/period.h"
#include "store/usage.h"

/* The data of a page about consumption, while it is made. */
typedef struct wp_overview_t {
    wp_period_t shown;
    wp_period_pair_t pair; /* to be compared with each other */
    bool compares, may_show, may_compare;
    apr_array_header_t *points;   /* wp_usage_point_t */
    int chosen;                   /* how many of them are selected */
    const wp_usage_point_t *only; /* the selected point, if it is only one */
    wp_consumption_t all;         /* of the selected points together */
    wp_use_sum_t *sums;           /* of each selected point, in the period shown */
    wp_use_sum_t *contracts;      /* of all points of a contract, at the index of its first point */
} wp_overview_t;

static inline wp_usage_point_t *wp_overview_point(const wp_overview_t *overview, int i)
{
    return &APR_ARRAY_IDX(overview->points, i, wp_usage_point_t);
}

/* The points of a contract are adjacent: is this the first one of its contract? */
bool wp_overview_begins_contract(const wp_overview_t *overview, int i);

/* Called for each selected point while its own months are computed. */
typedef void (*wp_overview_each_t)(wp_page_t *page, const wp_overview_t *overview, const wp_usage_point_t *point,
                                   const wp_consumption_t *one);

/* Reads and computes everything, and shows nothing; overview->compares must be set. each may be NULL. If a requested
 * meter does not exist, the page is refused. */
apr_status_t wp_overview_load(wp_page_t *page, wp_overview_t *overview, wp_overview_each_t each);

#endif
