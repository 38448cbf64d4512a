/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "domain/date.h"

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
    static const char *const bad[] = {"", "2026-1-22", "2026-02-29", "2026-13-01", "2026-00-10", "2026-11-31", "2026/11/22",
                                      "2026-11-22 ", "1899-12-31", "+026-11-22"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(wp_date_parse_iso(bad[i], &date));
    assert_int_equal(date, 7);
    assert_true(wp_date_parse_iso("2028-02-29", &date));
    assert_int_equal(date, wp_date_make(2028, 2, 29));
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

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(make_and_split_are_inverse), cmocka_unit_test(parses_only_real_days),
                                       cmocka_unit_test(months_end_where_the_month_ends),
                                       cmocka_unit_test(riga_keeps_summer_time),
                                       cmocka_unit_test(a_day_starts_at_midnight_in_riga)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
