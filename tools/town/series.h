/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_TOWN_SERIES_H
#define WP_TOWN_SERIES_H

#include <stdbool.h>
#include <stdint.h>

#include "town/random.h"
#include "domain/date.h"
#include "domain/meter.h"

/* How water is used at a point: the pattern of the year and its variation. */
typedef enum {
    WP_DEMO_HOUSE,
    WP_DEMO_GARDEN, /* May to September only */
    WP_DEMO_SAUNA,  /* mostly in winter */
    WP_DEMO_FLAT,
    WP_DEMO_BUSINESS, /* less in July and August */
    WP_DEMO_UNUSED    /* the counter does not move */
} wp_demo_use_t;

/* The month that many months before --as-of, as a bit in a set of months. */
#define WP_DEMO_MONTH(ago) (UINT64_C(1) << (ago))
#define WP_DEMO_MONTHS_MAX 63

/* A metered point and what is to have happened to it. Months count backwards from the month of --as-of (1: last
 * month). */
typedef struct wp_demo_point_t {
    const char *place;
    const char *serial; /* of the current meter; NULL: generated */
    wp_demo_use_t use;
    int daily_l; /* litres a day, averaged over the year */
    int digits, decimals;
    bool remote;
    int months;   /* length of the history, at most WP_DEMO_MONTHS_MAX; 0: a new meter without any reading */
    int ended;    /* the month of the last reading; 0: last month */
    int read_day; /* day of the month, clamped to its length; 0: a day from the 20th to the 28th */
    int start_m3; /* the counter at the first reading */
    int rollover; /* the month in which the counter passes its end (overrides start_m3); 0: never */
    int swap;     /* the month in which the meter was swapped; 0: never */
    int leak;     /* for how many months consumption has been rising; 0: no leak */
    int verified; /* months from --as-of until the verification expires; negative: it has expired */
    uint64_t estimated, missing; /* sets of WP_DEMO_MONTH */
} wp_demo_point_t;

typedef struct wp_demo_device_t {
    wp_date_t installed_on, verified_until;
    wp_date_t removed_on; /* 0: still installed */
} wp_demo_device_t;

/* The monthly readings, two for the swap, and today's of a remote meter. */
#define WP_DEMO_READINGS_MAX (WP_DEMO_MONTHS_MAX + 3)

typedef struct wp_demo_series_t {
    int devices; /* 2 after a swap */
    wp_demo_device_t device[2];
    int count;
    wp_reading_t
        reading[WP_DEMO_READINGS_MAX]; /* .device: index into device[]; .litres: in whole units of its decimals */
} wp_demo_series_t;

/* Builds the whole history of a point, oldest reading first. It ends with last month's reading (for a remote meter,
 * with today's), so that nothing has been submitted yet for the current month. An estimate is never above the counter;
 * otherwise the next reading could not follow it without a correction. */
void wp_demo_series_make(wp_demo_series_t *series, const wp_demo_point_t *point, wp_date_t as_of,
                         wp_demo_random_t *random);

/* The given day of the month that is months_ago before as_of's; the day is clamped to the month's length. */
wp_date_t wp_demo_month_day(wp_date_t as_of, int months_ago, int day);

#endif
