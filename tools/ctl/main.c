/* SPDX-License-Identifier: Apache-2.0 */
#include <apr_general.h>
#include <apr_strings.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ctl/ctl.h"

#include "base/banned.h"

enum {
    OPTION_DRIVER = 1,
    OPTION_PARAMS,
    OPTION_CONF,
    OPTION_DIRECTORY,
    OPTION_SQL,
    OPTION_XSLT,
    OPTION_THEME,
    OPTION_ISSUERS,
    OPTION_SECRET,
    OPTION_AGREEMENTS,
    OPTION_HELP
};

static const apr_getopt_option_t common_options[] =
    {{"driver", OPTION_DRIVER, 1, "sqlite3 or pgsql, as DBDriver"},
     {"params", OPTION_PARAMS, 1, "the database, as DBDParams: a file, or libpq's string"},
     {"conf", OPTION_CONF, 1,
      "the site's httpd configuration: all of these are read from it and from the files it includes"},
     {"directory", OPTION_DIRECTORY, 1, "where the portal's files are (" WP_PKGDATADIR ")"},
     {"sql", OPTION_SQL, 1, "the SQL files (sql/ in the directory)"},
     {"xslt", OPTION_XSLT, 1, "the stylesheets (xslt/ in the directory)"},
     {"theme", OPTION_THEME, 1, "the site's own stylesheets and texts"},
     {"issuers", OPTION_ISSUERS, 1, "issuers.json"},
     {"secret", OPTION_SECRET, 1, "the secret file"},
     {"agreements", OPTION_AGREEMENTS, 1, "agreements.json, with the banks"},
     {"help", OPTION_HELP, 0, "this text"},
     {NULL, 0, 0, NULL}};

extern const wp_ctl_command_t wp_ctl_upgrade, wp_ctl_check, wp_ctl_demo_data, wp_ctl_outbox, wp_ctl_cases, wp_ctl_close,
    wp_ctl_erasures, wp_ctl_export, wp_ctl_reconcile, wp_ctl_send, wp_ctl_sessions, wp_ctl_tidy;

static const wp_ctl_command_t *const commands[] = {&wp_ctl_upgrade,   &wp_ctl_check,    &wp_ctl_demo_data,
                                                   &wp_ctl_outbox,    &wp_ctl_send,     &wp_ctl_cases,
                                                   &wp_ctl_close,     &wp_ctl_erasures, &wp_ctl_export,
                                                   &wp_ctl_reconcile, &wp_ctl_sessions, &wp_ctl_tidy};

#define COMMAND_COUNT (sizeof commands / sizeof *commands)

static void write_log(void *context, wp_log_level_t level, const char *line)
{
    const wp_ctl_t *ctl = context;
    if (wp_log_level_is_trouble(level) && !ctl->quiet)
        fprintf(stderr, "waterportalctl: %s\n", line);
}

/* --- command line --- */

static void print_options(FILE *out, const apr_getopt_option_t *options)
{
    for (; options && options->optch; options++)
        fprintf(out, "  --%-11s%-6s%s\n", options->name, options->has_arg ? " WHAT" : "", options->description);
}

static void print_usage(FILE *out)
{
    fprintf(out, "usage: waterportalctl COMMAND [options]\n\n");
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        fprintf(out, "%s: %s\n", commands[i]->name, commands[i]->summary);
        print_options(out, commands[i]->options);
    }
    fprintf(out, "\nevery command:\n");
    print_options(out, common_options);
    fprintf(out,
            "\nexit status: 0 done, 1 check found problems, 2 usage error, 3 no connection, 4 the database refused\n");
}

static const wp_ctl_command_t *find_command(const char *name)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    return NULL;
}

/* The common options and the command's own in one list, as apr_getopt_long expects them. */
static const apr_getopt_option_t *join_options(apr_pool_t *pool, const wp_ctl_command_t *command)
{
    apr_array_header_t *list = apr_array_make(pool, 16, sizeof(apr_getopt_option_t));
    for (const apr_getopt_option_t *option = common_options; option->optch; option++)
        APR_ARRAY_PUSH(list, apr_getopt_option_t) = *option;
    for (const apr_getopt_option_t *option = command->options; option && option->optch; option++)
        APR_ARRAY_PUSH(list, apr_getopt_option_t) = *option;
    APR_ARRAY_PUSH(list, apr_getopt_option_t) = (apr_getopt_option_t){NULL, 0, 0, NULL};
    return (const apr_getopt_option_t *)list->elts;
}

