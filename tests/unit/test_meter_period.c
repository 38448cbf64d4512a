/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "domain/meter_period.h"

#include "base/banned.h"

#define DAY(y, m, d) wp_date_make(y, m, d)

static const wp_meter_t five = {.digits = 5, .decimals = 3};
static const wp_meter_t four = {.digits = 4, .decimals = 0};

static wp_reading_t at(wp_date_t on, int64_t litres)
{
    return (wp_reading_t){.on = on, .litres = litres, .kind = WP_READING_READ};
}

static wp_reading_t kind(wp_date_t on, int64_t litres, wp_reading_kind_t kind, int device)
{
    return (wp_reading_t){.on = on, .litres = litres, .kind = kind, .device = device};
}

static wp_meter_period_t year(int year, const wp_meter_t *meter, const wp_reading_t *entries, size_t count)
{
    wp_meter_period_t period;
    const wp_date_t days[2] = {DAY(year, 1, 1), DAY(year, 12, 31)};
    wp_meter_period_make(&period, meter, entries, count, days);
    return period;
}

/* 130,500 on 29 December 2024 and 215,750 on 28 December 2025 are nearest to the ends of 2025: 85,250 m³. */
static void the_nearest_readings_count(void **state)
{
    (void)state;
    const wp_reading_t entries[] = {at(DAY(2024, 11, 29), 120000), at(DAY(2024, 12, 29), 130500),
                                    at(DAY(2025, 1, 29), 137000),  at(DAY(2025, 11, 28), 208000),
                                    at(DAY(2025, 12, 28), 215750), at(DAY(2026, 1, 29), 223000)};
    wp_meter_period_t p = year(2025, &five, entries, 6);
    assert_int_equal(p.count, 1);
    assert_true(p.known);
    assert_int_equal(p.use, 85250);
    assert_int_equal(p.segments[0].from.on, DAY(2024, 12, 29));
    assert_int_equal(p.segments[0].to.on, DAY(2025, 12, 28));
    assert_int_equal(p.segments[0].to.litres, 215750);
}

/* Whatever the readings' days, the years follow each other without gap or overlap. */
static void years_add_up(void **state)
{
    (void)state;
    for (int shift = 0; shift < 32; shift++) {
        wp_reading_t entries[36];
        for (int i = 0; i < 36; i++)
            entries[i] = at(DAY(2023, 12, 1) + shift + i * 31, i * 7000);
        int64_t sum = 0;
        wp_meter_period_t p[2];
        for (int y = 0; y < 2; y++) {
            p[y] = year(2024 + y, &five, entries, 36);
            sum += p[y].use;
        }
        assert_int_equal(p[0].segments[0].to.on, p[1].segments[0].from.on);
        assert_int_equal(sum, p[1].segments[0].to.litres - p[0].segments[0].from.litres);
    }
}

/* Old meter 400 → 412, new one 0 → 51: 63 m³ in two lines. */
static void a_swap_gives_a_line_for_each_meter(void **state)
{
    (void)state;
    const wp_reading_t entries[] = {kind(DAY(2024, 12, 31), 400000, WP_READING_READ, 1),
                                    kind(DAY(2025, 3, 14), 412000, WP_READING_SWAP_END, 1),
                                    kind(DAY(2025, 3, 14), 0, WP_READING_SWAP_START, 2),
                                    kind(DAY(2025, 12, 31), 51000, WP_READING_READ, 2)};
    wp_meter_period_t p = year(2025, &five, entries, 4);
    assert_int_equal(p.count, 2);
    assert_true(p.known);
    assert_int_equal(p.use, 63000);
    assert_int_equal(p.segments[0].use, 12000);
    assert_int_equal(p.segments[1].from.litres, 0);
    assert_int_equal(p.segments[1].to.device, 2);
}

/* The swap's day is the nearest to both the end of one year and the beginning of the next. */
static void a_swap_at_the_turn_of_the_year(void **state)
{
    (void)state;
    const wp_reading_t entries[] = {kind(DAY(2024, 6, 1), 100000, WP_READING_READ, 1),
                                    kind(DAY(2025, 1, 2), 130000, WP_READING_SWAP_END, 1),
                                    kind(DAY(2025, 1, 2), 0, WP_READING_SWAP_START, 2),
                                    kind(DAY(2025, 6, 1), 20000, WP_READING_READ, 2)};
    wp_meter_period_t before = year(2024, &five, entries, 4), after = year(2025, &five, entries, 4);
    assert_int_equal(before.count, 1);
    assert_int_equal(before.use, 30000);
    assert_int_equal(before.segments[0].to.device, 1);
    assert_int_equal(after.count, 1);
    assert_int_equal(after.use, 20000);
    assert_int_equal(after.segments[0].from.device, 2);
}

