/* SPDX-License-Identifier: Apache-2.0 */
#include <apr_strings.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "ctl/ctl.h"
#include "data/date_text.h"
#include "service/case.h"
#include "domain/date.h"

#include "base/banned.h"

/* Cases: decisions that the portal must leave to people. This command lists, shows and settles them. */

enum { OPTION_SHOW = 256, OPTION_SETTLE, OPTION_HOW, OPTION_BY, OPTION_KIND, OPTION_SINCE, OPTION_JSON };

#define LISTED_MAX 10000

static const apr_getopt_option_t options[] =
    {{"show", OPTION_SHOW, 1, "one case, with what is needed to decide it"},
     {"settle", OPTION_SETTLE, 1, "settle this case; needs --how and --by"},
     {"how", OPTION_HOW, 1,
      "person_code: accepted, refused; account_conflict: moved, refused; payment: done, refunded, refused; "
      "statement: done, refused"},
     {"by", OPTION_BY, 1, "who decided"},
     {"kind", OPTION_KIND, 1, "list only cases of this kind"},
     {"since", OPTION_SINCE, 1, "list all that were opened from this day on (YYYY-MM-DD), including settled ones"},
     {"json", OPTION_JSON, 0, "as JSON, one object a line"},
     {NULL, 0, 0, NULL}};

static struct wishes_t {
    const char *shown, *settled, *how, *by, *kind, *since;
    bool json;
} wish;

static const char *take(int option, const char *value)
{
    const char **const places[] = {&wish.shown, &wish.settled, &wish.how, &wish.by, &wish.kind, &wish.since};
    wp_date_t day;

    if (option == OPTION_JSON)
        wish.json = true;
    else
        *places[option - OPTION_SHOW] = value;
    return option == OPTION_SINCE && !wp_date_parse_iso(value, &day) ? "--since takes a day, YYYY-MM-DD" : NULL;
}

/* --- showing --- */

static const char *const columns[] = {"case_id", "kind",    "reason", "opened", "account_id",
                                      "subject", "settled", "by",     "how",    NULL};

static const char *or_dash(const char *text)
{
    return text ? text : "-";
}

static void print_json(const wp_rows_t *rows, int row, const char *facts)
{
    json_t *object = json_object();

    for (int i = 0; columns[i]; i++) {
        const char *text = wp_row_text(rows, row, columns[i]);
        json_object_set_new(object, columns[i], text ? json_string(text) : json_null());
    }
    if (facts)
        json_object_set_new(object, "facts", json_loads(facts, 0, NULL));
    json_dumpf(object, stdout, JSON_COMPACT);
    putchar('\n');
    json_decref(object);
}

static void print_case(const wp_rows_t *rows, int row)
{
    const char *how = wp_row_text(rows, row, "how");

    printf("%s  %s  %s  %s  %s", wp_row_text(rows, row, "case_id"), wp_row_text(rows, row, "opened"),
           wp_row_text(rows, row, "kind"), wp_row_text(rows, row, "reason"),
           or_dash(wp_row_text(rows, row, "account_id")));
    if (how)
        printf("  %s  %s  %s", wp_row_text(rows, row, "settled"), how, or_dash(wp_row_text(rows, row, "by")));
    putchar('\n');
}

static apr_status_t read_list(wp_db_t *db, void *baton)
{
    wp_args_t *args = wp_args_make(wp_db_pool(db), NULL);

    wp_args_text(args, "kind", wish.kind);
    wp_args_text(args, "since", wish.since);
    wp_args_int(args, "size", LISTED_MAX);
    return wp_db_select(db, wish.since ? "case_since" : "case_waiting", args, baton);
}

static wp_ctl_exit_t print_list(wp_ctl_t *ctl)
{
    wp_rows_t *rows;
    apr_status_t status = wp_db_transact(ctl->source, WP_DB_READ, ctl->pool, read_list, &rows);

    for (int i = 0; status == APR_SUCCESS && i < rows->count; i++) {
        if (wish.json)
            print_json(rows, i, NULL);
        else
            print_case(rows, i);
    }
    return wp_ctl_exit_of(status);
}

