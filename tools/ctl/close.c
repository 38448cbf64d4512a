/* SPDX-License-Identifier: Apache-2.0 */
#include <apr_strings.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "ctl/ctl.h"
#include "domain/date.h"
#include "domain/money.h"
#include "service/day_close.h"

#include "base/banned.h"

/* The accountant's day close (service/day_close.h), printed for people or as JSON. */

enum { OPTION_DAY = 256, OPTION_PRELIMINARY, OPTION_JSON };

static const apr_getopt_option_t options[] = {{"day", OPTION_DAY, 1, "the day, YYYY-MM-DD, in Riga"},
                                              {"preliminary", OPTION_PRELIMINARY, 0,
                                               "also a day that is not over; nothing is stored"},
                                              {"json", OPTION_JSON, 0, "as JSON"},
                                              {NULL, 0, 0, NULL}};

static wp_date_t day;
static bool has_day, preliminary, as_json;

static const char *take(int option, const char *value)
{
    preliminary = preliminary || option == OPTION_PRELIMINARY;
    as_json = as_json || option == OPTION_JSON;
    if (option != OPTION_DAY)
        return NULL;
    has_day = wp_date_parse_iso(value, &day);
    return has_day ? NULL : "--day takes a day, YYYY-MM-DD";
}

/* --- for people --- */

static const struct {
    const char *name, *title;
} sums[] = {{"confirmed", "confirmed by banks"},
            {"statement", "on statements"},
            {"handed_over", "handed over"},
            {"booked", "booked by billing"}};
enum { SUMS = sizeof sums / sizeof *sums };

static const struct {
    const char *code, *words;
} reasons[] = {
    {"review", "it was not paid as it was ordered: decide in waterportalctl cases, or wait for the statement"},
    {"not_on_statement", "the bank confirmed it, but no statement that was read shows it"},
    {"other_statement", "the statement of another day shows it"},
    {"not_confirmed", "only the statement shows it: the bank sent no message"},
    {"confirmed_other", "the bank confirmed it for another day"},
    {"taken_back", "the bank took the money back"},
    {"odd_entry", "an entry of the statement settles nothing: see waterportalctl cases"},
    {"not_handed_over", "it was not handed over to billing yet: run waterportalctl export"},
    {"not_booked", "it was handed over, but billing does not show it"},
    {"booked_otherwise", "billing shows another amount"},
    {"booked_other", "billing shows it on another day"},
    {"tell_billing", "billing was given what no longer counts: correct it there"},
    {"refunded", "it was paid again, and the second payment was given back"},
    {"unknown", "billing shows it as the portal's, but the portal does not know it"},
    {"differs", "the amounts differ"},
};

static const char *money(int64_t cents)
{
    static char text[4][WP_MONEY_SIZE];
    static int next;

    next = (next + 1) % 4;
    wp_money_format(cents, text[next]);
    return text[next];
}

static int64_t number(const json_t *object, const char *name)
{
    return json_integer_value(json_object_get(object, name));
}

static void print_sums(const char *title, const json_t *object)
{
    printf("%-12s", title);
    for (int i = 0; i < SUMS; i++) {
        const json_t *sum = json_object_get(object, sums[i].name);
        printf("  %6lld %14s", (long long)number(sum, "count"), money(number(sum, "cents")));
    }
    printf("\n");
}

static const char *words_of(const char *code)
{
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
        if (strcmp(reasons[i].code, code) == 0)
            return reasons[i].words;
    }
    return code;
}

static void print_difference(const char *mark, const json_t *difference)
{
    const char *order = json_string_value(json_object_get(difference, "order"));
    const json_t *reason;
    size_t i;

    printf("%s  %s  %s", mark, order ? order : json_string_value(json_object_get(difference, "payment")),
           json_string_value(json_object_get(difference, "agreement")));
    for (int sum = 0; sum < SUMS; sum++)
        printf("  %s %s", sums[sum].title, money(number(difference, sums[sum].name)));
    json_array_foreach(json_object_get(difference, "reasons"), i, reason)
        printf("%s %s", i ? ";" : ":", words_of(json_string_value(reason)));
    printf("\n");
}

static bool is_among(const json_t *list, const json_t *one)
{
    const json_t *other;
    size_t i;

    json_array_foreach(list, i, other)
    {
        if (json_equal(other, one))
            return true;
    }
    return false;
}

