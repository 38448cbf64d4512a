/* SPDX-License-Identifier: Apache-2.0 */
/* The reading rules. Input is the <check> of the page document and what the person typed (docs/vectors.md). */
#include "vectors/subjects.h"

#include <string.h>

#include "domain/reading/check.h"
#include "domain/reading/names.h"

#include "base/banned.h"

#define METERS_MAX    24
#define CONFIRMED_MAX 8

typedef struct check_t {
    wp_reading_t history[64];
    wp_reading_confirmation_t confirmed[CONFIRMED_MAX];
    wp_reading_policy_t policy;
} check_t;

static bool read_date(const json_t *text, wp_date_t *date)
{
    return json_is_string(text) && wp_date_parse_iso(json_string_value(text), date);
}

/* [on, litres or null, kind, device = 1, rolled = false, digits = those of the meter] */
static bool read_entry(json_t *entry, wp_reading_t *reading)
{
    json_t *litres = json_array_get(entry, 1);
    const char *kind = json_string_value(json_array_get(entry, 2));

    reading->device = json_array_size(entry) > 3 ? (int)json_integer_value(json_array_get(entry, 3)) : 1;
    reading->rolled = json_is_true(json_array_get(entry, 4));
    reading->digits = (int)json_integer_value(json_array_get(entry, 5));
    reading->litres = json_integer_value(litres);
    return kind && wp_reading_kind_parse(kind, &reading->kind) && read_date(json_array_get(entry, 0), &reading->on) &&
           (json_is_integer(litres) || reading->kind == WP_READING_MISSING);
}

static bool read_history(json_t *history, check_t *check, wp_reading_input_t *input)
{
    size_t i;
    json_t *entry;
    if (json_array_size(history) > sizeof check->history / sizeof *check->history)
        return false;
    json_array_foreach(history, i, entry) if (!read_entry(entry, &check->history[i])) return false;
    input->history = check->history;
    input->history_count = json_array_size(history);
    return true;
}

static bool read_policy(json_t *policy, check_t *check, wp_reading_input_t *input)
{
    const char *name;
    json_t *value;
    check->policy = wp_reading_policy_default;
    json_object_foreach(policy, name, value)
    {
        const wp_reading_policy_field_t *field = wp_reading_policy_find(name);
        if (!field || !json_is_integer(value) ||
            !wp_reading_policy_set(&check->policy, field, (long)json_integer_value(value)))
            return false;
    }
    if (policy)
        input->policy = &check->policy;
    return true;
}

static bool read_answer(json_t *answer, wp_reading_answer_t *a)
{
    const char *what = json_string_value(json_object_get(answer, "what"));
    json_t *on = json_object_get(answer, "on");
    a->end = json_string_value(json_object_get(answer, "end"));
    a->start = json_string_value(json_object_get(answer, "start"));
    a->has_on = on != NULL;
    return (!what || wp_reading_what_parse(what, &a->what)) && (!on || read_date(on, &a->on));
}

static bool read_confirmed(json_t *confirmed, check_t *check, wp_reading_input_t *input)
{
    size_t i;
    json_t *one;
    if (json_array_size(confirmed) > CONFIRMED_MAX)
        return false;
    json_array_foreach(confirmed, i, one)
    {
        const char *code = json_string_value(json_object_get(one, "code"));
        json_t *value = json_object_get(one, "value");
        if (!code || !json_is_integer(value) || !wp_reading_code_parse(code, &check->confirmed[i].code))
            return false;
        check->confirmed[i].litres = json_integer_value(value);
    }
    input->confirmed = check->confirmed;
    input->confirmed_count = json_array_size(confirmed);
    return true;
}

static bool read_check(json_t *json, check_t *check, wp_reading_input_t *input)
{
    json_t *meter = json_object_get(json, "meter");
    json_t *closed = json_object_get(json, "closed");
    *input = (wp_reading_input_t){.closed = json_is_true(closed)};
    input->meter.remote = json_is_true(json_object_get(meter, "remote"));
    input->typed = json_string_value(json_object_get(json, "typed"));
    return json_unpack(meter, "{s:i, s:i}", "digits", &input->meter.digits, "decimals", &input->meter.decimals) == 0 &&
           read_date(json_object_get(json, "on"), &input->on) &&
           read_date(json_object_get(json, "today"), &input->today) &&
           read_history(json_object_get(json, "history"), check, input) &&
           read_policy(json_object_get(json, "policy"), check, input) &&
           read_answer(json_object_get(json, "answer"), &input->answer) &&
           read_confirmed(json_object_get(json, "confirmed"), check, input);
}

