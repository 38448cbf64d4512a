/* SPDX-License-Identifier: Apache-2.0 */
/* PostgreSQL servers that are not as they should be. */
#include "pgsql_cluster.h"

#include <stdlib.h>

#include "base/clock.h"
#include "data/db_internal.h"

#include "base/banned.h"

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
    assert_non_null(strstr(db.lines, "gives no answer"));
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

/* ANALYZE and VACUUM take minutes among many rows: only the wait for a connection is bounded by wait_ms. */
static apr_status_t upkeep(wp_connection_t *connection, apr_pool_t *pool, void *baton)
{
    (void)pool, (void)baton;
    return wp_connection_run(connection, "do $$ begin perform pg_sleep(1); end $$") == 0 ? APR_SUCCESS : WP_DB_FAILED;
}

static void upkeep_may_take_longer_than_a_wait(void **state)
{
    (void)state;
    wp_db_options_t options = db.options;
    options.wait_ms = 300;
    options.statement_ms = 0;
    assert_int_equal(wp_db_outside(db_source(&options), db.pool, upkeep, NULL), APR_SUCCESS);
    db_expect_silence();
}

/* Statements are timed, not what a page makes of their rows; while it does, its connection is left alone. */
static apr_status_t look_think_look(wp_db_t *unit, void *baton)
{
    apr_status_t status = look(unit, baton);
    apr_sleep(apr_time_from_msec(800));
    return status == APR_SUCCESS ? look(unit, baton) : status;
}

static void thinking_between_statements_is_no_slow_statement(void **state)
{
    (void)state;
    wp_db_options_t options = db.options;
    visitor_t visitor = {.query = "count"};
    options.statement_ms = 200;
    assert_int_equal(wp_db_transact(db_source(&options), WP_DB_READ, db.pool, look_think_look, &visitor), APR_SUCCESS);
    db_expect_silence();
}

