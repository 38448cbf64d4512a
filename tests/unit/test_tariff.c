/* SPDX-License-Identifier: Apache-2.0 */
/* Invoice lines recomputed: published tariffs to the cent, a change within a period, what holds for any tariffs. The QR code's text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "domain/epc.h"
#include "domain/money.h"
#include "domain/tariff.h"
#include "unit/random.h"

#include "base/banned.h"

/* Water of the reference utility, EUR/m³ without VAT. */
static const struct {
    int year, month, day;
    int64_t price;
} published[] = {{2014, 7, 1, 6300}, {2022, 1, 1, 8500}, {2022, 6, 1, 10200}, {2022, 10, 1, 12000}, {2023, 6, 1, 11600}, {2024, 3, 1, 11700}};
enum { PUBLISHED = sizeof published / sizeof *published };

static size_t history(wp_tariff_t *tariffs)
{
    for (size_t i = 0; i < PUBLISHED; i++)
        tariffs[i] = (wp_tariff_t){wp_date_make(published[i].year, published[i].month, published[i].day), published[i].price};
    return PUBLISHED;
}

static void test_a_month_with_one_tariff(void **state)
{
    wp_tariff_t tariffs[PUBLISHED];
    wp_tariff_part_t parts[WP_TARIFF_PARTS_MAX];
    const wp_date_t october[2] = {wp_date_make(2026, 10, 1), wp_date_make(2026, 10, 31)};
    (void)state;
    assert_int_equal(wp_tariff_split(tariffs, history(tariffs), october, 6510, parts), 1);
    assert_int_equal(parts[0].price, 11700);
    assert_int_equal(parts[0].litres, 6510);
    assert_int_equal(wp_tariff_net(parts, 1), 762); /* 6.510 × 1.17 = 7.6167 */
}

static void test_a_change_is_split_by_days(void **state)
{
    wp_tariff_t tariffs[PUBLISHED];
    wp_tariff_part_t parts[WP_TARIFF_PARTS_MAX];
    const wp_date_t spring[2] = {wp_date_make(2022, 5, 16), wp_date_make(2022, 6, 14)}; /* 16 days before, 14 after */
    (void)state;
    assert_int_equal(wp_tariff_split(tariffs, history(tariffs), spring, 30000, parts), 2);
    assert_int_equal(parts[0].until, wp_date_make(2022, 5, 31));
    assert_int_equal(parts[0].litres, 16000);
    assert_int_equal(parts[1].litres, 14000);
    assert_int_equal(wp_tariff_net(parts, 2), 2788); /* 16 × 0.85 + 14 × 1.02 */
}

static void test_before_the_first_tariff_nothing_is_known(void **state)
{
    wp_tariff_t tariffs[PUBLISHED];
    wp_tariff_part_t parts[WP_TARIFF_PARTS_MAX];
    const wp_date_t early[2] = {wp_date_make(2014, 6, 30), wp_date_make(2014, 7, 30)}, none[2] = {early[1], early[0]};
    (void)state;
    assert_int_equal(wp_tariff_split(tariffs, history(tariffs), early, 1000, parts), 0);
    assert_int_equal(wp_tariff_split(tariffs, 0, early, 1000, parts), 0);
    assert_int_equal(wp_tariff_split(tariffs, history(tariffs), none, 1000, parts), 0);
}

/* VAT on the components of 2014 as published: net and gross per cubic metre. */
static void test_published_prices_with_vat(void **state)
{
    static const int64_t pairs[][2] = {{63, 76}, {23, 28}, {40, 48}, {65, 79}, {32, 39}, {33, 40}};
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        assert_int_equal(wp_money_gross_price(pairs[i][0] * 100, 2100), pairs[i][1]);
}

/* Whatever the tariffs: the parts follow each other without a gap, their litres add up, and the sum lies between the lowest and
 * the highest price. */
static void test_laws(void **state)
{
    random_t random = {20261126};
    (void)state;
    for (int round = 0; round < 20000; round++) {
        wp_tariff_t tariffs[8];
        wp_tariff_part_t parts[WP_TARIFF_PARTS_MAX];
        wp_date_t day = wp_date_make(2020, 1, 1);
        size_t count = 1 + (size_t)random_between(&random, 0, 8 - 1);
        for (size_t i = 0; i < count; i++, day += 1 + (wp_date_t)random_between(&random, 0, 40 - 1))
            tariffs[i] = (wp_tariff_t){day, random_between(&random, 0, 30000 - 1)};
        wp_date_t period[2] = {tariffs[0].since + (wp_date_t)random_between(&random, 0, 60 - 1), 0};
        period[1] = period[0] + (wp_date_t)random_between(&random, 0, 90 - 1);
        int64_t litres = random_between(&random, 0, 1000000 - 1) - 1000, sum = 0, low = INT64_MAX, high = 0;
        size_t made = wp_tariff_split(tariffs, count, period, litres, parts);
        assert_in_range(made, 1, count);
        for (size_t i = 0; i < made; i++) {
            assert_int_equal(parts[i].from, i == 0 ? period[0] : parts[i - 1].until + 1);
            sum += parts[i].litres;
            low = parts[i].price < low ? parts[i].price : low;
            high = parts[i].price > high ? parts[i].price : high;
        }
        assert_int_equal(parts[made - 1].until, period[1]);
        assert_int_equal(sum, litres);
        int64_t net = wp_tariff_net(parts, made), least = wp_money_line(litres, litres < 0 ? high : low), most = wp_money_line(litres, litres < 0 ? low : high);
        assert_true(least <= net && net <= most);
    }
}

static void test_the_text_of_a_code(void **state)
{
    char text[WP_EPC_SIZE], long_name[80];
    wp_epc_t epc = {.bic = "DEMOLV22", .name = "SIA „Pilsētas ūdens”", .iban = "LV45DEMO0000000080008", .cents = 4137, .reference = "RF18539007547034"};
    (void)state;
    assert_true(wp_epc_format(&epc, text));
    assert_string_equal(text, "BCD\n002\n1\nSCT\nDEMOLV22\nSIA „Pilsētas ūdens”\nLV45DEMO0000000080008\nEUR41.37\n\nRF18539007547034\n");
    epc.bic = NULL;
    epc.reference = NULL;
    epc.text = "26/10-45127";
    assert_true(wp_epc_format(&epc, text));
    assert_string_equal(text, "BCD\n002\n1\nSCT\n\nSIA „Pilsētas ūdens”\nLV45DEMO0000000080008\nEUR41.37\n\n\n26/10-45127");
    epc.reference = "RF18539007547034"; /* both */
    assert_false(wp_epc_format(&epc, text));
    assert_string_equal(text, "");
    epc.reference = NULL;
    epc.cents = 0;
    assert_false(wp_epc_format(&epc, text));
    epc.cents = 1;
    memset(long_name, 'x', sizeof long_name);
    long_name[71] = '\0';
    epc.name = long_name;
    assert_false(wp_epc_format(&epc, text));
    long_name[70] = '\0';
    assert_true(wp_epc_format(&epc, text));
    epc.text = "two\nlines";
    assert_false(wp_epc_format(&epc, text));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_month_with_one_tariff),
        cmocka_unit_test(test_a_change_is_split_by_days),
        cmocka_unit_test(test_before_the_first_tariff_nothing_is_known),
        cmocka_unit_test(test_published_prices_with_vat),
        cmocka_unit_test(test_laws),
        cmocka_unit_test(test_the_text_of_a_code),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
