/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DATA_NATIVE_H
#define WP_DATA_NATIVE_H

#include <apr_dbd.h>
#include <stdbool.h>

/* What the database's own library can do and apr_dbd does not pass on. The functions are looked up in the library that
 * apr's driver has loaded: a server with SQLite alone needs no libpq. Internal to data/. */
typedef struct wp_native_t wp_native_t;

/* APR_ENOTIMPL when the driver's library does not have them. In pool. */
apr_status_t wp_native_find(const wp_native_t **native, apr_pool_t *pool, const apr_dbd_driver_t *driver);
bool wp_native_is_sqlite(const wp_native_t *native);

/* One connection. Only wp_native_cut may be called by another thread than its own. */
typedef struct wp_native_handle_t {
    const wp_native_t *native;
    void *handle;
    int socket; /* a duplicate: whatever the library closes meanwhile, this is the connection's. -1: SQLite */
} wp_native_handle_t;

/* False: the system has no file descriptor left. */
bool wp_native_open(wp_native_handle_t *opened, const wp_native_t *native, const apr_dbd_driver_t *driver,
                    apr_dbd_t *handle);
void wp_native_close(wp_native_handle_t *handle);

/* Makes the statement that runs on it, if any, fail at once. PostgreSQL: for good, the connection is over. */
void wp_native_cut(const wp_native_handle_t *handle);

/* Has the server ended the connection? Asks nothing of it: what it sent unasked is read. */
bool wp_native_is_lost(const wp_native_handle_t *handle);

/* Does a message of PostgreSQL begin with one of these SQLSTATE codes, separated by blanks? A code of two characters
 * stands for its class. */
bool wp_native_is_state(const wp_native_handle_t *handle, const char *message, const char *states);

#endif