static bool is_common(int option)
{
    for (const apr_getopt_option_t *common = common_options; common->optch; common++)
        if (common->optch == option)
            return true;
    return false;
}

static void take_common(wp_ctl_t *ctl, int option, const char *value, const char **conf)
{
    const char **places[] =
        {[OPTION_DRIVER] = &ctl->driver,        [OPTION_PARAMS] = &ctl->params,   [OPTION_CONF] = conf,
         [OPTION_DIRECTORY] = &ctl->directory,  [OPTION_SQL] = &ctl->sql,         [OPTION_XSLT] = &ctl->xslt,
         [OPTION_THEME] = &ctl->theme,          [OPTION_ISSUERS] = &ctl->issuers, [OPTION_SECRET] = &ctl->secret,
         [OPTION_AGREEMENTS] = &ctl->agreements};
    *places[option] = value;
}

/* Returns NULL, or what is wrong. */
static const char *read_options(wp_ctl_t *ctl, const wp_ctl_command_t *command, apr_getopt_t *reader)
{
    const apr_getopt_option_t *options = join_options(ctl->pool, command);
    const char *value, *conf = NULL, *error = NULL;
    int option;
    apr_status_t status;

    while ((status = apr_getopt_long(reader, options, &option, &value)) == APR_SUCCESS && !error) {
        if (option == OPTION_HELP) {
            print_usage(stdout);
            exit(WP_CTL_DONE);
        }
        if (is_common(option))
            take_common(ctl, option, value, &conf);
        else
            error = command->take(option, value);
    }
    if (!error && status != APR_EOF)
        error = "see waterportalctl --help";
    else if (!error && reader->ind < reader->argc)
        error = apr_psprintf(ctl->pool, "%s: unknown; see waterportalctl --help", reader->argv[reader->ind]);
    if (!error && conf)
        error = wp_ctl_read_conf(ctl, conf);
    return error;
}

static void fill_places(wp_ctl_t *ctl)
{
    if (!ctl->directory)
        ctl->directory = WP_PKGDATADIR;
    if (!ctl->sql && !ctl->xslt)
        ctl->assets = apr_pstrcat(ctl->pool, ctl->directory, "/assets", NULL);
    if (!ctl->sql)
        ctl->sql = apr_pstrcat(ctl->pool, ctl->directory, "/sql", NULL);
    if (!ctl->xslt)
        ctl->xslt = apr_pstrcat(ctl->pool, ctl->directory, "/xslt", NULL);
}

static wp_ctl_exit_t run(apr_pool_t *pool, int argc, const char *const *argv)
{
    wp_ctl_t ctl = {.pool = pool, .keep = apr_table_make(pool, 4), .help = apr_table_make(pool, 4)};
    const wp_ctl_command_t *command;
    apr_getopt_t *reader;
    const char *error;

    ctl.log = (wp_log_t){write_log, &ctl};
    if (argc > 1 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0)) {
        print_usage(stdout);
        return WP_CTL_DONE;
    }
    command = argc > 1 ? find_command(argv[1]) : NULL;
    if (!command) {
        print_usage(stderr);
        return WP_CTL_USAGE;
    }
    if (apr_getopt_init(&reader, pool, argc - 1, argv + 1) != APR_SUCCESS)
        return WP_CTL_FAILED;
    error = read_options(&ctl, command, reader);
    if (error)
        return wp_ctl_complain(error);
    fill_places(&ctl);
    return command->run(&ctl);
}

int main(int argc, const char *const *argv)
{
    apr_pool_t *pool;

    if (apr_initialize() != APR_SUCCESS || apr_pool_create(&pool, NULL) != APR_SUCCESS)
        return WP_CTL_FAILED;
    wp_ctl_exit_t code = run(pool, argc, argv);
    apr_pool_destroy(pool);
    apr_terminate();
    return (int)code;
}