/* The act lacks the old meter's last value: what it counted after 1 February is not known, and that is said. */
static void an_incomplete_swap_is_not_known(void **state)
{
    (void)state;
    const wp_reading_t entries[] = {kind(DAY(2025, 1, 1), 400000, WP_READING_READ, 1),
                                    kind(DAY(2025, 2, 1), 405000, WP_READING_READ, 1),
                                    kind(DAY(2025, 3, 14), 0, WP_READING_SWAP_START, 2),
                                    kind(DAY(2025, 12, 31), 51000, WP_READING_READ, 2)};
    wp_meter_period_t p = year(2025, &five, entries, 4);
    assert_false(p.known);
    assert_int_equal(p.count, 2);
    assert_int_equal(p.use, 56000);
}

/* Four digits: 9 990 → 12 is 22 m³. */
static void a_rollover_is_marked(void **state)
{
    (void)state;
    const wp_reading_t entries[] = {at(DAY(2024, 12, 30), 9990000), at(DAY(2025, 12, 30), 12000)};
    wp_meter_period_t p = year(2025, &four, entries, 2);
    assert_int_equal(p.use, 22000);
    assert_true(p.segments[0].rolled);
}

static void estimates_and_gaps_are_passed_over(void **state)
{
    (void)state;
    const wp_reading_t entries[] = {at(DAY(2024, 12, 20), 100000),
                                    kind(DAY(2024, 12, 31), 104000, WP_READING_ESTIMATED, 0),
                                    kind(DAY(2025, 12, 31), 0, WP_READING_MISSING, 0), at(DAY(2026, 1, 20), 160000)};
    wp_meter_period_t p = year(2025, &five, entries, 4);
    assert_int_equal(p.use, 60000);
    assert_int_equal(p.segments[0].from.on, DAY(2024, 12, 20));
    assert_int_equal(p.segments[0].to.on, DAY(2026, 1, 20));
}

static void one_reading_tells_nothing(void **state)
{
    (void)state;
    const wp_reading_t entries[] = {at(DAY(2025, 5, 1), 1000), at(DAY(2027, 5, 1), 9000)};
    assert_int_equal(year(2025, &five, entries, 0).count, 0);
    assert_int_equal(year(2025, &five, entries, 1).count, 0);
    assert_int_equal(year(2022, &five, entries, 2).count, 0); /* the first reading is the nearest to both ends */
}

/* 4,321 was typed where 432,1 was meant; the next reading shows it, so it does not begin the year. */
static void a_disproved_reading_is_left_out(void **state)
{
    (void)state;
    const wp_reading_t entries[] = {at(DAY(2024, 12, 1), 420000), at(DAY(2024, 12, 31), 4321000),
                                    at(DAY(2025, 1, 31), 440000), at(DAY(2025, 12, 31), 520000)};
    wp_meter_period_t p = year(2025, &five, entries, 4);
    assert_int_equal(p.segments[0].from.on, DAY(2024, 12, 1));
    assert_int_equal(p.use, 100000);
}

/* A meter that is read each day, with a swap: a thousand readings give the same as the two of the ends and the act. */
static void many_readings_are_no_obstacle(void **state)
{
    (void)state;
    static wp_reading_t entries[1002];
    wp_date_t first = DAY(2024, 4, 1);
    size_t n = 0;
    for (int day = 0; day < 500; day++)
        entries[n++] = kind(first + day, day * 300, WP_READING_REMOTE, 1);
    entries[n++] = kind(first + 500, 150000, WP_READING_SWAP_END, 1);
    entries[n++] = kind(first + 500, 0, WP_READING_SWAP_START, 2);
    for (int day = 1; day < 500; day++)
        entries[n++] = kind(first + 500 + day, day * 300, WP_READING_REMOTE, 2);
    wp_meter_period_t p = year(2025, &five, entries, n);
    assert_int_equal(p.count, 2);
    assert_int_equal(p.segments[0].from.on, DAY(2024, 12, 31));
    assert_int_equal(p.segments[1].to.on, DAY(2025, 12, 31));
    assert_int_equal(p.use, 365 * 300);
}

int main(void)
{
    const struct CMUnitTest tests[] =
        {cmocka_unit_test(the_nearest_readings_count),         cmocka_unit_test(years_add_up),
         cmocka_unit_test(a_swap_gives_a_line_for_each_meter), cmocka_unit_test(a_swap_at_the_turn_of_the_year),
         cmocka_unit_test(an_incomplete_swap_is_not_known),    cmocka_unit_test(a_rollover_is_marked),
         cmocka_unit_test(estimates_and_gaps_are_passed_over), cmocka_unit_test(one_reading_tells_nothing),
         cmocka_unit_test(a_disproved_reading_is_left_out),    cmocka_unit_test(many_readings_are_no_obstacle)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
