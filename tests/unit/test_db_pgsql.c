/* SPDX-License-Identifier: Apache-2.0 */
#include "pgsql_cluster.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"

#include "base/banned.h"

static void after_a_restart_a_read_is_the_first(void **state)
{
    (void)state;
    wp_rows_t *rows;
    warm_up();
    assert_int_equal(db_select("all", NULL, &rows), APR_SUCCESS);
    assert_int_equal(cluster("restart"), 0);
    assert_int_equal(db_select("all", NULL, &rows), APR_SUCCESS);
    assert_int_equal(rows->count, 80);
    db_expect_silence();
}

static void after_a_restart_a_write_is_the_first(void **state)
{
    (void)state;
    warm_up();
    assert_int_equal(cluster("restart"), 0);
    assert_int_equal(db_change("add_once", db_item("first", 0, NULL), NULL), APR_SUCCESS);
    assert_int_equal(db_count(), 81);
    db_expect_silence();
}

static void after_a_restart_all_connections_come_back(void **state)
{
    (void)state;
    db_load_t load = {.threads = 8, .each = 20};
    warm_up();
    assert_int_equal(cluster("restart"), 0);
    db_load(db.source, "again", &load);
    assert_int_equal(load.done, 160);
    assert_int_equal(db_count(), 240);
    db_expect_silence();
}

static void a_restart_under_load_loses_and_doubles_nothing(void **state)
{
    (void)state;
    db_load_t load = {.threads = 8, .each = 400};
    assert_int_equal(db_change("remove_all", NULL, NULL), APR_SUCCESS);
    db_load_start(db.source, "restart", &load);
    apr_sleep(apr_time_from_msec(100));
    assert_int_equal(cluster("restart"), 0);
    db_load_end(&load);
    db_load_print("restart beside", &load);
    db.lines[0] = '\0';
    assert_true(load.done > 0);
    /* what was answered with success is there; of a unit whose commit lost its answer one row more may be there */
    assert_true(db_count() >= load.done);
    assert_true(db_count() <= load.done + load.failed);
    db_expect_silence();
}

static void connections_cut_under_load_are_opened_again(void **state)
{
    (void)state;
    db_load_t load = {.threads = 8, .each = 200};
    warm_up(); /* a connection the restart before left dead would be lost twice in one unit */
    assert_int_equal(db_change("remove_all", NULL, NULL), APR_SUCCESS);
    db_load_start(db.source, "cut", &load);
    assert_int_equal(shell("select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() "
                           "and backend_type = 'client backend'"),
                     0);
    db_load_end(&load);
    assert_int_equal(load.done, 1600);
    assert_int_equal(db_count(), 1600);
    db_expect_silence();
}

static void ddl_of_another_process_under_load(void **state)
{
    (void)state;
    db_load_t load = {.threads = 8, .each = 150};
    assert_int_equal(db_change("remove_all", NULL, NULL), APR_SUCCESS);
    db_load_start(db.source, "ddl", &load);
    for (int i = 0; i < 5; i++) {
        assert_int_equal(shell("alter table item add column extra text"), 0);
        assert_int_equal(shell("vacuum item"), 0);
        assert_int_equal(shell("alter table item drop column extra"), 0);
    }
    db_load_end(&load);
    assert_int_equal(load.done, 1200);
    assert_int_equal(db_count(), 1200);
    db_expect_silence();
}

/* "cached plan must not change result type": the statement is there and fails for ever. */
static void a_changed_result_type_is_prepared_anew(void **state)
{
    (void)state;
    wp_rows_t *rows;
    assert_int_equal(db_select("get", db_item("x", 0, NULL), &rows), APR_SUCCESS);
    assert_int_equal(shell("alter table item alter column s type varchar(1000)"), 0);
    assert_int_equal(db_select("get", db_item("x", 0, NULL), &rows), APR_SUCCESS);
    assert_int_equal(shell("alter table item alter column s type text"), 0);
    assert_int_equal(db_select("get", db_item("x", 0, NULL), &rows), APR_SUCCESS);
    db_expect_silence();
}

static apr_status_t cut_before_commit(wp_db_t *unit, void *baton)
{
    int *runs = baton;
    apr_status_t status = wp_db_change(unit, "add_once", db_item("cut", 0, NULL), NULL);
    if ((*runs)++ == 0)
        assert_int_equal(
            shell("select pg_terminate_backend(pid) from pg_stat_activity where state = 'idle in transaction'"), 0);
    return status;
}

