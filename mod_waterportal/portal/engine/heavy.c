/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/engine/heavy.h"

#include <apr_atomic.h>
#include <apr_strings.h>
#include <apr_time.h>
#include <stdbool.h>

#include "base/clock.h"
#include "data/gate.h"
#include "portal/portal.h"

#include "base/banned.h"

#define POLL_USEC 20000 /* there is no wait with a time limit for a kernel lock, so it is polled */

struct wp_heavy_t {
    wp_heavy_options_t options;
    wp_gate_t *gate;
    volatile apr_uint32_t inside;
};

struct wp_heavy_turn_t {
    wp_heavy_t *heavy;
    wp_place_t *person;
    bool counted, working;
};

apr_status_t wp_heavy_make(wp_heavy_t **heavy, apr_pool_t *pool, const wp_heavy_options_t *options)
{
    wp_heavy_t *made = apr_pcalloc(pool, sizeof *made);
    apr_status_t status = wp_gate_make(&made->gate, pool, options->at_once);

    made->options = *options;
    *heavy = status == APR_SUCCESS ? made : NULL;
    return status;
}

void wp_heavy_work_done(wp_heavy_turn_t *turn)
{
    if (turn && turn->working)
        wp_gate_leave(turn->heavy->gate);
    if (turn && turn->counted)
        apr_atomic_dec32(&turn->heavy->inside);
    if (turn)
        turn->working = turn->counted = false;
}

static apr_status_t end_work(void *baton)
{
    wp_heavy_work_done(baton);
    return APR_SUCCESS;
}

void wp_heavy_leave(wp_heavy_turn_t *turn)
{
    wp_heavy_work_done(turn);
    if (turn)
        wp_place_leave(turn->person);
}

/* One request may wait for the person's previous one. A third is turned away, or a person could occupy as many threads
 * as he opens tabs. A lock file that can no longer be used is no reason to refuse. */
static bool take_person(wp_heavy_turn_t *turn, const char *person, wp_tick_t until, apr_pool_t *pool)
{
    const wp_places_t *places = turn->heavy->options.places;
    const char *own = apr_pstrcat(pool, "heavy|", person, NULL);
    wp_place_t *waiting = NULL;

    if (!places)
        return true;
    apr_status_t status = wp_place_take(&turn->person, places, own, 1, pool);
    if (status == APR_EBUSY &&
        wp_place_take(&waiting, places, apr_pstrcat(pool, "waits|", person, NULL), 1, pool) == APR_EBUSY)
        return false;
    while (status == APR_EBUSY && wp_tick_now() < until) {
        apr_sleep(POLL_USEC);
        status = wp_place_take(&turn->person, places, own, 1, pool);
    }
    wp_place_leave(waiting);
    return status != APR_EBUSY;
}

static bool count(wp_heavy_turn_t *turn)
{
    wp_heavy_t *heavy = turn->heavy;

    turn->counted = true;
    return apr_atomic_inc32(&heavy->inside) < (apr_uint32_t)heavy->options.inside;
}

static bool work(wp_heavy_turn_t *turn, wp_tick_t until)
{
    turn->working = wp_gate_enter_until(turn->heavy->gate, until) == APR_SUCCESS;
    return turn->working;
}

wp_heavy_verdict_t wp_heavy_enter(wp_heavy_t *heavy, const char *person, apr_pool_t *pool, wp_heavy_turn_t **turn)
{
    wp_heavy_turn_t *made = apr_pcalloc(pool, sizeof *made);
    wp_tick_t until = wp_tick_after_ms(heavy->options.wait_ms);
    wp_heavy_verdict_t verdict = WP_HEAVY_IN;

    made->heavy = heavy;
    apr_pool_cleanup_register(pool, made, end_work, apr_pool_cleanup_null);
    if (!count(made))
        verdict = WP_HEAVY_FULL;
    else if (!take_person(made, person, until, pool))
        verdict = WP_HEAVY_OWN;
    else if (!work(made, until))
        verdict = WP_HEAVY_FULL;
    if (verdict != WP_HEAVY_IN)
        wp_heavy_leave(made);
    *turn = verdict == WP_HEAVY_IN ? made : NULL;
    return verdict;
}

void wp_portal_limit_heavy(wp_portal_t *portal, apr_pool_t *pool, int at_once, int inside, int wait_ms)
{
    const wp_heavy_options_t options = {.places = portal->places,
                                        .at_once = at_once,
                                        .inside = inside > at_once ? inside : at_once,
                                        .wait_ms = wait_ms};
    if (wp_heavy_make(&portal->heavy, pool, &options) != APR_SUCCESS)
        portal->heavy = NULL;
}
