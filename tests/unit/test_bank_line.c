/* SPDX-License-Identifier: Apache-2.0 */
/* What processes know together of the banks they ask. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "portal/bank_line.h"

#include "base/banned.h"

#define NOW 1000000

static int make(void **state)
{
    *state = calloc(1, wp_bank_lines_size());
    return *state ? 0 : -1;
}

static int drop(void **state)
{
    free(*state);
    return 0;
}

static void a_bank_that_is_silent_is_left_alone(void **state)
{
    for (int i = 0; i < WP_BANK_FAILURES; i++) {
        assert_true(wp_bank_line_take(*state, "a", NOW));
        wp_bank_line_done(*state, "a", NOW, false);
    }
    assert_false(wp_bank_line_take(*state, "a", NOW + WP_BANK_AWAY_MS - 1));
    assert_true(wp_bank_line_take(*state, "b", NOW));
}

static void one_asks_for_all_whether_it_is_back(void **state)
{
    const int64_t later = NOW + WP_BANK_AWAY_MS;

    for (int i = 0; i < WP_BANK_FAILURES; i++)
        wp_bank_line_done(*state, "a", NOW, false);
    assert_true(wp_bank_line_take(*state, "a", later));
    assert_false(wp_bank_line_take(*state, "a", later));
    /* one that was killed while it asked is not waited for longer than the others */
    assert_false(wp_bank_line_take(*state, "a", later + WP_BANK_AWAY_MS - 1));
    assert_true(wp_bank_line_take(*state, "a", later + WP_BANK_AWAY_MS));
    wp_bank_line_done(*state, "a", later + WP_BANK_AWAY_MS, false);
    assert_false(wp_bank_line_take(*state, "a", later + WP_BANK_AWAY_MS + 1));
    wp_bank_line_done(*state, "a", later, true);
    for (int i = 0; i < 20; i++)
        assert_true(wp_bank_line_take(*state, "a", later));
}

static void failures_in_a_row_count(void **state)
{
    for (int i = 0; i < 20; i++) {
        assert_true(wp_bank_line_take(*state, "a", NOW));
        wp_bank_line_done(*state, "a", NOW, i % WP_BANK_FAILURES == 0);
    }
}

static void an_order_is_asked_about_with_pauses(void **state)
{
    int asked = 0;

    assert_true(wp_bank_order_take(*state, "x", NOW));
    wp_bank_order_answered(*state, "x", NOW);
    for (int64_t now = NOW; now <= NOW + 60000; now += 100) {
        if (wp_bank_order_take(*state, "x", now)) {
            wp_bank_order_answered(*state, "x", now);
            asked++;
        }
    }
    assert_int_equal(asked, 60000 / WP_ORDER_STEP_MS);
    assert_true(wp_bank_order_take(*state, "y", NOW));
}

/* Somebody who comes back while the bank has a failure is not asked to wait in vain. */
static void what_failed_may_be_tried_again_a_few_times(void **state)
{
    for (int i = 0; i < WP_ORDER_AT_ONCE; i++)
        assert_true(wp_bank_order_take(*state, "x", NOW));
    assert_false(wp_bank_order_take(*state, "x", NOW));
    assert_true(wp_bank_order_take(*state, "x", NOW + WP_ORDER_STEP_MS));
    assert_false(wp_bank_order_take(*state, "x", NOW + WP_ORDER_STEP_MS));
}

static void places_of_orders_long_ago_are_taken_again(void **state)
{
    char name[20];
    int refused = 0;

    for (int i = 0; i < 100000; i++) {
        snprintf(name, sizeof name, "order%d", i);
        refused += !wp_bank_order_take(*state, name, NOW + i * 10);
        if (i % 100 == 0)
            assert_true(wp_bank_order_take(*state, name, NOW + i * 10));
    }
    assert_int_equal(refused, 0);
}

typedef struct race_t {
    wp_bank_lines_t *lines;
    int taken;
} race_t;

static void *race(void *baton)
{
    race_t *one = baton;
    for (int i = 0; i < 10000; i++)
        one->taken += wp_bank_order_take(one->lines, "x", NOW) +
                      wp_bank_line_take(one->lines, "a", NOW + WP_BANK_AWAY_MS);
    return NULL;
}

static void threads_at_once_are_counted(void **state)
{
    race_t races[8];
    pthread_t threads[8];
    int taken = 0;

    for (int i = 0; i < WP_BANK_FAILURES; i++)
        wp_bank_line_done(*state, "a", NOW, false);
    for (int i = 0; i < 8; i++) {
        races[i] = (race_t){*state, 0};
        pthread_create(&threads[i], NULL, race, &races[i]);
    }
    for (int i = 0; i < 8; i++) {
        pthread_join(threads[i], NULL);
        taken += races[i].taken;
    }
    assert_int_equal(taken, WP_ORDER_AT_ONCE + 1);
}

static void one_line_a_minute(void **state)
{
    int lines = 0;
    int64_t left_out = 0, all = 0;

    for (int64_t now = NOW; now < NOW + 5 * WP_BANK_LOG_MS; now += 1000) {
        if (wp_bank_line_may_log(*state, "a", now, &left_out)) {
            lines++;
            all += left_out;
        }
    }
    assert_int_equal(lines, 5);
    assert_int_equal(all, 4 * (WP_BANK_LOG_MS / 1000 - 1));
    wp_bank_line_well(*state, "a");
    assert_true(wp_bank_line_may_log(*state, "a", NOW + 5 * WP_BANK_LOG_MS - 1, &left_out));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make, drop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_bank_that_is_silent_is_left_alone),
        TEST(one_asks_for_all_whether_it_is_back),
        TEST(failures_in_a_row_count),
        TEST(an_order_is_asked_about_with_pauses),
        TEST(what_failed_may_be_tried_again_a_few_times),
        TEST(places_of_orders_long_ago_are_taken_again),
        TEST(threads_at_once_are_counted),
        TEST(one_line_a_minute),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
