/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <cmocka.h>

#include "domain/date.h"
#include "unit/random.h"

#include "base/banned.h"

static void make_and_split_are_inverse(void **state)
{
    (void)state;
    assert_int_equal(wp_date_make(1970, 1, 1), 0);
    assert_int_equal(wp_date_make(2026, 11, 22), 20779);
    for (wp_date_t day = wp_date_make(1899, 12, 31); day <= wp_date_make(2101, 1, 1); day++) {
        wp_civil_t c = wp_date_split(day);
        assert_int_equal(wp_date_make(c.year, c.month, c.day), day);
    }
}

static void parses_only_real_days(void **state)
{
    (void)state;
    wp_date_t date = 7;
    static const char *const bad[] = {"",           "2026-1-22",  "2026-02-29",  "2026-13-01", "2026-00-10",
                                      "2026-11-31", "2026/11/22", "2026-11-22 ", "1899-12-31", "+026-11-22"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(wp_date_parse_iso(bad[i], &date));
    assert_int_equal(date, 7);
    assert_true(wp_date_parse_iso("2028-02-29", &date));
    assert_int_equal(date, wp_date_make(2028, 2, 29));
}

static void reads_days_as_people_write_them(void **state)
{
    (void)state;
    static const char *const good[] = {"2026-02-01", "01.02.2026.", "1.2.2026.", "1.02.2026", "01.2.2026"};
    static const char *const bad[] = {"",          ".",        "1",          "1.",        "1.2",
                                      "1.2.",      "1.2.26",   "1.2.2026..", "1.2.2026 ", "0.2.2026",
                                      "30.2.2026", "1/2/2026", "001.2.2026"};
    wp_date_t date = 7;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(wp_date_parse(bad[i], &date));
    assert_int_equal(date, 7);
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_true(wp_date_parse(good[i], &date));
        assert_int_equal(date, wp_date_make(2026, 2, 1));
    }
}

static void months_end_where_the_month_ends(void **state)
{
    (void)state;
    assert_int_equal(wp_date_add_months(wp_date_make(2026, 11, 22), 1), wp_date_make(2026, 12, 22));
    assert_int_equal(wp_date_add_months(wp_date_make(2026, 11, 22), 12), wp_date_make(2027, 11, 22));
    assert_int_equal(wp_date_add_months(wp_date_make(2026, 12, 31), 2), wp_date_make(2027, 2, 28));
    assert_int_equal(wp_date_add_months(wp_date_make(2028, 1, 31), 1), wp_date_make(2028, 2, 29));
    assert_int_equal(wp_date_add_months(wp_date_make(2028, 2, 29), 36), wp_date_make(2031, 2, 28));
    assert_int_equal(wp_date_add_months(wp_date_make(2026, 9, 30), 3), wp_date_make(2026, 12, 30));
    assert_int_equal(wp_date_add_months(wp_date_make(2026, 10, 15), -10), wp_date_make(2025, 12, 15));
}

static wp_instant_t at(const char *text)
{
    wp_instant_t instant;
    assert_true(wp_instant_parse(text, &instant));
    return instant;
}

/* Summer time of 2026 begins on March 29 and ends on October 25. */
static void riga_keeps_summer_time(void **state)
{
    (void)state;
    assert_int_equal(wp_riga_split(at("2026-03-29T00:59:59Z")).hour, 2);
    assert_int_equal(wp_riga_split(at("2026-03-29T01:00:00Z")).hour, 4);
    assert_int_equal(wp_riga_split(at("2026-10-25T00:59:59Z")).hour, 3);
    assert_int_equal(wp_riga_split(at("2026-10-25T01:00:00Z")).hour, 3);
    assert_int_equal(wp_riga_date(at("2026-11-30T21:59:59Z")), wp_date_make(2026, 11, 30));
    assert_int_equal(wp_riga_date(at("2026-11-30T22:00:00Z")), wp_date_make(2026, 12, 1));
    assert_int_equal(wp_riga_date(at("2026-06-30T21:00:00Z")), wp_date_make(2026, 7, 1));
}

static void a_day_starts_at_midnight_in_riga(void **state)
{
    (void)state;
    for (wp_date_t day = wp_date_make(2026, 1, 1); day < wp_date_make(2028, 1, 1); day++) {
        wp_instant_t start = wp_riga_day_start(day);
        assert_int_equal(wp_riga_date(start), day);
        assert_int_equal(wp_riga_date(start - 1), day - 1);
    }
}

