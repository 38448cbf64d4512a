/* SPDX-License-Identifier: Apache-2.0 */
/* Days and instants: eight bytes that choose an instant, then a text. */
#include "fuzz/fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/date.h"

#include "base/banned.h"

#define DAY 86400

static int month_length(int year, int month)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return lengths[month - 1] + (month == 2 && leap);
}

/* Days since 1970-01-01, counted month by month. */
static int64_t count_days(int year, int month, int day)
{
    int before = year - 1;
    int64_t days = (int64_t)before * 365 + before / 4 - before / 100 + before / 400 - 719162;
    for (int m = 1; m < month; m++)
        days += month_length(year, m);
    return days + day - 1;
}

static bool has_shape(const char *text, const char *shape)
{
    for (; *shape != '\0'; shape++, text++)
        if (*shape == '9' ? *text < '0' || *text > '9' : *text != *shape)
            return false;
    return *text == '\0';
}

static int number_at(const char *text, size_t at, size_t length)
{
    char part[8] = "";
    memcpy(part, text + at, length);
    return (int)strtol(part, NULL, 10);
}

static bool is_day(const char *text)
{
    int year = number_at(text, 0, 4), month = number_at(text, 5, 2), day = number_at(text, 8, 2);
    return year >= 1900 && year <= 2999 && month >= 1 && month <= 12 && day >= 1 && day <= month_length(year, month);
}

static void check_date(const char *text)
{
    wp_date_t date = 77;
    bool valid = wp_date_parse_iso(text, &date);

    CLAIM(valid == (has_shape(text, "9999-99-99") && is_day(text)));
    if (!valid) {
        CLAIM(date == 77);
        return;
    }
    char back[WP_DATE_SIZE];
    wp_date_format_iso(date, back);
    CLAIM(strcmp(back, text) == 0);
    CLAIM(date == count_days(number_at(text, 0, 4), number_at(text, 5, 2), number_at(text, 8, 2)));
}

static void check_instant(const char *text)
{
    wp_instant_t instant = 77;
    bool valid = wp_instant_parse(text, &instant);

    CLAIM(valid == (has_shape(text, "9999-99-99T99:99:99Z") && is_day(text) && number_at(text, 11, 2) < 24 &&
                    number_at(text, 14, 2) < 60 && number_at(text, 17, 2) < 60));
    if (!valid) {
        CLAIM(instant == 77);
        return;
    }
    char back[WP_INSTANT_SIZE];
    wp_instant_format(instant, back);
    CLAIM(strcmp(back, text) == 0);
}

/* The day of a month's last Sunday. */
static int last_sunday(int year, int month)
{
    int day = month_length(year, month);
    while ((count_days(year, month, day) % 7 + 7) % 7 != 3) /* 1970-01-01 was a Thursday */
        day--;
    return day;
}

static int riga_hours(wp_instant_t instant, int year)
{
    wp_instant_t begins = count_days(year, 3, last_sunday(year, 3)) * DAY + 3600;
    wp_instant_t ends = count_days(year, 10, last_sunday(year, 10)) * DAY + 3600;
    return instant >= begins && instant < ends ? 3 : 2;
}

static void check_riga(wp_instant_t instant)
{
    char text[WP_INSTANT_SIZE];
    wp_instant_format(instant, text);
    check_instant(text);

    wp_civil_t wall = wp_riga_split(instant);
    int64_t days = count_days(wall.year, wall.month, wall.day);
    int64_t shown = days * DAY + wall.hour * 3600 + wall.minute * 60 + wall.second;
    CLAIM(shown - instant == riga_hours(instant, number_at(text, 0, 4)) * 3600);
    CLAIM(wall.hour < 24 && wall.minute < 60 && wall.second < 60);

    wp_date_t date = wp_riga_date(instant);
    CLAIM(date == days);
    CLAIM(wp_riga_day_start(date) <= instant && instant < wp_riga_day_start(date + 1));
    CLAIM(wp_riga_split(wp_riga_day_start(date)).hour == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_bytes_t bytes = {data, size};
    wp_instant_t instant = fuzz_between(&bytes, count_days(1900, 1, 2) * DAY, count_days(2999, 12, 30) * DAY);
    char *text = fuzz_text(&bytes);

    check_date(text);
    check_instant(text);
    check_riga(instant);
    free(text);
    return 0;
}
