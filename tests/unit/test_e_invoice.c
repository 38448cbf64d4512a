/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "domain/e_invoice.h"

#include "base/banned.h"

static bool made(wp_e_invoice_t *invoice, int64_t net, int64_t vat, int64_t total, int64_t prepaid)
{
    const wp_billed_t billed = {.net = net, .vat = vat, .total = total, .prepaid = prepaid};
    const wp_vat_t breakdown[] = {{.category = 'S', .rate = 2100, .net = 1170, .vat = 246}};
    return wp_e_invoice_make(&billed, breakdown, 1, invoice);
}

static void what_adds_up_is_made(void **state)
{
    wp_e_invoice_t i;
    (void)state;
    assert_true(made(&i, 1170, 246, 1416, 0));
    assert_true(!i.credit && i.interest == 0 && i.exclusive == 1170 && i.prepaid == 0 && i.payable == 1416);
    assert_true(made(&i, 1170, 246, 1551, 0)); /* 1,35 interest */
    assert_true(i.interest == 135 && i.exclusive == 1305 && i.payable == 1551);
    assert_true(made(&i, 1170, 246, 1416, 2000)); /* more came before than was billed */
    assert_true(i.prepaid == 2000 && i.payable == -584);
}

static void what_does_not_is_not(void **state)
{
    wp_e_invoice_t i;
    const wp_billed_t nothing = {0};
    (void)state;
    assert_false(made(&i, 1171, 246, 1417, 0)); /* a cent that no line has */
    assert_false(made(&i, 1170, 247, 1417, 0)); /* VAT by line */
    assert_false(made(&i, 1170, 246, 1415, 0)); /* less than net and VAT */
    assert_false(made(&i, 1170, 246, -10, 0));
    assert_false(wp_e_invoice_make(&nothing, NULL, 0, &i)); /* no lines */
}

static void a_credit_note_mirrors_its_invoice(void **state)
{
    const wp_vat_t breakdown[] = {{.category = 'S', .rate = 2100, .net = -1170, .vat = -246}};
    const wp_billed_t back = {.net = -1170, .vat = -246, .total = -1551, .prepaid = 500},
                      odd = {.net = -1170, .vat = -246, .total = -1415};
    wp_e_invoice_t i;
    (void)state;
    assert_true(wp_e_invoice_make(&back, breakdown, 1, &i));
    assert_true(i.credit && i.interest == -135 && i.exclusive == -1305 && i.prepaid == 0 && i.payable == -1551);
    assert_false(wp_e_invoice_make(&odd, breakdown, 1, &i)); /* interest the other way round */
}

static void a_line_by_volume(void **state)
{
    (void)state;
    assert_true(wp_e_invoice_by_volume(10000, 11700, 1170));
    assert_true(wp_e_invoice_by_volume(-10000, 11700, -1170));
    assert_true(wp_e_invoice_by_volume(0, 11700, 0));
    assert_false(wp_e_invoice_by_volume(10000, 11700, 1171));
    assert_false(wp_e_invoice_by_volume(10000, -11700, -1170)); /* BR-27 */
}

static const char *endpoint(const char *own, const char *registration)
{
    static char text[WP_ENDPOINT_SIZE];
    const char *found = wp_e_invoice_endpoint(own, registration, text);
    return found ? found : "-";
}

static void an_address_in_the_network(void **state)
{
    (void)state;
    assert_string_equal(endpoint(NULL, NULL), "-");
    assert_string_equal(endpoint(NULL, "40003009497"), "0218:40003009497");
    assert_string_equal(endpoint("0088:4012345000009", "40003009497"), "0088:4012345000009");
    static const char *const none[] =
        {"",         "0218:",    "218:1",
         "0218 1",   "02180:1",  "klients@example.lv",
         "0218:1 2", "0218:1\n", "0218:1234567890123456789012345678901234567890123456789012345678901234567890"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        assert_string_equal(endpoint(none[i], "LT-77"), "-");
    assert_string_equal(endpoint("a@b.lv", "40003009497"), "0218:40003009497");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_adds_up_is_made), cmocka_unit_test(what_does_not_is_not),
                                       cmocka_unit_test(a_credit_note_mirrors_its_invoice),
                                       cmocka_unit_test(a_line_by_volume), cmocka_unit_test(an_address_in_the_network)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
