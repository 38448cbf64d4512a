/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DATA_PGSQL_PARAMS_H
#define WP_DATA_PGSQL_PARAMS_H

#include <apr_pools.h>
#include <stdbool.h>

/* Internal to data/. */

/* libpq's connection string (keywords or a URI) with the portal's defaults added, in pool: connect_timeout, keepalives,
 * tcp_user_timeout and application_name unless the string sets them, and always client_encoding=UTF8, because texts
 * from a database in another encoding would arrive as bytes that no page can show. */
const char *wp_pgsql_params(apr_pool_t *pool, const char *params);

/* Does it require a server that accepts writes? */
bool wp_pgsql_wants_primary(const char *params);

#endif
