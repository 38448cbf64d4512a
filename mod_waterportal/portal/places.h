/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_PORTAL_PLACES_H
#define WP_PORTAL_PLACES_H

#include <apr_pools.h>

/* "At most so many at once" that holds across all processes of this machine: two generations of children during a
 * graceful restart, and several portals of one httpd. A place is a lock on one byte of a file that nothing is ever
 * written to: the kernel gives it up when its holder lets go, is killed, or leaves without a word, so there is nothing
 * to tidy up and no lease to guess. Another machine has its own file: behind a balancer a limit holds on each node. */
typedef struct wp_places_t wp_places_t;
typedef struct wp_place_t wp_place_t;

/* file: it exists, and this process may open it to write. APR_SUCCESS, or why it cannot be opened. */
apr_status_t wp_places_make(wp_places_t **places, apr_pool_t *pool, const char *file);

/* Takes one of the `most` places of what is named; never waits. The place is given up with pool, or by
 * wp_place_leave(). APR_SUCCESS; APR_EBUSY: all are taken; else why the file cannot be used. *place is NULL unless
 * APR_SUCCESS. */
apr_status_t wp_place_take(wp_place_t **place, const wp_places_t *places, const char *what, int most, apr_pool_t *pool);

/* Harmless when it was left already, or is NULL. */
void wp_place_leave(wp_place_t *place);

#endif
