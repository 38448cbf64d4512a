/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "ctl/ctl.h"
#include "data/migrate.h"
#include "data/upkeep.h"

#include "base/banned.h"

enum { OPTION_EMBEDDED = 256, OPTION_DRY_RUN };

static const apr_getopt_option_t options[] =
    {{"embedded", OPTION_EMBEDDED, 0, "also the billing tables, where no billing system provides them as views"},
     {"dry-run", OPTION_DRY_RUN, 0, "only print what would be done"},
     {NULL, 0, 0, NULL}};

static bool embedded, dry_run;

static const char *take(int option, const char *value)
{
    (void)value;
    if (option == OPTION_EMBEDDED)
        embedded = true;
    else
        dry_run = true;
    return NULL;
}

typedef struct report_t {
    int steps;
} report_t;

static void say(void *context, const wp_schema_step_t *step)
{
    report_t *report = context;
    report->steps++;
    printf("%s step %d%s of %s: %d statements\n", dry_run ? "would run" : "ran", step->version,
           step->embedded ? " (embedded)" : "", step->file, step->statements->nelts);
}

static wp_ctl_exit_t run(wp_ctl_t *ctl)
{
    report_t report = {0};
    wp_ctl_exit_t code = wp_ctl_open(ctl);
    apr_status_t status;

    if (code != WP_CTL_DONE)
        return code;
    status = wp_schema_upgrade(ctl->source, ctl->pool, ctl->queries,
                               &(wp_schema_wish_t){.embedded = embedded,
                                                   .dry_run = dry_run,
                                                   .say = say,
                                                   .context = &report});
    if (status == APR_SUCCESS && report.steps && !dry_run)
        status = wp_upkeep_analyze(ctl->source, ctl->pool);
    if (status == APR_SUCCESS)
        printf("the schema %s version %d%s\n", dry_run && report.steps ? "would be brought to" : "is at",
               ctl->queries->schema_version, report.steps ? "" : ", nothing to do");
    else if (status == APR_EMISMATCH)
        fprintf(stderr, "waterportalctl: the database is newer than this program (version %d): nothing was changed\n",
                ctl->queries->schema_version);
    else
        fprintf(stderr, "waterportalctl: the upgrade stopped; the version that failed left nothing behind\n"
                        "  billing_ tables missing: make the views first (docs/database.md), or use --embedded\n");
    return wp_ctl_exit_of(status);
}

const wp_ctl_command_t wp_ctl_upgrade = {"upgrade",
                                         "brings the schema to this version; run it before the new httpd starts",
                                         options, take, run};
