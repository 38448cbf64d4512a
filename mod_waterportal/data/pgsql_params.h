/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DATA_PGSQL_PARAMS_H
#define WP_DATA_PGSQL_PARAMS_H

#include <apr_pools.h>
#include <stdbool.h>

/* Internal to data/. */

/* libpq's connection string (words or a URI) with what the portal wants besides, in pool: connect_timeout, keepalives,
 * tcp_user_timeout and application_name unless the string sets them itself, and always client_encoding=UTF8: the texts
 * of a database in another encoding would arrive as bytes that no page can show. */
const char *wp_pgsql_params(apr_pool_t *pool, const char *params);

/* Does it ask for a server that takes writes? */
bool wp_pgsql_wants_primary(const char *params);

#endif
