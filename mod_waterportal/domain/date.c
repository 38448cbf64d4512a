/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/date.h"

#include <stdio.h>
#include <string.h>

#include "base/banned.h"

#define SECONDS_PER_DAY 86400

/* Days from 1970-01-01, by H. Hinnant's days_from_civil: the year starts in March, so that the leap day is
 * its last day. */
wp_date_t wp_date_make(int year, int month, int day)
{
    int y = month <= 2 ? year - 1 : year;
    int era = (y >= 0 ? y : y - 399) / 400;
    int year_of_era = y - era * 400;
    int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

wp_civil_t wp_date_split(wp_date_t date)
{
    int z = date + 719468;
    int era = (z >= 0 ? z : z - 146096) / 146097;
    int day_of_era = z - era * 146097;
    int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int month_from_march = (5 * day_of_year + 2) / 153;
    int month = month_from_march + (month_from_march < 10 ? 3 : -9);
    return (wp_civil_t){.year = year_of_era + era * 400 + (month <= 2),
                        .month = month,
                        .day = day_of_year - (153 * month_from_march + 2) / 5 + 1};
}

int wp_date_days_in_month(int year, int month)
{
    int next_year = month == 12 ? year + 1 : year;
    int next_month = month == 12 ? 1 : month + 1;
    return wp_date_make(next_year, next_month, 1) - wp_date_make(year, month, 1);
}

wp_date_t wp_date_add_months(wp_date_t date, int months)
{
    wp_civil_t c = wp_date_split(date);
    int month = c.year * 12 + c.month - 1 + months;
    int year = month / 12;
    int last = wp_date_days_in_month(year, month % 12 + 1);
    return wp_date_make(year, month % 12 + 1, c.day < last ? c.day : last);
}

int wp_date_weekday(wp_date_t date)
{
    int days_since_monday = (date % 7 + 7 + 3) % 7; /* 1970-01-01 was a Thursday; dates before it are negative */
    return days_since_monday + 1;
}

/* The anonymous algorithm of Nature, 1876 (J. Meeus, Astronomical Algorithms, chapter 8). */
wp_date_t wp_date_easter(int year)
{
    int golden = year % 19;
    int century = year / 100;
    int of_century = year % 100;
    int correction = (century - (century + 8) / 25 + 1) / 3;
    int epact = (19 * golden + century - century / 4 - correction + 15) % 30;
    int to_sunday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4) % 7;
    int shift = (golden + 11 * epact + 22 * to_sunday) / 451;
    int march_day = epact + to_sunday - 7 * shift + 114;
    return wp_date_make(year, march_day / 31, march_day % 31 + 1);
}

/* Holidays that always fall on a Sunday (Easter, Whitsun, Mother's Day) do not matter here. */
static bool is_holiday(wp_date_t date)
{
    static const struct {
        int month, day;
    } fixed[] = {{1, 1}, {5, 1}, {5, 4}, {6, 23}, {6, 24}, {11, 18}, {12, 24}, {12, 25}, {12, 26}, {12, 31}};
    wp_civil_t c = wp_date_split(date);
    wp_date_t easter = wp_date_easter(c.year);

    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        if (c.month == fixed[i].month && c.day == fixed[i].day)
            return true;
    return date == easter - 2 || date == easter + 1;
}

/* The Monday after a 4 May or 18 November that falls on a weekend. */
static bool is_substitute(wp_date_t date)
{
    wp_civil_t c = wp_date_split(date);
    int day = c.month == 5 ? 4 : c.month == 11 ? 18 : 0;
    return day > 0 && wp_date_weekday(date) == 1 && (c.day == day + 1 || c.day == day + 2);
}

bool wp_date_is_working_day(wp_date_t date)
{
    return wp_date_weekday(date) <= 5 && !is_holiday(date) && !is_substitute(date);
}

