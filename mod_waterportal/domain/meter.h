/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DOMAIN_METER_H
#define WP_DOMAIN_METER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/date.h"

/* Consumption at one metering point: within a meter, across a swap, across a rollover of the counter. Never negative:
 * what cannot be known is said to be unknown. All volumes are litres, all rates millilitres a day. */

#define WP_METER_HISTORY_MAX 40 /* only so many of the latest entries are looked at */
#define WP_METER_LITRES_MAX \
    1000000000000              /* 10^9 m³: with it every product below stays exact in a double (JavaScript) */
#define WP_METER_DAYS_MAX 3660 /* a longer interval says nothing about usual use */

typedef struct wp_meter_t {
    int digits;   /* 1 to 9 before the comma: the counter turns over at 10^digits m³ */
    int decimals; /* 0 to 3 behind it */
    bool remote;  /* read by the utility: customers do not submit */
} wp_meter_t;

typedef enum wp_reading_kind_t {
    WP_READING_READ, /* by the customer */
    WP_READING_STAFF,
    WP_READING_REMOTE,
    WP_READING_SWAP_END,   /* last value of the meter taken out, from the swap act */
    WP_READING_SWAP_START, /* first value of the meter put in */
    WP_READING_ESTIMATED,  /* nobody looked at the meter: consumption is never computed from it */
    WP_READING_MISSING     /* a period without a reading: litres means nothing */
} wp_reading_kind_t;

typedef struct wp_reading_t {
    wp_date_t on;
    int64_t litres;
    wp_reading_kind_t kind;
    int device;  /* number of the meter at this metering point, any order */
    bool rolled; /* the counter is known to have turned over since the entry before */
    int digits;  /* of its meter, where that is not the one in use now; 0: as the one in use */
} wp_reading_t;

/* What the counter moved between two entries of the history. */
typedef struct wp_meter_step_t {
    size_t from, to; /* indices into the history given */
    wp_date_t from_on, to_on;
    int64_t use; /* 0 when unknown */
    bool known;  /* false: the swap act lacks a value, or the entries contradict each other */
    bool rolled; /* across a rollover */
    bool swap;   /* from the end of one meter to the start of the next: no water, no time */
} wp_meter_step_t;

typedef struct wp_meter_history_t {
    wp_meter_step_t steps[WP_METER_HISTORY_MAX];
    size_t count;
    size_t last; /* index of the last entry that somebody or something read; see any */
    bool any;    /* there is such an entry */
} wp_meter_history_t;

/* "read", "staff", "remote", "swap_end", "swap_start", "estimated", "missing". */
const char *wp_reading_kind_name(wp_reading_kind_t kind);
bool wp_reading_kind_parse(const char *name, wp_reading_kind_t *kind);

/* Somebody or something read this off a counter: use may be computed from it. */
bool wp_reading_kind_is_read(wp_reading_kind_t kind);

/* It is of a swap act: the end of one meter or the start of another. */
bool wp_reading_kind_is_swap(wp_reading_kind_t kind);

/* Entries of one meter and one day stand in this order, the least first: what a new meter starts with, readings, what
 * the old one ended with. */
int wp_reading_kind_place_in_day(wp_reading_kind_t kind);

/* Where the counter starts again from zero: 10^digits m³. */
int64_t wp_meter_turn(const wp_meter_t *meter);

/* The meter that an entry was read from: the one in use, with the digits of the entry's own. */
wp_meter_t wp_meter_of(const wp_meter_t *meter, const wp_reading_t *entry);

/* What the last place it shows is worth, in litres. */
int64_t wp_meter_unit(const wp_meter_t *meter);

/* Per cent of a volume or rate, rounded down. */
int64_t wp_meter_part(int64_t whole, int percent);

/* From one counter value to a later one of the same meter, over one rollover when the later one is lower; -1 when the
 * counter cannot show such a value. */
int64_t wp_meter_use(const wp_meter_t *meter, int64_t from, int64_t to);

/* A later, lower value that the counter reaches over one rollover with less than half its range. */
bool wp_meter_likely_rollover(const wp_meter_t *meter, int64_t from, int64_t to);

/* Makes steps of a chronological history. Estimated and missing entries are passed over: consumption runs from reading
 * to reading. A lower value is taken for a rollover when it is marked so, or when the counter would then have moved
 * less than half its range; else the readings above it were wrong and are left out. */
void wp_meter_history_make(wp_meter_history_t *h, const wp_meter_t *meter, const wp_reading_t *entries, size_t count);

/* The same of a history of any length. steps has room for count entries. Returns how many readings were kept: the first
 * so many less one of steps are filled, and in the one after them stands .from, the index of the last reading. */
size_t wp_meter_steps_make(wp_meter_step_t *steps, const wp_meter_t *meter, const wp_reading_t *entries, size_t count);

/* The median rate of the steps of at least `days_min` days that end in the `span` days up to the last reading, in
 * millilitres a day; *used tells of how many steps. 0 and *used = 0 when there is none. The median, so that one filled
 * pool or one leak does not change what is usual. */
int64_t wp_meter_usual_rate(const wp_meter_history_t *h, int span, int days_min, int *used);

/* Millilitres a day, rounded down; days is above 0. */
int64_t wp_meter_rate(int64_t use, int days);

/* Litres at a rate for some days (at most WP_METER_DAYS_MAX), rounded down. */
int64_t wp_meter_rate_volume(int64_t rate, int days);

/* The median of rates, which are sorted in place; of an even number the middle of the middle two. 0 of none. */
int64_t wp_meter_median(int64_t *rates, size_t count);

/* Tells something about use per day: known, no swap, at least days_min and at most WP_METER_DAYS_MAX days. */
bool wp_meter_step_counts(const wp_meter_step_t *step, int days_min);

/* What was used between two days, by the days each step shares with them; *covered: how many days the steps cover. */
int64_t wp_meter_use_between(const wp_meter_history_t *h, wp_date_t from, wp_date_t to, int *covered);

#endif