/* Day after day from 1900 to 2999, counted by hand: text, order, weekday, length of the month. */
static void every_day_follows_the_day_before(void **state)
{
    (void)state;
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    char text[WP_DATE_SIZE], before[WP_DATE_SIZE] = "1899-12-31";
    wp_date_t date = wp_date_make(1900, 1, 1), back;
    int weekday = 1; /* a Monday */

    for (int year = 1900; year <= 2999; year++) {
        bool leap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
        for (int month = 1; month <= 12; month++) {
            int length = lengths[month - 1] + (month == 2 && leap);
            assert_int_equal(wp_date_days_in_month(year, month), length);
            for (int day = 1; day <= length; day++, date++, weekday = weekday % 7 + 1) {
                wp_civil_t civil = wp_date_split(date);
                assert_int_equal(wp_date_make(year, month, day), date);
                assert_true(civil.year == year && civil.month == month && civil.day == day);
                assert_int_equal(wp_date_weekday(date), weekday);
                wp_date_format_iso(date, text);
                assert_true(strcmp(before, text) < 0);
                assert_true(wp_date_parse_iso(text, &back) && back == date);
                memcpy(before, text, sizeof before);
            }
        }
    }
}

static void instants_are_read_back(void **state)
{
    (void)state;
    random_t random = {2};
    wp_instant_t first = wp_riga_day_start(wp_date_make(1900, 1, 2));
    wp_instant_t last = wp_riga_day_start(wp_date_make(2999, 12, 31));
    for (int n = 0; n < 200000; n++) {
        wp_instant_t instant = random_between(&random, first, last), back;
        char text[WP_INSTANT_SIZE];
        wp_instant_format(instant, text);
        assert_true(wp_instant_parse(text, &back));
        assert_int_equal(back, instant);
    }
}

/* Each hour's edges from 2002 (when the directive took effect) to 2100, against the machine's time zone data. */
static void riga_is_what_the_time_zone_data_say(void **state)
{
    (void)state;
    if (access("/usr/share/zoneinfo/Europe/Riga", R_OK) != 0)
        skip();
    setenv("TZ", "Europe/Riga", 1);
    tzset();
    wp_instant_t last = wp_riga_day_start(wp_date_make(2100, 1, 1));
    for (wp_instant_t hour = wp_riga_day_start(wp_date_make(2002, 1, 1)); hour < last; hour += 3600) {
        for (wp_instant_t instant = hour - 1; instant <= hour; instant++) {
            time_t seconds = (time_t)instant;
            struct tm local;
            wp_civil_t riga = wp_riga_split(instant);
            assert_non_null(localtime_r(&seconds, &local));
            assert_true(riga.year == local.tm_year + 1900 && riga.month == local.tm_mon + 1);
            assert_int_equal(riga.day, local.tm_mday);
            assert_true(riga.hour == local.tm_hour && riga.minute == local.tm_min && riga.second == local.tm_sec);
        }
    }
}

/* Two days of a year are not 24 hours long: the last Sundays of March and October. */
static void days_have_23_24_or_25_hours(void **state)
{
    (void)state;
    for (wp_date_t day = wp_date_make(1997, 1, 1); day < wp_date_make(2200, 1, 1); day++) {
        wp_civil_t c = wp_date_split(day);
        bool last_sunday = wp_date_weekday(day) == 7 && c.day > wp_date_days_in_month(c.year, c.month) - 7;
        int hours = last_sunday && c.month == 3 ? 23 : last_sunday && c.month == 10 ? 25 : 24;
        assert_int_equal(wp_riga_day_start(day + 1) - wp_riga_day_start(day), hours * 3600);
        assert_int_equal(wp_riga_split(wp_riga_day_start(day)).hour, 0);
    }
}

/* Without holidays of its own a working week has five days; Easter is a Sunday from 22 March to 25 April. */
static void working_days_and_easter_are_plausible(void **state)
{
    (void)state;
    for (int year = 1990; year <= 2400; year++) {
        wp_date_t easter = wp_date_easter(year);
        int working = 0;
        assert_int_equal(wp_date_weekday(easter), 7);
        assert_in_range(easter, wp_date_make(year, 3, 22), wp_date_make(year, 4, 25));
        assert_false(wp_date_is_working_day(easter - 2) || wp_date_is_working_day(easter + 1));
        for (wp_date_t day = wp_date_make(year, 1, 1); day < wp_date_make(year + 1, 1, 1); day++)
            working += wp_date_is_working_day(day);
        assert_in_range(working, 365 - 104 - 16, 366 - 104 - 4);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(make_and_split_are_inverse),
                                       cmocka_unit_test(parses_only_real_days),
                                       cmocka_unit_test(reads_days_as_people_write_them),
                                       cmocka_unit_test(months_end_where_the_month_ends),
                                       cmocka_unit_test(riga_keeps_summer_time),
                                       cmocka_unit_test(a_day_starts_at_midnight_in_riga),
                                       cmocka_unit_test(every_day_follows_the_day_before),
                                       cmocka_unit_test(instants_are_read_back),
                                       cmocka_unit_test(riga_is_what_the_time_zone_data_say),
                                       cmocka_unit_test(days_have_23_24_or_25_hours),
                                       cmocka_unit_test(working_days_and_easter_are_plausible)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
