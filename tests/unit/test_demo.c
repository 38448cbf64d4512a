/* SPDX-License-Identifier: Apache-2.0 */
#include <apr_general.h>
#include <apr_hash.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "town/customers.h"
#include "town/series.h"

#include "base/banned.h"

#define AS_OF wp_date_make(2026, 11, 22)

static const wp_demo_point_t house = {.place = "x",
                                      .use = WP_DEMO_HOUSE,
                                      .daily_l = 200,
                                      .digits = 5,
                                      .decimals = 3,
                                      .months = 12,
                                      .read_day = 29,
                                      .start_m3 = 40,
                                      .verified = 10};

static wp_demo_series_t make(wp_demo_point_t point, wp_date_t as_of)
{
    wp_demo_series_t series;
    wp_demo_random_t random = wp_demo_random_make(1, 1);
    wp_demo_series_make(&series, &point, as_of, &random);
    return series;
}

static int count_kind(const wp_demo_series_t *series, wp_reading_kind_t kind)
{
    int count = 0;
    for (int i = 0; i < series->count; i++)
        count += series->reading[i].kind == kind;
    return count;
}

static const wp_reading_t *last(const wp_demo_series_t *series)
{
    return &series->reading[series->count - 1];
}

/* SplitMix64's published first outputs for state 1234567, upper halves scaled to 0..999. */
static void test_random_is_the_published_generator(void **state)
{
    (void)state;
    wp_demo_random_t random = {.state = 1234567};
    assert_int_equal(wp_demo_random_between(&random, 0, 999), 350); /* 6457827717110365317 */
    assert_int_equal(wp_demo_random_between(&random, 0, 999), 173); /* 3203168211198807973 */
    assert_int_equal(wp_demo_random_between(&random, 0, 999), 532); /* 9817491932198370423 */
}

static void test_random_keeps_its_bounds(void **state)
{
    (void)state;
    wp_demo_random_t random = wp_demo_random_make(7, 7);
    bool seen[3] = {false};
    for (int i = 0; i < 1000; i++) {
        int64_t value = wp_demo_random_between(&random, -1, 1);
        assert_in_range(value + 1, 0, 2);
        seen[value + 1] = true;
    }
    assert_true(seen[0] && seen[1] && seen[2]);
}

static void test_month_day_clamps_and_crosses_years(void **state)
{
    (void)state;
    assert_int_equal(wp_demo_month_day(wp_date_make(2026, 3, 31), 1, 31), wp_date_make(2026, 2, 28));
    assert_int_equal(wp_demo_month_day(wp_date_make(2026, 1, 5), 1, 20), wp_date_make(2025, 12, 20));
    assert_int_equal(wp_demo_month_day(wp_date_make(2026, 12, 5), 12, 20), wp_date_make(2025, 12, 20));
    assert_int_equal(wp_demo_month_day(wp_date_make(2026, 12, 5), -1, 31), wp_date_make(2027, 1, 31));
}

static void test_series_is_monthly_and_ends_last_month(void **state)
{
    (void)state;
    wp_demo_series_t s = make(house, AS_OF);
    assert_int_equal(s.devices, 1);
    assert_int_equal(s.count, 12);
    assert_int_equal(s.reading[0].on, wp_date_make(2025, 11, 29));
    assert_int_equal(s.reading[0].litres, 40000);
    assert_int_equal(s.reading[0].kind, WP_READING_STAFF);
    assert_int_equal(last(&s)->on, wp_date_make(2026, 10, 29));
    assert_int_equal(s.device[0].installed_on, s.reading[0].on);
    assert_int_equal(s.device[0].verified_until, wp_date_make(2027, 9, 30));
    /* 334 days at 200 litres, give or take the season and the scatter */
    assert_in_range(last(&s)->litres, 40000 + 334 * 180, 40000 + 334 * 225);
}

