/* SPDX-License-Identifier: Apache-2.0 */
#include "db_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"

#include "base/banned.h"

static char directory[] = "/tmp/wp-pgsql-XXXXXX";

static int cluster(const char *command)
{
    return db_command(PGSQL_SCRIPT, command, directory, NULL);
}

/* psql: another process, as an admin's shell would be. */
static int shell(const char *sql)
{
    return db_command("psql", "-qAtX", "-v", "ON_ERROR_STOP=1", "-o", "/dev/null", "-d", db.params, "-c", sql, NULL);
}

/* Every connection of the pool has prepared what the load uses. */
static void warm_up(void)
{
    db_load_t load = {.threads = 8, .each = 10};
    assert_int_equal(db_change("remove_all", NULL, NULL), APR_SUCCESS);
    db_load(db.source, "warm", &load);
    assert_int_equal(load.done, 80);
}

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

/* --- a server that takes everything and answers nothing --- */

#define PAGE_MS 800

typedef struct visitor_t {
    wp_db_source_t *source;
    const char *query;
    apr_status_t status;
    wp_tick_t took;
    apr_thread_t *thread;
} visitor_t;

static apr_status_t look(wp_db_t *unit, void *baton)
{
    wp_rows_t *rows;
    visitor_t *visitor = baton;
    return wp_db_select(unit, visitor->query, NULL, &rows);
}

/* One page, from a thread of its own. */
static void *APR_THREAD_FUNC visit(apr_thread_t *thread, void *data)
{
    visitor_t *visitor = data;
    apr_pool_t *pool;
    wp_tick_t began = wp_tick_now();

    (void)thread;
    apr_pool_create(&pool, NULL);
    visitor->status = wp_db_transact(wp_db_for_page(visitor->source, pool), WP_DB_READ, pool, look, visitor);
    visitor->took = wp_tick_now() - began;
    apr_pool_destroy(pool);
    return NULL;
}

static void visit_now(visitor_t *visitor)
{
    visit(NULL, visitor);
}

static void begin_visits(visitor_t *visitors, int count, wp_db_source_t *source, const char *query)
{
    for (int i = 0; i < count; i++) {
        visitors[i] = (visitor_t){.source = source, .query = query};
        assert_int_equal(apr_thread_create(&visitors[i].thread, NULL, visit, &visitors[i], db.pool), APR_SUCCESS);
    }
}

static void end_visits(visitor_t *visitors, int count)
{
    apr_status_t status;
    for (int i = 0; i < count; i++)
        apr_thread_join(&status, visitors[i].thread);
}

static wp_db_source_t *short_of_time(void)
{
    wp_db_options_t options = db.options;
    options.page_ms = PAGE_MS;
    options.wait_ms = 400;
    options.connections = options.keep = 4;
    return db_source(&options);
}

/* Until the database answers again; how long that took. */
static wp_tick_t wait_until_it_answers(wp_db_source_t *source)
{
    visitor_t visitor = {.source = source, .query = "count", .status = WP_DB_DOWN};
    wp_tick_t began = wp_tick_now();
    while (visitor.status != APR_SUCCESS && wp_tick_now() - began < 20 * 1000000) {
        visit_now(&visitor);
        apr_sleep(20000);
    }
    return wp_tick_now() - began;
}

