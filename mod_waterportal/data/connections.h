/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DATA_CONNECTIONS_H
#define WP_DATA_CONNECTIONS_H

#include "data/connection.h"

/* The connections of one source. Neither mod_dbd's pool nor apr_reslist will do: they connect while holding the lock
 * that every borrow and return needs, so one slow connect stops all. And no setting of a server or of the kernel ends a
 * statement whose server is stopped, because its machine still acknowledges packets.
 *
 *   the opener   a thread: connects, outside any lock. A request that needs a new connection waits for it as long as
 *                the request may. While the database is down, only the opener tries, every second; requests are
 *                answered at once.
 *   the watch    a thread: shuts down the socket of a connection whose statement has exceeded its time (SQLite:
 *                interrupts it), so that the thread waiting for the answer continues.
 *
 * When a connection is lost, or turns out to lead to a read-only server, all others of its epoch are suspect: they are
 * closed when they come back. Internal to data/. */
typedef struct wp_connections_t wp_connections_t;

/* Does not connect yet. how and options must outlive it. Before pool is destroyed, the threads end and idle connections
 * are closed. */
apr_status_t wp_connections_make(wp_connections_t **connections, apr_pool_t *pool, const wp_connector_t *how,
                                 const wp_db_options_t *options);

/* WP_DB_DOWN: the database cannot be reached; APR_TIMEUP: none became free by until. */
apr_status_t wp_connections_borrow(wp_connections_t *connections, wp_tick_t until, wp_connection_t **borrowed);

/* A statement on a borrowed connection is cut off at until. */
void wp_connections_allow(wp_connections_t *connections, wp_connection_t *connection, wp_tick_t until);
/* Was the connection cut off? */
bool wp_connections_did_cut(wp_connections_t *connections, const wp_connection_t *connection);

/* lost: it cannot be used again, and the others of its epoch should not be. */
void wp_connections_give_back(wp_connections_t *connections, wp_connection_t *connection, bool lost);

/* Why the last attempt to connect failed; "" if it succeeded. In pool. */
const char *wp_connections_reason(wp_connections_t *connections, apr_pool_t *pool);

#endif
