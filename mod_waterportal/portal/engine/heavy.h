/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_PORTAL_ENGINE_HEAVY_H
#define WP_PORTAL_ENGINE_HEAVY_H

#include <apr_pools.h>

#include "portal/places.h"

/* What keeps the routes that cost a thousand times what a page costs (route->heavy) from taking the portal away from
 * everybody else. A person has one of them at a time on this machine, and one more may wait for it; a process works on
 * few at once, so that a part of its connections to the database, and its memory, are always left for pages; and of its
 * threads only a share is ever inside, working or waiting. Who finds no room is told at once, which costs nothing. */
typedef struct wp_heavy_t wp_heavy_t;
typedef struct wp_heavy_turn_t wp_heavy_turn_t;

typedef struct wp_heavy_options_t {
    const wp_places_t *places; /* NULL: this process only knows itself, and persons are not told apart */
    int at_once;               /* worked on by this process at a time */
    int inside;                /* working and waiting together, at least at_once */
    int wait_ms;               /* the longest wait for a turn */
} wp_heavy_options_t;

apr_status_t wp_heavy_make(wp_heavy_t **heavy, apr_pool_t *pool, const wp_heavy_options_t *options);

typedef enum {
    WP_HEAVY_IN,
    WP_HEAVY_OWN, /* the person's own one before is not done yet */
    WP_HEAVY_FULL /* others' are too many */
} wp_heavy_verdict_t;

/* person: any text that is one person's. The turn ends with pool at the latest. *turn is NULL unless WP_HEAVY_IN. */
wp_heavy_verdict_t wp_heavy_enter(wp_heavy_t *heavy, const char *person, apr_pool_t *pool, wp_heavy_turn_t **turn);

/* The work is done: others may begin. The person's own turn goes on till pool ends, as long as its answer is on the
 * way. */
void wp_heavy_work_done(wp_heavy_turn_t *turn);

/* All of it is done. Both are harmless when repeated, or with NULL. */
void wp_heavy_leave(wp_heavy_turn_t *turn);

#endif
