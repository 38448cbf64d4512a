/* SPDX-License-Identifier: Apache-2.0 */
#include <apr_file_info.h>
#include <apr_strings.h>
#include <apr_time.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "ctl/carriers.h"
#include "data/migrate.h"
#include "bank/agreement.h"
#include "portal/portal.h"

#include "base/banned.h"

enum { OPTION_DUMP = 256, OPTION_MAIL };

static const apr_getopt_option_t options[] =
    {{"dump", OPTION_DUMP, 0,
      "check nothing; print the portal's own tables as JSON: routes, fields, codes, log numbers"},
     {"mail", OPTION_MAIL, 1,
      "only send a test message to this e-mail address or telephone number, and say what to look at"},
     {NULL, 0, 0, NULL}};
static bool dump;
static const char *probed;
static int findings;

/* Prints a finding: its number, what is wrong, where, and the remedy, as in the rows of base/log_events.h. */
static void report(wp_event_id_t event, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void report(wp_event_id_t event, const char *format, ...)
{
    const wp_log_event_t *row = wp_log_event_find(event);
    va_list args;

    printf("WP%04d %s: ", row->number, row->meaning);
    va_start(args, format);
    vprintf(format, args);
    va_end(args);
    printf("\n  mend: %s\n", row->remedy);
    findings++;
}

static void report_statement(void *context, const wp_query_t *query, const char *error)
{
    (void)context;
    report(WP_EV_CHECK_STATEMENT, "%s:%d: %s: %s", query->file, query->line, query->name, error);
}

/* Each check returns DONE to continue with the next one, even if it found something. */

/* SQLite would create an empty database if the file does not exist. */
static wp_ctl_exit_t check_file(wp_ctl_t *ctl)
{
    apr_finfo_t info;

    if (strcmp(ctl->driver, "sqlite3") != 0 || apr_stat(&info, ctl->params, APR_FINFO_TYPE, ctl->pool) == APR_SUCCESS)
        return WP_CTL_DONE;
    report(WP_EV_CHECK_DATABASE, "there is no file %s", ctl->params);
    return WP_CTL_UNREACHABLE;
}

static void judge_server(const wp_schema_state_t *state)
{
    if (!state->encoding)
        return;
    printf("encoding of the database: %s\n", state->encoding);
    if (strcmp(state->encoding, "SQL_ASCII") == 0)
        report(WP_EV_CHECK_ENCODING, "SQL_ASCII: PostgreSQL does not know which characters the bytes stand for");
    if (state->read_only)
        report(WP_EV_CHECK_READ_ONLY, "a stand-by, or default_transaction_read_only is on");
}

static wp_ctl_exit_t check_schema(wp_ctl_t *ctl)
{
    wp_schema_state_t state;
    apr_status_t status = wp_schema_read(ctl->source, ctl->pool, &state);
    int known = ctl->queries->schema_version;

    if (status != APR_SUCCESS) {
        report(WP_EV_CHECK_DATABASE, "driver %s", ctl->driver);
        return wp_ctl_exit_of(status);
    }
    printf("database reached (%s), schema version %d of %d\n", ctl->driver, state.version, known);
    judge_server(&state);
    if (!state.present)
        report(WP_EV_CHECK_SCHEMA, "there is none yet");
    else if (state.version < known)
        report(WP_EV_CHECK_SCHEMA, "version %d, but this program needs %d", state.version, known);
    else if (state.oldest > known)
        report(WP_EV_CHECK_TOO_OLD, "version %d, for portals that know %d or later; this one knows %d", state.version,
               state.oldest, known);
    return WP_CTL_DONE;
}

static wp_ctl_exit_t check_statements(wp_ctl_t *ctl)
{
    int bad = 0;
    apr_status_t status = wp_queries_check(ctl->source, ctl->pool, report_statement, NULL, &bad);

    printf("%d named statements, %d faulty\n", ctl->queries->list->nelts, bad);
    return wp_ctl_exit_of(status);
}

static void report_id(const char *what)
{
    report(WP_EV_CHECK_ID, "%s", what);
}

static wp_ctl_exit_t check_ids(wp_ctl_t *ctl)
{
    apr_status_t status = wp_ctl_ids_check(ctl, report_id);
    return status != APR_SUCCESS && findings
               ? WP_CTL_DONE
               : wp_ctl_exit_of(status); /* a faulty statement has been reported already */
}

/* The theme's log lines are findings that are already worded: a stylesheet that does not compile, a missing text. */
static void note_theme(void *context, wp_log_level_t level, const char *line)
{
    (void)context;
    if (!wp_log_level_is_trouble(level))
        return;
    printf("%s\n", line);
    findings++;
}

/* Those of pages and those of messages. */
static const char *const *all_stylesheets(apr_pool_t *pool)
{
    apr_array_header_t *names = apr_array_make(pool, 32, sizeof(const char *));

    for (const char *const *name = wp_portal_stylesheets(pool); *name; name++)
        APR_ARRAY_PUSH(names, const char *) = *name;
    for (const char *const *name = wp_message_stylesheets; *name; name++)
        APR_ARRAY_PUSH(names, const char *) = *name;
    APR_ARRAY_PUSH(names, const char *) = NULL;
    return (const char *const *)names->elts;
}

static void print_files(const wp_ctl_t *ctl, const wp_portal_t *portal, int faulty)
{
    int stylesheets = 0;

    while (all_stylesheets(ctl->pool)[stylesheets])
        stylesheets++;
    printf("%d stylesheets, %d faulty\n", stylesheets, faulty);
    if (!ctl->issuers)
        printf("issuers not looked at: give --issuers, or --conf with WaterPortalIssuersFile\n");
    else if (portal->issuers)
        printf("%d issuers\n", portal->issuers->list->nelts);
    if (!ctl->secret)
        printf("secret not looked at: give --secret, or --conf with WaterPortalSecretFile\n");
    else if (portal->secret)
        printf("secret can be used\n");
}

static void check_agreement(wp_ctl_t *ctl, const wp_agreement_t *agreement)
{
    apr_array_header_t *problems = apr_array_make(ctl->pool, 2, sizeof(const char *));

    wp_agreement_check(agreement, apr_time_sec(apr_time_now()), ctl->pool, problems);
    for (int i = 0; i < problems->nelts; i++)
        report(WP_EV_CHECK_AGREEMENT, "%s: %s", agreement->key, APR_ARRAY_IDX(problems, i, const char *));
}

static void check_agreements(wp_ctl_t *ctl, const wp_agreements_t *agreements)
{
    if (!ctl->agreements)
        printf("agreements with banks not looked at: give --agreements, or --conf with WaterPortalAgreementsFile\n");
    for (int i = 0; agreements && i < agreements->list->nelts; i++)
        check_agreement(ctl, &APR_ARRAY_IDX(agreements->list, i, wp_agreement_t));
    if (agreements)
        printf("%d agreements with banks\n", agreements->list->nelts);
}

/* Reports the findings that configtest and the start-up log report, too. The theme's own are printed as they occur. */
static wp_ctl_exit_t check_files(wp_ctl_t *ctl)
{
    const wp_log_t log = {note_theme, NULL};
    wp_portal_t portal = {.log = &log};
    const wp_parts_t parts = {.issuers = ctl->issuers,
                              .secret = ctl->secret,
                              .other_secret = ctl->other_secret,
                              .person_secret = ctl->person_secret,
                              .agreements = ctl->agreements,
                              .assets = ctl->assets,
                              .theme = {.directory = ctl->xslt,
                                        .site_directory = ctl->theme,
                                        .languages = wp_ctl_languages(ctl),
                                        .stylesheets = all_stylesheets(ctl->pool)}};
    apr_array_header_t *list = apr_array_make(ctl->pool, 4, sizeof(wp_finding_t));
    int before = findings;

    wp_portal_prepare(&portal, &parts, ctl->pool, list);
    int faulty = findings - before;
    for (int i = 0; i < list->nelts; i++)
        report(APR_ARRAY_IDX(list, i, wp_finding_t).event, "%s", APR_ARRAY_IDX(list, i, wp_finding_t).text);
    print_files(ctl, &portal, faulty);
    check_agreements(ctl, portal.agreements);
    return WP_CTL_DONE;
}

/* The portal itself limits slow bodies. Slow headers are limited by mod_reqtimeout, unless it is configured not to. */
static wp_ctl_exit_t check_slow_senders(wp_ctl_t *ctl)
{
    const char *header = ctl->read_timeout ? strstr(ctl->read_timeout, "header=") : NULL;

    if (!ctl->conf)
        printf("slow senders not looked at: give --conf\n");
    else if (!ctl->read_timeout)
        report(WP_EV_SLOW_SENDERS, "the configuration neither loads reqtimeout_module nor sets RequestReadTimeout");
    else if (header && apr_strtoi64(header + strlen("header="), NULL, 10) == 0)
        report(WP_EV_SLOW_SENDERS, "RequestReadTimeout%s", ctl->read_timeout);
    return WP_CTL_DONE;
}

/* Files come first: they can be checked even if the database cannot be reached. */
static wp_ctl_exit_t (*const checks[])(wp_ctl_t *ctl) = {check_slow_senders, check_files,      check_file,
                                                         check_schema,       check_statements, check_ids};

static const char *take(int option, const char *value)
{
    if (option == OPTION_MAIL)
        probed = value;
    else
        dump = true;
    return NULL;
}

static wp_ctl_exit_t check_mail(wp_ctl_t *ctl)
{
    const char *why = wp_ctl_probe(ctl, probed);

    if (why)
        report(WP_EV_CHECK_MAIL, "%s", why);
    return why ? WP_CTL_PROBLEMS : WP_CTL_DONE;
}

static wp_ctl_exit_t run(wp_ctl_t *ctl)
{
    if (dump)
        return wp_ctl_dump();
    if (probed)
        return check_mail(ctl);
    wp_ctl_exit_t code = wp_ctl_open(ctl);

    ctl->quiet = true;
    for (size_t i = 0; i < sizeof checks / sizeof *checks && code == WP_CTL_DONE; i++)
        code = checks[i](ctl);
    if (code == WP_CTL_DONE)
        printf(findings ? "%d found\n" : "all well\n", findings);
    return code == WP_CTL_DONE && findings ? WP_CTL_PROBLEMS : code;
}

const wp_ctl_command_t wp_ctl_check = {"check", "checks that everything the portal needs is there; changes nothing",
                                       options, take, run};
