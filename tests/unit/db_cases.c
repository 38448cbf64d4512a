/* SPDX-License-Identifier: Apache-2.0 */
/* What must hold on SQLite and on PostgreSQL alike. */
#include "db_fixture.h"

#include "data/args.h"
#include "crypto/random.h"

#include "base/banned.h"

static void values_come_back_as_they_went(void **state)
{
    (void)state;
    static const char *const texts[] = {"plain",
                                        "Ģīmetne \xF0\x9F\x92\xA7",
                                        "it's; drop table item; --",
                                        "100% %s %lld %%",
                                        "a::text :id",
                                        "\\' \" \\",
                                        "line\nline\ttab",
                                        " "};
    static const int64_t numbers[] = {0, -1, INT64_MAX, INT64_MIN, 4294967296LL};
    wp_rows_t *rows;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        int changed = 0;
        int64_t number = numbers[i % (sizeof numbers / sizeof *numbers)];
        const char *id = apr_psprintf(db.pool, "v%d%s", (int)i, texts[i]);
        assert_int_equal(db_change("add", db_item(id, number, texts[i]), &changed), APR_SUCCESS);
        assert_int_equal(changed, 1);
        assert_int_equal(db_select("get", db_item(id, 0, NULL), &rows), APR_SUCCESS);
        assert_int_equal(rows->count, 1);
        assert_string_equal(wp_row_text(rows, 0, "s"), texts[i]);
        assert_true(wp_row_int(rows, 0, "n") == number);
    }
    db_expect_silence();
}

static void null_reads_one_way(void **state)
{
    (void)state;
    wp_rows_t *rows;
    wp_args_t *args = db_item("null", 0, NULL);
    wp_args_text(args, "n", NULL);
    assert_int_equal(db_change("add", args, NULL), APR_SUCCESS);
    assert_int_equal(db_change("add", db_item("empty", 0, ""), NULL), APR_SUCCESS);
    assert_int_equal(db_select("get", db_item("null", 0, NULL), &rows), APR_SUCCESS);
    assert_null(wp_row_text(rows, 0, "s"));
    assert_true(wp_row_is_null(rows, 0, "n"));
    assert_true(wp_row_int(rows, 0, "n") == 0);
    assert_int_equal(db_select("get", db_item("empty", 0, NULL), &rows), APR_SUCCESS);
    assert_null(wp_row_text(rows, 0, "s"));
    assert_false(wp_row_is_null(rows, 0, "n"));
    assert_null(wp_row_text(rows, 1, "id"));
    assert_null(wp_row_text(rows, 0, "nothing"));
    assert_int_equal(db_select("get", db_item("no such id", 0, NULL), &rows), APR_SUCCESS);
    assert_int_equal(rows->count, 0);
    db_expect_silence();
}

static void long_text_and_many_rows(void **state)
{
    (void)state;
    wp_rows_t *rows;
    char *text = apr_pcalloc(db.pool, 1000001);
    memset(text, 'x', 1000000);
    assert_int_equal(db_change("remove_all", NULL, NULL), APR_SUCCESS);
    assert_int_equal(db_change("add", db_item("long", 1, text), NULL), APR_SUCCESS);
    assert_int_equal(db_select("get", db_item("long", 0, NULL), &rows), APR_SUCCESS);
    assert_string_equal(wp_row_text(rows, 0, "s"), text);
    for (int i = 0; i < 300; i++)
        assert_int_equal(db_change("add", db_item(apr_psprintf(db.pool, "i%03d", i), i, NULL), NULL), APR_SUCCESS);
    assert_int_equal(db_select("all", NULL, &rows), APR_SUCCESS);
    assert_int_equal(rows->count, 301);
    for (int i = 0; i < 300; i++)
        assert_int_equal(wp_row_int(rows, i, "n"), i);
    db_expect_silence();
}

