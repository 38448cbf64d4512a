/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DATA_WRITE_GATE_H
#define WP_DATA_WRITE_GATE_H

#include <apr_pools.h>

#include "base/clock.h"

/* A lock between all writers of one SQLite database, in this process and others. SQLite has one writer at a time, and
 * apr's driver has no bounded wait for it (docs/platform.md, D7). So writers queue here: the threads of this process at
 * a gate, then the processes (a graceful restart overlaps two generations of children, and waterportalctl writes too)
 * at an fcntl lock on "<database file>-gate". The kernel drops the lock of a killed process. */
typedef struct wp_write_gate_t wp_write_gate_t;

apr_status_t wp_write_gate_make(wp_write_gate_t **gate, apr_pool_t *pool);

/* database: the path of the file; NULL or "" for a database in memory, which no other process uses. APR_SUCCESS;
 * APR_TIMEUP if the gate could not be entered by until; or why the lock file cannot be opened. */
apr_status_t wp_write_gate_enter_until(wp_write_gate_t *gate, const char *database, wp_tick_t until);
void wp_write_gate_leave(wp_write_gate_t *gate);

#endif
