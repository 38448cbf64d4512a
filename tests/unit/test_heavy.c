/* SPDX-License-Identifier: Apache-2.0 */
/* Places shared by processes, turns of heavy work, and rows that wait in a file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <apr_file_io.h>
#include <apr_general.h>
#include <apr_strings.h>
#include <apr_time.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "portal/engine/heavy.h"
#include "portal/row_spool.h"

#include "base/banned.h"

#define WAIT_MS 1500
#define AT_ONCE (WAIT_MS * 1000 / 2) /* microseconds: a machine may be busy, but this is no waiting for a turn */

typedef struct room_t {
    apr_pool_t *pool;
    char *file;
    wp_places_t *places;
} room_t;

static int make_room(void **state)
{
    static room_t room;
    apr_file_t *file;

    apr_pool_create(&room.pool, NULL);
    room.file = apr_pstrdup(room.pool, "/tmp/wp-places-XXXXXX");
    if (apr_file_mktemp(&file, room.file, APR_FOPEN_CREATE | APR_FOPEN_EXCL | APR_FOPEN_WRITE, room.pool) !=
        APR_SUCCESS)
        return -1;
    *state = &room;
    return wp_places_make(&room.places, room.pool, room.file) == APR_SUCCESS ? 0 : -1;
}

static int drop_room(void **state)
{
    room_t *room = *state;
    unlink(room->file);
    apr_pool_destroy(room->pool);
    return 0;
}

/* --- places --- */

static void so_many_and_no_more(void **state)
{
    const room_t *room = *state;
    wp_place_t *first, *second, *third, *other;

    assert_int_equal(wp_place_take(&first, room->places, "bank", 2, room->pool), APR_SUCCESS);
    assert_int_equal(wp_place_take(&second, room->places, "bank", 2, room->pool), APR_SUCCESS);
    assert_int_equal(wp_place_take(&third, room->places, "bank", 2, room->pool), APR_EBUSY);
    assert_null(third);
    assert_int_equal(wp_place_take(&other, room->places, "another", 1, room->pool), APR_SUCCESS);
    wp_place_leave(first);
    wp_place_leave(first);
    wp_place_leave(third);
    assert_int_equal(wp_place_take(&third, room->places, "bank", 2, room->pool), APR_SUCCESS);
}

static void a_place_ends_with_its_pool(void **state)
{
    const room_t *room = *state;
    apr_pool_t *request;
    wp_place_t *place;

    apr_pool_create(&request, room->pool);
    assert_int_equal(wp_place_take(&place, room->places, "x", 1, request), APR_SUCCESS);
    assert_int_equal(wp_place_take(&place, room->places, "x", 1, room->pool), APR_EBUSY);
    apr_pool_destroy(request);
    assert_int_equal(wp_place_take(&place, room->places, "x", 1, room->pool), APR_SUCCESS);
}

/* Takes the place in a process of its own, which then does nothing until it is killed. */
static pid_t another_process(const room_t *room, const char *what)
{
    int told[2];
    char yes = 0;

    assert_int_equal(pipe(told), 0);
    pid_t child = fork();
    if (child == 0) {
        wp_place_t *place;
        yes = wp_place_take(&place, room->places, what, 1, room->pool) == APR_SUCCESS;
        if (write(told[1], &yes, 1) == 1)
            pause();
        _exit(1);
    }
    assert_int_equal(read(told[0], &yes, 1), 1);
    assert_int_equal(yes, 1);
    close(told[0]);
    close(told[1]);
    return child;
}

static void a_killed_process_gives_its_place_back(void **state)
{
    const room_t *room = *state;
    pid_t child = another_process(room, "x");
    wp_place_t *place;

    assert_int_equal(wp_place_take(&place, room->places, "x", 1, room->pool), APR_EBUSY);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    assert_int_equal(wp_place_take(&place, room->places, "x", 1, room->pool), APR_SUCCESS);
}

static void no_file_no_places(void **state)
{
    const room_t *room = *state;
    wp_places_t *places;

    assert_int_not_equal(wp_places_make(&places, room->pool, "/nowhere/places"), APR_SUCCESS);
    assert_null(places);
}

