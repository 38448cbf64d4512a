/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h" /* first: F_OFD_SETLK is an extension */

#include "data/write_gate.h"

#include <apr_strings.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/gate.h"

#include "base/banned.h"

/* Locks belong to the open file, not to the process: two virtual hosts of one server may use the same database, each
 * with its own gate, and closing one file must not drop the other's lock. */
#ifdef F_OFD_SETLK
#define SET_LOCK F_OFD_SETLK
#define GET_LOCK F_OFD_GETLK
#else
#define SET_LOCK F_SETLK
#define GET_LOCK F_GETLK
#endif

/* fcntl cannot wait for a bounded time, so we poll it */
#define POLL_USEC      500
/* if another process waits, the last holder steps back this long, or it would always be first again */
#define STEP_BACK_USEC 1500
/* but only after it has had the lock this long: switching processes costs more than a commit */
#define SPELL_USEC     20000

/* bytes of the file */
#define BYTE_LOCK    0
#define BYTE_WAITING 1 /* read-locked by processes that wait */

struct wp_write_gate_t {
    apr_pool_t *pool;
    wp_gate_t *threads;
    int file;    /* used only by the thread inside */
    pid_t owner; /* the process that opened file: a child forked later must not share its lock */
    wp_tick_t spell_began, left_at;
};

static apr_status_t close_file(void *baton)
{
    wp_write_gate_t *gate = baton;
    if (gate->file >= 0)
        close(gate->file);
    gate->file = -1;
    return APR_SUCCESS;
}

apr_status_t wp_write_gate_make(wp_write_gate_t **gate, apr_pool_t *pool)
{
    wp_write_gate_t *made = apr_pcalloc(pool, sizeof *made);

    made->pool = pool;
    made->file = -1;
    *gate = made;
    apr_pool_cleanup_register(pool, made, close_file, apr_pool_cleanup_null);
    return wp_gate_make(&made->threads, pool, 1);
}

/* Gives the file the owner of the database, even if root's waterportalctl creates it first. */
static apr_status_t adopt(int file, const char *database)
{
    struct stat status;
    if (geteuid() != 0)
        return APR_SUCCESS;
    if (stat(database, &status) != 0 || fchown(file, status.st_uid, status.st_gid) != 0 ||
        fchmod(file, status.st_mode & 0666) != 0)
        return APR_FROM_OS_ERROR(errno);
    return APR_SUCCESS;
}

static apr_status_t open_file(wp_write_gate_t *gate, const char *database)
{
    char path[4096];

    if (gate->file >= 0 && gate->owner == getpid())
        return APR_SUCCESS;
    close_file(gate);
    if (snprintf(path, sizeof path, "%s-gate", database) >= (int)sizeof path)
        return APR_ENAMETOOLONG;
    gate->file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0660);
    if (gate->file < 0)
        return APR_FROM_OS_ERROR(errno);
    gate->owner = getpid();
    return adopt(gate->file, database);
}

static bool set_lock(const wp_write_gate_t *gate, short type, off_t byte)
{
    struct flock lock = {.l_type = type, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1};
    return fcntl(gate->file, SET_LOCK, &lock) == 0;
}

static bool others_wait(const wp_write_gate_t *gate)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = BYTE_WAITING, .l_len = 1};
    return fcntl(gate->file, GET_LOCK, &lock) == 0 && lock.l_type != F_UNLCK;
}

static apr_status_t wait_for_lock(wp_write_gate_t *gate, wp_tick_t until)
{
    bool locked = false;

    set_lock(gate, F_RDLCK, BYTE_WAITING);
    while (!(locked = set_lock(gate, F_WRLCK, BYTE_LOCK)) && wp_tick_now() < until)
        apr_sleep(POLL_USEC);
    set_lock(gate, F_UNLCK, BYTE_WAITING);
    return locked ? APR_SUCCESS : APR_TIMEUP;
}

static apr_status_t lock_file(wp_write_gate_t *gate, const char *database, wp_tick_t until)
{
    apr_status_t status = open_file(gate, database);
    wp_tick_t now = wp_tick_now();

    if (status != APR_SUCCESS)
        return status;
    if (now - gate->left_at > STEP_BACK_USEC) {
        gate->spell_began = now;
    } else if (now - gate->spell_began > SPELL_USEC) {
        if (others_wait(gate))
            apr_sleep(STEP_BACK_USEC);
        gate->spell_began = wp_tick_now();
    }
    return set_lock(gate, F_WRLCK, BYTE_LOCK) ? APR_SUCCESS : wait_for_lock(gate, until);
}

apr_status_t wp_write_gate_enter_until(wp_write_gate_t *gate, const char *database, wp_tick_t until)
{
    apr_status_t status = wp_gate_enter_until(gate->threads, until);

    if (status != APR_SUCCESS || !database || !*database)
        return status;
    status = lock_file(gate, database, until);
    if (status != APR_SUCCESS)
        wp_gate_leave(gate->threads);
    return status;
}

void wp_write_gate_leave(wp_write_gate_t *gate)
{
    if (gate->file >= 0) {
        set_lock(gate, F_UNLCK, BYTE_LOCK);
        gate->left_at = wp_tick_now();
    }
    wp_gate_leave(gate->threads);
}
