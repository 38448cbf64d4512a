/* SPDX-License-Identifier: Apache-2.0 */
#include <apr_strings.h>
#include <apr_time.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ctl/carriers.h"
#include "data/date_text.h"
#include "domain/contact.h"
#include "domain/date.h"
#include "notify/outbox.h"
#include "store/messages.h"

#include "base/banned.h"

enum {
    OPTION_SHOW = 256,
    OPTION_LIMIT,
    OPTION_DEAD,
    OPTION_PERSON,
    OPTION_JSON,
    OPTION_AGAIN,
    OPTION_TEST,
    OPTION_LANGUAGE
};

#define LIMIT_DEFAULT 100
#define LIMIT_MAX     10000

static const apr_getopt_option_t options[] =
    {{"show", OPTION_SHOW, 1, "print this message with recipient and arguments, including codes"},
     {"dead", OPTION_DEAD, 0, "list those that will not be sent, and why, the latest first"},
     {"person", OPTION_PERSON, 1, "list what was sent to this account or address, the latest first"},
     {"again", OPTION_AGAIN, 1, "send this one, which was given up, after all"},
     {"test", OPTION_TEST, 1, "put a test message to this address or telephone number into the outbox"},
     {"language", OPTION_LANGUAGE, 1, "of the test message"},
     {"json", OPTION_JSON, 0, "only figures: how many there are in each state, and since when"},
     {"limit", OPTION_LIMIT, 1, "list at most this many (100)"},
     {NULL, 0, 0, NULL}};

static const char *shown, *person, *again, *tested, *language;
static bool dead, as_json;
static int limit = LIMIT_DEFAULT;

static const char *take_limit(const char *value)
{
    char *end;
    limit = (int)strtol(value, &end, 10);
    return *end || end == value || limit < 1 || limit > LIMIT_MAX ? "--limit takes a number from 1 to 10000" : NULL;
}

static const char *take(int option, const char *value)
{
    const char **const texts[] = {[OPTION_SHOW - OPTION_SHOW] = &shown,
                                  [OPTION_PERSON - OPTION_SHOW] = &person,
                                  [OPTION_AGAIN - OPTION_SHOW] = &again,
                                  [OPTION_TEST - OPTION_SHOW] = &tested,
                                  [OPTION_LANGUAGE - OPTION_SHOW] = &language};

    if (option == OPTION_LIMIT)
        return take_limit(value);
    if (option == OPTION_DEAD)
        dead = true;
    else if (option == OPTION_JSON)
        as_json = true;
    else
        *texts[option - OPTION_SHOW] = value;
    return NULL;
}

static const char *now_text(apr_pool_t *pool)
{
    return wp_instant_text(pool, apr_time_sec(apr_time_now()));
}

/* --- lists --- */

/* rows: in the pool of the unit of work's caller. */
typedef struct look_t {
    const char *query;
    wp_rows_t *rows;
} look_t;

static apr_status_t look(wp_db_t *db, void *baton)
{
    look_t *wanted = baton;
    wp_args_t *args = wp_args_make(wp_db_pool(db), NULL);

    wp_args_int(args, "size", limit);
    wp_args_text(args, "message", shown);
    wp_args_text(args, "account", person);
    wp_args_text(args, "address", person);
    wp_args_text(args, "now", now_text(wp_db_pool(db)));
    return wp_db_select(db, wanted->query, args, &wanted->rows);
}

static wp_ctl_exit_t read_rows(wp_ctl_t *ctl, const char *query, wp_rows_t **rows)
{
    look_t wanted = {.query = query};
    apr_status_t status = wp_db_transact(ctl->source, WP_DB_READ, ctl->pool, look, &wanted);

    *rows = wanted.rows;
    return wp_ctl_exit_of(status);
}

/* The state of one that simply waits goes without saying. */
static void print_line(const wp_rows_t *rows, int row)
{
    char masked[WP_CONTACT_MASKED_SIZE];
    const char *state = wp_row_text(rows, row, "state"), *reason = wp_row_text(rows, row, "reason");
    bool waits = strcmp(state, "waiting") == 0 && !reason;

    wp_contact_mask(wp_row_text(rows, row, "recipient"), masked);
    printf("%s  %s  %-18s %-5s  %s  %s%s%s%s%s\n", wp_row_text(rows, row, "message_id"),
           wp_row_text(rows, row, "created_at"), wp_row_text(rows, row, "kind"), wp_row_text(rows, row, "channel"),
           wp_row_text(rows, row, "language"), masked, waits ? "" : "  ", waits ? "" : state, reason ? ": " : "",
           reason ? reason : "");
}

static wp_ctl_exit_t print_list(wp_ctl_t *ctl, const char *query)
{
    wp_rows_t *rows;
    wp_ctl_exit_t code = read_rows(ctl, query, &rows);

    for (int i = 0; code == WP_CTL_DONE && i < rows->count; i++)
        print_line(rows, i);
    return code;
}

