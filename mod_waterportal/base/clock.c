/* SPDX-License-Identifier: Apache-2.0 */
#include "base/clock.h"

#include <errno.h>
#include <limits.h>
#include <time.h>

#include "base/banned.h"

#define USEC_PER_SEC 1000000

wp_tick_t wp_tick_now(void)
{
    struct timespec now = {0, 0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (wp_tick_t)now.tv_sec * USEC_PER_SEC + now.tv_nsec / 1000 + 1;
}

wp_tick_t wp_tick_after_ms(int64_t milliseconds)
{
    return wp_tick_now() + milliseconds * 1000;
}

int wp_tick_ms_left(wp_tick_t then)
{
    wp_tick_t left = then - wp_tick_now();
    if (left <= 0)
        return 0;
    left = left / 1000 + (left % 1000 > 0);
    return left < INT_MAX ? (int)left : INT_MAX;
}

bool wp_turn_init(pthread_cond_t *turn)
{
    pthread_condattr_t attributes;
    bool made = pthread_condattr_init(&attributes) == 0;

    if (!made)
        return false;
    made = pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC) == 0 && pthread_cond_init(turn, &attributes) == 0;
    pthread_condattr_destroy(&attributes);
    return made;
}

bool wp_turn_wait(pthread_cond_t *turn, pthread_mutex_t *mutex, wp_tick_t until)
{
    if (until == WP_TICK_NEVER)
        return pthread_cond_wait(turn, mutex) == 0;
    const struct timespec then = {.tv_sec = (time_t)((until - 1) / USEC_PER_SEC),
                                  .tv_nsec = (long)((until - 1) % USEC_PER_SEC) * 1000};
    return pthread_cond_timedwait(turn, mutex, &then) != ETIMEDOUT;
}
