/* SPDX-License-Identifier: Apache-2.0 */
/* The rules case by case stand in tests/vectors/money.json; here is what holds for all amounts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "domain/money.h"
#include "unit/random.h"

#include "base/banned.h"

static void what_is_formatted_is_read_back(void **state)
{
    (void)state;
    for (int64_t n = 1; n < 100000000000000; n = n * 9 / 7 + 1) {
        for (int64_t cents = -n; cents <= n; cents += 2 * n) {
            char text[WP_MONEY_SIZE];
            int64_t back = 0;
            wp_money_format(cents, text);
            assert_true(wp_money_parse(text, strlen(text), &back));
            assert_int_equal(back, cents);
        }
    }
}

/* A canonical text, made digit by digit, stays what it is. */
static void what_is_read_is_written_the_same(void **state)
{
    (void)state;
    random_t random = {6};
    for (int n = 0; n < 200000; n++) {
        char text[WP_MONEY_SIZE], back[WP_MONEY_SIZE];
        int64_t cents, digits = random_between(&random, 1, WP_MONEY_DIGITS_MAX);
        char *to = text;
        if (random_next(&random) % 2)
            *to++ = '-';
        *to++ = (char)('0' + random_between(&random, digits > 1, 9));
        for (int64_t i = 1; i < digits; i++)
            *to++ = (char)('0' + random_between(&random, 0, 9));
        *to++ = '.';
        *to++ = (char)('0' + random_between(&random, 0, 9));
        *to++ = (char)('0' + random_between(&random, 0, 9));
        *to = '\0';
        assert_true(wp_money_parse(text, strlen(text), &cents));
        wp_money_format(cents, back);
        assert_string_equal(back, strcmp(text, "-0.00") == 0 ? "0.00" : text);
    }
}

static void the_smallest_amount_has_a_text(void **state)
{
    (void)state;
    char text[WP_MONEY_SIZE];
    wp_money_format(INT64_MIN, text);
    assert_string_equal(text, "-92233720368547758.08");
}

/* |exact - rounded| is at most a half, a half goes away from zero, and a credit mirrors its charge. */
static void rounding_is_half_up(void **state)
{
    (void)state;
    for (int64_t amount = 0; amount < 3000; amount++) {
        for (int64_t denominator = 1; denominator < 30; denominator++) {
            int64_t rounded = wp_money_scale(amount, 7, denominator);
            int64_t twice_excess = 2 * (rounded * denominator - amount * 7);
            assert_true(twice_excess <= denominator && twice_excess > -denominator);
            assert_int_equal(wp_money_scale(-amount, 7, denominator), -rounded);
        }
    }
}

#define LINES 12

static void make_invoice(random_t *random, wp_vat_t *lines)
{
    static const wp_vat_t kinds[] = {{'S', 2100, 0, 0},
                                     {'S', 1200, 0, 0},
                                     {'Z', 0, 0, 0},
                                     {'E', 0, 0, 0},
                                     {'S', 500, 0, 0}};
    for (size_t i = 0; i < LINES; i++) {
        lines[i] = kinds[random_next(random) % (sizeof kinds / sizeof *kinds)];
        lines[i].net = random_between(random, -50000, 500000);
        lines[i].vat = 77; /* not read */
    }
}

static int64_t net_of(const wp_vat_t *lines, const wp_vat_t *kind)
{
    int64_t net = 0;
    for (size_t i = 0; i < LINES; i++)
        net += lines[i].category == kind->category && lines[i].rate == kind->rate ? lines[i].net : 0;
    return net;
}

/* Each line is in one sum, none is in two; the tax is that of the sum, within half a cent. */
static void vat_is_computed_on_the_sum_of_each_category(void **state)
{
    (void)state;
    random_t random = {3};
    for (int n = 0; n < 100000; n++) {
        wp_vat_t lines[LINES], breakdown[LINES];
        int64_t total = 0, summed = 0;
        make_invoice(&random, lines);
        size_t count = wp_vat_sum(lines, LINES, breakdown);
        for (size_t i = 0; i < LINES; i++)
            total += lines[i].net;
        for (size_t i = 0; i < count; i++) {
            summed += breakdown[i].net;
            assert_int_equal(breakdown[i].net, net_of(lines, &breakdown[i]));
            int64_t exact = breakdown[i].net * breakdown[i].rate, excess = breakdown[i].vat * 10000 - exact;
            assert_true(excess <= 5000 && excess >= -5000);
            assert_true(breakdown[i].rate > 0 || breakdown[i].vat == 0);
        }
        assert_int_equal(summed, total);
        assert_true(breakdown[0].category == lines[0].category && breakdown[0].rate == lines[0].rate);
    }
}

/* The order of the lines changes the order of the sums and nothing else, and a credit note undoes its invoice. */
static void vat_is_the_same_in_any_order_and_undone_by_a_credit(void **state)
{
    (void)state;
    random_t random = {4};
    for (int n = 0; n < 100000; n++) {
        wp_vat_t lines[LINES], other[LINES], breakdown[LINES], credited[LINES];
        make_invoice(&random, lines);
        for (size_t i = 0; i < LINES; i++) {
            other[LINES - 1 - i] = lines[i];
            other[LINES - 1 - i].net = -lines[i].net;
        }
        size_t count = wp_vat_sum(lines, LINES, breakdown);
        assert_int_equal(wp_vat_sum(other, LINES, credited), count);
        for (size_t i = 0; i < count; i++) {
            size_t k = 0;
            while (credited[k].category != breakdown[i].category || credited[k].rate != breakdown[i].rate)
                assert_true(++k < count);
            assert_int_equal(credited[k].net, -breakdown[i].net);
            assert_int_equal(credited[k].vat, -breakdown[i].vat);
        }
    }
}

/* litres × price exactly, in 128 bits; more water never costs less. */
static void a_line_is_volume_times_price(void **state)
{
    (void)state;
    random_t random = {5};
    for (int n = 0; n < 200000; n++) {
        int64_t litres = random_between(&random, 0, 1000000000000), price = random_between(&random, 0, 1000000);
        int64_t cents = wp_money_line(litres, price);
        __int128 excess = ((__int128)cents * 100000 - (__int128)litres * price) * 2;
        assert_true(excess <= 100000 && excess > -100000);
        assert_true(wp_money_line(litres + random_between(&random, 0, 100000), price) >= cents);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_is_formatted_is_read_back),
                                       cmocka_unit_test(what_is_read_is_written_the_same),
                                       cmocka_unit_test(the_smallest_amount_has_a_text),
                                       cmocka_unit_test(rounding_is_half_up),
                                       cmocka_unit_test(vat_is_computed_on_the_sum_of_each_category),
                                       cmocka_unit_test(vat_is_the_same_in_any_order_and_undone_by_a_credit),
                                       cmocka_unit_test(a_line_is_volume_times_price)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
