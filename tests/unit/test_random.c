/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <apr_general.h>
#include <apr_hash.h>
#include <string.h>

#include "crypto/random.h"

#include "base/banned.h"

static apr_pool_t *pool;

static int set_up(void **state)
{
    (void)state;
    return apr_initialize() == APR_SUCCESS && apr_pool_create(&pool, NULL) == APR_SUCCESS ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    apr_pool_destroy(pool);
    apr_terminate();
    return 0;
}

static void an_id_has_128_bits(void **state)
{
    (void)state;
    bool seen[32] = {false};

    for (int i = 0; i < 1000; i++) {
        const char *id = wp_random_id(pool);
        assert_int_equal(strspn(id, "abcdefghijklmnopqrstuvwxyz234567"), WP_ID_LENGTH);
        assert_int_equal(strlen(id), WP_ID_LENGTH);
        for (const char *c = id; *c; c++)
            seen[*c >= 'a' ? *c - 'a' : *c - '2' + 26] = true;
    }
    for (int i = 0; i < 32; i++)
        assert_true(seen[i]);
    assert_true(WP_ID_LENGTH * 5 >= 128);
}

/* A remainder of a byte makes 0 to 5 likelier by a twenty-fifth: of a million digits each would come 1,560 times too
 * often, and 6 to 9 2,340 times too rarely. The standard deviation is 300. */
static void no_digit_is_likelier(void **state)
{
    (void)state;
    enum { DIGITS = 1000000, EXPECTED = DIGITS / 10, MOST_OFF = 1500 };
    const char *digits = wp_random_digits(pool, DIGITS);
    int counts[10] = {0};

    assert_int_equal(strspn(digits, "0123456789"), DIGITS);
    assert_int_equal(digits[DIGITS], '\0');
    for (int i = 0; i < DIGITS; i++)
        counts[digits[i] - '0']++;
    for (int i = 0; i < 10; i++)
        assert_in_range(counts[i], EXPECTED - MOST_OFF, EXPECTED + MOST_OFF);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(an_id_has_128_bits), cmocka_unit_test(no_digit_is_likelier)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
