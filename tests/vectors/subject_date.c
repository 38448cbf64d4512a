/* SPDX-License-Identifier: Apache-2.0 */
#include "vectors/subjects.h"

#include <stdio.h>
#include <string.h>

#include "domain/date.h"

#include "base/banned.h"

static json_t *date_answer(bool valid, wp_date_t date)
{
    static const char *const weekdays[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    if (!valid)
        return json_pack("{s:b}", "valid", 0);

    char back[WP_DATE_SIZE];
    wp_date_format_iso(date, back);
    wp_civil_t c = wp_date_split(date);
    return json_pack("{s:b, s:i, s:s, s:i, s:s, s:b}", "valid", 1, "days", (int)date, "text", back, "days_in_month",
                     wp_date_days_in_month(c.year, c.month), "weekday", weekdays[wp_date_weekday(date) - 1],
                     "working_day", wp_date_is_working_day(date));
}

static json_t *instant_answer(const char *text)
{
    wp_instant_t instant;
    if (!wp_instant_parse(text, &instant))
        return json_pack("{s:b}", "valid", 0);

    char back[WP_INSTANT_SIZE], riga[WP_INSTANT_SIZE], day_start[WP_INSTANT_SIZE];
    wp_instant_format(instant, back);
    wp_instant_format(wp_riga_day_start(wp_riga_date(instant)), day_start);
    wp_civil_t c = wp_riga_split(instant);
    snprintf(riga, sizeof riga, "%04u-%02u-%02uT%02u:%02u:%02u", (unsigned)c.year % 10000, (unsigned)c.month % 100,
             (unsigned)c.day % 100, (unsigned)c.hour % 100, (unsigned)c.minute % 100, (unsigned)c.second % 100);
    return json_pack("{s:b, s:I, s:s, s:s, s:s}", "valid", 1, "seconds", (json_int_t)instant, "text", back, "riga",
                     riga, "day_start", day_start);
}

static json_t *later_answer(bool valid, wp_date_t date, const json_t *months)
{
    char later[WP_DATE_SIZE];
    if (!valid || !json_is_integer(months))
        return NULL;
    wp_date_format_iso(wp_date_add_months(date, (int)json_integer_value(months)), later);
    return json_pack("{s:s}", "later", later);
}

/* {date} and {months} → {later}: the same day so many months later, or the month's last
 * {date} or {typed} → {valid, days?, text?, days_in_month?, weekday?, working_day?}
 * {instant} → {valid, seconds?, text?, riga?, day_start?}: day_start in UTC, of the day it is in Riga */
json_t *wp_subject_date(const json_t *input)
{
    const char *date = json_string_value(json_object_get(input, "date"));
    const char *typed = json_string_value(json_object_get(input, "typed"));
    const char *instant = json_string_value(json_object_get(input, "instant"));
    wp_date_t day = 0;
    bool valid = date ? wp_date_parse_iso(date, &day) : typed && wp_date_parse(typed, &day);
    json_t *months = json_object_get(input, "months");
    if (date && months)
        return later_answer(valid, day, months);
    if (date || typed)
        return date_answer(valid, day);
    return !instant ? NULL : instant_answer(instant);
}
