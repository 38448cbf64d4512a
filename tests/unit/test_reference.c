/* SPDX-License-Identifier: Apache-2.0 */
/* The rules case by case stand in tests/vectors/{iban,rf,check731}.json; here is what check digits are for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "domain/reference.h"

#include "base/banned.h"

static void what_is_made_agrees(void **state)
{
    (void)state;
    for (uint64_t n = 1; n < 1000000000000000000; n = n * 11 / 7 + 3) {
        char body[WP_RF_BODY_MAX + 1], rf[WP_RF_SIZE], back[WP_RF_SIZE], reference[WP_CHECK731_SIZE];
        snprintf(body, sizeof body, "%llu", (unsigned long long)n);
        assert_true(wp_rf_make(body, rf));
        assert_string_equal(rf + 4, body);
        assert_int_equal(wp_rf_parse(rf, strlen(rf), back), WP_REFERENCE_OK);
        assert_string_equal(back, rf);
        assert_true(wp_check731_make(body, reference));
        assert_int_equal(wp_check731_parse(reference, strlen(reference), reference), WP_REFERENCE_OK);
    }
}

static void one_wrong_digit_is_always_found(void **state)
{
    (void)state;
    static const char right[] = "LV80BANK0000435195001";
    char iban[WP_IBAN_SIZE];
    for (size_t at = 8; at < strlen(right); at++) {
        for (char digit = '0'; digit <= '9'; digit++) {
            char typed[sizeof right];
            memcpy(typed, right, sizeof right);
            typed[at] = digit;
            bool same = digit == right[at];
            assert_int_equal(wp_iban_parse(typed, strlen(typed), iban),
                             same ? WP_REFERENCE_OK : WP_REFERENCE_WRONG_CHECK);
            assert_string_equal(iban, same ? right : "");
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_is_made_agrees),
                                       cmocka_unit_test(one_wrong_digit_is_always_found)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
