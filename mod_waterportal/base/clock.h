/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_BASE_CLOCK_H
#define WP_BASE_CLOCK_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

/* The clock for waiting: it only goes forward, whatever is done to the machine's date. Instants that a person reads are
 * apr_time_now()'s; whatever is a deadline, a pause or "not more often than" asks here (tests/guards/run sees to it).
 * apr_thread_cond_timedwait() counts on the machine's date: set back an hour, it waits an hour longer. */

/* Microseconds since some moment before the process began, never 0. */
typedef int64_t wp_tick_t;
#define WP_TICK_NEVER INT64_MAX

wp_tick_t wp_tick_now(void);
wp_tick_t wp_tick_after_ms(int64_t milliseconds);
/* Milliseconds until then, rounded up; 0 when it is over. At most INT_MAX. */
int wp_tick_ms_left(wp_tick_t then);

/* Makes a condition whose waits below end by this clock. False: the system has no resources left. */
bool wp_turn_init(pthread_cond_t *turn);
/* Waits until turn is signalled or the time has come; mutex is held before and after. False: the time has come.
 * As with every condition, look again at what was waited for. */
bool wp_turn_wait(pthread_cond_t *turn, pthread_mutex_t *mutex, wp_tick_t until);

#endif
