/* SPDX-License-Identifier: Apache-2.0 */
/* The rules case by case stand in tests/vectors/tariff.json; here is what holds for any tariffs. The QR code's text. */
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

/* Whatever the tariffs: the parts follow each other without a gap, their litres add up, and the sum lies between the
 * lowest and the highest price. */
static void test_laws(void **state)
{
    random_t random = {20261126};
    (void)state;
    for (int round = 0; round < 100000; round++) {
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
        int64_t net = wp_tariff_net(parts, made), least = wp_money_line(litres, litres < 0 ? high : low),
                most = wp_money_line(litres, litres < 0 ? low : high);
        assert_true(least <= net && net <= most);
    }
}

static void test_the_text_of_a_code(void **state)
{
    char text[WP_EPC_SIZE], long_name[80];
    wp_epc_t epc = {.bic = "DEMOLV22",
                    .name = "SIA „Pilsētas ūdens”",
                    .iban = "LV45DEMO0000000080008",
                    .cents = 4137,
                    .reference = "RF18539007547034"};
    (void)state;
    assert_true(wp_epc_format(&epc, text));
    assert_string_equal(
        text, "BCD\n002\n1\nSCT\nDEMOLV22\nSIA „Pilsētas ūdens”\nLV45DEMO0000000080008\nEUR41.37\n\nRF18539007547034");
    epc.reference = NULL;
    assert_true(wp_epc_format(&epc, text));
    assert_string_equal(text, "BCD\n002\n1\nSCT\nDEMOLV22\nSIA „Pilsētas ūdens”\nLV45DEMO0000000080008\nEUR41.37");
    epc.reference = "";
    assert_true(wp_epc_format(&epc, text));
    assert_string_equal(text, "BCD\n002\n1\nSCT\nDEMOLV22\nSIA „Pilsētas ūdens”\nLV45DEMO0000000080008\nEUR41.37");
    epc.bic = NULL;
    epc.reference = NULL;
    epc.text = "26/10-45127";
    assert_true(wp_epc_format(&epc, text));
    assert_string_equal(text,
                        "BCD\n002\n1\nSCT\n\nSIA „Pilsētas ūdens”\nLV45DEMO0000000080008\nEUR41.37\n\n\n26/10-45127");
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

/* The size counts what is sent: 331 bytes with a reference fit, though the line end of the text would make 332. */
static void test_the_size_of_a_code(void **state)
{
    char text[WP_EPC_SIZE], reference[WP_EPC_SIZE];
    (void)state;
    for (size_t length = 1; length < sizeof reference; length++) {
        memset(reference, 'R', length);
        reference[length] = '\0';
        wp_epc_t epc = {.name = "N", .iban = "LV45DEMO0000000080008", .cents = 1, .reference = reference};
        size_t whole = strlen("BCD\n002\n1\nSCT\n\nN\nLV45DEMO0000000080008\nEUR0.01\n\n") + length;
        assert_int_equal(wp_epc_format(&epc, text), whole < WP_EPC_SIZE);
        assert_int_equal(strlen(text), whole < WP_EPC_SIZE ? whole : 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_laws),
        cmocka_unit_test(test_the_text_of_a_code),
        cmocka_unit_test(test_the_size_of_a_code),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
