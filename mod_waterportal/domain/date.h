/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DOMAIN_DATE_H
#define WP_DOMAIN_DATE_H

#include <stdbool.h>
#include <stdint.h>

/* A day of the proleptic Gregorian calendar: days since 1970-01-01. Differences are numbers of days. */
typedef int32_t wp_date_t;

/* An instant: seconds since 1970-01-01T00:00:00Z. */
typedef int64_t wp_instant_t;

typedef struct wp_civil_t {
    int year, month, day;     /* month 1..12, day 1..31 */
    int hour, minute, second; /* 0 for a date */
} wp_civil_t;

#define WP_DATE_SIZE    11 /* "2026-11-22" and NUL */
#define WP_INSTANT_SIZE 21 /* "2026-11-22T13:42:05Z" and NUL */

wp_date_t wp_date_make(int year, int month, int day);
wp_civil_t wp_date_split(wp_date_t date);
int wp_date_days_in_month(int year, int month);

/* The same day so many months later, or the last day of that month if it has no such day: 31 January plus one month is
 * 28 or 29 February. */
wp_date_t wp_date_add_months(wp_date_t date, int months);

/* 1 Monday to 7 Sunday (ISO 8601). */
int wp_date_weekday(wp_date_t date);

/* Easter Sunday of the Gregorian calendar. */
wp_date_t wp_date_easter(int year);

/* Monday to Friday and not a public holiday of Latvia (law "Par svētku, atceres un atzīmējamām dienām", section 1, as
 * in force since 2014; if 4 May or 18 November falls on a weekend, the next working day is free). Not known here: the
 * closing day of the Song Festival, one-off holidays, and working days that the government moves to another day. */
bool wp_date_is_working_day(wp_date_t date);

/* Strict "YYYY-MM-DD", years 1900 to 2999; false and *date unchanged for anything else. */
bool wp_date_parse_iso(const char *text, wp_date_t *date);

/* As people in Latvia type it: day.month.year, day and month of one or two digits, with or without the last dot;
 * or as above. */
bool wp_date_parse(const char *text, wp_date_t *date);
void wp_date_format_iso(wp_date_t date, char text[WP_DATE_SIZE]);

/* Strict "YYYY-MM-DDTHH:MM:SSZ" (RFC 3339 in UTC, the only form stored). */
bool wp_instant_parse(const char *text, wp_instant_t *instant);
void wp_instant_format(wp_instant_t instant, char text[WP_INSTANT_SIZE]);

/* Local time in Europe/Riga (EET, UTC+2; EEST, UTC+3, from the last Sunday of March 01:00 UTC to the last Sunday of
 * October 01:00 UTC: Directive 2000/84/EC). Coded here instead of read from the machine's tz data, so that the domain
 * stays libc-only and free of process-global state. */
wp_civil_t wp_riga_split(wp_instant_t instant);
wp_date_t wp_riga_date(wp_instant_t instant);

/* The first instant of a day in Riga. */
wp_instant_t wp_riga_day_start(wp_date_t date);

#endif
