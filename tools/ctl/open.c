/* SPDX-License-Identifier: Apache-2.0 */
/* Functions that the commands share. */
#include <apr_strings.h>
#include <apr_time.h>
#include <stdio.h>

#include "ctl/ctl.h"

#include "base/banned.h"

#define CONNECTIONS 4
#define WAIT_MS     10000

wp_ctl_exit_t wp_ctl_complain(const char *what)
{
    fprintf(stderr, "waterportalctl: %s\n", what);
    return WP_CTL_USAGE;
}

wp_ctl_exit_t wp_ctl_open(wp_ctl_t *ctl)
{
    /* no statement_timeout: creating an index on millions of rows takes time */
    wp_db_options_t options = {.driver = ctl->driver,
                               .params = ctl->params,
                               .connections = CONNECTIONS,
                               .keep = CONNECTIONS,
                               .wait_ms = WAIT_MS,
                               .statement_ms = 0,
                               .prepare = true,
                               .log = &ctl->log};
    const char *error;
    char reason[120];
    apr_status_t status;

    if (!ctl->driver || !ctl->params)
        return wp_ctl_complain("which database? give --driver and --params, or --conf");
    if (wp_queries_load(&ctl->queries, ctl->pool, ctl->sql, &error) != APR_SUCCESS)
        return wp_ctl_complain(error);
    status = wp_db_source_make(&ctl->source, ctl->pool, ctl->queries, &options);
    if (status != APR_SUCCESS)
        return wp_ctl_complain(apr_psprintf(ctl->pool,
                                            "driver %s: %s (Debian: libaprutil1-dbd-sqlite3, libaprutil1-dbd-pgsql)",
                                            ctl->driver, apr_strerror(status, reason, sizeof reason)));
    return WP_CTL_DONE;
}

typedef struct errand_t {
    wp_actor_t actor;
    wp_rules_t rules;
    wp_ctl_work_t work;
    void *baton;
} errand_t;

static apr_status_t run_errand(wp_db_t *db, void *baton)
{
    const errand_t *errand = baton;
    return errand->work(wp_act_begin(db, &errand->actor, &errand->rules), errand->baton);
}

apr_status_t wp_ctl_act(wp_ctl_t *ctl, apr_pool_t *pool, wp_ctl_work_t work, void *baton)
{
    errand_t errand = {.actor = {.kind = WP_ACTOR_SYSTEM,
                                 .person = "waterportalctl",
                                 .may = WP_RIGHT_ANY,
                                 .clock = wp_clock_at(pool, apr_time_sec(apr_time_now()))},
                       .rules = {.log = &ctl->log},
                       .work = work,
                       .baton = baton};
    return wp_db_transact(ctl->source, WP_DB_WRITE, pool, run_errand, &errand);
}

wp_ctl_exit_t wp_ctl_exit_of(apr_status_t status)
{
    if (status == APR_SUCCESS)
        return WP_CTL_DONE;
    return status == WP_DB_DOWN ? WP_CTL_UNREACHABLE : WP_CTL_FAILED;
}
