/* SPDX-License-Identifier: Apache-2.0 */
#include "db_fixture.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "crypto/random.h"

#include "base/banned.h"

/* The sqlite3 command: another process, as an admin's shell would be. */
static int shell(const char *sql)
{
    return db_command("sqlite3", "-bail", "-cmd", ".timeout 5000", db.params, sql, NULL);
}

static apr_status_t hold(wp_db_t *unit, void *baton)
{
    apr_status_t status = wp_db_change(unit, "add_once", db_item(wp_random_id(db.pool), 0, NULL), NULL);
    apr_sleep(*(apr_interval_time_t *)baton);
    return status;
}

/* A child with connections of its own that holds the write lock for so long; returns when it has it. */
static pid_t child_that_holds(apr_interval_time_t time)
{
    int ready[2];
    char byte;
    pid_t child;

    assert_int_equal(pipe(ready), 0);
    child = fork();
    if (child == 0) {
        close(ready[0]);
        /* the pipe's other end closes when the child is killed, or here, before it holds */
        wp_db_source_t *source = db_source(&db.options);
        struct {
            apr_interval_time_t time;
        } baton = {time};
        close(ready[1]);
        _exit(wp_db_transact(source, WP_DB_WRITE, db.pool, hold, &baton.time) != APR_SUCCESS);
    }
    close(ready[1]);
    assert_int_equal(read(ready[0], &byte, 1), 0);
    close(ready[0]);
    apr_sleep(apr_time_from_msec(200));
    return child;
}

static void a_writer_of_another_process_is_waited_for(void **state)
{
    (void)state;
    apr_time_t began = apr_time_now();
    int status;
    pid_t child = child_that_holds(apr_time_from_msec(600));
    assert_int_equal(db_change("add_once", db_item("patient", 0, NULL), NULL), APR_SUCCESS);
    assert_true(apr_time_now() - began > apr_time_from_msec(500));
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
    db_expect_silence();
}

static void but_not_for_ever(void **state)
{
    (void)state;
    wp_db_options_t options = db.options;
    apr_interval_time_t none = 0;
    int status;
    options.wait_ms = 300;
    wp_db_source_t *source = db_source(&options);
    pid_t child = child_that_holds(apr_time_from_msec(1500));
    apr_time_t began = apr_time_now();
    assert_int_equal(wp_db_transact(source, WP_DB_WRITE, db.pool, hold, &none), WP_DB_BUSY);
    apr_time_t waited = apr_time_now() - began;
    assert_true(waited >= apr_time_from_msec(290) && waited < apr_time_from_msec(800));
    db_expect_event("WP0202");
    waitpid(child, &status, 0);
    assert_int_equal(wp_db_transact(source, WP_DB_WRITE, db.pool, hold, &none), APR_SUCCESS);
    db_expect_silence();
}

static void a_killed_writer_leaves_no_lock(void **state)
{
    (void)state;
    int status;
    int64_t before = db_count();
    pid_t child = child_that_holds(apr_time_from_sec(20));
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    apr_time_t began = apr_time_now();
    assert_int_equal(db_change("add_once", db_item("after the kill", 0, NULL), NULL), APR_SUCCESS);
    assert_true(apr_time_now() - began < apr_time_from_sec(2));
    assert_int_equal(db_count(), before + 1);
    db_expect_silence();
}

/* A program that knows nothing of the gate holds SQLite's own lock: the driver gives up after some 1.6 s. */
static void a_stranger_s_lock_is_busy_in_bounded_time(void **state)
{
    (void)state;
    pid_t child = fork();
    int status;
    if (child == 0) {
        execlp("sqlite3", "sqlite3", db.params, "begin immediate", ".shell sleep 4", "rollback", (char *)NULL);
        _exit(127);
    }
    apr_sleep(apr_time_from_msec(500));
    apr_time_t began = apr_time_now();
    assert_int_equal(db_change("add_once", db_item("stranger", 0, NULL), NULL), WP_DB_BUSY);
    assert_true(apr_time_now() - began < apr_time_from_sec(3));
    db_expect_event("WP0202");
    assert_true(db_count() >= 0); /* readers go on */
    waitpid(child, &status, 0);
    assert_int_equal(db_change("add_once", db_item("stranger", 0, NULL), NULL), APR_SUCCESS);
    db_expect_silence();
}

static void two_processes_write_each_exactly_once(void **state)
{
    (void)state;
    db_load_t load = {.threads = 25, .each = 40};
    int status;
    assert_int_equal(db_change("remove_all", NULL, NULL), APR_SUCCESS);
    pid_t child = fork();
    if (child == 0) {
        db_load(db_source(&db.options), "child", &load);
        _exit(load.done != 1000);
    }
    db_load(db.source, "parent", &load);
    waitpid(child, &status, 0);
    assert_int_equal(load.done, 1000);
    assert_int_equal(status, 0);
    assert_int_equal(db_count(), 2000);
    db_load_print("beside another process", &load);
    db_expect_silence();
}

