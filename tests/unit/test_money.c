/* SPDX-License-Identifier: Apache-2.0 */
/* The rules case by case stand in tests/vectors/money.json; here is what holds for all amounts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "domain/money.h"

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

/* As a utility published them in 2014: 0.63 EUR is 0.76 EUR with 21 %. */
static void prices_with_vat_are_those_published(void **state)
{
    (void)state;
    static const struct {
        int64_t price, gross;
    } published[] = {{6300, 76}, {2300, 28}, {4000, 48}, {6500, 79}, {3200, 39}, {3300, 40}};
    for (size_t i = 0; i < sizeof published / sizeof *published; i++)
        assert_int_equal(wp_money_gross_price(published[i].price, 2100), published[i].gross);
    assert_int_equal(wp_money_gross_price(11700, 0), 117);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_is_formatted_is_read_back),
                                       cmocka_unit_test(the_smallest_amount_has_a_text),
                                       cmocka_unit_test(rounding_is_half_up),
                                       cmocka_unit_test(prices_with_vat_are_those_published)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
