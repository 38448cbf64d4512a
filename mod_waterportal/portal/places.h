/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_PORTAL_PLACES_H
#define WP_PORTAL_PLACES_H

#include <apr_pools.h>

/* Inter-process slots: "at most so many at once", across all processes of this machine, so also across two generations
 * of children during a graceful restart, and several portals of one httpd. A place is a lock on one byte of a file to
 * which nothing is ever written. The kernel releases it when its holder gives it up, exits or is killed, so there is
 * nothing to clean up and no lease time to guess. Each machine has its own file: behind a load balancer the limit
 * applies to each node. */
typedef struct wp_places_t wp_places_t;
typedef struct wp_place_t wp_place_t;

/* file: an existing file that this process may open for writing. APR_SUCCESS, or why it cannot be opened. */
apr_status_t wp_places_make(wp_places_t **places, apr_pool_t *pool, const char *file);

/* Takes one of the `most` places for `what`; never waits. The place is given up with pool, or by wp_place_leave().
 * APR_SUCCESS; APR_EBUSY if all are taken; otherwise why the file cannot be used. *place is NULL unless APR_SUCCESS. */
apr_status_t wp_place_take(wp_place_t **place, const wp_places_t *places, const char *what, int most, apr_pool_t *pool);

/* Harmless if the place was already given up, or is NULL. */
void wp_place_leave(wp_place_t *place);

#endif
