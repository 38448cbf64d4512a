/* SPDX-License-Identifier: Apache-2.0 */
/* Consumption by month, quarter or year (docs/vectors.md). */
#include "vectors/subjects.h"

#include <string.h>

#include "domain/consumption.h"

#include "base/banned.h"

#define ENTRIES_MAX 100
#define MONTHS_MAX  (40 * 12)
#define SPANS_MAX   20

static wp_month_use_t months[MONTHS_MAX], one_months[MONTHS_MAX];
static wp_span_t spans[SPANS_MAX];

static bool read_month(json_t *text, wp_month_t *month)
{
    return json_is_string(text) && wp_month_parse(json_string_value(text), month);
}

/* [on, litres or null, kind, device = 1, rolled = false, digits = those of the meter] */
static bool read_entry(json_t *entry, wp_reading_t *reading)
{
    json_t *litres = json_array_get(entry, 1);
    const char *on = json_string_value(json_array_get(entry, 0));
    const char *kind = json_string_value(json_array_get(entry, 2));

    *reading = (wp_reading_t){.litres = json_integer_value(litres), .device = 1};
    if (json_array_size(entry) > 3)
        reading->device = (int)json_integer_value(json_array_get(entry, 3));
    reading->rolled = json_is_true(json_array_get(entry, 4));
    reading->digits = (int)json_integer_value(json_array_get(entry, 5));
    return on && wp_date_parse_iso(on, &reading->on) && kind && wp_reading_kind_parse(kind, &reading->kind) &&
           (json_is_integer(litres) || reading->kind == WP_READING_MISSING);
}

static bool read_day(json_t *text, wp_date_t *day)
{
    return json_is_string(text) && wp_date_parse_iso(json_string_value(text), day);
}

/* since, until: from when to when there was a meter; not given: nothing is expected */
static bool expect_days(wp_consumption_t *one, json_t *point)
{
    json_t *since = json_object_get(point, "since"), *until = json_object_get(point, "until");
    wp_date_t days[2];

    if (!since && !until)
        return true;
    if (!read_day(since, &days[0]) || !read_day(until, &days[1]))
        return false;
    wp_consumption_expect(one, days[0], days[1]);
    return true;
}

static bool add_point(wp_consumption_t *c, json_t *point)
{
    static wp_reading_t entries[ENTRIES_MAX];
    static wp_meter_step_t room[ENTRIES_MAX];
    json_t *history = json_object_get(point, "history");
    wp_meter_t meter = {0};
    size_t count = json_array_size(history);

    if (!json_is_array(history) || count > ENTRIES_MAX ||
        json_unpack(point, "{s:{s:i, s:i}}", "meter", "digits", &meter.digits, "decimals", &meter.decimals) < 0)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!read_entry(json_array_get(history, i), &entries[i]))
            return false;
    wp_consumption_t one = *c;
    one.months = memset(one_months, 0, sizeof one_months);
    wp_consumption_add(&one, &meter, entries, count, room);
    c->span_count = one.span_count;
    if (!expect_days(&one, point))
        return false;
    wp_consumption_merge(c, &one);
    return true;
}

static int read_group(const json_t *by)
{
    const char *name = !by ? "month" : json_string_value(by);
    if (!name)
        return 0;
    return strcmp(name, "month") == 0 ? 1 : strcmp(name, "quarter") == 0 ? 3 : strcmp(name, "year") == 0 ? 12 : 0;
}

static json_t *date_json(wp_date_t date)
{
    char text[WP_DATE_SIZE];
    wp_date_format_iso(date, text);
    return json_string(text);
}

static json_t *month_json(wp_month_t month)
{
    char text[WP_MONTH_SIZE];
    wp_month_format(month, text);
    return json_string(text);
}

