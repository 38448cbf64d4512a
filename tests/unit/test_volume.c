/* SPDX-License-Identifier: Apache-2.0 */
/* The rules case by case stand in tests/vectors/volume.json; here is what holds for all values. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "domain/volume.h"
#include "unit/random.h"

#include "base/banned.h"

static void what_is_formatted_is_read_back(void **state)
{
    (void)state;
    static const int64_t step[] = {1000, 100, 10, 1}; /* litres of the last place */
    for (int decimals = 0; decimals <= WP_VOLUME_DECIMALS_MAX; decimals++) {
        for (int64_t n = 1; n * step[decimals] < 1000000000000; n = n * 7 / 3 + 1) {
            int64_t litres = n * step[decimals];
            int64_t back = -1;
            char text[WP_VOLUME_SIZE];
            wp_volume_format(litres, decimals, text);
            assert_int_equal(wp_volume_parse(text, strlen(text), 9, decimals, &back), WP_VOLUME_OK);
            assert_int_equal(back, litres);
        }
    }
}

static void formats_fixed_decimals(void **state)
{
    (void)state;
    static const struct {
        int64_t litres;
        int decimals;
        const char *text;
    } cases[] = {{0, 0, "0"},
                 {0, 3, "0.000"},
                 {1, 3, "0.001"},
                 {999, 0, "0"},
                 {1202219, 3, "1202.219"},
                 {1202219, 2, "1202.21"},
                 {1202219, 1, "1202.2"},
                 {-500, 3, "-0.500"},
                 {-500, 0, "0"},
                 {-12345, 1, "-12.3"},
                 {INT64_MIN, 3, "-9223372036854775.808"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[WP_VOLUME_SIZE];
        wp_volume_format(cases[i].litres, cases[i].decimals, text);
        assert_string_equal(text, cases[i].text);
    }
}

/* The text is a slice of a form body: neither end is a NUL. */
static void reads_no_byte_past_the_length(void **state)
{
    (void)state;
    int64_t litres;
    assert_int_equal(wp_volume_parse("12345", 2, 5, 0, &litres), WP_VOLUME_OK);
    assert_int_equal(litres, 12000);
    assert_int_equal(wp_volume_parse("1 202", 3, 5, 0, &litres), WP_VOLUME_NOT_A_NUMBER);
    assert_int_equal(wp_volume_parse("12\0", 3, 5, 0, &litres), WP_VOLUME_NOT_A_NUMBER);
    assert_int_equal(wp_volume_parse("7\xE2\x80\x89", 3, 5, 0, &litres), WP_VOLUME_NOT_A_NUMBER);
    assert_int_equal(litres, 0);
}

/* "001 202,5 " in one of the ways people write 1202.5. */
static size_t spell(random_t *random, const char *canonical, char *typed)
{
    static const char *const spaces[] = {" ", "\xC2\xA0", "\xE2\x80\x89", "\xE2\x80\xAF"};
    size_t whole = strcspn(canonical, "."), used = 0;
    bool grouped = random_next(random) % 2 == 0;

    typed[0] = '\0';
    for (int64_t blanks = random_between(random, 0, 2); blanks > 0; blanks--)
        strncat(typed, spaces[random_next(random) % 4], 3);
    used = strlen(typed);
    for (int64_t zeros = grouped ? 0 : random_between(random, 0, 4); zeros > 0; zeros--)
        typed[used++] = '0';
    for (size_t i = 0; canonical[i] != '\0'; i++) {
        const char *separator = grouped && i > 0 && i < whole && (whole - i) % 3 == 0 ? spaces[random_next(random) % 4]
                                                                                      : "";
        memcpy(typed + used, separator, strlen(separator));
        used += strlen(separator);
        typed[used++] = canonical[i] == '.' && random_next(random) % 2 ? ',' : canonical[i];
    }
    memcpy(typed + used, "\t", 2);
    return used + random_next(random) % 2;
}

static void every_spelling_is_the_same_volume(void **state)
{
    (void)state;
    random_t random = {1};
    for (int n = 0; n < 200000; n++) {
        char canonical[WP_VOLUME_SIZE], typed[80];
        int decimals = (int)random_between(&random, 0, 3);
        int64_t unit = decimals == 0 ? 1000 : decimals == 1 ? 100 : decimals == 2 ? 10 : 1, back = -1;
        int64_t litres = (int64_t)(random_next(&random) % 1000000000000 >> random_next(&random) % 40) / unit * unit;
        wp_volume_format(litres, decimals, canonical);
        size_t length = spell(&random, canonical, typed);
        assert_int_equal(wp_volume_parse(typed, length, 9, decimals, &back), WP_VOLUME_OK);
        assert_int_equal(back, litres);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_is_formatted_is_read_back),
                                       cmocka_unit_test(every_spelling_is_the_same_volume),
                                       cmocka_unit_test(formats_fixed_decimals),
                                       cmocka_unit_test(reads_no_byte_past_the_length)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
