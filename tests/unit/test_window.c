/* SPDX-License-Identifier: Apache-2.0 */
/* The rules case by case stand in tests/vectors/window.json; here is what holds for every window on every day. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "domain/window.h"

#include "base/banned.h"

static wp_window_t check_day(const wp_window_spec_t *spec, wp_date_t day, const wp_window_t *yesterday)
{
    wp_window_t window = wp_window_at(spec, wp_riga_day_start(day));
    wp_window_t evening = wp_window_at(spec, wp_riga_day_start(day + 1) - 1);

    assert_int_equal(window.open, evening.open); /* nothing changes between two midnights */
    assert_int_equal(window.from, evening.from);
    assert_true(window.from <= day && day < window.next_from);
    assert_true(window.from <= window.until && window.until < window.next_from &&
                window.next_from <= window.next_until);
    assert_int_equal(window.open, day <= window.until);
    assert_int_equal(window.days_left, window.open ? window.until - day : 0);
    if (window.from == yesterday->from) {
        assert_string_equal(window.key, yesterday->key);
    } else {
        assert_int_equal(window.from, yesterday->next_from);
        assert_int_equal(window.until, yesterday->next_until);
        assert_true(strcmp(window.key, yesterday->key) > 0);
    }
    return window;
}

/* The billing month is the one it begins in, or the one before. */
static void check_key(const wp_window_spec_t *spec, const wp_window_t *window)
{
    char key[WP_DATE_SIZE];
    wp_civil_t begins = wp_date_split(window->from);
    wp_date_format_iso(window->from - (spec->months_before ? begins.day : 0), key);
    assert_memory_equal(window->key, key, WP_WINDOW_KEY_SIZE - 1);
}

static void check_spec(const char *text, int first_year)
{
    wp_window_spec_t spec;
    if (!wp_window_parse(text, &spec))
        return;
    wp_date_t day = wp_date_make(first_year, 1, 1), last = wp_date_make(first_year + 4, 12, 31);
    wp_window_t window = wp_window_at(&spec, wp_riga_day_start(day - 1));
    for (; day <= last; day++) {
        window = check_day(&spec, day, &window);
        check_key(&spec, &window);
    }
}

static void check_all_specs(int first_year)
{
    char text[24];
    for (int first = 1; first <= 31; first++) {
        for (int last = 1; last <= 31; last++) {
            /* the month it serves makes no difference to its days: each suffix with a third of them */
            static const char *const suffixes[] = {"", ":this", ":previous"};
            snprintf(text, sizeof text, "%d-%d%s", first, last, suffixes[(first + last) % 3]);
            check_spec(text, first_year);
        }
        for (int last = 1; last <= 9; last++) {
            snprintf(text, sizeof text, "%d-%dwd", first, last);
            check_spec(text, first_year);
        }
    }
}

static void windows_follow_each_other(void **state)
{
    (void)state;
    check_all_specs(2024); /* with its leap day */
}

static void windows_follow_each_other_over_a_century(void **state)
{
    (void)state;
    check_all_specs(2098); /* 2100 has none */
}

static void a_refused_text_changes_nothing(void **state)
{
    (void)state;
    wp_window_spec_t spec = {.first = 7, .last = 9};
    assert_false(wp_window_parse("20-last:", &spec));
    assert_int_equal(spec.first, 7);
    assert_int_equal(spec.last, 9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(windows_follow_each_other),
                                       cmocka_unit_test(windows_follow_each_other_over_a_century),
                                       cmocka_unit_test(a_refused_text_changes_nothing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