static void print_missing(const char *mark, const json_t *from, const json_t *other)
{
    const json_t *one;
    size_t i;

    json_array_foreach(from, i, one)
    {
        if (!is_among(other, one))
            print_difference(mark, one);
    }
}

/* What is otherwise than it was stored: the total as it was, differences that went (-) and that came (+). */
static void print_changes(const json_t *now, const json_t *former)
{
    const json_t *lines = json_object_get(now, "differences"), *before = json_object_get(former, "differences");

    print_sums("total was", json_object_get(former, "total"));
    print_missing("-", before, lines);
    print_missing("+", lines, before);
}

static void print_result(const json_t *result)
{
    const json_t *one;
    size_t i;

    printf("%-12s", json_string_value(json_object_get(result, "day")));
    for (int sum = 0; sum < SUMS; sum++)
        printf("  %21s", sums[sum].title);
    printf("\n");
    json_array_foreach(json_object_get(result, "agreements"), i, one)
        print_sums(json_string_value(json_object_get(one, "agreement")), one);
    print_sums("total", json_object_get(result, "total"));
    json_array_foreach(json_object_get(result, "differences"), i, one) print_difference("difference", one);
}

/* --- the command --- */

typedef struct closing_t {
    wp_day_close_t close;
    wp_result_t result;
} closing_t;

static apr_status_t make(wp_act_t *act, void *baton)
{
    closing_t *closing = baton;
    return wp_day_close(act, day, &closing->close, &closing->result);
}

static bool is_preliminary(const closing_t *closing)
{
    return closing->result.outcome == WP_OUTCOME_REFUSED;
}

static void print_text(const closing_t *closing, const json_t *result, const json_t *former)
{
    const wp_day_close_t *close = &closing->close;

    print_result(result);
    printf("differences: %d, of which to be settled: %d\n", close->differences, close->open);
    if (is_preliminary(closing))
        printf("preliminary: the day is not over in Riga, and nothing was stored\n");
    else if (close->former)
        printf("changed since it was stored at %s\n", close->stored_at);
    else if (close->stored_at)
        printf("unchanged since it was stored at %s\n", close->stored_at);
    else
        printf("stored\n");
    if (close->former)
        print_changes(result, former);
}

static void print_json(const closing_t *closing, json_t *result, json_t *former)
{
    const wp_day_close_t *close = &closing->close;

    json_object_set_new(result, "preliminary", json_boolean(is_preliminary(closing)));
    json_object_set_new(result, "open", json_integer(close->open));
    json_object_set_new(result, "stored_at", close->stored_at ? json_string(close->stored_at) : json_null());
    json_object_set_new(result, "changed", json_boolean(close->former != NULL));
    json_object_set(result, "former", former ? former : json_null());
    json_dumpf(result, stdout, JSON_INDENT(1));
    printf("\n");
}

static wp_ctl_exit_t print(const closing_t *closing)
{
    const wp_day_close_t *close = &closing->close;
    json_t *result = json_loads(close->result, 0, NULL);
    json_t *former = close->former ? json_loads(close->former, 0, NULL) : NULL;

    if (as_json)
        print_json(closing, result, former);
    else
        print_text(closing, result, former);
    json_decref(former);
    json_decref(result);
    return close->open > 0 || close->former ? WP_CTL_PROBLEMS : WP_CTL_DONE;
}

static wp_ctl_exit_t run(wp_ctl_t *ctl)
{
    closing_t closing = {.result = {.outcome = WP_OUTCOME_NONE}};
    wp_ctl_exit_t code = has_day ? wp_ctl_open(ctl) : wp_ctl_complain("close needs --day");

    if (code != WP_CTL_DONE)
        return code;
    apr_status_t status = wp_ctl_act(ctl, ctl->pool, make, &closing);
    if (status != APR_SUCCESS)
        return wp_ctl_exit_of(status);
    if (is_preliminary(&closing) && !preliminary)
        return wp_ctl_complain("this day is not over yet in Riga: close it later, or look at it with --preliminary. "
                               "Nothing was stored");
    return print(&closing);
}

const wp_ctl_command_t wp_ctl_close = {"close", "the accountant's day close: four sums, and every difference", options,
                                       take, run};
