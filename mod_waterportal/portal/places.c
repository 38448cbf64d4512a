/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h" /* must be first: F_OFD_SETLK is an extension */

#include "portal/places.h"

#include <apr_errno.h>
#include <apr_strings.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "crypto/digest.h"

#include "base/banned.h"

#ifndef F_OFD_SETLK
#error "locks of the open file (POSIX.1-2024) are needed: those of the process do not hold between its threads"
#endif

#define NAME_DIGITS 14 /* digits of the name's SHA-256: 56 bits, so a collision of two names on a byte is very rare */

struct wp_places_t {
    const char *file;
};

struct wp_place_t {
    int file; /* opened separately, so that threads of one process exclude each other; -1: given up */
    apr_pool_t *pool;
};

apr_status_t wp_places_make(wp_places_t **places, apr_pool_t *pool, const char *file)
{
    wp_places_t *made = apr_palloc(pool, sizeof *made);
    int tried = open(file, O_RDWR | O_CLOEXEC | O_NOFOLLOW);

    *places = NULL;
    if (tried < 0)
        return APR_FROM_OS_ERROR(errno);
    close(tried);
    made->file = apr_pstrdup(pool, file);
    *places = made;
    return APR_SUCCESS;
}

static apr_status_t close_place(void *baton)
{
    wp_place_t *place = baton;
    if (place->file >= 0)
        close(place->file);
    place->file = -1;
    return APR_SUCCESS;
}

static off_t first_byte(const char *what, apr_pool_t *pool)
{
    const char *digest = wp_digest(pool, what, strlen(what));
    return digest ? (off_t)strtoull(apr_pstrndup(pool, digest, NAME_DIGITS), NULL, 16) : 0;
}

static apr_status_t lock_one(int file, off_t first, int most)
{
    for (int i = 0; i < most; i++) {
        struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = first + i, .l_len = 1};
        if (fcntl(file, F_OFD_SETLK, &lock) == 0)
            return APR_SUCCESS;
        if (errno != EAGAIN && errno != EACCES)
            return APR_FROM_OS_ERROR(errno);
    }
    return APR_EBUSY;
}

apr_status_t wp_place_take(wp_place_t **place, const wp_places_t *places, const char *what, int most, apr_pool_t *pool)
{
    wp_place_t *taken = apr_palloc(pool, sizeof *taken);

    *place = NULL;
    taken->pool = pool;
    taken->file = open(places->file, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    if (taken->file < 0)
        return APR_FROM_OS_ERROR(errno);
    apr_status_t status = lock_one(taken->file, first_byte(what, pool), most);
    if (status != APR_SUCCESS) {
        close_place(taken);
        return status;
    }
    apr_pool_cleanup_register(pool, taken, close_place, apr_pool_cleanup_null);
    *place = taken;
    return APR_SUCCESS;
}

void wp_place_leave(wp_place_t *place)
{
    if (place && place->file >= 0)
        apr_pool_cleanup_run(place->pool, place, close_place);
}
