/* SPDX-License-Identifier: Apache-2.0 */
#include "httpd/glue.h"

#include "data/db.h"

#include "base/banned.h"

/* mod_dbd's directives say where the database is, but the portal opens its own connections (data/connections.h),
 * because mod_dbd connects while it holds the lock of its pool, and waits for an unresponsive server for ever. */

static int at_most(int number, int most)
{
    return number < most ? number : most;
}

static int or_else(int number, int initial)
{
    return number < 0 ? initial : number;
}

/* Unset values have mod_dbd's defaults. */
static void set_connections(wp_db_options_t *options, const wp_config_t *config)
{
    options->connections = at_most(config->connections, or_else(config->dbd_max, 10));
    if (config->dbd_persist == 0)
        return;
    options->open_first = at_most(or_else(config->dbd_min, 1), options->connections);
    options->keep = or_else(config->dbd_keep, 2);
    options->idle_s = or_else(config->dbd_exptime, 300);
}

wp_db_source_t *wp_glue_source(const wp_config_t *config, apr_pool_t *pool)
{
    wp_db_options_t options = {.driver = config->dbd_driver,
                               .params = config->dbd_params ? config->dbd_params : "",
                               .first_sql = config->dbd_init_sql,
                               .wait_ms = config->database_wait,
                               .statement_ms = config->statement_timeout,
                               .page_ms = or_else(config->database_time, 10000),
                               .prepare = config->prepare == 1,
                               .guard_schema = true,
                               .log = config->portal->log};
    wp_db_source_t *source;
    char reason[120];

    set_connections(&options, config);
    apr_status_t status = wp_db_source_make(&source, pool, config->portal->queries, &options);
    if (status == APR_SUCCESS)
        return source;
    wp_log_event(config->portal->log, WP_EV_STARTUP,
                 "DBDriver %s: %s (Debian: libaprutil1-dbd-sqlite3, libaprutil1-dbd-pgsql)", config->dbd_driver,
                 apr_strerror(status, reason, sizeof reason));
    return NULL;
}
