/* SPDX-License-Identifier: Apache-2.0 */
/* What holds for any history: the months' litres are the uses between readings, never negative, whatever is asked
 * first. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "domain/consumption.h"

#define MONTHS  120
#define ENTRIES 80
#define POINTS  6
#define ROUNDS  400
#define FIRST   wp_month_make(2018, 1)

static uint64_t state;

static int64_t between(int64_t low, int64_t high)
{
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return low + (int64_t)((state >> 33) % (uint64_t)(high - low + 1));
}

typedef struct history_t {
    wp_meter_t meter;
    wp_reading_t entries[ENTRIES];
    size_t count;
} history_t;

static void push(history_t *h, wp_reading_t entry)
{
    h->entries[h->count++] = entry;
}

/* A counter that moves, is estimated, forgotten, swapped and mistaken. */
static void make_history(history_t *h)
{
    static const int digits[] = {4, 5, 9};
    wp_date_t on = wp_date_make(2018, 1, 1) + (wp_date_t)between(0, 400);
    int64_t total = between(0, 9999999);
    int device = 1;

    *h = (history_t){.meter = {.digits = digits[between(0, 2)], .decimals = 3}};
    int64_t turn = wp_meter_turn(&h->meter);
    while (h->count + 3 < ENTRIES && on < wp_date_make(2026, 6, 1)) {
        int sort = (int)between(0, 19);
        on += (wp_date_t)between(sort == 0 ? 0 : 1, sort == 1 ? 400 : 70);
        total += between(0, 30000);
        if (sort == 2) {
            push(h, (wp_reading_t){.on = on, .litres = total % turn, .kind = WP_READING_SWAP_END, .device = device});
            total = between(0, 900);
            push(h, (wp_reading_t){.on = on, .litres = total, .kind = WP_READING_SWAP_START, .device = ++device});
        } else if (sort == 3) {
            push(h, (wp_reading_t){.on = on, .kind = WP_READING_MISSING, .device = device});
        } else if (sort == 4) {
            device++; /* there is no record of how the meters were swapped */
        } else {
            push(h, (wp_reading_t){.on = on,
                                   .litres = sort == 5 ? between(0, turn - 1) : total % turn,
                                   .device = device,
                                   .kind = sort == 6 ? WP_READING_ESTIMATED : WP_READING_READ});
        }
    }
}

static void add(wp_consumption_t *c, const history_t *h)
{
    static wp_meter_step_t room[ENTRIES];
    wp_consumption_add(c, &h->meter, h->entries, h->count, room);
}

/* What the steps between readings say, without months. */
static int64_t known_use(const history_t *h)
{
    static wp_meter_step_t steps[ENTRIES];
    size_t kept = wp_meter_steps_make(steps, &h->meter, h->entries, h->count);
    int64_t sum = 0;

    for (size_t i = 0; i + 1 < kept; i++)
        sum += steps[i].known && !steps[i].swap ? steps[i].use : 0;
    return sum;
}

static int64_t after_use(const wp_consumption_t *c)
{
    const wp_span_t *last = c->span_count > 0 ? &c->spans[c->span_count - 1] : NULL;
    if (last && last->kind == WP_SPAN_UNKNOWN && c->span_count > 1 && last[-1].kind == WP_SPAN_AFTER)
        last--;
    return last && last->kind == WP_SPAN_AFTER ? last->litres : 0;
}

static void test_months_add_up_to_the_uses(void **unused)
{
    (void)unused;
    history_t h;
    for (int round = 0; round < ROUNDS; round++) {
        wp_month_use_t months[MONTHS] = {0};
        wp_span_t spans[ENTRIES];
        wp_consumption_t c = {.first = FIRST, .count = MONTHS, .months = months, .spans = spans, .span_room = ENTRIES};
        make_history(&h);
        add(&c, &h);
        wp_use_sum_t sum = wp_consumption_sum(&c, FIRST, FIRST + MONTHS - 1);
        assert_int_equal(sum.litres, known_use(&h) + after_use(&c));
        for (int i = 0; i < MONTHS; i++) {
            assert_in_range(months[i].estimated, 0, months[i].litres);
            assert_int_equal(months[i].estimated_days & ~months[i].days, 0);
            if (months[i].days == 0)
                assert_int_equal(months[i].litres, 0);
        }
    }
}

