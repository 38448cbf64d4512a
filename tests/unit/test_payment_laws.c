/* SPDX-License-Identifier: Apache-2.0 */
/* What holds for any payment: amounts and days as banks write them, invoices whose sums add up. Cases:
 * tests/vectors. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "domain/bank_message.h"
#include "domain/money.h"
#include "domain/tariff.h"
#include "unit/random.h"

#include "base/banned.h"

#define CENTS_MAX 99999999999999 /* 12 digits before the dot */
#define ROUNDS    200000

/* Of all sizes: as many small amounts as large ones. */
static int64_t any_cents(random_t *random)
{
    return 1 + random_between(random, 0, CENTS_MAX - 1) / ((int64_t)1 << random_between(random, 0, 40));
}

static void an_amount_is_read_back(void **state)
{
    random_t random = {11};
    (void)state;
    for (int n = 0; n < ROUNDS; n++) {
        int64_t cents = n == 0 ? CENTS_MAX : any_cents(&random), back;
        char text[WP_MONEY_SIZE], again[WP_MONEY_SIZE];
        wp_money_format(cents, text);
        assert_true(wp_bank_amount_parse(text, &back));
        assert_int_equal(back, cents);
        wp_money_format(back, again);
        assert_string_equal(again, text);
        if (cents % 10 == 0) { /* 41.30 is 41.3 */
            text[strlen(text) - 1] = '\0';
            assert_true(wp_bank_amount_parse(text, &back) && back == cents);
        }
        if (cents % 100 == 0) { /* 41.0 is 41 */
            text[strlen(text) - 2] = '\0';
            assert_true(wp_bank_amount_parse(text, &back) && back == cents);
        }
    }
}

/* By the letter of the rule: digits, then nothing or a dot and one or two digits; 12 digits at most, leading zeros
 * aside; not 0. */
static bool is_amount(const char *text, int64_t *cents)
{
    int64_t value = 0;
    int whole = 0, places = -1, leading = 1;
    *cents = 0;
    for (size_t i = 0; text[i]; i++) {
        if (text[i] == '.' && i > 0 && places < 0) {
            places = 0;
            continue;
        }
        if (text[i] < '0' || text[i] > '9' || (places >= 0 && ++places > 2))
            return false;
        leading = leading && text[i] == '0' && places < 0;
        whole += places < 0 && !leading;
        value = whole > 12 ? 0 : value * 10 + (text[i] - '0');
    }
    if (!text[0] || whole > 12 || places == 0 || value == 0)
        return false;
    *cents = places == 2 ? value : places == 1 ? value * 10 : value * 100;
    return true;
}

static void what_is_no_amount_is_refused(void **state)
{
    static const char *const letters[] = {"0", "1", "9", "5", "00", "37", "123456",   ".",
                                          ".", ",", "-", "+", " ",  "e",  "\xC2\xA0", "x"};
    random_t random = {12};
    int good = 0;
    (void)state;
    for (int n = 0; n < 2 * ROUNDS; n++) {
        char text[60] = "";
        int64_t cents, expected, known = random_next(&random) % 4 ? 9 : 16;
        for (int64_t i = random_between(&random, 0, 7); i > 0; i--)
            strncat(text, letters[random_between(&random, 0, known - 1)], 6);
        bool right = is_amount(text, &expected);
        if (wp_bank_amount_parse(text, &cents) != right || cents != expected)
            fail_msg("\"%s\" is %lld, not %lld", text, (long long)cents, (long long)expected);
        good += right;
    }
    assert_in_range(good, ROUNDS / 4, 2 * ROUNDS - ROUNDS / 4); /* both happen */
}

