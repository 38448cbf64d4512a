/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DOMAIN_METER_PERIOD_H
#define WP_DOMAIN_METER_PERIOD_H

#include "domain/meter.h"

/* What a metering point used in a period, as a certificate states it: between the readings nearest to the ends of the
 * period, meter by meter, with their days and values. Nothing is split or estimated. */

#define WP_METER_SEGMENTS_MAX 8

/* The part that one meter counted. */
typedef struct wp_meter_segment_t {
    wp_reading_t from, to;
    int64_t use; /* 0 if unknown */
    bool known;  /* false: the readings contradict each other */
    bool rolled; /* the counter turned over in the segment */
} wp_meter_segment_t;

typedef struct wp_meter_period_t {
    wp_meter_segment_t segments[WP_METER_SEGMENTS_MAX];
    size_t count; /* 0: there are no two readings that give a use */
    int64_t use;  /* of all segments */
    bool known;   /* false: part of it cannot be known, for example because a swap act lacks a value */
} wp_meter_period_t;

/* from and until are the first and last day of the period. It begins with the reading nearest to the evening before
 * `from`, so that the end of one year and the beginning of the next are the same reading; of two equally near readings,
 * the earlier one. entries: chronological, any number; if there are more than WP_METER_HISTORY_MAX, all meter swaps,
 * those nearest to the two ends, and some spread evenly between them are used. */
void wp_meter_period_make(wp_meter_period_t *period, const wp_meter_t *meter, const wp_reading_t *entries, size_t count,
                          const wp_date_t days[2]);

#endif