/* ---- the answer */

static json_t *write_args(const wp_reading_args_t *args)
{
    json_t *object = json_object();
    for (size_t i = 0; i < args->count; i++) {
        char date[WP_DATE_SIZE];
        if (args->list[i].type == WP_ARG_DATE) {
            wp_date_format_iso((wp_date_t)args->list[i].value, date);
            json_object_set_new(object, args->list[i].name, json_string(date));
        } else {
            json_object_set_new(object, args->list[i].name, json_integer(args->list[i].value));
        }
    }
    return object;
}

static json_t *write_findings(const wp_reading_result_t *result, const json_t *others)
{
    json_t *list = json_array();
    for (size_t i = 0; i < result->finding_count; i++) {
        const wp_reading_finding_t *f = &result->findings[i];
        json_t *one = json_pack("{s:s, s:o}", "code", wp_reading_code_name(f->code), "args", write_args(&f->args));
        if (f->other >= 0)
            json_object_set(one, "other", json_object_get(json_array_get(others, (size_t)f->other), "id"));
        if (f->confirmed)
            json_object_set_new(one, "confirmed", json_true());
        json_array_append_new(list, one);
    }
    return list;
}

static json_t *write_choices(const wp_reading_result_t *result)
{
    json_t *list = json_array();
    for (size_t i = 0; i < result->choice_count; i++) {
        const wp_reading_choice_t *choice = &result->choices[i];
        json_t *one = json_pack("{s:s, s:o}", "code", wp_reading_what_name(choice->what), "args",
                                write_args(&choice->args));
        if (choice->unlikely)
            json_object_set_new(one, "unlikely", json_true());
        json_array_append_new(list, one);
    }
    return list;
}

static json_t *write_flags(unsigned flags)
{
    json_t *list = json_array();
    for (int i = 0; i < WP_FLAG_COUNT; i++)
        if (flags >> i & 1u)
            json_array_append_new(list, json_string(wp_reading_flag_name((wp_reading_flag_t)i)));
    return list;
}

/* Members that have nothing to tell are left out. */
static void set_list(json_t *object, const char *name, json_t *list)
{
    if (json_array_size(list) > 0)
        json_object_set(object, name, list);
    json_decref(list);
}

static json_t *write_result(const wp_reading_result_t *r, const json_t *others)
{
    json_t *object = json_pack("{s:s}", "verdict", wp_reading_verdict_name(r->verdict));
    char since[WP_DATE_SIZE];

    if (r->has_litres)
        json_object_set_new(object, "litres", json_integer(r->litres));
    if (r->has_use) {
        wp_date_format_iso(r->since, since);
        json_object_set_new(object, "use", json_integer(r->use));
        json_object_set_new(object, "days", json_integer(r->days));
        json_object_set_new(object, "since", json_string(since));
    }
    set_list(object, "findings", write_findings(r, others));
    set_list(object, "choices", write_choices(r));
    set_list(object, "flags", write_flags(r->flags));
    if (r->leak != WP_LEAK_NONE)
        json_object_set_new(object, "leak",
                            json_pack("{s:s, s:o}", "certainty", wp_leak_name(r->leak), "args",
                                      write_args(&r->leak_args)));
    return object;
}

json_t *wp_subject_readings(const json_t *input)
{
    static check_t checks[METERS_MAX]; /* one case at a time */
    wp_reading_input_t own, form[METERS_MAX];
    json_t *others = json_object_get(input, "others");
    wp_reading_result_t result;

    memset(checks, 0, sizeof checks);
    if (json_array_size(others) >= METERS_MAX || !read_check((json_t *)input, &checks[METERS_MAX - 1], &own))
        return NULL;
    for (size_t i = 0; i < json_array_size(others); i++)
        if (!read_check(json_array_get(others, i), &checks[i], &form[i]))
            return NULL;
    own.form = form;
    own.form_count = json_array_size(others);
    wp_reading_check(&own, &result);
    return write_result(&result, others);
}