static void percent_and_colons_in_the_text(void **state)
{
    (void)state;
    wp_rows_t *rows;
    wp_args_t *args = wp_args_make(db.pool, NULL);
    wp_args_text(args, "s", "it's");
    wp_args_int(args, "n", -9007199254740993LL);
    assert_int_equal(db_select("odd", args, &rows), APR_SUCCESS);
    assert_string_equal(wp_row_text(rows, 0, "percent"), "100% %s :s");
    assert_int_equal(wp_row_int(rows, 0, "rest"), 3);
    assert_string_equal(wp_row_text(rows, 0, "echo"), "it's");
    assert_int_equal(wp_row_int(rows, 0, "same"), 1);
    assert_true(wp_row_int(rows, 0, "big") == -9007199254740993LL);
    db_expect_silence();
}

static void a_child_sees_its_parent_s_values(void **state)
{
    (void)state;
    wp_args_t *parent = db_item("parent", 1, "x"), *child = wp_args_make(db.pool, parent);
    assert_string_equal(wp_args_get(child, "id"), "parent");
    wp_args_text(child, "id", "child");
    assert_string_equal(wp_args_get(child, "id"), "child");
    assert_string_equal(wp_args_get(parent, "id"), "parent");
    assert_null(wp_args_get(child, "none"));
    assert_int_equal(db_change("add", child, NULL), APR_SUCCESS);
}

/* --- units of work --- */

typedef struct plan_t {
    apr_status_t result;
    const char *then; /* a statement after the first */
    bool swallow;
    int runs;
} plan_t;

static apr_status_t follow_plan(wp_db_t *unit, void *baton)
{
    plan_t *plan = baton;
    apr_status_t status = wp_db_change(unit, "add_once", db_item("planned", 0, NULL), NULL);
    wp_rows_t *rows;
    plan->runs++;
    if (status == APR_SUCCESS && plan->then)
        status = wp_db_select(unit, plan->then, NULL, &rows);
    return plan->swallow ? APR_SUCCESS : status == APR_SUCCESS ? plan->result : status;
}

static int64_t planned(void)
{
    wp_rows_t *rows;
    assert_int_equal(db_select("get", db_item("planned", 0, NULL), &rows), APR_SUCCESS);
    return rows->count;
}

static void only_success_commits(void **state)
{
    (void)state;
    plan_t plan = {.result = WP_DB_ROLLBACK};
    assert_int_equal(wp_db_transact(db.source, WP_DB_WRITE, db.pool, follow_plan, &plan), WP_DB_ROLLBACK);
    assert_int_equal(planned(), 0);
    plan.result = APR_EGENERAL;
    assert_int_equal(wp_db_transact(db.source, WP_DB_WRITE, db.pool, follow_plan, &plan), APR_EGENERAL);
    assert_int_equal(planned(), 0);
    assert_int_equal(plan.runs, 2);
    plan.result = APR_SUCCESS;
    assert_int_equal(wp_db_transact(db.source, WP_DB_WRITE, db.pool, follow_plan, &plan), APR_SUCCESS);
    assert_int_equal(planned(), 1);
    assert_int_equal(db_change("remove_all", NULL, NULL), APR_SUCCESS);
    db_expect_silence();
}

static void a_failed_statement_undoes_all_even_if_nobody_looks(void **state)
{
    (void)state;
    plan_t plan = {.then = "broken", .swallow = true};
    assert_int_equal(wp_db_transact(db.source, WP_DB_WRITE, db.pool, follow_plan, &plan), WP_DB_FAILED);
    assert_int_equal(plan.runs, 2);
    assert_non_null(strstr(db.lines, "fixture.sql:"));
    assert_non_null(strstr(db.lines, "broken"));
    db_expect_event("WP0203");
    assert_int_equal(planned(), 0);
}

static void a_broken_statement_takes_only_itself_down(void **state)
{
    (void)state;
    wp_rows_t *rows;
    for (int i = 0; i < 20; i++) {
        assert_int_equal(db_select("broken", NULL, &rows), WP_DB_FAILED);
        assert_int_equal(db_select("count", NULL, &rows), APR_SUCCESS);
    }
    db_expect_event("WP0203");
}

static void columns_must_be_as_declared(void **state)
{
    (void)state;
    wp_rows_t *rows;
    assert_int_equal(db_select("wrong_columns", NULL, &rows), WP_DB_FAILED);
    assert_non_null(strstr(db.lines, "@row"));
    db_expect_event("WP0203");
}

