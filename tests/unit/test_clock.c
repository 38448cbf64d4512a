/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <apr_general.h>
#include <apr_strings.h>
#include <apr_thread_proc.h>
#include <apr_time.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "data/gate.h"
#include "data/write_gate.h"

#include "base/banned.h"

/* Somebody sets the machine's date again and again: each look at it is an hour further, or an hour back. These stand
 * before libc's, for libapr too; what only goes forward is the kernel's. */
static int hours_each_look;
static int64_t hours;

int clock_gettime(clockid_t clock, struct timespec *now)
{
    long answer = syscall(SYS_clock_gettime, clock, now);
    if (clock == CLOCK_REALTIME)
        now->tv_sec += (time_t)(3600 * (hours += hours_each_look));
    return (int)answer;
}

int gettimeofday(struct timeval *now, void *zone)
{
    struct timespec exact;
    (void)zone;
    clock_gettime(CLOCK_REALTIME, &exact);
    *now = (struct timeval){exact.tv_sec, exact.tv_nsec / 1000};
    return 0;
}

static apr_pool_t *pool;
static const int directions[] = {1, -1};

static void the_date_jumps(void **state)
{
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        hours_each_look = directions[i];
        apr_time_t before = apr_time_now();
        assert_true(llabs(apr_time_now() - before) > apr_time_from_sec(3000));
        wp_tick_t tick = wp_tick_now();
        assert_in_range(wp_tick_now() - tick, 0, 5 * 1000000);
    }
}

static void milliseconds_are_rounded_up_and_never_negative(void **state)
{
    (void)state;
    assert_int_equal(wp_tick_ms_left(wp_tick_now() - 1000000), 0);
    assert_int_equal(wp_tick_ms_left(WP_TICK_NEVER), INT32_MAX);
    assert_in_range(wp_tick_ms_left(wp_tick_after_ms(60000)), 50000, 60000);
}

static void a_gate_keeps_its_time(void **state)
{
    (void)state;
    wp_gate_t *gate;
    assert_int_equal(wp_gate_make(&gate, pool, 1), APR_SUCCESS);
    assert_int_equal(wp_gate_enter_until(gate, wp_tick_after_ms(0)), APR_SUCCESS);
    for (size_t i = 0; i < 2; i++) {
        hours_each_look = directions[i];
        wp_tick_t began = wp_tick_now();
        assert_int_equal(wp_gate_enter_until(gate, wp_tick_after_ms(300)), APR_TIMEUP);
        assert_in_range(wp_tick_now() - began, 300 * 1000, 10 * 1000000);
    }
}

static void *APR_THREAD_FUNC leave_soon(apr_thread_t *thread, void *gate)
{
    (void)thread;
    usleep(200000);
    wp_gate_leave(gate);
    return NULL;
}

static void whoever_waits_in_time_is_let_in(void **state)
{
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        apr_thread_t *thread;
        apr_status_t status;
        wp_gate_t *gate;
        hours_each_look = directions[i];
        assert_int_equal(wp_gate_make(&gate, pool, 1), APR_SUCCESS);
        assert_int_equal(wp_gate_enter_until(gate, wp_tick_after_ms(0)), APR_SUCCESS);
        assert_int_equal(apr_thread_create(&thread, NULL, leave_soon, gate, pool), APR_SUCCESS);
        assert_int_equal(wp_gate_enter_until(gate, wp_tick_after_ms(20000)), APR_SUCCESS);
        apr_thread_join(&status, thread);
    }
}

/* Another process has the file's lock. */
static void the_gate_between_processes_keeps_its_time(void **state)
{
    (void)state;
    char database[] = "/tmp/wp-clock-XXXXXX", name[64];
    close(mkstemp(database));
    apr_snprintf(name, sizeof name, "%s-gate", database);
    int file = open(name, O_RDWR | O_CREAT, 0600);
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 0, .l_len = 1};
    wp_write_gate_t *gate;
    assert_true(file >= 0 && fcntl(file, F_OFD_SETLK, &lock) == 0);
    assert_int_equal(wp_write_gate_make(&gate, pool), APR_SUCCESS);
    for (size_t i = 0; i < 2; i++) {
        hours_each_look = directions[i];
        wp_tick_t began = wp_tick_now();
        assert_int_equal(wp_write_gate_enter_until(gate, database, wp_tick_after_ms(300)), APR_TIMEUP);
        assert_in_range(wp_tick_now() - began, 300 * 1000, 10 * 1000000);
    }
    unlink(database);
    unlink(name);
    close(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_date_jumps),
                                       cmocka_unit_test(milliseconds_are_rounded_up_and_never_negative),
                                       cmocka_unit_test(a_gate_keeps_its_time),
                                       cmocka_unit_test(whoever_waits_in_time_is_let_in),
                                       cmocka_unit_test(the_gate_between_processes_keeps_its_time)};
    alarm(120); /* one that waits for an hour */
    apr_initialize();
    apr_pool_create(&pool, NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
