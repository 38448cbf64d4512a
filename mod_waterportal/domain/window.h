/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DOMAIN_WINDOW_H
#define WP_DOMAIN_WINDOW_H

#include <stdbool.h>

#include "domain/date.h"

/* The days of the month in which readings are taken. Utilities differ (20th to the last day, 25 to 28, 27 to the first
 * working day of the next month, 1 to 5), so it is configuration. */
typedef struct wp_window_spec_t {
    int first;       /* day of the month, 1 to 31; a shorter month: its last day */
    int last;        /* the same; before `first`: of the next month */
    int working_day; /* above 0: instead of `last`, the so-manieth working day of the next month */
} wp_window_spec_t;

typedef struct wp_window_t {
    bool open;
    wp_date_t from, until;           /* of the open window, else of the one before; both days included */
    wp_date_t next_from, next_until; /* of the next one */
    int days_left;                   /* after today; 0 on the last day or when closed */
    char key[8];                     /* "2026-11": the month the window begins in; names what was submitted in it */
} wp_window_t;

/* "20-last", "25-28", "27-3" (into the next month), "27-1wd" (till the next month's first working day), "1-5".
 * False, and nothing changed, for anything else. */
bool wp_window_parse(const char *text, wp_window_spec_t *spec);

/* The window at an instant, by the calendar of Riga: it opens at 00:00 of its first day and closes at the end of its last,
 * also on days of 23 or 25 hours. */
wp_window_t wp_window_at(const wp_window_spec_t *spec, wp_instant_t now);

/* Monday to Friday and no public holiday of Latvia (law "Par svētku, atceres un atzīmējamām dienām", sections 1 and 2:
 * fixed days, Good Friday and Easter Monday, 23 and 24 June, 24 to 26 and 31 December; 4 May and 18 November are moved to
 * the next working day when they fall on a weekend). */
bool wp_date_is_working_day(wp_date_t date);

#endif
