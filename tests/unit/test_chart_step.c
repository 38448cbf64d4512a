/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "sections/overview/period.h"

#include "base/banned.h"

static void four_steps_reach_the_highest_bar(void **state)
{
    (void)state;
    static const struct {
        int64_t highest, step;
    } cases[] = {{INT64_MIN, 10}, {-1, 10},  {0, 10},    {40, 10},        {41, 20},
                 {81, 25},        {101, 50}, {201, 100}, {100000, 25000}, {100001, 50000}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(wp_chart_step(cases[i].highest), cases[i].step);
}

/* A sum of billing may be anything; the scale was looked for until it overflowed, and on. */
static void there_is_a_scale_for_any_number(void **state)
{
    (void)state;
    for (int64_t highest = INT64_MAX; highest > 0; highest /= 3) {
        int64_t step = wp_chart_step(highest);
        assert_true(step >= highest / 4 && (step <= INT64_MAX / 4 || step == highest / 4 + 1));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(four_steps_reach_the_highest_bar),
                                       cmocka_unit_test(there_is_a_scale_for_any_number)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
