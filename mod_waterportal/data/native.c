/* SPDX-License-Identifier: Apache-2.0 */
#include "data/native.h"

#include <apr_dso.h>
#include <apr_strings.h>
#include <fcntl.h>
#include <poll.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/banned.h"

/* from libpq-fe.h, which need not be installed; both numbers are part of libpq's ABI */
#define CONNECTION_OK    0
#define PQERRORS_VERBOSE 2
#define SQLSTATE_LENGTH  5
#define LOOKS_MAX        8

struct wp_native_t {
    bool sqlite;
    int (*pq_socket)(const void *connection);
    int (*pq_status)(const void *connection);
    int (*pq_consume_input)(void *connection);
    int (*pq_set_error_verbosity)(void *connection, int verbosity);
    void *(*pq_set_notice_processor)(void *connection, void (*take)(void *context, const char *message), void *context);
    void (*sqlite_interrupt)(void *connection);
};

typedef struct symbol_t {
    const char *name;
    size_t member;
} symbol_t;

static const symbol_t pgsql_symbols[] = {{"PQsocket", offsetof(wp_native_t, pq_socket)},
                                         {"PQstatus", offsetof(wp_native_t, pq_status)},
                                         {"PQconsumeInput", offsetof(wp_native_t, pq_consume_input)},
                                         {"PQsetErrorVerbosity", offsetof(wp_native_t, pq_set_error_verbosity)},
                                         {"PQsetNoticeProcessor", offsetof(wp_native_t, pq_set_notice_processor)},
                                         {NULL, 0}};
static const symbol_t sqlite_symbols[] = {{"sqlite3_interrupt", offsetof(wp_native_t, sqlite_interrupt)}, {NULL, 0}};

/* apr loads its drivers, and their libraries with them, with symbols visible to the whole process. */
apr_status_t wp_native_find(const wp_native_t **native, apr_pool_t *pool, const apr_dbd_driver_t *driver)
{
    wp_native_t *found = apr_pcalloc(pool, sizeof *found);
    apr_dso_handle_t *process;
    apr_dso_handle_sym_t address;
    apr_status_t status = apr_dso_load(&process, NULL, pool);

    found->sqlite = strcmp(apr_dbd_name(driver), "sqlite3") == 0;
    for (const symbol_t *symbol = found->sqlite ? sqlite_symbols : pgsql_symbols; symbol->name && status == APR_SUCCESS;
         symbol++) {
        status = apr_dso_sym(&address, process, symbol->name) == APR_SUCCESS ? APR_SUCCESS : APR_ENOTIMPL;
        if (status == APR_SUCCESS)
            memcpy((char *)found + symbol->member, &address, sizeof address);
    }
    *native = status == APR_SUCCESS ? found : NULL;
    return status;
}

bool wp_native_is_sqlite(const wp_native_t *native)
{
    return native->sqlite;
}

/* libpq would print notices to httpd's error log, without a number and without saying where they come from. We notice
 * and log whatever ends a connection; other remarks of a server do not help an administrator of the portal. */
static void drop_notice(void *context, const char *message)
{
    (void)context;
    (void)message;
}

bool wp_native_open(wp_native_handle_t *opened, const wp_native_t *native, const apr_dbd_driver_t *driver,
                    apr_dbd_t *handle)
{
    *opened = (wp_native_handle_t){native, apr_dbd_native_handle(driver, handle), -1};
    if (native->sqlite)
        return true;
    native->pq_set_notice_processor(opened->handle, drop_notice, NULL);
    native->pq_set_error_verbosity(opened->handle, PQERRORS_VERBOSE); /* puts the SQLSTATE into the message */
    opened->socket = fcntl(native->pq_socket(opened->handle), F_DUPFD_CLOEXEC, 0);
    return opened->socket >= 0;
}

void wp_native_close(wp_native_handle_t *handle)
{
    if (handle->socket >= 0)
        close(handle->socket);
    handle->socket = -1;
}

void wp_native_cut(const wp_native_handle_t *handle)
{
    if (handle->native->sqlite)
        handle->native->sqlite_interrupt(handle->handle);
    else if (handle->socket >= 0)
        shutdown(handle->socket, SHUT_RDWR);
}

bool wp_native_is_lost(const wp_native_handle_t *handle)
{
    const wp_native_t *native = handle->native;
    struct pollfd poller = {.fd = handle->socket, .events = POLLIN};

    if (native->sqlite)
        return false;
    /* a server that ends a connection first says why, and only the next look finds the end */
    for (int look = 0; look < LOOKS_MAX; look++) {
        if (native->pq_status(handle->handle) != CONNECTION_OK)
            return true;
        if (poll(&poller, 1, 0) <= 0)
            return false;
        if (!native->pq_consume_input(handle->handle))
            return true;
    }
    return true; /* nothing was asked, and yet the server keeps sending */
}

/* "ERROR:  25006: cannot execute INSERT in a read-only transaction"; the first word may be in any language. */
static const char *find_state(const char *message)
{
    const char *colon = strstr(message, ":  ");
    const char *state = colon ? colon + strlen(":  ") : "";
    bool there = strspn(state, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == SQLSTATE_LENGTH &&
                 state[SQLSTATE_LENGTH] == ':';
    return there ? state : NULL;
}

bool wp_native_is_state(const wp_native_handle_t *handle, const char *message, const char *states)
{
    const char *state = handle->native->sqlite ? NULL : find_state(message);

    while (state && *states) {
        size_t length = strcspn(states, " ");
        if (strncmp(state, states, length) == 0)
            return true;
        states += length + (states[length] == ' ');
    }
    return false;
}