static wp_ctl_exit_t print_message(wp_ctl_t *ctl)
{
    static const char *const columns[] = {"message_id", "created_at", "kind",   "channel", "recipient",  "language",
                                          "state",      "arguments",  "reason", "answer",  "settled_at", "due_at"};
    wp_rows_t *rows;
    wp_ctl_exit_t code = read_rows(ctl, "outbox_message", &rows);

    if (code != WP_CTL_DONE)
        return code;
    if (rows->count == 0)
        return wp_ctl_complain(apr_psprintf(ctl->pool, "there is no message %s", shown));
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        const char *text = wp_row_text(rows, 0, columns[i]);
        if (text && *text != '\0')
            printf("%-10s  %s\n", columns[i], text);
    }
    printf("%-10s  %d\n", "tries", (int)wp_row_int(rows, 0, "tries"));
    return WP_CTL_DONE;
}

/* --- figures --- */

/* What an administrator watches: what is due and not sent, and for how many seconds the oldest one. */
static void add_alarm(json_t *all, apr_pool_t *pool, const wp_rows_t *rows)
{
    const char *oldest = NULL;
    json_int_t waiting = 0, failed = 0, age = 0;
    wp_instant_t at;

    for (int i = 0; i < rows->count; i++) {
        const char *state = wp_row_text(rows, i, "state"), *since = wp_row_text(rows, i, "oldest");
        wp_message_state_t parsed;
        bool known = wp_message_state_parse(state, &parsed);
        if (known && wp_message_is_open(parsed)) {
            waiting += wp_row_int(rows, i, "due");
            oldest = wp_row_int(rows, i, "due") && (!oldest || strcmp(since, oldest) < 0) ? since : oldest;
        }
        failed += known && (parsed == WP_MESSAGE_FAILED || parsed == WP_MESSAGE_BOUNCED)
                      ? wp_row_int(rows, i, "messages")
                      : 0;
    }
    if (oldest && wp_instant_parse(oldest, &at))
        age = apr_time_sec(apr_time_now()) - at;
    json_object_set_new(all, "at", json_string(now_text(pool)));
    json_object_set_new(all, "waiting", json_integer(waiting));
    json_object_set_new(all, "oldest_seconds", json_integer(age));
    json_object_set_new(all, "failed", json_integer(failed));
}

static wp_ctl_exit_t print_figures(wp_ctl_t *ctl)
{
    wp_rows_t *rows;
    wp_ctl_exit_t code = read_rows(ctl, "outbox_figures", &rows);

    if (code != WP_CTL_DONE)
        return code;
    json_t *all = json_object(), *states = json_array();
    add_alarm(all, ctl->pool, rows);
    for (int i = 0; i < rows->count; i++)
        json_array_append_new(states, json_pack("{s:s, s:s, s:I, s:s}", "channel", wp_row_text(rows, i, "channel"),
                                                "state", wp_row_text(rows, i, "state"), "messages",
                                                (json_int_t)wp_row_int(rows, i, "messages"), "oldest",
                                                wp_row_text(rows, i, "oldest")));
    json_object_set_new(all, "states", states);
    json_dumpf(all, stdout, JSON_INDENT(1));
    printf("\n");
    json_decref(all);
    return WP_CTL_DONE;
}

/* --- changes --- */

static apr_status_t requeue(wp_db_t *db, void *baton)
{
    return wp_outbox_again(db, again, now_text(wp_db_pool(db)), baton);
}

static wp_ctl_exit_t send_again(wp_ctl_t *ctl)
{
    bool done = false;
    apr_status_t status = wp_db_transact(ctl->source, WP_DB_WRITE, ctl->pool, requeue, &done);

    if (status == APR_SUCCESS && !done)
        return wp_ctl_complain(apr_psprintf(ctl->pool, "%s: no message that was given up, or it has expired", again));
    return wp_ctl_exit_of(status);
}

static apr_status_t add_test(wp_db_t *db, void *baton)
{
    return wp_outbox_add(db, baton, now_text(wp_db_pool(db)));
}

static wp_ctl_exit_t queue_test(wp_ctl_t *ctl)
{
    char number[WP_PHONE_SIZE];
    const char *now = now_text(ctl->pool);
    bool mail = wp_email_is_valid(tested);
    const wp_message_t message = {.kind = "test",
                                  .channel = mail ? "email" : "sms",
                                  .recipient = mail ? tested : number,
                                  .subject = "waterportalctl",
                                  .period = now,
                                  .language = language ? language : wp_ctl_languages(ctl)[0]};

    if (!mail && !wp_phone_parse(tested, number))
        return wp_ctl_complain("--test takes an e-mail address or a telephone number");
    return wp_ctl_exit_of(wp_db_transact(ctl->source, WP_DB_WRITE, ctl->pool, add_test, (void *)&message));
}

static wp_ctl_exit_t run(wp_ctl_t *ctl)
{
    wp_ctl_exit_t code = wp_ctl_open(ctl);

    if (code != WP_CTL_DONE)
        return code;
    if (shown)
        return print_message(ctl);
    if (again)
        return send_again(ctl);
    if (tested)
        return queue_test(ctl);
    if (as_json)
        return print_figures(ctl);
    return print_list(ctl, dead ? "outbox_dead" : person ? "outbox_person" : "outbox_waiting");
}

const wp_ctl_command_t wp_ctl_outbox = {"outbox", "lists messages that wait to be sent; --show prints one", options,
                                        take, run};
