/* SPDX-License-Identifier: Apache-2.0 */
#include "httpd/glue.h"

#include <mod_dbd.h>

#include "base/banned.h"

static APR_OPTIONAL_FN_TYPE(ap_dbd_open) *dbd_open;
static APR_OPTIONAL_FN_TYPE(ap_dbd_close) *dbd_close;

static apr_status_t borrow(void *context, apr_pool_t *pool, wp_db_connection_t *connection)
{
    ap_dbd_t *dbd = dbd_open(pool, context);
    if (!dbd)
        return APR_EGENERAL;
    *connection = (wp_db_connection_t){.driver = dbd->driver, .handle = dbd->handle, .pool = dbd->pool, .owner = dbd};
    return APR_SUCCESS;
}

static void give_back(void *context, wp_db_connection_t *connection)
{
    dbd_close(context, connection->owner);
}

bool wp_glue_has_dbd(void)
{
    dbd_open = APR_RETRIEVE_OPTIONAL_FN(ap_dbd_open);
    dbd_close = APR_RETRIEVE_OPTIONAL_FN(ap_dbd_close);
    return dbd_open && dbd_close;
}

wp_db_source_t *wp_glue_source(server_rec *server, const wp_config_t *config, apr_pool_t *pool)
{
    wp_db_pool_t *connections = apr_pcalloc(pool, sizeof *connections);
    wp_db_options_t options = {.connections = config->connections,
                               .wait_ms = config->database_wait,
                               .statement_ms = config->statement_timeout,
                               .prepare = config->prepare == 1,
                               .guard_schema = true,
                               .log = config->portal->log};
    wp_db_source_t *source;

    if (!wp_glue_has_dbd())
        return NULL;
    *connections = (wp_db_pool_t){.borrow = borrow, .give_back = give_back, .context = server};
    if (wp_db_source_make(&source, pool, connections, config->portal->queries, &options) != APR_SUCCESS)
        return NULL;
    return source;
}
