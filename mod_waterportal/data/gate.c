/* SPDX-License-Identifier: Apache-2.0 */
#include "data/gate.h"

#include <apr_ring.h>
#include <stdbool.h>

#include "base/banned.h"

/* A thread in the queue; lives on its stack. Each has its own condition, so that exactly the first is woken. */
typedef struct waiter_t {
    APR_RING_ENTRY(waiter_t) link;
    pthread_cond_t turn;
    bool admitted;
} waiter_t;

APR_RING_HEAD(queue_t, waiter_t);

struct wp_gate_t {
    pthread_mutex_t mutex;
    struct queue_t queue;
    int free;
};

static apr_status_t end_gate(void *gate)
{
    pthread_mutex_destroy(&((wp_gate_t *)gate)->mutex);
    return APR_SUCCESS;
}

apr_status_t wp_gate_make(wp_gate_t **gate, apr_pool_t *pool, int places)
{
    wp_gate_t *made = apr_pcalloc(pool, sizeof *made);

    *gate = NULL;
    if (pthread_mutex_init(&made->mutex, NULL) != 0)
        return APR_ENOMEM;
    apr_pool_cleanup_register(pool, made, end_gate, apr_pool_cleanup_null);
    APR_RING_INIT(&made->queue, waiter_t, link);
    made->free = places;
    *gate = made;
    return APR_SUCCESS;
}

static apr_status_t wait_for_turn(wp_gate_t *gate, wp_tick_t until)
{
    waiter_t waiter = {.admitted = false};

    if (!wp_turn_init(&waiter.turn))
        return APR_ENOMEM;
    APR_RING_ELEM_INIT(&waiter, link);
    APR_RING_INSERT_TAIL(&gate->queue, &waiter, waiter_t, link);
    while (!waiter.admitted && wp_turn_wait(&waiter.turn, &gate->mutex, until))
        continue;
    /* whoever admits a waiter takes it off the queue */
    if (!waiter.admitted)
        APR_RING_REMOVE(&waiter, link);
    pthread_cond_destroy(&waiter.turn);
    return waiter.admitted ? APR_SUCCESS : APR_TIMEUP;
}

apr_status_t wp_gate_enter_until(wp_gate_t *gate, wp_tick_t until)
{
    apr_status_t status = APR_SUCCESS;

    pthread_mutex_lock(&gate->mutex);
    if (gate->free > 0)
        gate->free--;
    else
        status = wait_for_turn(gate, until);
    pthread_mutex_unlock(&gate->mutex);
    return status;
}

void wp_gate_leave(wp_gate_t *gate)
{
    pthread_mutex_lock(&gate->mutex);
    if (APR_RING_EMPTY(&gate->queue, waiter_t, link)) {
        gate->free++;
    } else {
        waiter_t *first = APR_RING_FIRST(&gate->queue);
        APR_RING_REMOVE(first, link);
        first->admitted = true;
        pthread_cond_signal(&first->turn);
    }
    pthread_mutex_unlock(&gate->mutex);
}
