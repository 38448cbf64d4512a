/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DOMAIN_CONSUMPTION_H
#define WP_DOMAIN_CONSUMPTION_H

#include "domain/meter.h"
#include "domain/month.h"

/* Consumption by calendar month, though readings seldom fall on month ends.
 *
 * A reading is of the end of its day: between those of 29 October and 22 November lie the 24 days from 30 October to 22
 * November. What the counter moved between two readings is divided evenly over these days; a month gets
 *     round(use × days up to its end ÷ all days) − round(use × days up to its begin ÷ all days)     (halves up)
 * litres of it, so that the months' shares are whole litres, never negative, and add up to the use exactly. Meters
 * swapped and counters that turned over are those of domain/meter.h.
 *
 * Computed ("estimated") is what no reading tells for its month alone: the use between two readings that have an
 * estimated or missing entry between them, or are more than 45 days apart (monthly readings never are) – the sum is
 * exact, its division is not –, and what billing estimated since the last reading. Missing are days of which nothing is
 * known: up to a missing entry after the last reading, between two readings that do not fit together, or when the point
 * is expected to be known and is not.
 *
 * What is missing is not zero. Of several points together a day may be known of one and missing of another: such a
 * month is no part of an average, and months are compared only where each is whole: every day known, of all points. */

#define WP_CONSUMPTION_APART_DAYS     45
#define WP_CONSUMPTION_USUAL_DAYS_MIN 90 /* a shorter past says nothing about what is usual */

typedef struct wp_month_use_t {
    int64_t litres;
    int64_t estimated; /* how much of them is computed */
    uint32_t days, estimated_days,
        missing_days;  /* which days of the month: bit 0 is the first. Days with use known … */
    wp_date_t swap_on; /* of the first meter swap in it; 0: none */
    int swaps;
} wp_month_use_t;

typedef enum wp_span_kind_t {
    WP_SPAN_BETWEEN, /* between two readings too far apart: the sum is known */
    WP_SPAN_AFTER,   /* since the last reading: estimated by billing */
    WP_SPAN_UNKNOWN  /* nothing is known */
} wp_span_kind_t;

/* Why something is computed or missing. */
typedef struct wp_span_t {
    wp_span_kind_t kind;
    wp_date_t from_on, to_on; /* of the readings around it */
    int64_t litres;
} wp_span_t;

/* The months from first on; the caller gives the room, zeroed. What lies outside of them is left out. */
typedef struct wp_consumption_t {
    wp_month_t first;
    int count;
    wp_month_use_t *months;
    wp_span_t *spans; /* NULL: not wanted. The latest span_room of those that touch the months, in order */
    size_t span_room, span_count;
} wp_consumption_t;

/* Some months together. */
typedef struct wp_use_sum_t {
    int64_t litres, estimated;
    int days, estimated_days, missing_days; /* counts */
    int length;                             /* all days of these months */
    int64_t even_litres; /* of the months in which no day is known of one point and missing of another … */
    int even_days;       /* … and their days with use known: what an average is made of */
    wp_date_t swap_on;
    int swaps;
    bool has_usual;
    int64_t usual; /* litres, see wp_consumption_usual() */
} wp_use_sum_t;

/* Adds the use at one metering point. entries are chronological; room has place for count steps. */
void wp_consumption_add(wp_consumption_t *c, const wp_meter_t *meter, const wp_reading_t *entries, size_t count,
                        wp_meter_step_t *room);

/* The days after from_on up to to_on are missing. */
void wp_consumption_miss(wp_consumption_t *c, wp_date_t from_on, wp_date_t to_on);

/* The days after from_on up to to_on are expected to be known: those of which nothing is are missing. Of one point,
 * before it is merged with others. */
void wp_consumption_expect(wp_consumption_t *c, wp_date_t from_on, wp_date_t to_on);

/* Adds another's months, of the same range. A day is known when it is known of one of them. */
void wp_consumption_merge(wp_consumption_t *sum, const wp_consumption_t *part);

/* What is usual for a month: the own average per day over the twelve months before it, times its days. Months that are
 * known of some points only are no part of it. False when less than WP_CONSUMPTION_USUAL_DAYS_MIN days of the others
 * are known; the months before must be in the range. */
bool wp_consumption_usual(const wp_consumption_t *c, wp_month_t month, int64_t *litres);

/* The months from `from` to `until`, both included; those outside the range count as nothing known. usual: the sum of
 * the months', when each has one. */
wp_use_sum_t wp_consumption_sum(const wp_consumption_t *c, wp_month_t from, wp_month_t until);

/* Every day is known, and missing of no point. */
bool wp_use_is_whole(const wp_use_sum_t *sum);

/* Litres a day over even_days, halves up; 0 when there are none. */
int64_t wp_use_per_day(const wp_use_sum_t *sum);

/* Two ranges of months, the first of one beside the first of the other. A pair counts when both months are whole; a
 * month that has no partner, since its range is longer, when it is whole itself. */
typedef struct wp_use_comparison_t {
    wp_use_sum_t these, those; /* of what counts; without usual */
    int pairs, counted;
} wp_use_comparison_t;

/* these, those: first and last month of each. */
void wp_consumption_compare(const wp_consumption_t *c, const wp_month_t these[2], const wp_month_t those[2],
                            wp_use_comparison_t *comparison);

/* Does the pair number i (from 0) of such a comparison count? */
bool wp_consumption_pair_counts(const wp_consumption_t *c, const wp_month_t these[2], const wp_month_t those[2], int i);

const char *wp_span_kind_name(wp_span_kind_t kind); /* "between", "after", "unknown" */

#endif
