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
#include "unit/random.h"

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

static size_t make_body(random_t *random, const char *characters, size_t longest, char *body)
{
    size_t length = (size_t)random_between(random, 1, (int64_t)longest);
    for (size_t i = 0; i < length; i++)
        body[i] = characters[random_next(random) % strlen(characters)];
    body[length] = '\0';
    return length;
}

/* ISO 7064 MOD 97-10 finds every wrong digit and every exchange of two neighbours; each is tried on random
 * references. */
static void rf_finds_every_slip_of_a_digit(void **state)
{
    (void)state;
    random_t random = {6};
    for (int n = 0; n < 20000; n++) {
        char body[WP_RF_BODY_MAX + 1], rf[WP_RF_SIZE], typed[WP_RF_SIZE], back[WP_RF_SIZE];
        make_body(&random, "0123456789", WP_RF_BODY_MAX, body);
        assert_true(wp_rf_make(body, rf));
        size_t length = strlen(rf), at = (size_t)random_between(&random, 2, (int64_t)length - 1);
        memcpy(typed, rf, sizeof typed);
        typed[at] = (char)('0' + random_next(&random) % 10);
        assert_int_equal(wp_rf_parse(typed, length, back) == WP_REFERENCE_OK, typed[at] == rf[at]);
        memcpy(typed, rf, sizeof typed);
        at = at < 4 ? 4 : at;
        if (at + 1 < length) {
            typed[at] = rf[at + 1];
            typed[at + 1] = rf[at];
            assert_int_equal(wp_rf_parse(typed, length, back) == WP_REFERENCE_OK, rf[at] == rf[at + 1]);
        }
    }
}

/* Small letters and groups of four make no difference. */
static void rf_is_read_as_it_is_printed(void **state)
{
    (void)state;
    random_t random = {7};
    for (int n = 0; n < 20000; n++) {
        char body[WP_RF_BODY_MAX + 1], rf[WP_RF_SIZE], typed[2 * WP_RF_SIZE], back[WP_RF_SIZE];
        size_t used = 0;
        make_body(&random, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", WP_RF_BODY_MAX, body);
        assert_true(wp_rf_make(body, rf));
        for (size_t i = 0; rf[i] != '\0'; i++) {
            if (i > 0 && i % 4 == 0)
                typed[used++] = ' ';
            bool small = rf[i] >= 'A' && random_next(&random) % 2;
            typed[used++] = small ? (char)(rf[i] - 'A' + 'a') : rf[i];
        }
        assert_int_equal(wp_rf_parse(typed, used, back), WP_REFERENCE_OK);
        assert_string_equal(back, rf);
    }
}

/* 7, 3 and 1 are coprime to 10: one wrong digit is always found. */
static void check731_finds_every_wrong_digit(void **state)
{
    (void)state;
    random_t random = {8};
    for (int n = 0; n < 20000; n++) {
        char body[WP_CHECK731_SIZE], reference[WP_CHECK731_SIZE], typed[WP_CHECK731_SIZE], back[WP_CHECK731_SIZE];
        make_body(&random, "0123456789", WP_CHECK731_SIZE - 2, body);
        assert_true(wp_check731_make(body, reference));
        memcpy(typed, reference, sizeof typed);
        size_t at = random_next(&random) % strlen(reference);
        typed[at] = (char)('0' + random_next(&random) % 10);
        bool same = typed[at] == reference[at];
        assert_int_equal(wp_check731_parse(typed, strlen(typed), back),
                         same ? WP_REFERENCE_OK : WP_REFERENCE_WRONG_CHECK);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_is_made_agrees),
                                       cmocka_unit_test(one_wrong_digit_is_always_found),
                                       cmocka_unit_test(rf_finds_every_slip_of_a_digit),
                                       cmocka_unit_test(rf_is_read_as_it_is_printed),
                                       cmocka_unit_test(check731_finds_every_wrong_digit)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
