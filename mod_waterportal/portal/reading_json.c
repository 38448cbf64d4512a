/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/reading_json.h"

#include <apr_strings.h>
#include <jansson.h>
#include <stdlib.h>

#include "base/banned.h"

/* So many of the latest entries go into the page: two years of monthly readings, the season included. */
#define ENTRIES_MAX 26

static json_t *date(wp_date_t day)
{
    char text[WP_DATE_SIZE];
    wp_date_format_iso(day, text);
    return json_string(text);
}

/* [on, litres or null, kind, device, rolled]; what is the default at the end is left out */
static json_t *entry(const wp_reading_t *reading)
{
    json_t *list = json_array();
    json_array_append_new(list, date(reading->on));
    json_array_append_new(list, reading->kind == WP_READING_MISSING ? json_null() : json_integer(reading->litres));
    json_array_append_new(list, json_string(wp_reading_kind_name(reading->kind)));
    if (reading->device != 1 || reading->rolled)
        json_array_append_new(list, json_integer(reading->device));
    if (reading->rolled)
        json_array_append_new(list, json_true());
    return list;
}

static json_t *history(const wp_reading_input_t *input)
{
    json_t *list = json_array();
    size_t first = input->history_count > ENTRIES_MAX ? input->history_count - ENTRIES_MAX : 0;
    for (size_t i = first; i < input->history_count; i++)
        json_array_append_new(list, entry(&input->history[i]));
    return list;
}

/* Only the thresholds that the utility changed. */
static json_t *policy(const wp_reading_policy_t *thresholds)
{
    json_t *object = json_object();
    for (const wp_reading_policy_field_t *field = wp_reading_policy_fields; field->name; field++) {
        int value = *(const int *)((const char *)thresholds + field->offset);
        if (value != field->initial)
            json_object_set_new(object, field->name, json_integer(value));
    }
    return object;
}

const char *wp_reading_json(apr_pool_t *pool, const char *meter_id, const wp_reading_input_t *input)
{
    json_t *thresholds = policy(input->policy);
    json_t *check = json_pack("{s:s, s:{s:i, s:i}, s:o, s:o, s:o}", "id", meter_id, "meter", "digits", input->meter.digits,
                              "decimals", input->meter.decimals, "on", date(input->on), "today", date(input->today), "history",
                              history(input));
    if (json_object_size(thresholds) > 0)
        json_object_set(check, "policy", thresholds);
    json_decref(thresholds);

    char *made = json_dumps(check, JSON_COMPACT);
    const char *text = made ? apr_pstrdup(pool, made) : NULL;
    free(made);
    json_decref(check);
    return text;
}
