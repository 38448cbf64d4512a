/* SPDX-License-Identifier: Apache-2.0 */
#include "sections/readings/script_data.h"

#include <apr_strings.h>
#include <string.h>

#include "base/json_pool.h"

#include "base/banned.h"

/* the number of latest entries in the page: two years of monthly readings, including the season */
#define ENTRIES_MAX 26

/* Written directly, without a tree of values: a page has a hundred entries, and the tree cost an eighth of the whole
 * page. The only text that is not the portal's own, a meter's id, goes through jansson. The buffer has room for the
 * greatest length of everything. */
#define INT_MAX_CHARS    20
#define NAME_MAX_CHARS   40
#define ENTRY_MAX_CHARS  (sizeof "[\"YYYY-MM-DD\",,\"\",,false,]," + NAME_MAX_CHARS + 3 * INT_MAX_CHARS)
#define POLICY_MAX_CHARS (NAME_MAX_CHARS + INT_MAX_CHARS + sizeof "\"\":,")
#define REST_MAX_CHARS   400

static char *put(char *to, const char *text)
{
    size_t length = strlen(text);
    memcpy(to, text, length);
    return to + length;
}

static char *put_int(char *to, int64_t value)
{
    char digits[INT_MAX_CHARS];
    int count = 0;
    uint64_t rest = value < 0 ? -(uint64_t)value : (uint64_t)value;

    do
        digits[count++] = (char)('0' + rest % 10);
    while ((rest /= 10) > 0);
    if (value < 0)
        *to++ = '-';
    while (count > 0)
        *to++ = digits[--count];
    return to;
}

static char *put_date(char *to, wp_date_t day)
{
    *to++ = '"';
    wp_date_format_iso(day, to);
    to += WP_DATE_SIZE - 1;
    *to++ = '"';
    return to;
}

/* [on, litres or null, kind, device, rolled, digits]; default values at the end are omitted */
static char *put_entry(char *to, const wp_reading_t *reading, const wp_meter_t *meter)
{
    bool own_digits = reading->digits > 0 && reading->digits != meter->digits;
    to = put_date(put(to, "["), reading->on);
    to = put(to, ",");
    to = reading->kind == WP_READING_MISSING ? put(to, "null") : put_int(to, reading->litres);
    to = put(put(put(to, ",\""), wp_reading_kind_name(reading->kind)), "\"");
    if (reading->device != 1 || reading->rolled || own_digits)
        to = put_int(put(to, ","), reading->device);
    if (reading->rolled || own_digits)
        to = put(to, reading->rolled ? ",true" : ",false");
    if (own_digits)
        to = put_int(put(to, ","), reading->digits);
    return put(to, "]");
}

static char *put_history(char *to, const wp_reading_input_t *input)
{
    size_t first = input->history_count > ENTRIES_MAX ? input->history_count - ENTRIES_MAX : 0;

    to = put(to, "[");
    for (size_t i = first; i < input->history_count; i++)
        to = put_entry(i > first ? put(to, ",") : to, &input->history[i], &input->meter);
    return put(to, "]");
}

/* Only the thresholds that the utility changed. */
static char *put_policy(char *to, const wp_reading_policy_t *thresholds)
{
    const char *before = ",\"policy\":{\"", *after = "";

    for (const wp_reading_policy_field_t *field = wp_reading_policy_fields; field->name; field++) {
        int value = *(const int *)((const char *)thresholds + field->offset);
        if (value == field->initial)
            continue;
        to = put_int(put(put(put(to, before), field->name), "\":"), value);
        before = ",\"";
        after = "}";
    }
    return put(to, after);
}

static size_t policy_size(void)
{
    size_t size = 0;
    for (const wp_reading_policy_field_t *field = wp_reading_policy_fields; field->name; field++)
        size += POLICY_MAX_CHARS;
    return size;
}

static const char *quoted(apr_pool_t *pool, const char *text)
{
    const char *written = wp_json_text(pool, json_string(text));
    return written ? written : "\"\"";
}

const char *wp_reading_script_data(apr_pool_t *pool, const char *meter_id, const wp_reading_input_t *input)
{
    const char *id = quoted(pool, meter_id);
    size_t entries = input->history_count > ENTRIES_MAX ? ENTRIES_MAX : input->history_count;
    char *text = apr_palloc(pool, strlen(id) + entries * ENTRY_MAX_CHARS + policy_size() + REST_MAX_CHARS);
    char *to = put(put(text, "{\"id\":"), id);

    to = put_int(put(to, ",\"meter\":{\"digits\":"), input->meter.digits);
    to = put_int(put(to, ",\"decimals\":"), input->meter.decimals);
    to = put_date(put(to, "},\"on\":"), input->on);
    to = put_date(put(to, ",\"today\":"), input->today);
    to = put_history(put(to, ",\"history\":"), input);
    to = put(put_policy(to, input->policy), "}");
    *to = '\0';
    return text;
}