static void a_commit_that_fails_is_run_again(void **state)
{
    (void)state;
    int runs = 0;
    wp_rows_t *rows;
    assert_int_equal(wp_db_transact(db.source, WP_DB_WRITE, db.pool, cut_before_commit, &runs), APR_SUCCESS);
    assert_int_equal(runs, 2);
    assert_int_equal(db_select("get", db_item("cut", 0, NULL), &rows), APR_SUCCESS);
    assert_int_equal(rows->count, 1);
    db_expect_silence();
}

/* A statement that fails at every page must not leave prepared statements on the server, nor touch those of others. */
static void failures_leave_nothing_behind(void **state)
{
    (void)state;
    wp_rows_t *rows;
    for (int i = 0; i < 30; i++) {
        assert_int_equal(db_select("wrong_columns", NULL, &rows), WP_DB_FAILED);
        assert_int_equal(db_select("get", db_item("x", 0, NULL), &rows), APR_SUCCESS);
    }
    db.lines[0] = '\0';
    assert_int_equal(db_select("prepared", NULL, &rows), APR_SUCCESS);
    assert_true(wp_row_int(rows, 0, "n") < 12);
    db_expect_silence();
}

static void a_slow_statement_is_stopped(void **state)
{
    (void)state;
    wp_db_options_t options = db.options;
    wp_db_source_t *source, *kept = db.source;
    wp_rows_t *rows;
    options.statement_ms = 200;
    source = db_source(&options);
    wp_tick_t began = wp_tick_now();
    db.source = source;
    apr_status_t status = db_select("sleep", NULL, &rows);
    db.source = kept;
    assert_int_equal(status, WP_DB_LATE);
    assert_true(wp_tick_now() - began < 3 * 1000000);
    db_expect_event("WP0210");
}

static void no_server_is_said_once_and_it_comes_back(void **state)
{
    (void)state;
    wp_rows_t *rows;
    wp_db_source_t *kept = db.source;
    db.source = db_source(&db.options); /* one that has not just said so */
    warm_up();                          /* eight connections that do not know yet */
    assert_int_equal(cluster("stop"), 0);
    for (int i = 0; i < 5; i++)
        assert_int_equal(db_select("count", NULL, &rows), WP_DB_DOWN);
    const char *said = strstr(db.lines, "WP0201");
    assert_non_null(said);
    assert_null(strstr(said + 1, "WP0201"));
    assert_null(strstr(db.lines, "WP0203"));
    db_expect_event("WP0201");
    assert_int_equal(cluster("restart"), 0);
    assert_int_equal(db_select("count", NULL, &rows), APR_SUCCESS);
    db.source = kept;
    db_expect_silence();
}

int main(void)
{
    const struct CMUnitTest faults[] = {cmocka_unit_test(after_a_restart_a_read_is_the_first),
                                        cmocka_unit_test(after_a_restart_a_write_is_the_first),
                                        cmocka_unit_test(after_a_restart_all_connections_come_back),
                                        cmocka_unit_test(a_restart_under_load_loses_and_doubles_nothing),
                                        cmocka_unit_test(connections_cut_under_load_are_opened_again),
                                        cmocka_unit_test(ddl_of_another_process_under_load),
                                        cmocka_unit_test(a_changed_result_type_is_prepared_anew),
                                        cmocka_unit_test(a_commit_that_fails_is_run_again),
                                        cmocka_unit_test(failures_leave_nothing_behind),
                                        cmocka_unit_test(a_slow_statement_is_stopped),
                                        cmocka_unit_test(no_server_is_said_once_and_it_comes_back)};
    int code = 1, failed;
    char *params = start_cluster(directory, &code);

    if (!params) {
        fprintf(stderr, "no PostgreSQL for the test (exit status %d)\n", code);
        rmdir(directory);
        return code;
    }
    db_open("pgsql", params, 8, true);
    failed = _cmocka_run_group_tests("schema", migrate_cases, migrate_case_count, NULL, NULL);
    failed += _cmocka_run_group_tests("prepared", db_cases, db_case_count, NULL, NULL);
    failed += cmocka_run_group_tests_name("faults", faults, NULL, NULL);
    failed += _cmocka_run_group_tests("servers", server_cases, server_case_count, NULL, NULL);
    db_close();
    db_open("pgsql", params, 8, false);
    failed += _cmocka_run_group_tests("unprepared", db_cases, db_case_count, NULL, NULL);
    failed += cmocka_run_group_tests_name("faults, unprepared", faults, NULL, NULL);
    failed += _cmocka_run_group_tests("servers, unprepared", server_cases, server_case_count, NULL, NULL);
    db_close();
    cluster("remove");
    free(params);
    return failed != 0;
}