/* Two virtual hosts of one server on one database. */
static void two_sources_of_one_process_share_the_lock(void **state)
{
    (void)state;
    db_load_t load = {.threads = 20, .each = 30, .also = db_source(&db.options)};
    assert_int_equal(db_change("remove_all", NULL, NULL), APR_SUCCESS);
    db_load(db.source, "shared", &load);
    assert_int_equal(load.done, 600);
    assert_int_equal(db_count(), 600);
    db_load_print("two sources", &load);
    db_expect_silence();
}

/* Each breaks every prepared statement of every connection for good (docs/platform.md, D7). */
static void ddl_and_vacuum_of_another_process_under_load(void **state)
{
    (void)state;
    db_load_t load = {.threads = 8, .each = 150};
    assert_int_equal(db_change("remove_all", NULL, NULL), APR_SUCCESS);
    db_load_start(db.source, "ddl", &load);
    for (int i = 0; i < 5; i++) {
        assert_int_equal(shell(apr_psprintf(db.pool, "create table extra%d (a text)", i)), 0);
        assert_int_equal(shell("vacuum"), 0);
        assert_int_equal(shell(apr_psprintf(db.pool, "drop table extra%d", i)), 0);
    }
    db_load_end(&load);
    db_load_print("DDL and VACUUM beside", &load);
    assert_int_equal(load.failed, 0);
    assert_int_equal(load.done + load.busy, 1200);
    assert_int_equal(db_count(), load.done);
    db.lines[0] = '\0';
}

static void the_first_unit_after_ddl_works(void **state)
{
    (void)state;
    wp_rows_t *rows;
    assert_int_equal(db_select("all", NULL, &rows), APR_SUCCESS);
    assert_int_equal(shell("create table other (a text)"), 0);
    assert_int_equal(db_select("all", NULL, &rows), APR_SUCCESS);
    assert_int_equal(shell("drop table other; vacuum"), 0);
    assert_int_equal(db_change("add_once", db_item("after vacuum", 0, NULL), NULL), APR_SUCCESS);
    assert_int_equal(db_change("add_once", db_item("once more", 0, NULL), NULL), APR_SUCCESS);
    db_expect_silence();
}

static void no_database_is_said_once(void **state)
{
    (void)state;
    apr_interval_time_t none = 0;
    wp_db_options_t options = db.options;
    options.params = "/nowhere/at/all.db";
    wp_db_source_t *source = db_source(&options);
    for (int i = 0; i < 3; i++)
        assert_int_equal(wp_db_transact(source, WP_DB_READ, db.pool, hold, &none), WP_DB_DOWN);
    const char *said = strstr(db.lines, "WP0201");
    assert_non_null(said);
    assert_null(strstr(said + 1, "WP0201"));
    db_expect_event("WP0201");
}

static void throughput(void **state)
{
    (void)state;
    db_load_t load = {.threads = 50, .each = 100};
    assert_int_equal(db_change("remove_all", NULL, NULL), APR_SUCCESS);
    db_load(db.source, "t", &load);
    db_load_print("synchronous=FULL", &load);
    assert_int_equal(load.done, 5000);
}

int main(void)
{
    const struct CMUnitTest faults[] = {cmocka_unit_test(a_writer_of_another_process_is_waited_for),
                                        cmocka_unit_test(but_not_for_ever),
                                        cmocka_unit_test(a_killed_writer_leaves_no_lock),
                                        cmocka_unit_test(a_stranger_s_lock_is_busy_in_bounded_time),
                                        cmocka_unit_test(two_processes_write_each_exactly_once),
                                        cmocka_unit_test(two_sources_of_one_process_share_the_lock),
                                        cmocka_unit_test(ddl_and_vacuum_of_another_process_under_load),
                                        cmocka_unit_test(the_first_unit_after_ddl_works),
                                        cmocka_unit_test(no_database_is_said_once),
                                        cmocka_unit_test(throughput)};
    char directory[] = "/tmp/wp-sqlite-XXXXXX";
    char path[64];
    int failed;

    if (!mkdtemp(directory))
        return 1;
    apr_snprintf(path, sizeof path, "%s/a.db", directory);
    db_open("sqlite3", ":memory:", 1, true);
    failed = _cmocka_run_group_tests("in memory", db_cases, db_case_count - 1, NULL, NULL);
    db_close();
    db_open("sqlite3", path, 8, true);
    failed += _cmocka_run_group_tests("schema", migrate_cases, migrate_case_count, NULL, NULL);
    failed += _cmocka_run_group_tests("file", db_cases, db_case_count, NULL, NULL);
    failed += cmocka_run_group_tests_name("faults", faults, NULL, NULL);
    db_close();
    db_command("rm", "-r", directory, NULL);
    return failed != 0;
}
