/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_BASE_CLOCK_H
#define WP_BASE_CLOCK_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

/* The clock for waiting: it only goes forward, whatever happens to the machine's date. Instants that a person reads
 * come from apr_time_now(); deadlines, pauses and "not more often than" use this clock (tests/guards/run checks).
 * apr_thread_cond_timedwait() uses the machine's date: if that is set back an hour, it waits an hour longer. */

/* Microseconds since some moment before the process began, never 0. */
typedef int64_t wp_tick_t;
#define WP_TICK_NEVER INT64_MAX

wp_tick_t wp_tick_now(void);
wp_tick_t wp_tick_after_ms(int64_t milliseconds);
/* Milliseconds until then, rounded up; 0 if it has passed. At most INT_MAX. */
int wp_tick_ms_left(wp_tick_t then);

/* Makes a condition variable whose waits below use this clock. False if the system has no resources left. */
bool wp_turn_init(pthread_cond_t *turn);
/* Waits until turn is signalled or until is reached; mutex is held before and after. False: until was reached. As with
 * every condition variable, the caller checks its condition again. */
bool wp_turn_wait(pthread_cond_t *turn, pthread_mutex_t *mutex, wp_tick_t until);

#endif
