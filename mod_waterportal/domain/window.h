/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DOMAIN_WINDOW_H
#define WP_DOMAIN_WINDOW_H

#include <stdbool.h>

#include "domain/date.h"

/* When customers may submit readings: once a month, by the calendar of Riga. */
typedef struct wp_window_spec_t {
    int first;         /* day of the month, 1 to 31; 31 also means "last" */
    int last;          /* day of the month, 1 to 31; 0 if working_day is used */
    int working_day;   /* 0, or: the window ends on this working day of a month */
    int months_later;  /* 1 if it ends in the month after the one it began in, otherwise 0 */
    int months_before; /* 1 if it serves the billing month before the one it began in, otherwise 0 */
} wp_window_spec_t;

#define WP_WINDOW_KEY_SIZE 8 /* "2026-11" and NUL */

typedef struct wp_window_t {
    bool open;
    wp_date_t from, until;           /* of the open window, otherwise of the last one; both days are included */
    wp_date_t next_from, next_until; /* of the next window */
    int days_left;                   /* after today; 0 on the last day or when closed */
    char key[WP_WINDOW_KEY_SIZE];    /* the billing month that it serves: identifies what was submitted in it */
} wp_window_t;

/* Reads FIRST-LAST[:this|:previous].
 *   FIRST  1 to 31 or "last"
 *   LAST   1 to 31, "last", or N"wd" with N 1 to 9: the month's Nth working day
 * A LAST below FIRST lies in the next month, and so does a working day unless FIRST is 1. FIRST 2 to 14 with a working
 * day is refused, because it could mean either. A day that a month does not have means its last day; if two windows
 * would then meet, the earlier one ends the day before. The billing month is the one in which the window begins; a
 * window that ends by the 14th (or on a working day) of that same month serves the month before. ":this" or ":previous"
 * says it explicitly. False and *spec unchanged for anything else. */
bool wp_window_parse(const char *text, wp_window_spec_t *spec);

/* The window at an instant. It opens at 00:00 on its first day and closes at the end of its last day, on days of 23 and
 * 25 hours too. */
wp_window_t wp_window_at(const wp_window_spec_t *spec, wp_instant_t now);

#endif
