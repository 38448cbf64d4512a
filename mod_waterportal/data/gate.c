/* SPDX-License-Identifier: Apache-2.0 */
#include "data/gate.h"

#include <apr_ring.h>
#include <apr_thread_cond.h>
#include <apr_thread_mutex.h>
#include <stdbool.h>

#include "base/banned.h"

/* A thread in the queue; lives on its stack. Each has its own condition, so that exactly the first is woken. */
typedef struct waiter_t {
    APR_RING_ENTRY(waiter_t) link;
    apr_thread_cond_t *turn;
    bool admitted;
} waiter_t;

APR_RING_HEAD(queue_t, waiter_t);

/* Conditions are made once and lent: threads come and go, a pool would grow. */
typedef struct spare_t {
    struct spare_t *next;
    apr_thread_cond_t *turn;
} spare_t;

struct wp_gate_t {
    apr_pool_t *pool;
    apr_thread_mutex_t *mutex;
    struct queue_t queue;
    spare_t *spares, *husks;
    int free;
};

apr_status_t wp_gate_make(wp_gate_t **gate, apr_pool_t *pool, int places)
{
    wp_gate_t *made = apr_pcalloc(pool, sizeof *made);
    apr_status_t status = apr_thread_mutex_create(&made->mutex, APR_THREAD_MUTEX_DEFAULT, pool);

    if (status == APR_SUCCESS)
        status = apr_pool_create(&made->pool, pool);
    APR_RING_INIT(&made->queue, waiter_t, link);
    made->free = places;
    *gate = status == APR_SUCCESS ? made : NULL;
    return status;
}

static apr_status_t borrow_condition(wp_gate_t *gate, apr_thread_cond_t **turn)
{
    spare_t *spare = gate->spares;
    if (!spare)
        return apr_thread_cond_create(turn, gate->pool);
    *turn = spare->turn;
    gate->spares = spare->next;
    spare->next = gate->husks;
    gate->husks = spare;
    return APR_SUCCESS;
}

static void return_condition(wp_gate_t *gate, apr_thread_cond_t *turn)
{
    spare_t *spare = gate->husks;
    if (spare)
        gate->husks = spare->next;
    else
        spare = apr_palloc(gate->pool, sizeof *spare);
    *spare = (spare_t){gate->spares, turn};
    gate->spares = spare;
}

static apr_status_t wait_for_turn(wp_gate_t *gate, apr_interval_time_t wait)
{
    waiter_t waiter = {.admitted = false};
    apr_time_t deadline = apr_time_now() + wait;
    apr_status_t status = borrow_condition(gate, &waiter.turn);

    if (status != APR_SUCCESS)
        return status;
    APR_RING_ELEM_INIT(&waiter, link);
    APR_RING_INSERT_TAIL(&gate->queue, &waiter, waiter_t, link);
    while (!waiter.admitted) {
        apr_interval_time_t left = deadline - apr_time_now();
        if (left <= 0)
            break;
        apr_thread_cond_timedwait(waiter.turn, gate->mutex, left);
    }
    /* who lets another in takes it off the queue */
    if (!waiter.admitted)
        APR_RING_REMOVE(&waiter, link);
    return_condition(gate, waiter.turn);
    return waiter.admitted ? APR_SUCCESS : APR_TIMEUP;
}

apr_status_t wp_gate_enter(wp_gate_t *gate, apr_interval_time_t wait)
{
    apr_status_t status = APR_SUCCESS;

    apr_thread_mutex_lock(gate->mutex);
    if (gate->free > 0)
        gate->free--;
    else
        status = wait_for_turn(gate, wait);
    apr_thread_mutex_unlock(gate->mutex);
    return status;
}

void wp_gate_leave(wp_gate_t *gate)
{
    apr_thread_mutex_lock(gate->mutex);
    if (APR_RING_EMPTY(&gate->queue, waiter_t, link)) {
        gate->free++;
    } else {
        waiter_t *first = APR_RING_FIRST(&gate->queue);
        APR_RING_REMOVE(first, link);
        first->admitted = true;
        apr_thread_cond_signal(first->turn);
    }
    apr_thread_mutex_unlock(gate->mutex);
}
