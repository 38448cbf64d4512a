/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DOMAIN_METER_H
#define WP_DOMAIN_METER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/date.h"

/* Consumption at one metering point: within a meter, across a swap, across a rollover of the counter. Never negative;
 * use that cannot be known is reported as unknown. All volumes are litres, all rates millilitres per day. */

#define WP_METER_HISTORY_MAX 40 /* only this many of the latest entries are considered */
#define WP_METER_LITRES_MAX \
    1000000000000              /* 10^9 m³: up to here every product below is exact in a double (JavaScript) */
#define WP_METER_DAYS_MAX 3660 /* a longer interval does not show usual use */

typedef struct wp_meter_t {
    int digits;   /* 1 to 9 before the comma: the counter turns over at 10^digits m³ */
    int decimals; /* 0 to 3 after it */
    bool remote;  /* read by the utility: customers do not submit readings */
} wp_meter_t;

typedef enum wp_reading_kind_t {
    WP_READING_READ, /* by the customer */
    WP_READING_STAFF,
    WP_READING_REMOTE,
    WP_READING_SWAP_END,   /* last value of the old meter, from the swap act */
    WP_READING_SWAP_START, /* first value of the new meter */
    WP_READING_ESTIMATED,  /* nobody looked at the meter: consumption is never computed from it */
    WP_READING_MISSING     /* a period without a reading: litres is meaningless */
} wp_reading_kind_t;

typedef struct wp_reading_t {
    wp_date_t on;
    int64_t litres;
    wp_reading_kind_t kind;
    int device;  /* number of the meter at this metering point, in any order */
    bool rolled; /* the counter is known to have turned over since the previous entry */
    int digits;  /* of its meter, if other than the current one's; 0: as the current meter */
} wp_reading_t;

/* What the counter moved between two entries of the history. */
typedef struct wp_meter_step_t {
    size_t from, to; /* indices into the given history */
    wp_date_t from_on, to_on;
    int64_t use; /* 0 if unknown */
    bool known;  /* false: the swap act lacks a value, or the entries contradict each other */
    bool rolled; /* across a rollover */
    bool swap;   /* from the end of one meter to the start of the next: no water, no time */
} wp_meter_step_t;

typedef struct wp_meter_history_t {
    wp_meter_step_t steps[WP_METER_HISTORY_MAX];
    size_t count;
    size_t last; /* index of the last entry that was actually read; see any */
    bool any;    /* there is such an entry */
} wp_meter_history_t;

/* "read", "staff", "remote", "swap_end", "swap_start", "estimated", "missing". */
const char *wp_reading_kind_name(wp_reading_kind_t kind);
bool wp_reading_kind_parse(const char *name, wp_reading_kind_t *kind);

/* A person or a device read this off a counter: use may be computed from it. */
bool wp_reading_kind_is_read(wp_reading_kind_t kind);

/* It comes from a swap act: the end of one meter or the start of another. */
bool wp_reading_kind_is_swap(wp_reading_kind_t kind);

/* Sort key for entries of one meter on one day, lowest first: the start value of a new meter, readings, the end value
 * of the old one. */
int wp_reading_kind_place_in_day(wp_reading_kind_t kind);

/* The value at which the counter starts again from zero: 10^digits m³. */
int64_t wp_meter_turn(const wp_meter_t *meter);

/* The meter that an entry was read from: the current one, with the digits of the entry's own. */
wp_meter_t wp_meter_of(const wp_meter_t *meter, const wp_reading_t *entry);

/* The unit of the last place that the meter shows, in litres. */
int64_t wp_meter_unit(const wp_meter_t *meter);

/* A percentage of a volume or rate, rounded down. */
int64_t wp_meter_part(int64_t whole, int percent);

/* Use from one counter value to a later one of the same meter, across one rollover if the later value is lower; -1 if
 * the counter cannot show such a value. */
int64_t wp_meter_use(const wp_meter_t *meter, int64_t from, int64_t to);

/* Would the counter reach a later, lower value across one rollover, using less than half its range? */
bool wp_meter_likely_rollover(const wp_meter_t *meter, int64_t from, int64_t to);

/* Makes the steps of a chronological history. Estimated and missing entries are skipped: consumption runs from reading
 * to reading. A lower value counts as a rollover if it is marked so, or if the counter would then have moved less than
 * half its range; otherwise the higher readings before it were wrong and are left out. */
void wp_meter_history_make(wp_meter_history_t *h, const wp_meter_t *meter, const wp_reading_t *entries, size_t count);

/* The same for a history of any length. steps has room for count entries. Returns the number n of readings kept: the
 * first n − 1 steps are filled, and steps[n - 1].from is the index of the last reading. */
size_t wp_meter_steps_make(wp_meter_step_t *steps, const wp_meter_t *meter, const wp_reading_t *entries, size_t count);

/* The median rate, in millilitres per day, of the steps of at least `days_min` days that end in the `span` days up to
 * the last reading; *used is the number of those steps. 0 and *used = 0 if there is none. The median, so that one
 * filled pool or one leak does not change what is usual. */
int64_t wp_meter_usual_rate(const wp_meter_history_t *h, int span, int days_min, int *used);

/* Millilitres per day, rounded down; days must be positive. */
int64_t wp_meter_rate(int64_t use, int days);

/* Litres at a rate over some days (at most WP_METER_DAYS_MAX), rounded down. */
int64_t wp_meter_rate_volume(int64_t rate, int days);

/* The median of rates, which are sorted in place; for an even number, the midpoint of the middle two. 0 for none. */
int64_t wp_meter_median(int64_t *rates, size_t count);

/* Can this step say something about use per day? Known, not a swap, at least days_min and at
 * most WP_METER_DAYS_MAX days. */
bool wp_meter_step_counts(const wp_meter_step_t *step, int days_min);

/* The use between two days, counting each step by the days it shares with them; *covered: how many days
 * the steps cover. */
int64_t wp_meter_use_between(const wp_meter_history_t *h, wp_date_t from, wp_date_t to, int *covered);

#endif
