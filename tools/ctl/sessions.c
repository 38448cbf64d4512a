/* SPDX-License-Identifier: Apache-2.0 */
#include <apr_strings.h>
#include <apr_time.h>
#include <stdio.h>

#include "ctl/ctl.h"
#include "data/date_text.h"
#include "domain/date.h"
#include "domain/person_code.h"
#include "crypto/secret.h"
#include "service/session.h"

#include "base/banned.h"

/* Lists who is logged in, and ends logins: one, all of one person, or all. Persons are shown as tags, as in the audit
 * log. */

enum { OPTION_PERSON = 256, OPTION_END, OPTION_END_ALL };

#define LISTED_MAX 10000
#define COUNTRY    "LV" /* of a code that does not name its country */

static const apr_getopt_option_t options[] = {{"person", OPTION_PERSON, 1,
                                               "only those of this person code (needs --secret)"},
                                              {"end", OPTION_END, 1, "end this login"},
                                              {"end-all", OPTION_END_ALL, 0, "end all of them"},
                                              {NULL, 0, 0, NULL}};

static const char *person_code, *login;
static bool end_all;

static const char *take(int option, const char *value)
{
    if (option == OPTION_PERSON)
        person_code = value;
    else if (option == OPTION_END)
        login = value;
    else
        end_all = true;
    return login && (end_all || person_code) ? "--end names one login; omit --end-all and --person" : NULL;
}

/* One run: what was requested, and the result. */
typedef struct run_t {
    const char *person; /* tag, or NULL for everybody */
    wp_rows_t *open;
    int ended;
} run_t;

static wp_args_t *make_args(wp_db_t *db, const run_t *run)
{
    wp_args_t *args = wp_args_make(wp_db_pool(db), NULL);
    const char *now = wp_instant_text(wp_db_pool(db), apr_time_sec(apr_time_now()));

    wp_args_text(args, "now", now);
    wp_args_text(args, "person", run->person);
    wp_args_int(args, "size", LISTED_MAX);
    return args;
}

static apr_status_t read_open(wp_db_t *db, void *baton)
{
    run_t *run = baton;
    return wp_db_select(db, run->person ? "sessions_of_person" : "sessions_open", make_args(db, run), &run->open);
}

static apr_status_t end(wp_act_t *act, void *baton)
{
    run_t *run = baton;
    wp_result_t result = wp_result_of(WP_OUTCOME_NONE);

    if (!login)
        return wp_session_end_all(act, run->person, &run->ended, &result);
    apr_status_t status = wp_session_end(act, login, &result);
    run->ended = result.outcome == WP_OUTCOME_DONE;
    return status;
}

static wp_ctl_exit_t print_open(wp_ctl_t *ctl, run_t *run)
{
    apr_status_t status = wp_db_transact(ctl->source, WP_DB_READ, ctl->pool, read_open, run);

    for (int i = 0; status == APR_SUCCESS && i < run->open->count; i++)
        printf("%s  %s  %s  %s  %s %s  %s\n", wp_row_text(run->open, i, "session_id"),
               wp_row_text(run->open, i, "began"), wp_row_text(run->open, i, "expires"),
               wp_row_text(run->open, i, "issuer"), wp_row_text(run->open, i, "browser"),
               wp_row_text(run->open, i, "system"), wp_row_text(run->open, i, "person"));
    return wp_ctl_exit_of(status);
}

static wp_ctl_exit_t end_wanted(wp_ctl_t *ctl, run_t *run)
{
    apr_status_t status = wp_ctl_act(ctl, ctl->pool, end, run);

    if (status == APR_SUCCESS && login && run->ended == 0) {
        fprintf(stderr, "waterportalctl: %s: no such login goes on; waterportalctl sessions lists those that do\n",
                login);
        return WP_CTL_USAGE;
    }
    if (status == APR_SUCCESS)
        printf("%d ended\n", run->ended);
    return wp_ctl_exit_of(status);
}

static const char *find_tag(wp_ctl_t *ctl, const char **tag)
{
    char code[WP_PERSON_CODE_SIZE];
    wp_secret_t *secret;
    const char *error;

    if (!wp_person_code_parse(person_code, COUNTRY, code))
        return "--person takes a person code: PNOLV-32900000001 or 329000-00001";
    if (!ctl->secret)
        return "--person needs the portal's secret: give --secret or --conf";
    if (wp_secret_load(&secret, ctl->pool, ctl->person_secret ? ctl->person_secret : ctl->secret, &error) !=
        APR_SUCCESS)
        return error;
    *tag = wp_secret_tag(secret, WP_PURPOSE_PERSON, ctl->pool, apr_pstrdup(ctl->pool, code));
    return NULL;
}

static wp_ctl_exit_t run(wp_ctl_t *ctl)
{
    run_t run = {.person = NULL};
    const char *error = person_code ? find_tag(ctl, &run.person) : NULL;

    if (error) {
        fprintf(stderr, "waterportalctl: %s\n", error);
        return WP_CTL_USAGE;
    }
    wp_ctl_exit_t code = wp_ctl_open(ctl);
    if (code != WP_CTL_DONE)
        return code;
    return login || end_all ? end_wanted(ctl, &run) : print_open(ctl, &run);
}

const wp_ctl_command_t wp_ctl_sessions = {"sessions", "lists who is logged in; --end and --end-all end logins", options,
                                          take, run};