static void test_series_repeats(void **state)
{
    (void)state;
    wp_demo_series_t a = make(house, AS_OF), b = make(house, AS_OF);
    assert_int_equal(a.count, b.count);
    for (int i = 0; i < a.count; i++)
        assert_true(a.reading[i].on == b.reading[i].on && a.reading[i].litres == b.reading[i].litres);
}

static void test_swap_ends_one_meter_and_starts_another(void **state)
{
    (void)state;
    wp_demo_point_t point = house;
    wp_demo_series_t plain = make(point, AS_OF);
    point.swap = 4;
    wp_demo_series_t s = make(point, AS_OF);
    int end = 0;

    while (s.reading[end].kind != WP_READING_SWAP_END)
        end++;
    assert_int_equal(s.devices, 2);
    assert_int_equal(s.count, plain.count + 2);
    assert_int_equal(s.reading[end].on, wp_date_make(2026, 7, 19));
    assert_int_equal(s.reading[end].device, 0);
    assert_int_equal(s.reading[end + 1].kind, WP_READING_SWAP_START);
    assert_int_equal(s.reading[end + 1].litres, 0);
    assert_int_equal(s.reading[end + 1].device, 1);
    assert_int_equal(s.device[0].removed_on, s.device[1].installed_on);
    /* not a litre is lost or counted twice */
    assert_int_equal(s.reading[end].litres + last(&s)->litres, last(&plain)->litres);
}

static void test_rollover_happens_in_its_month(void **state)
{
    (void)state;
    wp_demo_point_t point = house;
    point.rollover = 3;
    point.digits = 4;
    wp_demo_series_t s = make(point, AS_OF);
    for (int i = 1; i < s.count; i++) {
        bool fell = s.reading[i].litres < s.reading[i - 1].litres;
        assert_int_equal(fell, wp_date_split(s.reading[i].on).month == 8);
        assert_true(s.reading[i].litres < 10000000);
    }
}

static void test_estimates_and_gaps_stand_where_planned(void **state)
{
    (void)state;
    wp_demo_point_t point = house;
    point.estimated = WP_DEMO_MONTH(2) | WP_DEMO_MONTH(3);
    point.missing = WP_DEMO_MONTH(1);
    wp_demo_series_t s = make(point, AS_OF);
    assert_int_equal(count_kind(&s, WP_READING_ESTIMATED), 2);
    assert_int_equal(s.reading[s.count - 2].kind, WP_READING_ESTIMATED);
    assert_int_equal(s.reading[s.count - 3].kind, WP_READING_ESTIMATED);
    assert_int_equal(last(&s)->kind, WP_READING_MISSING);
}

static void test_remote_meter_was_read_today(void **state)
{
    (void)state;
    wp_demo_point_t point = house;
    point.remote = true;
    wp_demo_series_t s = make(point, AS_OF);
    assert_int_equal(last(&s)->on, AS_OF);
    assert_int_equal(s.reading[s.count - 2].on, wp_date_make(2026, 10, 31));
    assert_true(last(&s)->litres > s.reading[s.count - 2].litres);
}

static void test_leak_rises_month_by_month(void **state)
{
    (void)state;
    wp_demo_point_t point = house;
    point.leak = 3;
    wp_demo_series_t s = make(point, AS_OF);
    int64_t use[4];
    for (int i = 0; i < 4; i++)
        use[i] = s.reading[s.count - 4 + i].litres - s.reading[s.count - 5 + i].litres;
    assert_true(use[1] > use[0] * 5 / 4 && use[2] > use[1] && use[3] > use[2]);
    assert_true(use[3] > use[0] * 2);
}

