/* SPDX-License-Identifier: Apache-2.0 */
#include <apr_strings.h>
#include <apr_time.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ctl/ctl.h"
#include "domain/date.h"
#include "store/tidy.h"

#include "data/date_text.h"

#include "base/banned.h"

/* Deletes what has been kept long enough (domain/retention.h); run from a timer. Each batch is a short transaction of
 * its own, and others can write between two batches. A run that is stopped at any moment is continued by the next
 * one. */

enum { OPTION_DRY_RUN = 256, OPTION_JSON, OPTION_KEEP };

#define BATCH      500   /* rows: take some hundredths of a second on a slow disk */
#define PAUSE_USEC 20000 /* lets others write */
#define DAY        86400
#define KEEP_MOST  64

static const apr_getopt_option_t options[] = {{"dry-run", OPTION_DRY_RUN, 0, "count, delete nothing"},
                                              {"json", OPTION_JSON, 0, "figures as JSON"},
                                              {"keep", OPTION_KEEP, 1,
                                               "NAME=DAYS, in place of WaterPortalKeep; may be repeated"},
                                              {NULL, 0, 0, NULL}};

static bool dry_run, as_json;
static const char *kept[KEEP_MOST];
static int kept_count;

static const char *take(int option, const char *value)
{
    dry_run = dry_run || option == OPTION_DRY_RUN;
    as_json = as_json || option == OPTION_JSON;
    if (option == OPTION_KEEP && kept_count == KEEP_MOST)
        return "--keep is given too many times";
    if (option == OPTION_KEEP)
        kept[kept_count++] = value;
    return NULL;
}

/* --- how long --- */

/* Returns NULL, or what is wrong. */
static const char *check_days(apr_pool_t *pool, const char *name, const char *days)
{
    const wp_retention_t *retention = wp_retention_find(name);
    char *end;
    long number = strtol(days, &end, 10);

    if (!retention)
        return apr_pstrcat(pool, name, ": no time of retention has this name; docs/limits.md lists the names", NULL);
    if (*end || end == days || !wp_retention_allows(retention, number))
        return apr_psprintf(pool, "%s: give days from %d to %d, not \"%s\"", name, retention->least, WP_RETENTION_MOST,
                            days);
    return NULL;
}

static const char *read_keep(wp_ctl_t *ctl)
{
    const char *error = NULL;

    for (int i = 0; i < kept_count; i++) {
        const char *equals = strchr(kept[i], '=');
        if (!equals)
            return apr_pstrcat(ctl->pool, kept[i], ": give NAME=DAYS", NULL);
        apr_table_set(ctl->keep, apr_pstrmemdup(ctl->pool, kept[i], (apr_size_t)(equals - kept[i])), equals + 1);
    }
    const apr_array_header_t *list = apr_table_elts(ctl->keep);
    for (int i = 0; i < list->nelts && !error; i++)
        error = check_days(ctl->pool, APR_ARRAY_IDX(list, i, apr_table_entry_t).key,
                           APR_ARRAY_IDX(list, i, apr_table_entry_t).val);
    return error;
}

static int days_of(const wp_ctl_t *ctl, const wp_retention_t *retention)
{
    const char *days = apr_table_get(ctl->keep, retention->name);
    return days ? (int)strtol(days, NULL, 10) : retention->days;
}

/* --- one name --- */

typedef struct task_t {
    const wp_retention_t *retention;
    const char *before;
    wp_instant_t now;
    int rows; /* affected by the last run of the unit of work */
} task_t;

static wp_args_t *args_of(wp_db_t *db, const task_t *task)
{
    wp_args_t *args = wp_args_make(wp_db_pool(db), NULL);

    wp_args_text(args, "before", task->before);
    wp_args_text(args, "now", wp_instant_text(wp_db_pool(db), task->now));
    wp_args_int(args, "now_ms", task->now * 1000);
    wp_args_int(args, "size", BATCH);
    return args;
}

static apr_status_t count(wp_db_t *db, void *baton)
{
    task_t *task = baton;
    return wp_tidy_count(db, args_of(db, task), task->retention, &task->rows);
}

static apr_status_t delete_batch(wp_db_t *db, void *baton)
{
    task_t *task = baton;
    return wp_tidy_delete(db, args_of(db, task), task->retention, &task->rows);
}

static apr_status_t transact(wp_ctl_t *ctl, task_t *task, wp_db_mode_t mode, wp_db_work_t work)
{
    apr_pool_t *pool;
    apr_status_t status = apr_pool_create(&pool, ctl->pool);

    if (status == APR_SUCCESS) {
        status = wp_db_transact(ctl->source, mode, pool, work, task);
        apr_pool_destroy(pool);
    }
    return status;
}

static apr_status_t tidy(wp_ctl_t *ctl, task_t *task, int *rows)
{
    apr_status_t status = dry_run ? transact(ctl, task, WP_DB_READ, count) : APR_SUCCESS;

    *rows = dry_run ? task->rows : 0;
    for (bool more = !dry_run; more && status == APR_SUCCESS;) {
        status = transact(ctl, task, WP_DB_WRITE, delete_batch);
        *rows += status == APR_SUCCESS ? task->rows : 0;
        more = task->rows >= BATCH;
        if (more)
            apr_sleep(PAUSE_USEC);
    }
    return status;
}

/* --- all of them --- */

static void tell(json_t *figures, const task_t *task, int days, int rows)
{
    if (as_json)
        json_array_append_new(figures, json_pack("{s:s, s:s, s:i, s:i}", "name", task->retention->name, "table",
                                                 task->retention->table, "days", days, "rows", rows));
    else
        printf("%-11s %-25s %6d days %9d %s\n", task->retention->name, task->retention->table, days, rows,
               dry_run ? "to delete" : "deleted");
}

static void tell_all(json_t *figures)
{
    json_t *all = json_pack("{s:b, s:O}", "dry_run", dry_run, "tidied", figures);
    if (as_json) {
        json_dumpf(all, stdout, JSON_INDENT(1));
        printf("\n");
    }
    json_decref(all);
}

static apr_status_t tidy_all(wp_ctl_t *ctl, json_t *figures)
{
    const wp_instant_t now = apr_time_sec(apr_time_now());
    apr_status_t status = APR_SUCCESS;
    int rows;

    for (const wp_retention_t *retention = wp_retentions; retention->name && status == APR_SUCCESS; retention++) {
        int days = days_of(ctl, retention);
        task_t task = {.retention = retention,
                       .before = wp_instant_text(ctl->pool, now - (wp_instant_t)days * DAY),
                       .now = now};
        status = tidy(ctl, &task, &rows);
        tell(figures, &task, days, rows);
    }
    return status;
}

static wp_ctl_exit_t run(wp_ctl_t *ctl)
{
    const char *error = read_keep(ctl);
    wp_ctl_exit_t code = WP_CTL_USAGE;

    if (error)
        fprintf(stderr, "waterportalctl: %s\n", error);
    else
        code = wp_ctl_open(ctl);
    if (code != WP_CTL_DONE)
        return code;
    json_t *figures = json_array();
    apr_status_t status = tidy_all(ctl, figures);
    tell_all(figures);
    json_decref(figures);
    return wp_ctl_exit_of(status);
}

const wp_ctl_command_t wp_ctl_tidy = {"tidy", "deletes what has been kept long enough", options, take, run};
