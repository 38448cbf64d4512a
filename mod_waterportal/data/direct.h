/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DATA_DIRECT_H
#define WP_DATA_DIRECT_H

#include "data/db.h"

/* Connections without httpd: for waterportalctl and the tests. Behaves as mod_dbd does: a list of persistent
 * connections, each looked at by apr_dbd_check_conn when it is borrowed. */

/* driver: sqlite3 or pgsql; params as in DBDParams. Nothing is opened yet; APR_EDSOOPEN etc. when the driver is not
 * installed. Connections close when pool is destroyed. */
apr_status_t wp_direct_make(wp_db_pool_t *connections, apr_pool_t *pool, const char *driver, const char *params,
                            int max);

#endif