static apr_status_t read_one(wp_db_t *db, const char *id, wp_rows_t **rows)
{
    wp_args_t *args = wp_args_make(wp_db_pool(db), NULL);

    wp_args_text(args, "case", id);
    return wp_db_select(db, "case_one", args, rows);
}

static apr_status_t read_shown(wp_db_t *db, void *baton)
{
    return read_one(db, wish.shown, baton);
}

static wp_ctl_exit_t no_such(const char *id)
{
    fprintf(stderr, "waterportalctl: %s: there is no such case; waterportalctl cases lists the open ones\n", id);
    return WP_CTL_USAGE;
}

static void print_facts(const char *facts)
{
    json_t *object = facts ? json_loads(facts, 0, NULL) : NULL, *value;
    const char *name;

    json_object_foreach(object, name, value) printf("%-12s%s\n", name, or_dash(json_string_value(value)));
    json_decref(object);
}

static wp_ctl_exit_t print_one(wp_ctl_t *ctl)
{
    wp_rows_t *rows;
    apr_status_t status = wp_db_transact(ctl->source, WP_DB_READ, ctl->pool, read_shown, &rows);

    if (status != APR_SUCCESS)
        return wp_ctl_exit_of(status);
    if (rows->count == 0)
        return no_such(wish.shown);
    const char *facts = wp_row_text(rows, 0, "facts");
    if (wish.json) {
        print_json(rows, 0, facts);
        return WP_CTL_DONE;
    }
    for (int i = 0; columns[i]; i++) {
        const char *text = wp_row_text(rows, 0, columns[i]);
        if (text)
            printf("%-12s%s\n", columns[i], text);
    }
    print_facts(facts);
    return WP_CTL_DONE;
}

/* --- settling --- */

static apr_status_t settle(wp_act_t *act, void *baton)
{
    const wp_case_decision_t decision = {wish.settled, wish.how, wish.by};
    wp_result_t *result = baton;

    *result = wp_result_of(WP_OUTCOME_NONE);
    apr_status_t status = wp_case_settle(act, &decision, result);
    return status == APR_SUCCESS && wp_result_is_against(result) ? WP_DB_ROLLBACK : status;
}

static const char *words_of(const wp_result_t *result)
{
    static const struct {
        const char *detail, *words;
    } conflicts[] = {{WP_CASE_SETTLED, "this case is settled already"},
                     {WP_CASE_ERASED, "the account was erased"},
                     {WP_CASE_OVERTAKEN, "this can no longer be done: an account already has the code or the login is "
                                         "gone, so that the case can only be refused; or billing has booked the "
                                         "credit"}};

    for (size_t i = 0; i < sizeof conflicts / sizeof *conflicts; i++) {
        if (result->detail && strcmp(result->detail, conflicts[i].detail) == 0)
            return conflicts[i].words;
    }
    return "no case of this kind can be settled like this; see waterportalctl --help";
}

static wp_ctl_exit_t settle_one(wp_ctl_t *ctl)
{
    wp_result_t result;

    if (!wish.how || !wish.by || wish.by[strspn(wish.by, " ")] == '\0') {
        fprintf(stderr, "waterportalctl: --settle needs --how and --by\n");
        return WP_CTL_USAGE;
    }
    apr_status_t status = wp_ctl_act(ctl, ctl->pool, settle, &result);
    if (status == WP_DB_ROLLBACK && result.outcome == WP_OUTCOME_UNKNOWN)
        return no_such(wish.settled);
    if (status == WP_DB_ROLLBACK) {
        fprintf(stderr, "waterportalctl: %s: %s. Nothing was changed\n", wish.settled, words_of(&result));
        return WP_CTL_USAGE;
    }
    if (status == APR_SUCCESS)
        printf("%s  %s\n", wish.settled, wish.how);
    return wp_ctl_exit_of(status);
}

static wp_ctl_exit_t run(wp_ctl_t *ctl)
{
    wp_ctl_exit_t code = wp_ctl_open(ctl);
    if (code != WP_CTL_DONE)
        return code;
    return wish.settled ? settle_one(ctl) : wish.shown ? print_one(ctl) : print_list(ctl);
}

const wp_ctl_command_t wp_ctl_cases = {"cases", "lists what people must decide; --show one, --settle it", options, take,
                                       run};
