/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DATA_CONNECTIONS_H
#define WP_DATA_CONNECTIONS_H

#include "data/connection.h"

/* The connections of one source. Neither mod_dbd's pool nor apr_reslist will do: they connect under the lock that who
 * borrows and who returns must take, so one slow connect stops all; and no setting of a server or of the kernel ends a
 * statement whose server is stopped, because its machine goes on acknowledging.
 *
 *   the opener   a thread: connects, outside any lock. A request that needs a new connection waits for it as long as it
 *                may, not as long as connecting takes. While the database is away it alone tries, every second; the
 *                others get an answer at once.
 *   the watch    a thread: shuts down the socket of a connection whose statement has exceeded its time (SQLite:
 *                interrupts it), so that the thread that waits for the answer goes on.
 *
 * A connection that was lost, or turned out to lead to a server that is read-only, casts doubt on all others of its
 * time: they are closed when they come back. Internal to data/. */
typedef struct wp_connections_t wp_connections_t;

/* Connects to nothing yet. how and options must outlive it. The threads end, and what is idle is closed, before pool is
 * destroyed. */
apr_status_t wp_connections_make(wp_connections_t **connections, apr_pool_t *pool, const wp_connector_t *how,
                                 const wp_db_options_t *options);

/* WP_DB_DOWN: there is none to be had; APR_TIMEUP: none until then. */
apr_status_t wp_connections_borrow(wp_connections_t *connections, wp_tick_t until, wp_connection_t **borrowed);

/* What runs on a borrowed connection is cut then. */
void wp_connections_allow(wp_connections_t *connections, wp_connection_t *connection, wp_tick_t until);
/* Was it? */
bool wp_connections_did_cut(wp_connections_t *connections, const wp_connection_t *connection);

/* lost: it cannot be used again, nor should the others of its time. */
void wp_connections_give_back(wp_connections_t *connections, wp_connection_t *connection, bool lost);

/* Why no connection could be opened when that was last tried; "" when it could. In pool. */
const char *wp_connections_reason(wp_connections_t *connections, apr_pool_t *pool);

#endif
