/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DATA_GATE_H
#define WP_DATA_GATE_H

#include <stddef.h> /* before APR, which needs offsetof: its own definition is undefined behaviour that clang rejects */

#include <apr_pools.h>

#include "base/clock.h"

/* A counting semaphore with a bounded wait, first come, first served: without it every thread of the server would end
 * up waiting for a slow database. */
typedef struct wp_gate_t wp_gate_t;

/* places: how many threads may be inside at once. Lives in pool; thread-safe. */
apr_status_t wp_gate_make(wp_gate_t **gate, apr_pool_t *pool, int places);

/* APR_SUCCESS, or APR_TIMEUP if no place became free by until. A free place is taken even if until has passed. */
apr_status_t wp_gate_enter_until(wp_gate_t *gate, wp_tick_t until);
void wp_gate_leave(wp_gate_t *gate);

#endif