static void test_the_order_of_points_does_not_matter(void **unused)
{
    (void)unused;
    history_t points[POINTS];
    for (int round = 0; round < ROUNDS / 10; round++) {
        wp_month_use_t forth[MONTHS] = {0}, back[MONTHS] = {0}, merged[MONTHS] = {0}, one[MONTHS];
        wp_consumption_t a = {.first = FIRST, .count = MONTHS, .months = forth};
        wp_consumption_t b = {.first = FIRST, .count = MONTHS, .months = back};
        wp_consumption_t m = {.first = FIRST, .count = MONTHS, .months = merged};
        for (int i = 0; i < POINTS; i++)
            make_history(&points[i]);
        for (int i = 0; i < POINTS; i++) {
            wp_consumption_t p = {.first = FIRST, .count = MONTHS, .months = one};
            memset(one, 0, sizeof one);
            add(&p, &points[POINTS - 1 - i]);
            wp_consumption_merge(&m, &p);
            add(&a, &points[i]);
            add(&b, &points[POINTS - 1 - i]);
        }
        for (int i = 0; i < MONTHS; i++) {
            assert_memory_equal(&forth[i], &back[i], sizeof forth[i]);
            assert_memory_equal(&forth[i], &merged[i], sizeof forth[i]);
        }
    }
}

static void test_a_month_is_the_same_in_any_range(void **unused)
{
    (void)unused;
    history_t h;
    for (int round = 0; round < ROUNDS / 10; round++) {
        wp_month_use_t all[MONTHS] = {0}, some[7] = {0};
        wp_consumption_t a = {.first = FIRST, .count = MONTHS, .months = all};
        int skip = (int)between(0, MONTHS - 7);
        wp_consumption_t b = {.first = FIRST + skip, .count = 7, .months = some};
        make_history(&h);
        add(&a, &h);
        add(&b, &h);
        for (int i = 0; i < 7; i++)
            assert_memory_equal(&all[skip + i], &some[i], sizeof some[i]);
    }
}

static void test_quarters_and_years_are_sums(void **unused)
{
    (void)unused;
    history_t h;
    static const int groups[] = {3, 12};
    for (int round = 0; round < ROUNDS / 10; round++) {
        wp_month_use_t months[MONTHS] = {0};
        wp_consumption_t c = {.first = FIRST, .count = MONTHS, .months = months};
        wp_month_t from = FIRST + (int)between(0, 60), until = from + (int)between(0, 59);
        make_history(&h);
        add(&c, &h);
        wp_use_sum_t all = wp_consumption_sum(&c, from, until);
        for (int g = 0; g < 2; g++) {
            int64_t litres = 0, estimated = 0;
            int length = 0;
            for (wp_month_t first = from; first <= until;) {
                wp_month_t last = wp_month_group_end(first, groups[g], until);
                wp_use_sum_t sum = wp_consumption_sum(&c, first, last);
                assert_true(last >= first && (last == until || (last + 1) % groups[g] == 0));
                litres += sum.litres;
                estimated += sum.estimated;
                length += sum.length;
                first = last + 1;
            }
            assert_int_equal(litres, all.litres);
            assert_int_equal(estimated, all.estimated);
            assert_int_equal(length, wp_month_last_day(until) - wp_month_first_day(from) + 1);
        }
    }
}

static void test_months_as_text(void **unused)
{
    (void)unused;
    static const char *const good[] = {"2026-11", "11.2026", "11/2026", "2026.11", "2026-1", "1.2026"};
    static const char *const bad[] =
        {"",      "2026",    "2026-13", "2026-00", "13.2026", "2026-11-22",  "-11",
         "2026-", "1899-12", "3000-01", "26-11",   "2026 11", "２０２６-11", "99999999999999999999-1"};
    wp_month_t month;
    char text[WP_MONTH_SIZE];

    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_true(wp_month_parse(good[i], &month));
        assert_int_equal(wp_month_in_year(month), i < 4 ? 11 : 1);
        assert_int_equal(wp_month_year(month), 2026);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(wp_month_parse(bad[i], &month));
    for (month = wp_month_make(1900, 1); month <= wp_month_make(2999, 12); month++) {
        wp_month_t back;
        wp_month_format(month, text);
        assert_true(wp_month_parse(text, &back) && back == month);
        assert_int_equal(wp_month_of(wp_month_first_day(month)), month);
        assert_int_equal(wp_month_last_day(month) + 1, wp_month_first_day(month + 1));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_months_add_up_to_the_uses),
                                       cmocka_unit_test(test_the_order_of_points_does_not_matter),
                                       cmocka_unit_test(test_a_month_is_the_same_in_any_range),
                                       cmocka_unit_test(test_quarters_and_years_are_sums),
                                       cmocka_unit_test(test_months_as_text)};
    state = 20261122;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