static void defects_are_refused_and_named(void **state)
{
    (void)state;
    wp_rows_t *rows;
    wp_args_t *wrong = db_item("x", 1, NULL);
    wp_args_int(wrong, "s", 5);
    assert_int_equal(db_select("no_such_query", NULL, &rows), WP_DB_FAILED);
    db_expect_event("WP0204");
    assert_int_equal(db_select("get", NULL, &rows), WP_DB_FAILED);
    db_expect_event("WP0205");
    assert_int_equal(db_change("add", wrong, NULL), WP_DB_FAILED);
    db_expect_event("WP0205");
}

static apr_status_t change_in_read(wp_db_t *unit, void *baton)
{
    wp_rows_t *rows;
    const char *query = baton;
    return strcmp(query, "returning") == 0 ? wp_db_select(unit, query, db_item("r", 1, NULL), &rows)
                                           : wp_db_change(unit, query, db_item("r", 1, NULL), NULL);
}

static void reading_units_cannot_change(void **state)
{
    (void)state;
    assert_int_equal(wp_db_transact(db.source, WP_DB_READ, db.pool, change_in_read, "add"), WP_DB_FAILED);
    db_expect_event("WP0206");
    assert_int_equal(wp_db_transact(db.source, WP_DB_READ, db.pool, change_in_read, "returning"), WP_DB_FAILED);
    db_expect_event("WP0206");
    assert_int_equal(wp_db_transact(db.source, WP_DB_WRITE, db.pool, change_in_read, "returning"), APR_SUCCESS);
    assert_int_equal(db_change("remove_all", NULL, NULL), APR_SUCCESS);
    db_expect_silence();
}

static void what_was_typed_is_not_logged(void **state)
{
    (void)state;
    wp_args_t *args = wp_args_make(db.pool, NULL);
    wp_args_text(args, "s", "PNOLV-01019012345");
    assert_int_equal(db_change("divide", args, NULL), WP_DB_FAILED);
    assert_null(strstr(db.lines, "12345"));
    assert_non_null(strstr(db.lines, "divide"));
    db_expect_event("WP0203");
}

