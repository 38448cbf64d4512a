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

/* A quadrennium with its leap day, and a century without one. */
static const int first_years[] = {2024, 2098};

static void check_day(const wp_window_spec_t *spec, wp_date_t day, const wp_window_t *yesterday)
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
}

static void check_spec(const char *text)
{
    wp_window_spec_t spec;
    if (!wp_window_parse(text, &spec))
        return;
    for (size_t i = 0; i < sizeof first_years / sizeof *first_years; i++) {
        wp_date_t last = wp_date_make(first_years[i] + 4, 12, 31);
        for (wp_date_t day = wp_date_make(first_years[i], 1, 1); day <= last; day++) {
            wp_window_t yesterday = wp_window_at(&spec, wp_riga_day_start(day - 1));
            check_day(&spec, day, &yesterday);
        }
    }
}

static void windows_follow_each_other(void **state)
{
    (void)state;
    char text[16];
    for (int first = 1; first <= 31; first += first < 26 ? 3 : 1) {
        for (int last = 1; last <= 31; last += last < 26 ? 3 : 1) {
            snprintf(text, sizeof text, "%d-%d", first, last);
            check_spec(text);
        }
        snprintf(text, sizeof text, "%d-%dwd", first, first % 9 + 1);
        check_spec(text);
    }
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
                                       cmocka_unit_test(a_refused_text_changes_nothing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