/* But the page's own time is over for it too; that is not the database's fault. */
static void thinking_takes_of_the_page_s_time(void **state)
{
    (void)state;
    wp_db_options_t options = db.options;
    visitor_t visitor = {.query = "count"};
    options.page_ms = 400;
    wp_db_source_t *source = db_source(&options);
    assert_int_equal(wp_db_transact(wp_db_for_page(source, db.pool), WP_DB_READ, db.pool, look_think_look, &visitor),
                     WP_DB_LATE);
    db_expect_event("WP0210");
    visitor.source = source;
    visit_now(&visitor);
    assert_int_equal(visitor.status, APR_SUCCESS);
    db_expect_silence();
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

/* max_connections, or a role's limit, is less than what we would like. */
static void a_server_that_gives_fewer_connections_is_used_with_those(void **state)
{
    (void)state;
    wp_db_options_t options = db.options;
    visitor_t visitors[4];
    assert_int_equal(shell("create role few login connection limit 2; grant all on item to few"), 0);
    options.params = apr_psprintf(db.pool, "host=%s user=few dbname=waterportal", directory);
    options.connections = options.keep = 4;
    options.wait_ms = 20000;
    begin_visits(visitors, 4, db_source(&options), "half_a_second");
    end_visits(visitors, 4);
    for (int i = 0; i < 4; i++)
        assert_int_equal(visitors[i].status, APR_SUCCESS);
    assert_int_equal(shell("revoke all on item from few; drop role few"), 0);
    db_expect_silence();
}

static void what_an_admin_sets_first_holds(void **state)
{
    (void)state;
    wp_db_options_t options = db.options;
    wp_db_source_t *kept = db.source;
    apr_array_header_t *first = apr_array_make(db.pool, 2, sizeof(const char *));
    wp_rows_t *rows;
    APR_ARRAY_PUSH(first, const char *) = "SET plan_cache_mode = force_custom_plan";
    APR_ARRAY_PUSH(first, const char *) = "SET application_name = 'of the admin'";
    options.first_sql = first;
    db.source = db_source(&options);
    assert_int_equal(db_select("settings", NULL, &rows), APR_SUCCESS);
    db.source = kept;
    assert_string_equal(wp_row_text(rows, 0, "s"), "force_custom_plan of the admin UTF8");
    assert_int_equal(db_select("settings", NULL, &rows), APR_SUCCESS);
    assert_string_equal(wp_row_text(rows, 0, "s"),
                        db.options.prepare ? "force_generic_plan waterportal UTF8" : "auto waterportal UTF8");
    db_expect_silence();
}

static void a_connection_closed_by_the_server_is_not_tried(void **state)
{
    (void)state;
    wp_rows_t *rows;
    warm_up();
    assert_int_equal(shell("select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() "
                           "and backend_type = 'client backend'"),
                     0);
    apr_sleep(apr_time_from_msec(500)); /* they are only told to end */
    db.again = 0;
    assert_int_equal(db_select("all", NULL, &rows), APR_SUCCESS);
    assert_int_equal(db.again, 0);
    db_expect_silence();
}

/* --- a primary that is demoted and goes on running; a database of another encoding --- */

static char second[] = "/tmp/wp-pgsql-XXXXXX";

static void demote(const char *host, bool demoted)
{
    assert_int_equal(tell(host, "waterportal",
                          demoted ? "alter system set default_transaction_read_only = on"
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
    assert_int_equal(tell(second, "waterportal",
                          "create table item (id text not null primary key, n bigint, s text);"
                          "create table portal_schema_version (version bigint, oldest bigint, part text)"),
                     0);
    options.params = apr_psprintf(db.pool,
                                  "host=%s,%s user=postgres dbname=waterportal target_session_attrs=read-write",
                                  directory, second);
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
    assert_int_equal(tell(directory, "waterportal",
                          "drop table if exists portal_schema_version cascade;"
                          "create table portal_schema_version (version bigint, oldest bigint, part text)"),
                     0);
    for (int i = 0; i < 2; i++)
        assert_int_equal(tell(i ? second : directory, "waterportal",
                              "delete from portal_schema_version; insert into portal_schema_version values (0, 0, "
                              "'portal'); delete from item"),
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
    assert_int_equal(tell(directory, "postgres",
                          "create database baltic encoding 'WIN1257' lc_collate 'C' lc_ctype 'C' template template0"),
                     0);
    setenv("PGCLIENTENCODING", "UTF8", 1);
    assert_int_equal(tell(directory, "baltic",
                          apr_psprintf(db.pool,
                                       "create table item (id text not null primary key, n bigint, s text);"
                                       "insert into item values ('theirs', 1, '%s')",
                                       letters)),
                     0);
    unsetenv("PGCLIENTENCODING");
    options.params = apr_psprintf(db.pool, "host=%s user=postgres dbname=baltic", directory);
    db.source = db_source(&options);
    assert_int_equal(db_select("get", db_item("theirs", 0, NULL), &rows), APR_SUCCESS);
    assert_string_equal(wp_row_text(rows, 0, "s"), letters);
    assert_int_equal(db_change("add", db_item("ours", 1, letters), NULL), APR_SUCCESS);
    assert_int_equal(db_select("get", db_item("ours", 0, NULL), &rows), APR_SUCCESS);
    assert_string_equal(wp_row_text(rows, 0, "s"), letters);
    assert_int_equal(db_change("add", db_item("others", 2, "Жанна"), NULL), WP_DB_LETTERS);
    assert_int_equal(db_select("get", db_item("\xF0\x9F\x92\xA7", 0, NULL), &rows), WP_DB_LETTERS);
    assert_int_equal(db_select("get", db_item("ours", 0, NULL), &rows), APR_SUCCESS);
    db.source = kept;
    assert_int_equal(tell(directory, "baltic",
                          "do $$ begin if (select count(distinct s) from item) <> 1 then raise 'two'; end if; end $$"),
                     0);
    assert_int_equal(tell(directory, "postgres", "drop database baltic with (force)"), 0);
    db_expect_silence();
}

const struct CMUnitTest server_cases[] = {cmocka_unit_test(a_frozen_server_costs_each_page_no_more_than_its_time),
                                          cmocka_unit_test(upkeep_may_take_longer_than_a_wait),
                                          cmocka_unit_test(thinking_between_statements_is_no_slow_statement),
                                          cmocka_unit_test(thinking_takes_of_the_page_s_time),
                                          cmocka_unit_test(the_units_of_a_page_share_its_time),
                                          cmocka_unit_test(a_connect_that_hangs_stops_nobody_else),
                                          cmocka_unit_test(a_server_that_gives_fewer_connections_is_used_with_those),
                                          cmocka_unit_test(what_an_admin_sets_first_holds),
                                          cmocka_unit_test(a_connection_closed_by_the_server_is_not_tried),
                                          cmocka_unit_test(a_write_leaves_a_demoted_primary),
                                          cmocka_unit_test(a_read_leaves_a_demoted_primary),
                                          cmocka_unit_test(a_server_that_takes_no_changes_is_named),
                                          cmocka_unit_test(letters_are_right_whatever_the_database_s_encoding)};
const size_t server_case_count = sizeof server_cases / sizeof *server_cases;
