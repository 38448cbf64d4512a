/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DOMAIN_CONSUMPTION_H
#define WP_DOMAIN_CONSUMPTION_H

#include "domain/meter.h"
#include "domain/month.h"

/* Consumption by calendar month, although readings seldom fall on month ends.
 *
 * A reading counts for the end of its day: between those of 29 October and 22 November lie the 24 days from 30 October
 * to 22 November. The use between two readings is divided evenly over these days; a month gets
 *     round(use × days up to its end ÷ all days) − round(use × days up to its begin ÷ all days)     (halves up)
 * litres of it, so that the months' shares are whole litres, never negative, and add up to the use exactly. Meter swaps
 * and counters that turned over are handled by domain/meter.h.
 *
 * Use is "estimated" if no reading determines it for its month alone: the use between two readings that have an
 * estimated or missing entry between them, or are more than 45 days apart (monthly readings never are) – the sum is
 * exact, its division is not –, and what billing has estimated since the last reading. Days are "missing" if nothing is
 * known about them: up to a missing entry after the last reading, between two readings that contradict each other, or
 * where use is expected to be known and is not.
 *
 * Missing is not zero. When several points are added, a day may be known for one and missing for another: such a month
 * does not enter an average, and months are compared only if both are whole: every day known, for all points. */

#define WP_CONSUMPTION_APART_DAYS     45
#define WP_CONSUMPTION_USUAL_DAYS_MIN 90 /* a shorter past does not show what is usual */

typedef struct wp_month_use_t {
    int64_t litres;
    int64_t estimated;                           /* how much of it is estimated */
    uint32_t days, estimated_days, missing_days; /* bit 0 is the first day; days: those with known use … */
    wp_date_t swap_on;                           /* of the first meter swap in it; 0: none */
    int swaps;
} wp_month_use_t;

typedef enum wp_span_kind_t {
    WP_SPAN_BETWEEN, /* between two readings too far apart: only the sum is known */
    WP_SPAN_AFTER,   /* since the last reading: estimated by billing */
    WP_SPAN_UNKNOWN  /* nothing is known */
} wp_span_kind_t;

/* Why something is estimated or missing. */
typedef struct wp_span_t {
    wp_span_kind_t kind;
    wp_date_t from_on, to_on; /* days of the readings around it */
    int64_t litres;
} wp_span_t;

/* The months from first on; the caller provides zeroed memory. Anything outside these months is ignored. */
typedef struct wp_consumption_t {
    wp_month_t first;
    int count;
    wp_month_use_t *months;
    wp_span_t *spans; /* NULL: not wanted. The latest span_room spans that touch the months, in order */
    size_t span_room, span_count;
} wp_consumption_t;

/* The sum of several months. */
typedef struct wp_use_sum_t {
    int64_t litres, estimated;
    int days, estimated_days, missing_days; /* counts */
    int length;                             /* all days of these months */
    int64_t even_litres; /* of the months in which no day is both known for one point and missing for another … */
    int even_days;       /* … and their days with known use: the basis of averages */
    wp_date_t swap_on;
    int swaps;
    bool has_usual;
    int64_t usual; /* litres, see wp_consumption_usual() */
} wp_use_sum_t;

/* Adds the use at one metering point. entries are chronological; room must hold count steps. */
void wp_consumption_add(wp_consumption_t *c, const wp_meter_t *meter, const wp_reading_t *entries, size_t count,
                        wp_meter_step_t *room);

/* Marks the days after from_on, up to to_on, as missing. */
void wp_consumption_miss(wp_consumption_t *c, wp_date_t from_on, wp_date_t to_on);

/* Says that the days after from_on, up to to_on, should be known: those about which nothing is known become missing.
 * For one point, before it is merged with others. */
void wp_consumption_expect(wp_consumption_t *c, wp_date_t from_on, wp_date_t to_on);

/* Adds the months of another one with the same range. A day is known if it is known in either. */
void wp_consumption_merge(wp_consumption_t *sum, const wp_consumption_t *part);

/* The usual use of a month: the point's own average per day over the twelve months before it, times the days of the
 * month. Months that are known only for some points do not enter the average. False if fewer than
 * WP_CONSUMPTION_USUAL_DAYS_MIN days of the other months are known; the months before must be in the range. */
bool wp_consumption_usual(const wp_consumption_t *c, wp_month_t month, int64_t *litres);

/* The months from `from` to `until`, both included; months outside the range count as unknown. usual: the sum over the
 * months, if each has one. */
wp_use_sum_t wp_consumption_sum(const wp_consumption_t *c, wp_month_t from, wp_month_t until);

/* Every day is known, for every point. */
bool wp_use_is_whole(const wp_use_sum_t *sum);

/* Litres per day over even_days, halves up; 0 if there are no such days. */
int64_t wp_use_per_day(const wp_use_sum_t *sum);

/* Two ranges of months, compared month by month from the first. A pair counts if both months are whole; a month without
 * a partner, because its range is longer, counts if it is whole. */
typedef struct wp_use_comparison_t {
    wp_use_sum_t these, those; /* of the months that count; without usual */
    int pairs, counted;
} wp_use_comparison_t;

/* these, those: first and last month of each range. */
void wp_consumption_compare(const wp_consumption_t *c, const wp_month_t these[2], const wp_month_t those[2],
                            wp_use_comparison_t *comparison);

/* Does pair i (from 0) of such a comparison count? */
bool wp_consumption_pair_counts(const wp_consumption_t *c, const wp_month_t these[2], const wp_month_t those[2], int i);

const char *wp_span_kind_name(wp_span_kind_t kind); /* "between", "after", "unknown" */

#endif
