/* SPDX-License-Identifier: Apache-2.0 */
#include "vectors/subjects.h"

#include "domain/window.h"

#include "base/banned.h"

static void set_date(json_t *output, const char *key, wp_date_t date)
{
    char text[WP_DATE_SIZE];
    wp_date_format_iso(date, text);
    json_object_set_new(output, key, json_string(text));
}

/* {spec} → {valid}; {spec, now} → {valid, open, from, until, next_from, next_until, key, days_left} */
json_t *wp_subject_window(const json_t *input)
{
    const char *text = json_string_value(json_object_get(input, "spec"));
    const char *at = json_string_value(json_object_get(input, "now"));
    wp_window_spec_t spec;
    wp_instant_t now;
    if (!text || (at && !wp_instant_parse(at, &now)))
        return NULL;
    if (!wp_window_parse(text, &spec))
        return json_pack("{s:b}", "valid", 0);
    if (!at)
        return json_pack("{s:b}", "valid", 1);

    wp_window_t window = wp_window_at(&spec, now);
    json_t *output = json_pack("{s:b, s:b, s:s, s:i}", "valid", 1, "open", window.open, "key", window.key, "days_left",
                               window.days_left);
    set_date(output, "from", window.from);
    set_date(output, "until", window.until);
    set_date(output, "next_from", window.next_from);
    set_date(output, "next_until", window.next_until);
    return output;
}