static void a_typed_ellipsis_is_not_looked_for_in_what_replaced_it(void **state)
{
    (void)state;
    static const struct {
        const char *value, *text, *shown;
    } cases[] = {{"………", "say ……… once", "say … once"},
                 {"…", "say … once", "say … once"},
                 {"e", "the e stays", "the e stays"},
                 {"ab", "ab stays", "ab stays"},
                 {"abab", "xababab", "x…"},
                 {"", "nothing", "nothing"},
                 {"ažā", "Ļažāt", "Ļ…t"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        wp_args_t *args = wp_args_make(db.pool, NULL);
        wp_args_text(args, "s", cases[i].value);
        assert_string_equal(wp_args_redact(args, db.pool, cases[i].text), cases[i].shown);
    }
    /* as a person did: three marks on invoices, then a statement that fails */
    wp_args_t *parent = wp_args_make(db.pool, NULL), *args = wp_args_make(db.pool, parent);
    wp_args_text(parent, "mark", "…");
    wp_args_text(parent, "other", "e");
    wp_args_text(args, "s", "……………");
    assert_int_equal(db_change("divide", args, NULL), WP_DB_FAILED);
    db_expect_event("WP0203");
}

static void ids_are_long_and_never_the_same(void **state)
{
    (void)state;
    apr_hash_t *seen = apr_hash_make(db.pool);
    for (int i = 0; i < 10000; i++) {
        const char *id = wp_random_id(db.pool);
        assert_int_equal(strlen(id), WP_ID_LENGTH);
        assert_int_equal(strspn(id, "abcdefghijklmnopqrstuvwxyz234567"), WP_ID_LENGTH);
        apr_hash_set(seen, id, APR_HASH_KEY_STRING, id);
    }
    assert_int_equal(apr_hash_count(seen), 10000);
}

static void no_conflict_is_no_change(void **state)
{
    (void)state;
    int changed = -1;
    assert_int_equal(db_change("add_once", db_item("once", 0, NULL), &changed), APR_SUCCESS);
    assert_int_equal(changed, 1);
    assert_int_equal(db_change("add_once", db_item("once", 0, NULL), &changed), APR_SUCCESS);
    assert_int_equal(changed, 0);
}

/* --- many at once --- */

typedef struct holder_t {
    wp_db_source_t *source;
    apr_interval_time_t hold;
    apr_status_t status;
    apr_thread_t *thread;
} holder_t;

static apr_status_t hold(wp_db_t *unit, void *baton)
{
    wp_rows_t *rows;
    holder_t *holder = baton;
    apr_status_t status = wp_db_select(unit, "count", NULL, &rows);
    apr_sleep(holder->hold);
    return status;
}

static void *APR_THREAD_FUNC hold_connection(apr_thread_t *thread, void *data)
{
    holder_t *holder = data;
    apr_pool_t *pool;
    (void)thread;
    apr_pool_create(&pool, NULL);
    holder->status = wp_db_transact(holder->source, WP_DB_READ, pool, hold, holder);
    apr_pool_destroy(pool);
    return NULL;
}

/* Three stalled readers and a pool of two hung the portal for ever (docs/platform.md, D8). */
static void waiting_for_a_connection_is_bounded(void **state)
{
    (void)state;
    wp_db_options_t options = db.options;
    holder_t holders[2];
    apr_status_t status;
    options.connections = 2;
    options.wait_ms = 200;
    wp_db_source_t *source = db_source(&options);
    for (int i = 0; i < 2; i++) {
        holders[i] = (holder_t){.source = source, .hold = apr_time_from_msec(800)};
        apr_thread_create(&holders[i].thread, NULL, hold_connection, &holders[i], db.pool);
    }
    apr_sleep(apr_time_from_msec(150));
    holder_t late = {.source = source};
    apr_time_t began = apr_time_now();
    assert_int_equal(wp_db_transact(source, WP_DB_READ, db.pool, hold, &late), WP_DB_BUSY);
    apr_time_t waited = apr_time_now() - began;
    assert_true(waited >= apr_time_from_msec(190) && waited < apr_time_from_msec(600));
    db_expect_event("WP0202");
    for (int i = 0; i < 2; i++) {
        apr_thread_join(&status, holders[i].thread);
        assert_int_equal(holders[i].status, APR_SUCCESS);
    }
    assert_int_equal(wp_db_transact(source, WP_DB_READ, db.pool, hold, &late), APR_SUCCESS);
    db_expect_silence();
}

static void many_writers_each_exactly_once(void **state)
{
    (void)state;
    db_load_t load = {.threads = 50, .each = 20};
    assert_int_equal(db_change("remove_all", NULL, NULL), APR_SUCCESS);
    db_load(db.source, "w", &load);
    assert_int_equal(load.done, 1000);
    assert_int_equal(load.busy + load.failed, 0);
    assert_int_equal(db_count(), 1000);
    db_load_print("one pool", &load);
    db_expect_silence();
}

const struct CMUnitTest db_cases[] = {cmocka_unit_test(values_come_back_as_they_went),
                                      cmocka_unit_test(null_reads_one_way),
                                      cmocka_unit_test(long_text_and_many_rows),
                                      cmocka_unit_test(percent_and_colons_in_the_text),
                                      cmocka_unit_test(a_child_sees_its_parent_s_values),
                                      cmocka_unit_test(only_success_commits),
                                      cmocka_unit_test(a_failed_statement_undoes_all_even_if_nobody_looks),
                                      cmocka_unit_test(a_broken_statement_takes_only_itself_down),
                                      cmocka_unit_test(columns_must_be_as_declared),
                                      cmocka_unit_test(defects_are_refused_and_named),
                                      cmocka_unit_test(reading_units_cannot_change),
                                      cmocka_unit_test(what_was_typed_is_not_logged),
                                      cmocka_unit_test(a_typed_ellipsis_is_not_looked_for_in_what_replaced_it),
                                      cmocka_unit_test(no_conflict_is_no_change),
                                      cmocka_unit_test(ids_are_long_and_never_the_same),
                                      cmocka_unit_test(many_writers_each_exactly_once),
                                      cmocka_unit_test(waiting_for_a_connection_is_bounded)};
const size_t db_case_count = sizeof db_cases / sizeof *db_cases;