/* Reads exactly `count` digits; -1 if one is missing. */
static int digits(const char *text, int count)
{
    int value = 0;
    for (int i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

static bool make_checked(int year, int month, int day, wp_date_t *date)
{
    if (year < 1900 || year > 2999 || month < 1 || month > 12 || day < 1 || day > wp_date_days_in_month(year, month))
        return false;
    *date = wp_date_make(year, month, day);
    return true;
}

static bool parse_day(const char *text, wp_date_t *date)
{
    return text[4] == '-' && text[7] == '-' &&
           make_checked(digits(text, 4), digits(text + 5, 2), digits(text + 8, 2), date);
}

/* One or two digits and a dot; *text moves past them. -1 for anything else. */
static int short_number(const char **text)
{
    int places = digits(*text, 1) < 0 || digits(*text + 1, 1) < 0 ? 1 : 2;
    int value = digits(*text, places);
    if (value < 0 || (*text)[places] != '.')
        return -1;
    *text += places + 1;
    return value;
}

bool wp_date_parse_iso(const char *text, wp_date_t *date)
{
    return strlen(text) == WP_DATE_SIZE - 1 && parse_day(text, date);
}

bool wp_date_parse(const char *text, wp_date_t *date)
{
    int day = short_number(&text);
    int month = day < 0 ? -1 : short_number(&text);

    if (day < 0) /* nothing was consumed */
        return wp_date_parse_iso(text, date);
    if (month < 0 || digits(text, 4) < 0 || (text[4] != '\0' && strcmp(text + 4, ".") != 0))
        return false;
    return make_checked(digits(text, 4), month, day, date);
}

static char *put_digits(char *to, unsigned value, int count)
{
    for (int i = count - 1; i >= 0; i--, value /= 10)
        to[i] = (char)('0' + value % 10);
    return to + count;
}

/* Without snprintf, because a page writes a hundred dates. */
void wp_date_format_iso(wp_date_t date, char text[WP_DATE_SIZE])
{
    wp_civil_t c = wp_date_split(date);
    char *to = put_digits(text, (unsigned)c.year, 4);
    *to++ = '-';
    to = put_digits(to, (unsigned)c.month, 2);
    *to++ = '-';
    to = put_digits(to, (unsigned)c.day, 2);
    *to = '\0';
}

bool wp_instant_parse(const char *text, wp_instant_t *instant)
{
    wp_date_t date;
    if (strlen(text) != WP_INSTANT_SIZE - 1 || !parse_day(text, &date))
        return false;

    int hour = digits(text + 11, 2);
    int minute = digits(text + 14, 2);
    int second = digits(text + 17, 2);
    if (text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != 'Z' || hour < 0 || hour > 23 ||
        minute < 0 || minute > 59 || second < 0 || second > 59)
        return false;
    *instant = (wp_instant_t)date * SECONDS_PER_DAY + hour * 3600 + minute * 60 + second;
    return true;
}

/* Rounds towards the past, so that instants before 1970 are split correctly too. */
static wp_date_t utc_date(wp_instant_t instant)
{
    wp_instant_t days = instant / SECONDS_PER_DAY;
    return (wp_date_t)(instant % SECONDS_PER_DAY < 0 ? days - 1 : days);
}

static wp_civil_t utc_split(wp_instant_t instant)
{
    wp_date_t date = utc_date(instant);
    int seconds = (int)(instant - (wp_instant_t)date * SECONDS_PER_DAY);
    wp_civil_t c = wp_date_split(date);
    c.hour = seconds / 3600;
    c.minute = seconds / 60 % 60;
    c.second = seconds % 60;
    return c;
}

void wp_instant_format(wp_instant_t instant, char text[WP_INSTANT_SIZE])
{
    wp_civil_t c = utc_split(instant);
    snprintf(text, WP_INSTANT_SIZE, "%04u-%02u-%02uT%02u:%02u:%02uZ", (unsigned)c.year % 10000, (unsigned)c.month % 100,
             (unsigned)c.day % 100, (unsigned)c.hour % 100, (unsigned)c.minute % 100, (unsigned)c.second % 100);
}

/* 01:00 UTC of the month's last Sunday: when summer time begins (March) and ends (October). */
static wp_instant_t clock_change(int year, int month)
{
    wp_date_t last = wp_date_make(year, month, wp_date_days_in_month(year, month));
    return (wp_instant_t)(last - wp_date_weekday(last) % 7) * SECONDS_PER_DAY + 3600;
}

static int riga_offset(wp_instant_t instant)
{
    int year = utc_split(instant).year;
    bool summer = instant >= clock_change(year, 3) && instant < clock_change(year, 10);
    return summer ? 3 * 3600 : 2 * 3600;
}

wp_civil_t wp_riga_split(wp_instant_t instant)
{
    return utc_split(instant + riga_offset(instant));
}

wp_date_t wp_riga_date(wp_instant_t instant)
{
    return utc_date(instant + riga_offset(instant));
}

wp_instant_t wp_riga_day_start(wp_date_t date)
{
    wp_instant_t midnight = (wp_instant_t)date * SECONDS_PER_DAY;
    return midnight - riga_offset(midnight - 2 * 3600); /* no clock change happens between 21:00 and 23:00 UTC */
}