static void test_unused_garden_new_and_ended(void **state)
{
    (void)state;
    wp_demo_point_t point = house;
    point.use = WP_DEMO_UNUSED;
    wp_demo_series_t s = make(point, AS_OF);
    assert_int_equal(last(&s)->litres, 40000);

    point.use = WP_DEMO_GARDEN;
    s = make(point, AS_OF);
    for (int i = 1; i < s.count; i++) {
        int month = wp_date_split(s.reading[i].on).month;
        assert_int_equal(s.reading[i].litres > s.reading[i - 1].litres, month >= 5 && month <= 9);
    }

    point.months = 0;
    s = make(point, AS_OF);
    assert_int_equal(s.count, 0);
    assert_int_equal(s.device[0].installed_on, AS_OF - 12);

    point.months = 12;
    point.ended = 5;
    s = make(point, AS_OF);
    assert_int_equal(last(&s)->on, wp_date_make(2026, 6, 29));
}

/* What must hold for any point: days rise, a counter never falls but in its rollover, values fit digits and
 * decimals. */
static void check_series(const wp_demo_point_t *point, const wp_demo_series_t *s, wp_date_t as_of)
{
    int64_t units[] = {1000, 100, 10, 1}, turn = 1000, before = -1;
    int falls = 0;

    for (int i = 0; i < point->digits; i++)
        turn *= 10;
    assert_true(s->count <= WP_DEMO_READINGS_MAX);
    for (int i = 0; i < s->count; i++) {
        const wp_reading_t *r = &s->reading[i];
        assert_true(r->on <= as_of);
        assert_true(point->remote || wp_date_split(r->on).month != wp_date_split(as_of).month || r->on < as_of - 300);
        if (i > 0)
            assert_true(r->on > r[-1].on || r->kind == WP_READING_SWAP_START);
        if (r->kind == WP_READING_MISSING)
            continue;
        assert_in_range(r->litres, 0, turn - 1);
        assert_int_equal(r->litres % units[point->decimals], 0);
        if (r->kind != WP_READING_SWAP_START)
            falls += r->litres < before;
        before = r->litres;
    }
    assert_int_equal(falls, point->rollover != 0 && point->use != WP_DEMO_UNUSED);
}

/* The domain reads the same history: every step known, the water of a rollover not lost, the sum that of the
 * counters. */
static void check_consumption(const wp_demo_point_t *point, const wp_demo_series_t *s)
{
    wp_meter_t meter = {.digits = point->digits, .decimals = point->decimals, .remote = point->remote};
    wp_meter_history_t history;
    int skip = s->count > WP_METER_HISTORY_MAX ? s->count - WP_METER_HISTORY_MAX : 0;
    int rolled = 0;

    wp_meter_history_make(&history, &meter, s->reading + skip, (size_t)(s->count - skip));
    for (size_t i = 0; i < history.count; i++) {
        const wp_meter_step_t *step = &history.steps[i];
        int64_t days = step->to_on - step->from_on;
        assert_true(step->known);
        assert_in_range(step->use, 0, (int64_t)point->daily_l * 5 * days + 1000);
        rolled += step->rolled;
    }
    assert_int_equal(rolled, point->rollover > 0 && point->rollover < 36 && point->use != WP_DEMO_UNUSED ? 1 : 0);
}

static void check_customer(const wp_demo_customer_t *customer, wp_date_t as_of, int *points)
{
    wp_demo_random_t random = wp_demo_random_make(3, (uint64_t)customer->number);
    wp_demo_series_t series;

    for (int c = 0; c < customer->contracts; c++)
        for (int p = 0; p < customer->contract[c].points; p++) {
            wp_demo_series_make(&series, &customer->contract[c].point[p], as_of, &random);
            check_series(&customer->contract[c].point[p], &series, as_of);
            check_consumption(&customer->contract[c].point[p], &series);
            (*points)++;
        }
}

static void test_every_customer_has_a_sound_history(void **state)
{
    static const int days[][3] = {{2026, 11, 22}, {2026, 3, 1}, {2024, 2, 29}, {2027, 1, 31}};
    apr_pool_t *pool = *state;
    int points = 0, named;

    for (size_t d = 0; d < sizeof(days) / sizeof(days[0]); d++) {
        wp_date_t as_of = wp_date_make(days[d][0], days[d][1], days[d][2]);
        const wp_demo_customer_t *customers = wp_demo_named_customers(pool, &named);
        for (int i = 0; i < named; i++)
            check_customer(&customers[i], as_of, &points);
        for (int i = 0; i < 500; i++) {
            wp_demo_customer_t bulk = wp_demo_bulk_customer(pool, i, 1);
            check_customer(&bulk, as_of, &points);
        }
        wp_demo_customer_t load = wp_demo_load_customer(pool, 99, 1);
        check_customer(&load, as_of, &points);
    }
    assert_true(points > 4 * (300 + 500));
}

