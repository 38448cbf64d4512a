/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DATA_NATIVE_H
#define WP_DATA_NATIVE_H

#include <apr_dbd.h>
#include <stdbool.h>

/* Functions of the database's own library that apr_dbd does not offer. They are looked up in the library that apr's
 * driver has loaded, so a server with only SQLite needs no libpq. Internal to data/. */
typedef struct wp_native_t wp_native_t;

/* APR_ENOTIMPL if the driver's library does not have them. In pool. */
apr_status_t wp_native_find(const wp_native_t **native, apr_pool_t *pool, const apr_dbd_driver_t *driver);
bool wp_native_is_sqlite(const wp_native_t *native);

/* One connection. Only wp_native_cut may be called by a thread other than its own. */
typedef struct wp_native_handle_t {
    const wp_native_t *native;
    void *handle;
    int socket; /* a duplicate: it stays this connection's whatever the library closes meanwhile. -1: SQLite */
} wp_native_handle_t;

/* False: the system has no file descriptors left. */
bool wp_native_open(wp_native_handle_t *opened, const wp_native_t *native, const apr_dbd_driver_t *driver,
                    apr_dbd_t *handle);
void wp_native_close(wp_native_handle_t *handle);

/* Makes the running statement, if any, fail at once. With PostgreSQL, the connection cannot be used afterwards. */
void wp_native_cut(const wp_native_handle_t *handle);

/* Has the server ended the connection? Sends nothing; reads what the server sent unasked. */
bool wp_native_is_lost(const wp_native_handle_t *handle);

/* Does a message of PostgreSQL begin with one of these SQLSTATE codes, separated by spaces? A code of two characters
 * stands for its class. */
bool wp_native_is_state(const wp_native_handle_t *handle, const char *message, const char *states);

#endif
