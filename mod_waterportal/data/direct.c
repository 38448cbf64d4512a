/* SPDX-License-Identifier: Apache-2.0 */
#include "data/direct.h"

#include <apr_reslist.h>
#include <apr_strings.h>

#include "base/banned.h"

typedef struct direct_t {
    const apr_dbd_driver_t *driver;
    const char *params;
    apr_reslist_t *list;
    bool ending; /* the list's pool goes, and with it the connections' pools, before the list lets go of them */
} direct_t;

static apr_status_t close_handle(void *data)
{
    wp_db_connection_t *connection = data;
    return apr_dbd_close(connection->driver, connection->handle);
}

static apr_status_t note_end(void *data)
{
    ((direct_t *)data)->ending = true;
    return APR_SUCCESS;
}

static apr_status_t open_connection(void **resource, void *context, apr_pool_t *parent)
{
    const direct_t *direct = context;
    apr_pool_t *pool;
    apr_status_t status = apr_pool_create(&pool, parent);

    if (status != APR_SUCCESS)
        return status;
    wp_db_connection_t *connection = apr_pcalloc(pool, sizeof *connection);
    connection->driver = direct->driver;
    connection->pool = pool;
    connection->owner = connection;
    status = apr_dbd_open(direct->driver, pool, direct->params, &connection->handle);
    if (status == APR_SUCCESS)
        apr_pool_cleanup_register(pool, connection, close_handle, apr_pool_cleanup_null);
    else
        apr_pool_destroy(pool);
    *resource = connection;
    return status;
}

static apr_status_t close_connection(void *resource, void *context, apr_pool_t *parent)
{
    (void)parent;
    if (!((const direct_t *)context)->ending)
        apr_pool_destroy(((wp_db_connection_t *)resource)->pool);
    return APR_SUCCESS;
}

static apr_status_t borrow(void *context, apr_pool_t *pool, wp_db_connection_t *connection)
{
    const direct_t *direct = context;
    void *resource;
    apr_status_t status = apr_reslist_acquire(direct->list, &resource);

    if (status != APR_SUCCESS)
        return status;
    *connection = *(wp_db_connection_t *)resource;
    status = apr_dbd_check_conn(connection->driver, pool, connection->handle);
    if (status != APR_SUCCESS)
        apr_reslist_invalidate(direct->list, resource);
    return status;
}

static void give_back(void *context, wp_db_connection_t *connection)
{
    const direct_t *direct = context;
    apr_reslist_release(direct->list, connection->owner);
}

apr_status_t wp_direct_make(wp_db_pool_t *connections, apr_pool_t *pool, const char *driver, const char *params,
                            int max)
{
    direct_t *direct = apr_pcalloc(pool, sizeof *direct);
    apr_pool_t *own;
    apr_status_t status = apr_dbd_init(pool);

    if (status == APR_SUCCESS)
        status = apr_dbd_get_driver(pool, driver, &direct->driver);
    if (status == APR_SUCCESS)
        status = apr_pool_create(&own, pool);
    direct->params = apr_pstrdup(pool, params);
    if (status == APR_SUCCESS)
        apr_pool_pre_cleanup_register(own, direct, note_end);
    if (status == APR_SUCCESS)
        status = apr_reslist_create(&direct->list, 0, max, max, 0, open_connection, close_connection, direct, own);
    if (status == APR_SUCCESS)
        *connections = (wp_db_pool_t){borrow, give_back, direct};
    return status;
}