static void test_the_property_company_has_300_meters(void **state)
{
    int count, meters = 0;
    const wp_demo_customer_t *customers = wp_demo_named_customers(*state, &count);
    for (int i = 0; i < customers[count - 1].contracts; i++)
        meters += customers[count - 1].contract[i].points;
    assert_int_equal(meters, 300);
}

/* The list says which contracts a person has: the same as the customers behind it, but for those that ended. */
static void test_people_and_customers_agree(void **state)
{
    int count, found = 0, listed = 0;
    const wp_demo_customer_t *customers = wp_demo_named_customers(*state, &count);

    for (const wp_demo_person_t *p = wp_demo_people; p->login; p++) {
        for (int i = 0; i < 5 && p->contracts[i]; i++)
            listed++;
        for (int i = 0; i < count; i++) {
            const char *code = customers[i].company ? customers[i].representative : customers[i].code;
            for (int c = 0; strcmp(code, p->code) == 0 && c < customers[i].contracts; c++) {
                bool is_listed = false;
                for (int k = 0; k < 5 && p->contracts[k]; k++)
                    is_listed |= strcmp(p->contracts[k], customers[i].contract[c].contract_no) == 0;
                assert_int_equal(is_listed, customers[i].contract[c].ended == 0);
                found += is_listed;
            }
        }
    }
    assert_int_equal(found, listed);
}

static void test_bulk_is_the_same_alone_and_codes_are_unique(void **state)
{
    apr_pool_t *pool = *state;
    apr_hash_t *codes = apr_hash_make(pool);
    wp_demo_customer_t a = wp_demo_bulk_customer(pool, 17, 1), b = wp_demo_bulk_customer(pool, 17, 1);

    assert_string_equal(a.name, b.name);
    assert_string_equal(a.contract[0].address, b.contract[0].address);
    for (int i = 0; i < 20000; i++) {
        wp_demo_customer_t c = wp_demo_bulk_customer(pool, i, 1);
        const char *code = c.company ? c.representative : c.code;
        assert_int_equal(strlen(code), 11);
        apr_hash_set(codes, code, APR_HASH_KEY_STRING, code);
    }
    assert_int_equal(apr_hash_count(codes), 20000);
}

static int setup(void **state)
{
    apr_pool_t *pool;
    apr_initialize();
    apr_pool_create(&pool, NULL);
    *state = pool;
    return 0;
}

static int teardown(void **state)
{
    apr_pool_destroy(*state);
    apr_terminate();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random_is_the_published_generator),
        cmocka_unit_test(test_random_keeps_its_bounds),
        cmocka_unit_test(test_month_day_clamps_and_crosses_years),
        cmocka_unit_test(test_series_is_monthly_and_ends_last_month),
        cmocka_unit_test(test_series_repeats),
        cmocka_unit_test(test_swap_ends_one_meter_and_starts_another),
        cmocka_unit_test(test_rollover_happens_in_its_month),
        cmocka_unit_test(test_estimates_and_gaps_stand_where_planned),
        cmocka_unit_test(test_remote_meter_was_read_today),
        cmocka_unit_test(test_leak_rises_month_by_month),
        cmocka_unit_test(test_unused_garden_new_and_ended),
        cmocka_unit_test(test_every_customer_has_a_sound_history),
        cmocka_unit_test(test_the_property_company_has_300_meters),
        cmocka_unit_test(test_people_and_customers_agree),
        cmocka_unit_test(test_bulk_is_the_same_alone_and_codes_are_unique),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