/* --- heavy work --- */

typedef struct ask_t {
    wp_heavy_t *heavy;
    const char *person;
    wp_heavy_verdict_t verdict;
    apr_time_t took;
} ask_t;

/* A request: it asks, and is over at once. */
static void *ask(void *baton)
{
    ask_t *asked = baton;
    wp_heavy_turn_t *turn;
    apr_time_t begun = apr_time_now();
    apr_pool_t *request;

    apr_pool_create(&request, NULL);
    asked->verdict = wp_heavy_enter(asked->heavy, asked->person, request, &turn);
    asked->took = apr_time_now() - begun;
    apr_pool_destroy(request);
    return NULL;
}

static ask_t asked(wp_heavy_t *heavy, const char *person)
{
    ask_t one = {.heavy = heavy, .person = person};
    ask(&one);
    return one;
}

static wp_heavy_t *make_heavy(const room_t *room, int at_once, int inside)
{
    const wp_heavy_options_t options = {.places = room->places,
                                        .at_once = at_once,
                                        .inside = inside,
                                        .wait_ms = WAIT_MS};
    wp_heavy_t *heavy;
    assert_int_equal(wp_heavy_make(&heavy, room->pool, &options), APR_SUCCESS);
    return heavy;
}

static void one_works_one_waits_the_third_is_told_at_once(void **state)
{
    const room_t *room = *state;
    wp_heavy_t *heavy = make_heavy(room, 4, 8);
    wp_heavy_turn_t *turn;
    ask_t waits = {.heavy = heavy, .person = "anna"};
    wp_place_t *place;
    pthread_t thread;

    assert_int_equal(wp_heavy_enter(heavy, "anna", room->pool, &turn), WP_HEAVY_IN);
    pthread_create(&thread, NULL, ask, &waits);
    while (wp_place_take(&place, room->places, "waits|anna", 1, room->pool) == APR_SUCCESS) {
        wp_place_leave(place);
        apr_sleep(1000);
    }
    ask_t third = asked(heavy, "anna");
    assert_int_equal(third.verdict, WP_HEAVY_OWN);
    assert_true(third.took < AT_ONCE);
    assert_int_equal(asked(heavy, "bruno").verdict, WP_HEAVY_IN);
    pthread_join(thread, NULL);
    assert_int_equal(waits.verdict, WP_HEAVY_OWN);
    assert_true(waits.took >= WAIT_MS * 990);
    wp_heavy_leave(turn);
    wp_heavy_leave(turn);
    assert_int_equal(asked(heavy, "anna").verdict, WP_HEAVY_IN);
}

static void who_waits_is_let_in(void **state)
{
    const room_t *room = *state;
    wp_heavy_t *heavy = make_heavy(room, 1, 8);
    wp_heavy_turn_t *turn;
    ask_t waits[] = {{.heavy = heavy, .person = "anna"}, {.heavy = heavy, .person = "bruno"}};
    pthread_t threads[2];

    assert_int_equal(wp_heavy_enter(heavy, "anna", room->pool, &turn), WP_HEAVY_IN);
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, ask, &waits[i]);
    apr_sleep(50000);
    wp_heavy_leave(turn);
    for (int i = 0; i < 2; i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(waits[i].verdict, WP_HEAVY_IN);
    }
}

/* Threads that wait are threads too. */
static void only_a_share_is_ever_inside(void **state)
{
    const room_t *room = *state;
    wp_heavy_t *heavy = make_heavy(room, 1, 2);
    wp_heavy_turn_t *turn;
    ask_t waits = {.heavy = heavy, .person = "bruno"};
    pthread_t thread;

    assert_int_equal(wp_heavy_enter(heavy, "anna", room->pool, &turn), WP_HEAVY_IN);
    pthread_create(&thread, NULL, ask, &waits);
    apr_sleep(AT_ONCE / 3);
    ask_t third = asked(heavy, "cilda");
    assert_int_equal(third.verdict, WP_HEAVY_FULL);
    assert_true(third.took < AT_ONCE);
    pthread_join(thread, NULL);
    assert_int_equal(waits.verdict, WP_HEAVY_FULL);
    wp_heavy_leave(turn);
    assert_int_equal(asked(heavy, "cilda").verdict, WP_HEAVY_IN);
}

