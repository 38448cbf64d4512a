/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_SECTIONS_OVERVIEW_USAGE_H
#define WP_SECTIONS_OVERVIEW_USAGE_H

#include "domain/consumption.h"
#include "sections/overview/period.h"
#include "store/usage.h"

/* What a page about consumption shows, while it is made. */
typedef struct wp_overview_t {
    wp_period_t shown;
    wp_period_pair_t pair; /* compared with each other */
    bool compares, may_show, may_compare;
    apr_array_header_t *points;   /* wp_usage_point_t */
    int chosen;                   /* how many of them are looked at */
    const wp_usage_point_t *only; /* the one, when it is one */
    wp_consumption_t all;         /* of the chosen together */
    wp_use_sum_t *sums;           /* of each chosen point, in the period shown */
    wp_use_sum_t *contracts;      /* of all points of a contract, at the place of the first */
} wp_overview_t;

static inline wp_usage_point_t *wp_overview_point(const wp_overview_t *overview, int i)
{
    return &APR_ARRAY_IDX(overview->points, i, wp_usage_point_t);
}

/* Points of one contract stand together: is this the first of its? */
bool wp_overview_begins_contract(const wp_overview_t *overview, int i);

/* What is done with each chosen point, while its own months are known. */
typedef void (*wp_overview_each_t)(wp_page_t *page, const wp_overview_t *overview, const wp_usage_point_t *point,
                                   const wp_consumption_t *one);

/* Reads and computes all of it, and shows nothing; overview->compares is set. each may be NULL. A meter that is asked
 * for and is not there: the page is refused. */
apr_status_t wp_overview_load(wp_page_t *page, wp_overview_t *overview, wp_overview_each_t each);

#endif
