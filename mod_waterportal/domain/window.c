/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/window.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

typedef struct month_t {
    int year, month;
} month_t;

/* Any year of the Gregorian calendar: Meeus, Astronomical Algorithms, chapter 8. */
static wp_date_t easter(int year)
{
    int a = year % 19, b = year / 100, c = year % 100;
    int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
    int h = (19 * a + b - d - g + 15) % 30;
    int i = c / 4, k = c % 4;
    int l = (32 + 2 * e + 2 * i - h - k) % 7;
    int m = (a + 11 * h + 22 * l) / 451;
    int n = h + l - 7 * m + 114;
    return wp_date_make(year, n / 31, n % 31 + 1);
}

static bool is_weekend(wp_date_t date)
{
    int since_monday = ((date + 3) % 7 + 7) % 7; /* 1970-01-01 was a Thursday */
    return since_monday >= 5;
}

/* 4 May and 18 November on a weekend give the next Monday off. */
static bool is_moved_holiday(wp_date_t date, int year, int month, int day)
{
    wp_date_t holiday = wp_date_make(year, month, day);
    return is_weekend(holiday) && !is_weekend(date) && date > holiday && date - holiday <= 2;
}

bool wp_date_is_working_day(wp_date_t date)
{
    static const struct {
        int month, day;
    } fixed[] = {{1, 1}, {5, 1}, {5, 4}, {6, 23}, {6, 24}, {11, 18}, {12, 24}, {12, 25}, {12, 26}, {12, 31}};
    wp_civil_t c = wp_date_split(date);
    wp_date_t sunday = easter(c.year);

    if (is_weekend(date) || date == sunday - 2 || date == sunday + 1)
        return false;
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++) {
        if (fixed[i].month == c.month && fixed[i].day == c.day)
            return false;
    }
    return !is_moved_holiday(date, c.year, 5, 4) && !is_moved_holiday(date, c.year, 11, 18);
}

static month_t next_month(month_t m)
{
    return m.month == 12 ? (month_t){m.year + 1, 1} : (month_t){m.year, m.month + 1};
}

static month_t previous_month(month_t m)
{
    return m.month == 1 ? (month_t){m.year - 1, 12} : (month_t){m.year, m.month - 1};
}

static wp_date_t day_of(month_t m, int day)
{
    int days = wp_date_days_in_month(m.year, m.month);
    return wp_date_make(m.year, m.month, day < days ? day : days);
}

static wp_date_t working_day_of(month_t m, int number)
{
    wp_date_t date = wp_date_make(m.year, m.month, 1);
    for (;; date++) {
        if (wp_date_is_working_day(date) && --number == 0)
            return date;
    }
}

static wp_date_t until_of(const wp_window_spec_t *spec, month_t m)
{
    if (spec->working_day > 0)
        return working_day_of(next_month(m), spec->working_day);
    return spec->last < spec->first ? day_of(next_month(m), spec->last) : day_of(m, spec->last);
}

bool wp_window_parse(const char *text, wp_window_spec_t *spec)
{
    char *end;
    wp_window_spec_t read = {0};

    if (*text < '0' || *text > '9')
        return false;
    read.first = (int)strtol(text, &end, 10);
    if (read.first < 1 || read.first > 31 || end - text > 2 || *end != '-')
        return false;
    text = end + 1;
    if (strcmp(text, "last") == 0) {
        read.last = 31;
    } else {
        if (*text < '0' || *text > '9')
            return false;
        int number = (int)strtol(text, &end, 10);
        bool working = strcmp(end, "wd") == 0;
        if (end - text > 2 || number < 1 || number > (working ? 15 : 31) || (!working && *end != '\0'))
            return false;
        if (working)
            read.working_day = number;
        else
            read.last = number;
    }
    /* a window that runs into its own beginning a month later would never close in a way anybody can tell */
    if (!read.working_day && read.last < read.first && read.first - read.last < 3)
        return false;
    *spec = read;
    return true;
}

wp_window_t wp_window_at(const wp_window_spec_t *spec, wp_instant_t now)
{
    wp_date_t today = wp_riga_date(now);
    wp_civil_t c = wp_date_split(today);
    month_t m = {c.year, c.month};

    /* the window of today: the latest that has begun */
    if (day_of(m, spec->first) > today)
        m = previous_month(m);
    month_t next = next_month(m);
    wp_window_t window = {.from = day_of(m, spec->first),
                          .until = until_of(spec, m),
                          .next_from = day_of(next, spec->first),
                          .next_until = until_of(spec, next)};
    window.open = today <= window.until;
    window.days_left = window.open ? window.until - today : 0;
    snprintf(window.key, sizeof window.key, "%04u-%02u", (unsigned)m.year % 10000, (unsigned)m.month % 100);
    return window;
}