static void a_day_is_read_back_in_each_form(void **state)
{
    random_t random = {13};
    (void)state;
    for (int n = 0; n < ROUNDS; n++) {
        wp_civil_t c = wp_date_split(
            (wp_date_t)random_between(&random, wp_date_make(1990, 1, 1), wp_date_make(2199, 12, 31)));
        char iso[11], text[64], day[11];
        unsigned year = (unsigned)c.year % 10000, month = (unsigned)c.month % 100, of_month = (unsigned)c.day % 100;
        snprintf(iso, sizeof iso, "%04u-%02u-%02u", year, month, of_month);
        assert_true(wp_bank_day_parse(iso, day));
        assert_string_equal(day, iso);
        snprintf(text, sizeof text, "%sT%02d:%02d:%02d+0%d00", iso, (int)random_between(&random, 0, 23),
                 (int)random_between(&random, 0, 59), (int)random_between(&random, 0, 59),
                 (int)random_between(&random, 2, 3));
        assert_true(wp_bank_day_parse(text, day));
        assert_string_equal(day, iso);
        snprintf(text, sizeof text, "%02u.%02u.%04u", of_month, month, year);
        assert_true(wp_bank_day_parse(text, day));
        assert_string_equal(day, iso);
        text[random_between(&random, 0, 9)] = 'x';
        assert_false(wp_bank_day_parse(text, day));
        assert_string_equal(day, "");
    }
}

/* --- invoices --- */

#define LINES 8

static const int rates[] = {2100, 1200, 500, 0};
enum { RATES = sizeof rates / sizeof *rates };

/* A line of any use over some tariffs, and its exact amount: litres × 1/10000 EUR. */
static wp_vat_t any_line(random_t *random, const wp_date_t period[2], int64_t *exact)
{
    wp_tariff_t tariffs[4];
    wp_tariff_part_t parts[WP_TARIFF_PARTS_MAX];
    wp_date_t since = period[0] - (wp_date_t)random_between(random, 0, 400);
    int rate = rates[random_between(random, 0, RATES - 1)];

    for (size_t i = 0; i < 4; i++, since += (wp_date_t)random_between(random, 1, 60))
        tariffs[i] = (wp_tariff_t){since, random_between(random, 0, 40000)};
    size_t made = wp_tariff_split(tariffs, 4, period, random_between(random, -20000, 200000), parts);
    assert_in_range(made, 1, 4);
    *exact = 0;
    for (size_t i = 0; i < made; i++)
        *exact += parts[i].litres * parts[i].price;
    return (wp_vat_t){.category = rate > 0 ? 'S' : 'E', .rate = rate, .net = wp_tariff_net(parts, made), .vat = -1};
}

/* Half up, a minus aside: in whole numbers, without the code that is tested. */
static int64_t rounded(int64_t amount, int64_t units)
{
    return amount < 0 ? -((-amount + units / 2) / units) : (amount + units / 2) / units;
}

/* Lines' net amounts and each rate's VAT, summed in any order, make the same total to the cent. */
static void an_invoice_adds_up(void **state)
{
    random_t random = {14};
    (void)state;
    for (int n = 0; n < ROUNDS / 2; n++) {
        wp_vat_t lines[LINES], breakdown[LINES];
        wp_date_t period[2] = {wp_date_make(2026, 1, 1) + (wp_date_t)random_between(&random, 0, 1000), 0};
        int64_t total = 0, expected = 0, nets[RATES] = {0};
        size_t count = (size_t)random_between(&random, 1, LINES);
        period[1] = period[0] + (wp_date_t)random_between(&random, 0, 92);
        for (size_t i = 0; i < count; i++) {
            int64_t exact;
            lines[i] = any_line(&random, period, &exact);
            assert_int_equal(lines[i].net, rounded(exact, 100000));
            expected += lines[i].net;
            for (size_t k = 0; k < RATES; k++)
                nets[k] += lines[i].rate == rates[k] ? lines[i].net : 0;
        }
        for (size_t k = 0; k < RATES; k++)
            expected += rounded(nets[k] * rates[k], 10000);
        size_t entries = wp_vat_sum(lines, count, breakdown);
        assert_in_range(entries, 1, RATES);
        for (size_t i = 0; i < entries; i++)
            total += breakdown[i].net + breakdown[i].vat;
        assert_int_equal(total, expected);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_amount_is_read_back),
        cmocka_unit_test(what_is_no_amount_is_refused),
        cmocka_unit_test(a_day_is_read_back_in_each_form),
        cmocka_unit_test(an_invoice_adds_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
