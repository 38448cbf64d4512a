/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include <apr_general.h>
#include <jansson.h>

#include "sections/readings/script_data.h"

#include "base/banned.h"

/* What is written by hand is read back by jansson. */

static apr_pool_t *pool;

static json_t *written(const char *meter_id, const wp_reading_input_t *input)
{
    json_error_t error;
    json_t *read = json_loads(wp_reading_script_data(pool, meter_id, input), JSON_REJECT_DUPLICATES, &error);
    if (!read)
        fail_msg("%s: %s", wp_reading_script_data(pool, meter_id, input), error.text);
    return read;
}

static wp_reading_input_t input_of(const wp_reading_t *history, size_t count, const wp_reading_policy_t *policy)
{
    return (wp_reading_input_t){.meter = {.digits = 5, .decimals = 3},
                                .history = history,
                                .history_count = count,
                                .on = wp_date_make(2026, 11, 26),
                                .today = wp_date_make(2026, 11, 27),
                                .policy = policy};
}

static void assert_json(json_t *got, const char *expected)
{
    char *text = json_dumps(got, JSON_COMPACT | JSON_ENCODE_ANY);
    assert_string_equal(text, expected);
    free(text);
}

static void writes_what_the_rules_need(void **state)
{
    (void)state;
    wp_reading_t history[] =
        {{.on = wp_date_make(2026, 8, 1), .litres = 99999999, .kind = WP_READING_READ, .device = 1},
         {.on = wp_date_make(2026, 9, 1), .litres = 0, .kind = WP_READING_MISSING, .device = 1},
         {.on = wp_date_make(2026, 10, 1), .litres = 12, .kind = WP_READING_ESTIMATED, .device = 2},
         {.on = wp_date_make(2026, 11, 1), .litres = -7, .kind = WP_READING_STAFF, .device = 1, .rolled = true},
         {.on = wp_date_make(2026, 11, 2), .litres = 1, .kind = WP_READING_SWAP_END, .device = 1, .digits = 4},
         {.on = wp_date_make(2026, 11, 2), .litres = 2, .kind = WP_READING_READ, .device = 1, .digits = 5}};
    wp_reading_input_t input = input_of(history, 6, &wp_reading_policy_default);
    json_t *read = written("M\"1\\ā", &input);

    assert_string_equal(json_string_value(json_object_get(read, "id")), "M\"1\\ā");
    assert_json(json_object_get(read, "meter"), "{\"digits\":5,\"decimals\":3}");
    assert_json(json_object_get(read, "on"), "\"2026-11-26\"");
    assert_json(json_object_get(read, "today"), "\"2026-11-27\"");
    assert_json(json_object_get(read, "history"),
                "[[\"2026-08-01\",99999999,\"read\"],[\"2026-09-01\",null,\"missing\"],"
                "[\"2026-10-01\",12,\"estimated\",2],[\"2026-11-01\",-7,\"staff\",1,true],"
                "[\"2026-11-02\",1,\"swap_end\",1,false,4],[\"2026-11-02\",2,\"read\"]]");
    assert_null(json_object_get(read, "policy"));
    json_decref(read);
}

static void writes_the_latest_entries_and_changed_thresholds_only(void **state)
{
    (void)state;
    wp_reading_t history[40];
    wp_reading_policy_t policy = wp_reading_policy_default;
    const wp_reading_policy_field_t *first = &wp_reading_policy_fields[0], *second = &wp_reading_policy_fields[1];

    for (int i = 0; i < 40; i++)
        history[i] = (wp_reading_t){.on = wp_date_make(2026, 1, 1) + i,
                                    .litres = INT64_MAX - 40 + i,
                                    .kind = WP_READING_SWAP_START,
                                    .device = INT_MAX - i,
                                    .rolled = true,
                                    .digits = INT_MAX - i};
    *(int *)((char *)&policy + first->offset) = first->initial + 1;
    *(int *)((char *)&policy + second->offset) = second->initial + 1;
    wp_reading_input_t input = input_of(history, 40, &policy);
    json_t *read = written("", &input), *entries = json_object_get(read, "history"),
           *changed = json_object_get(read, "policy");

    assert_int_equal(json_array_size(entries), 26);
    assert_true(json_integer_value(json_array_get(json_array_get(entries, 25), 1)) == INT64_MAX - 1);
    assert_int_equal(json_object_size(changed), 2);
    assert_int_equal(json_integer_value(json_object_get(changed, first->name)), first->initial + 1);
    assert_int_equal(json_integer_value(json_object_get(changed, second->name)), second->initial + 1);
    json_decref(read);
}

static void has_room_for_every_threshold(void **state)
{
    (void)state;
    wp_reading_policy_t policy = wp_reading_policy_default;
    size_t count = 0;
    for (const wp_reading_policy_field_t *field = wp_reading_policy_fields; field->name; field++, count++)
        *(int *)((char *)&policy + field->offset) = INT_MIN;
    wp_reading_input_t input = input_of(NULL, 0, &policy);
    json_t *read = written("M1", &input);
    assert_int_equal(json_object_size(json_object_get(read, "policy")), count);
    assert_json(json_object_get(read, "history"), "[]");
    json_decref(read);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {cmocka_unit_test(writes_what_the_rules_need),
                                              cmocka_unit_test(writes_the_latest_entries_and_changed_thresholds_only),
                                              cmocka_unit_test(has_room_for_every_threshold)};
    apr_initialize();
    apr_pool_create(&pool, NULL);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    apr_pool_destroy(pool);
    return failed;
}