static json_t *write_sum(const wp_use_sum_t *sum)
{
    json_t *object = json_pack("{s:I, s:I, s:i, s:i, s:i, s:i, s:I}", "litres", (json_int_t)sum->litres, "estimated",
                               (json_int_t)sum->estimated, "days", sum->days, "estimated_days", sum->estimated_days,
                               "missing_days", sum->missing_days, "length", sum->length, "per_day",
                               (json_int_t)wp_use_per_day(sum));
    json_object_set_new(object, "whole", json_boolean(wp_use_is_whole(sum)));
    if (sum->has_usual)
        json_object_set_new(object, "usual", json_integer(sum->usual));
    if (sum->swaps > 0)
        json_object_set_new(object, "swap_on", date_json(sum->swap_on));
    return object;
}

static json_t *write_spans(const wp_consumption_t *c)
{
    json_t *list = json_array();
    for (size_t i = 0; i < c->span_count; i++) {
        json_t *one = json_pack("{s:s, s:o, s:o}", "kind", wp_span_kind_name(c->spans[i].kind), "from_on",
                                date_json(c->spans[i].from_on), "to_on", date_json(c->spans[i].to_on));
        if (c->spans[i].kind != WP_SPAN_UNKNOWN)
            json_object_set_new(one, "litres", json_integer(c->spans[i].litres));
        json_array_append_new(list, one);
    }
    return list;
}

static bool read_range(json_t *range, wp_month_t months_of[2])
{
    return json_array_size(range) == 2 && read_month(json_array_get(range, 0), &months_of[0]) &&
           read_month(json_array_get(range, 1), &months_of[1]);
}

/* left_out: the pairs that do not count, by their numbers from 0 */
static json_t *write_comparison(const wp_consumption_t *c, const wp_month_t these[2], const wp_month_t those[2])
{
    wp_use_comparison_t comparison;
    json_t *left_out = json_array();

    wp_consumption_compare(c, these, those, &comparison);
    for (int i = 0; i < comparison.pairs; i++)
        if (!wp_consumption_pair_counts(c, these, those, i))
            json_array_append_new(left_out, json_integer(i));
    return json_pack("{s:i, s:i, s:o, s:o, s:o}", "pairs", comparison.pairs, "counted", comparison.counted, "left_out",
                     left_out, "these", write_sum(&comparison.these), "those", write_sum(&comparison.those));
}

/* Months from 1995 on, so that what is usual has its past. */
json_t *wp_subject_consumption(const json_t *input)
{
    wp_consumption_t c = {.first = wp_month_make(1995, 1),
                          .count = MONTHS_MAX,
                          .months = months,
                          .spans = spans,
                          .span_room = SPANS_MAX};
    json_t *points = json_object_get(input, "points");
    int group = read_group(json_object_get(input, "by"));
    wp_month_t from, until;
    json_t *list, *point;
    size_t i;

    memset(months, 0, sizeof months);
    if (!read_month(json_object_get(input, "from"), &from) || !read_month(json_object_get(input, "until"), &until) ||
        group == 0 || !json_is_array(points))
        return NULL;
    json_array_foreach(points, i, point) if (!add_point(&c, point)) return NULL;
    list = json_array();
    for (wp_month_t first = from; first <= until;) {
        wp_month_t last = wp_month_group_end(first, group, until);
        wp_use_sum_t sum = wp_consumption_sum(&c, first, last);
        json_t *one = write_sum(&sum);
        json_object_set_new(one, "from", month_json(first));
        json_object_set_new(one, "until", month_json(last));
        json_array_append_new(list, one);
        first = last + 1;
    }
    wp_use_sum_t all = wp_consumption_sum(&c, from, until);
    json_t *answer = json_pack("{s:o, s:o, s:o}", "periods", list, "sum", write_sum(&all), "spans", write_spans(&c));
    wp_month_t these[2], those[2];
    if (read_range(json_object_get(input, "these"), these) && read_range(json_object_get(input, "those"), those))
        json_object_set_new(answer, "comparison", write_comparison(&c, these, those));
    return answer;
}