/* A file sent to a slow reader delays only that reader. */
static void work_that_is_done_lets_others_in(void **state)
{
    const room_t *room = *state;
    wp_heavy_t *heavy = make_heavy(room, 1, 2);
    wp_heavy_turn_t *turn;

    assert_int_equal(wp_heavy_enter(heavy, "anna", room->pool, &turn), WP_HEAVY_IN);
    wp_heavy_work_done(turn);
    assert_int_equal(asked(heavy, "bruno").verdict, WP_HEAVY_IN);
    assert_int_equal(asked(heavy, "anna").verdict, WP_HEAVY_OWN);
    wp_heavy_leave(turn);
    assert_int_equal(asked(heavy, "anna").verdict, WP_HEAVY_IN);
}

static void another_process_counts_too(void **state)
{
    const room_t *room = *state;
    wp_heavy_t *heavy = make_heavy(room, 4, 8);
    pid_t child = another_process(room, "heavy|anna");

    assert_int_equal(asked(heavy, "anna").verdict, WP_HEAVY_OWN);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    assert_int_equal(asked(heavy, "anna").verdict, WP_HEAVY_IN);
}

/* --- rows in a file --- */

static void rows_come_back_as_they_were(void **state)
{
    apr_pool_t *pool = ((room_t *)*state)->pool;
    char *large = apr_palloc(pool, 100001);
    const char *cells[] = {"a", NULL, "b", large, "", "ē\n\"", "7", "cut"};
    wp_query_t query = {.name = "q", .columns = apr_array_make(pool, 2, sizeof(wp_named_type_t))};
    const wp_rows_t rows = {.query = &query, .count = 4, .cells = cells};
    wp_rows_t back = {.query = &query};
    wp_row_spool_t *spool;
    apr_off_t first, second;

    memset(large, 'x', 100000);
    large[100000] = '\0';
    APR_ARRAY_PUSH(query.columns, wp_named_type_t) = (wp_named_type_t){"one", WP_TYPE_TEXT};
    APR_ARRAY_PUSH(query.columns, wp_named_type_t) = (wp_named_type_t){"two", WP_TYPE_TEXT};
    assert_int_equal(wp_row_spool_make(&spool, pool), APR_SUCCESS);
    assert_int_equal(wp_row_spool_add(spool, &rows, 3, &first), APR_SUCCESS);
    assert_int_equal(wp_row_spool_add(spool, &rows, 20, &second), APR_SUCCESS);
    for (int part = 0; part < 2; part++) {
        assert_int_equal(wp_row_spool_read(spool, &first, 1 + part, pool, &back), APR_SUCCESS);
        for (int i = 0; i < back.count * 2; i++) {
            const char *wanted = cells[part * 2 + i];
            assert_int_equal(back.cells[i] == NULL, wanted == NULL);
            assert_true(!wanted || strcmp(back.cells[i], wanted) == 0);
        }
    }
    assert_int_equal(first, second);
    assert_int_equal(wp_row_spool_read(spool, &second, 4, pool, &back), APR_SUCCESS);
    assert_string_equal(back.cells[7], "cut");
    assert_int_equal(wp_row_spool_read(spool, &second, 0, pool, &back), APR_SUCCESS);
    assert_int_not_equal(wp_row_spool_read(spool, &second, 1, pool, &back), APR_SUCCESS);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_room, drop_room)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(so_many_and_no_more),
        TEST(a_place_ends_with_its_pool),
        TEST(a_killed_process_gives_its_place_back),
        TEST(no_file_no_places),
        TEST(one_works_one_waits_the_third_is_told_at_once),
        TEST(who_waits_is_let_in),
        TEST(only_a_share_is_ever_inside),
        TEST(work_that_is_done_lets_others_in),
        TEST(another_process_counts_too),
        TEST(rows_come_back_as_they_were),
    };
    apr_initialize();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    apr_terminate();
    return failed;
}