static void a_frozen_server_costs_each_page_no_more_than_its_time(void **state)
{
    (void)state;
    wp_db_source_t *source = short_of_time();
    visitor_t visitors[12], one = {.source = source, .query = "count"};
    begin_visits(visitors, 12, source, "count"); /* connections, and what is prepared on them */
    end_visits(visitors, 12);
    assert_int_equal(cluster("freeze"), 0);
    begin_visits(visitors, 12, source, "count");
    end_visits(visitors, 12);
    for (int i = 0; i < 12; i++) {
        assert_int_not_equal(visitors[i].status, APR_SUCCESS);
        assert_true(visitors[i].took < (PAGE_MS + 3000) * 1000);
    }
    /* from now on it is known, and nobody waits for long: but one of them at a time, for the next attempt */
    for (int i = 0; i < 5; i++) {
        visit_now(&one);
        assert_int_equal(one.status, WP_DB_DOWN);
        assert_true(one.took < 2 * 1000000);
    }
    assert_non_null(strstr(db.lines, "WP0210"));
    assert_non_null(strstr(db.lines, "WP0201"));
    assert_int_equal(cluster("thaw"), 0);
    assert_true(wait_until_it_answers(source) < 10 * 1000000);
    begin_visits(visitors, 12, source, "count");
    end_visits(visitors, 12);
    for (int i = 0; i < 12; i++)
        assert_int_equal(visitors[i].status, APR_SUCCESS);
    db.lines[0] = '\0';
    assert_true(wait_until_it_answers(db.source) < 10 * 1000000); /* the fixture's own noticed nothing so far */
    db.lines[0] = '\0';
}

/* A page's units share its time: two statements of half a second do not fit. */
static void the_units_of_a_page_share_its_time(void **state)
{
    (void)state;
    wp_db_source_t *page = wp_db_for_page(short_of_time(), db.pool);
    visitor_t visitor = {.query = "half_a_second"};
    wp_tick_t began = wp_tick_now();
    assert_int_equal(wp_db_transact(page, WP_DB_READ, db.pool, look, &visitor), APR_SUCCESS);
    apr_sleep(apr_time_from_msec(400)); /* its own */
    assert_int_equal(wp_db_transact(page, WP_DB_READ, db.pool, look, &visitor), WP_DB_LATE);
    assert_true(wp_tick_now() - began < (PAGE_MS + 3000) * 1000);
    db_expect_event("WP0210");
    visitor.query = "count";
    assert_int_equal(wp_db_transact(wp_db_for_page(page, db.pool), WP_DB_READ, db.pool, look, &visitor), APR_SUCCESS);
    db_expect_silence();
}

/* New connections hang, those that are there are good: whoever has one is not stopped by who waits for one. */
static void a_connect_that_hangs_stops_nobody_else(void **state)
{
    (void)state;
    wp_db_source_t *source = short_of_time();
    visitor_t visitors[2], healthy = {.source = source, .query = "count"};
    visit_now(&healthy); /* one connection */
    assert_int_equal(healthy.status, APR_SUCCESS);
    assert_int_equal(cluster("bar"), 0);
    begin_visits(visitors, 1, source, "half_a_second"); /* takes it */
    apr_sleep(apr_time_from_msec(100));
    begin_visits(visitors + 1, 1, source, "half_a_second"); /* waits for another */
    end_visits(visitors, 2);
    assert_int_equal(visitors[0].status, APR_SUCCESS);
    for (int i = 0; i < 100; i++) {
        visit_now(&healthy);
        assert_int_equal(healthy.status, APR_SUCCESS);
        assert_true(healthy.took < 2 * 1000000);
    }
    db.lines[0] = '\0';
    assert_int_equal(cluster("thaw"), 0);
    begin_visits(visitors, 2, source, "count");
    end_visits(visitors, 2);
    assert_int_equal(visitors[0].status, APR_SUCCESS);
    assert_int_equal(visitors[1].status, APR_SUCCESS);
}

static void a_connection_closed_by_the_server_is_not_tried(void **state)
{
    (void)state;
    wp_rows_t *rows;
    warm_up();
    assert_int_equal(shell("select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() "
                           "and backend_type = 'client backend'"),
                     0);
    db.runs = 0;
    assert_int_equal(db_select("all", NULL, &rows), APR_SUCCESS);
    assert_int_equal(db.runs, 1);
    db_expect_silence();
}

