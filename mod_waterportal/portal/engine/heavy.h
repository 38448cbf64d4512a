/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_PORTAL_ENGINE_HEAVY_H
#define WP_PORTAL_ENGINE_HEAVY_H

#include <apr_pools.h>

#include "portal/places.h"

/* Prevents routes that cost a thousand times as much as a page (route->heavy) from taking the portal away from
 * everybody else. On this machine a person has only one of them at a time, and one more may wait for it. A process
 * works on few at a time, so that some of its database connections, and its memory, always remain for pages. Only a
 * share of its threads is ever inside, working or waiting. A request for which there is no room is told so at once,
 * which costs nothing. */
typedef struct wp_heavy_t wp_heavy_t;
typedef struct wp_heavy_turn_t wp_heavy_turn_t;

typedef struct wp_heavy_options_t {
    const wp_places_t *places; /* NULL: the limits are per process, and not per person */
    int at_once;               /* worked on by this process at a time */
    int inside;                /* working and waiting in total, at least at_once */
    int wait_ms;               /* the longest wait for a turn */
} wp_heavy_options_t;

apr_status_t wp_heavy_make(wp_heavy_t **heavy, apr_pool_t *pool, const wp_heavy_options_t *options);

typedef enum {
    WP_HEAVY_IN,
    WP_HEAVY_OWN, /* the person's own previous request is not finished yet */
    WP_HEAVY_FULL /* there are too many requests of others */
} wp_heavy_verdict_t;

/* person: any text that identifies one person. The turn ends with pool at the latest. *turn is NULL unless
 * WP_HEAVY_IN. */
wp_heavy_verdict_t wp_heavy_enter(wp_heavy_t *heavy, const char *person, apr_pool_t *pool, wp_heavy_turn_t **turn);

/* Ends the work, so that others can begin. The person's own turn lasts until pool ends, while the answer is being
 * sent. */
void wp_heavy_work_done(wp_heavy_turn_t *turn);

/* Ends the whole turn. Both functions are harmless if called repeatedly, or with NULL. */
void wp_heavy_leave(wp_heavy_turn_t *turn);

#endif
