/* SPDX-License-Identifier: Apache-2.0 */
/* The rules case by case stand in tests/vectors/readings.json; here is what holds for every meter's life. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "domain/reading/check.h"
#include "domain/reading/names.h"
#include "fuzz/reading_laws.h"
#include "unit/random.h"

#include "base/banned.h"

#define LIVES     200000
#define BYTES_MAX 512

static void the_laws_hold_for_random_lives(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= LIVES; seed++) {
        random_t random = {seed};
        uint8_t bytes[BYTES_MAX];
        for (size_t i = 0; i < sizeof bytes; i++)
            bytes[i] = (uint8_t)random_next(&random);
        const char *broken = reading_law_broken(&(fuzz_bytes_t){bytes, sizeof bytes});
        if (broken)
            fail_msg("seed %llu: %s", (unsigned long long)seed, broken);
    }
}

/* A counter of three digits that runs for years through every place where it turns over. */
static void a_rollover_is_counted_as_the_water_that_ran(void **state)
{
    (void)state;
    const wp_meter_t meter = {.digits = 3, .decimals = 0};
    for (int64_t last = 0; last < 1000; last++) {
        for (int64_t use = 0; use < 500; use += 7) {
            int64_t shown = (last + use) % 1000;
            wp_reading_t entries[] = {{.on = 0, .litres = last * 1000, .device = 1},
                                      {.on = 30, .litres = shown * 1000, .device = 1}};
            wp_meter_history_t history;
            wp_meter_history_make(&history, &meter, entries, 2);
            assert_int_equal(history.count, 1);
            assert_true(history.steps[0].known);
            assert_int_equal(history.steps[0].use, use * 1000);
            assert_int_equal(history.steps[0].rolled, shown < last);
        }
    }
}

/* Every threshold keeps to its bounds, and a wrong value changes nothing. */
static void thresholds_keep_to_their_bounds(void **state)
{
    (void)state;
    for (const wp_reading_policy_field_t *field = wp_reading_policy_fields; field->name; field++) {
        wp_reading_policy_t policy = wp_reading_policy_default;
        const int *value = (const int *)((const char *)&policy + field->offset);
        assert_ptr_equal(wp_reading_policy_find(field->name), field);
        assert_int_equal(*value, field->initial);
        assert_in_range(field->initial, field->least, field->most);
        assert_false(wp_reading_policy_set(&policy, field, (long)field->least - 1));
        assert_false(wp_reading_policy_set(&policy, field, (long)field->most + 1));
        assert_memory_equal(&policy, &wp_reading_policy_default, sizeof policy);
        assert_true(wp_reading_policy_set(&policy, field, field->least));
        assert_int_equal(*value, field->least);
        assert_true(wp_reading_policy_set(&policy, field, field->most));
        assert_int_equal(*value, field->most);
    }
    assert_null(wp_reading_policy_find("no-such-threshold"));
}

/* A form posts back what it was asked, and nothing else: a refusal cannot be confirmed. */
static void only_questions_are_confirmed(void **state)
{
    static const struct {
        wp_reading_code_t code;
        bool question, mistake;
    } known[] = {{WP_CODE_NONE, false, false},
                 {WP_CODE_REMOTE, false, false},
                 {WP_CODE_SWAP_START_ABOVE, false, false},
                 {WP_CODE_BELOW, false, false},
                 {WP_CODE_EXCHANGED, true, true},
                 {WP_CODE_ROLLOVER_UNLIKELY, true, true},
                 {WP_CODE_USE_AFTER_ZERO, true, false},
                 {WP_CODE_SEASON_LOW, true, false}};
    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        wp_reading_code_t code = WP_CODE_NONE;
        assert_int_equal(wp_reading_code_is_question(known[i].code), known[i].question);
        assert_int_equal(wp_reading_code_is_mistake(known[i].code), known[i].mistake);
        assert_int_equal(wp_reading_code_parse(wp_reading_code_name(known[i].code), &code), known[i].question);
        assert_int_equal(code, known[i].question ? known[i].code : WP_CODE_NONE);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_laws_hold_for_random_lives),
                                       cmocka_unit_test(a_rollover_is_counted_as_the_water_that_ran),
                                       cmocka_unit_test(thresholds_keep_to_their_bounds),
                                       cmocka_unit_test(only_questions_are_confirmed)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