/* Starts a cluster; the connection string, or NULL and *code for main to return. */
static char *start_cluster(char *folder, int *code)
{
    char *params = NULL;
    const char *command[] = {PGSQL_SCRIPT, "start", folder, NULL};
    int output[2];
    size_t size = 0;
    FILE *stream;
    pid_t child;

    if (!mkdtemp(folder) || pipe(output) != 0 || (child = fork()) < 0)
        return NULL;
    if (child == 0) {
        dup2(output[1], 1);
        execv(PGSQL_SCRIPT, (char *const *)command);
        _exit(127);
    }
    close(output[1]);
    stream = fdopen(output[0], "r");
    if (getline(&params, &size, stream) > 0)
        params[strcspn(params, "\n")] = '\0';
    fclose(stream);
    *code = db_wait(child);
    return *code == 0 ? params : NULL;
}

/* --- a primary that is demoted and goes on running; a database of another encoding --- */

static char second[] = "/tmp/wp-pgsql-XXXXXX";

static int tell(const char *host, const char *database, const char *sql)
{
    return db_command("psql", "-qAtX", "-v", "ON_ERROR_STOP=1", "-o", "/dev/null", "-h", host, "-U", "postgres", "-d", database,
                      "-c", sql, NULL);
}

static void demote(const char *host, bool demoted)
{
    assert_int_equal(tell(host, "waterportal", demoted ? "alter system set default_transaction_read_only = on"
                                                       : "alter system reset default_transaction_read_only"),
                     0);
    assert_int_equal(tell(host, "waterportal", "select pg_reload_conf()"), 0);
    apr_sleep(apr_time_from_msec(500));
}

/* Two servers with the same tables; what a portal is told of them. */
static wp_db_options_t begin_pair(void)
{
    wp_db_options_t options = db.options;
    int code;
    char *other = start_cluster(second, &code);
    assert_non_null(other);
    free(other);
    assert_int_equal(tell(second, "waterportal", "create table item (id text not null primary key, n bigint, s text);"
                                                 "create table portal_schema_version (version bigint, oldest bigint, part text)"),
                     0);
    options.params = apr_psprintf(db.pool, "host=%s,%s user=postgres dbname=waterportal target_session_attrs=read-write", directory, second);
    options.guard_schema = false;
    return options;
}

static void end_pair(void)
{
    demote(directory, false);
    db_command(PGSQL_SCRIPT, "remove", second, NULL);
    memcpy(second + strlen(second) - 6, "XXXXXX", 6);
}

static int64_t items_on(const char *host)
{
    wp_db_options_t options = db.options;
    wp_db_source_t *kept = db.source;
    options.params = apr_psprintf(db.pool, "host=%s user=postgres dbname=waterportal", host);
    db.source = db_source(&options);
    int64_t count = db_count();
    db.source = kept;
    return count;
}

static void a_write_leaves_a_demoted_primary(void **state)
{
    (void)state;
    wp_db_options_t options = begin_pair();
    wp_db_source_t *kept = db.source;
    wp_rows_t *rows;
    assert_int_equal(db_change("remove_all", NULL, NULL), APR_SUCCESS);
    db.source = db_source(&options);
    db_load_t load = {.threads = 8, .each = 5};
    db_load(db.source, "before", &load);
    assert_int_equal(load.done, 40);
    demote(directory, true);
    /* connections to it are open and read; each of eight writers must end up elsewhere */
    assert_int_equal(db_select("count", NULL, &rows), APR_SUCCESS);
    db_load(db.source, "after", &load);
    assert_int_equal(load.done, 40);
    assert_int_equal(db_change("add_once", db_item("last", 0, NULL), NULL), APR_SUCCESS);
    assert_int_equal(db_count(), 41); /* reads go there too */
    db.source = kept;
    assert_int_equal(items_on(second), 41);
    assert_int_equal(items_on(directory), 40);
    db_expect_silence();
    end_pair();
}

/* Without a write: what is asked of the schema tells. */
static void a_read_leaves_a_demoted_primary(void **state)
{
    (void)state;
    wp_db_options_t options = begin_pair();
    wp_db_source_t *kept = db.source;
    assert_int_equal(tell(directory, "waterportal", "drop table if exists portal_schema_version cascade;"
                                                "create table portal_schema_version (version bigint, oldest bigint, part text)"),
                     0);
    for (int i = 0; i < 2; i++)
        assert_int_equal(tell(i ? second : directory, "waterportal",
                              "delete from portal_schema_version; insert into portal_schema_version values (0, 0, 'portal'); delete from item"),
                         0);
    assert_int_equal(tell(second, "waterportal", "insert into item (id) values ('here')"), 0);
    options.guard_schema = true;
    options.open_first = 2;
    db.source = db_source(&options);
    apr_sleep(apr_time_from_msec(500)); /* connected to the first, asked nothing */
    demote(directory, true);
    assert_int_equal(db_count(), 1);
    db.source = kept;
    demote(directory, false);
    assert_int_equal(tell(directory, "waterportal", "drop table portal_schema_version"), 0);
    db_expect_silence();
    end_pair();
}

static void a_server_that_takes_no_changes_is_named(void **state)
{
    (void)state;
    wp_rows_t *rows;
    demote(directory, true);
    assert_int_equal(db_change("add_once", db_item("refused", 0, NULL), NULL), WP_DB_FAILED);
    db_expect_event("WP0211");
    assert_int_equal(db_select("count", NULL, &rows), APR_SUCCESS);
    demote(directory, false);
    assert_int_equal(db_change("add_once", db_item("taken", 0, NULL), NULL), APR_SUCCESS);
    db_expect_silence();
}

static void letters_are_right_whatever_the_database_s_encoding(void **state)
{
    (void)state;
    static const char letters[] = "Ģīmetne, Ķekava, Rēzekne – 12 €";
    wp_db_options_t options = db.options;
    wp_db_source_t *kept = db.source;
    wp_rows_t *rows;
    assert_int_equal(tell(directory, "postgres", "create database baltic encoding 'WIN1257' lc_collate 'C' lc_ctype 'C' template template0"), 0);
    setenv("PGCLIENTENCODING", "UTF8", 1);
    assert_int_equal(tell(directory, "baltic", apr_psprintf(db.pool, "create table item (id text not null primary key, n bigint, s text);"
                                                                     "insert into item values ('theirs', 1, '%s')", letters)),
                     0);
    unsetenv("PGCLIENTENCODING");
    options.params = apr_psprintf(db.pool, "host=%s user=postgres dbname=baltic", directory);
    db.source = db_source(&options);
    assert_int_equal(db_select("get", db_item("theirs", 0, NULL), &rows), APR_SUCCESS);
    assert_string_equal(wp_row_text(rows, 0, "s"), letters);
    assert_int_equal(db_change("add", db_item("ours", 1, letters), NULL), APR_SUCCESS);
    assert_int_equal(db_select("get", db_item("ours", 0, NULL), &rows), APR_SUCCESS);
    assert_string_equal(wp_row_text(rows, 0, "s"), letters);
    db.source = kept;
    assert_int_equal(tell(directory, "baltic", "do $$ begin if (select count(distinct s) from item) <> 1 then raise 'two'; end if; end $$"), 0);
    assert_int_equal(tell(directory, "postgres", "drop database baltic with (force)"), 0);
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
                                        cmocka_unit_test(a_frozen_server_costs_each_page_no_more_than_its_time),
                                        cmocka_unit_test(the_units_of_a_page_share_its_time),
                                        cmocka_unit_test(a_connect_that_hangs_stops_nobody_else),
                                        cmocka_unit_test(a_connection_closed_by_the_server_is_not_tried),
                                        cmocka_unit_test(a_write_leaves_a_demoted_primary),
                                        cmocka_unit_test(a_read_leaves_a_demoted_primary),
                                        cmocka_unit_test(a_server_that_takes_no_changes_is_named),
                                        cmocka_unit_test(letters_are_right_whatever_the_database_s_encoding),
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
    db_close();
    db_open("pgsql", params, 8, false);
    failed += _cmocka_run_group_tests("unprepared", db_cases, db_case_count, NULL, NULL);
    failed += cmocka_run_group_tests_name("faults, unprepared", faults, NULL, NULL);
    db_close();
    cluster("remove");
    free(params);
    return failed != 0;
}
