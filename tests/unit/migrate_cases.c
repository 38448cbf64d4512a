/* SPDX-License-Identifier: Apache-2.0 */
/* The schema's upgrade, on both databases; runs on the database that db_fixture.h opened, with the portal's own
 * files. */
#include "db_fixture.h"

#include "data/migrate.h"

#include "base/banned.h"

typedef struct said_t {
    int steps, embedded;
} said_t;

static void count_step(void *context, const wp_schema_step_t *step)
{
    said_t *said = context;
    said->steps++;
    said->embedded += step->embedded;
}

static wp_db_source_t *make_source(const wp_queries_t *queries, const wp_db_options_t *options)
{
    wp_db_source_t *source;
    wp_db_options_t two = *options;
    two.connections = two.keep = 2;
    assert_int_equal(wp_db_source_make(&source, db.pool, queries, &two), APR_SUCCESS);
    return source;
}

static wp_db_source_t *source_for(const wp_queries_t *queries)
{
    return make_source(queries, &db.options);
}

static wp_queries_t *portal_files(void)
{
    const char *error;
    wp_queries_t *queries;
    assert_int_equal(wp_queries_load(&queries, db.pool, SQL_DIR, &error), APR_SUCCESS);
    return queries;
}

static wp_queries_t *steps(const char *text)
{
    const char *error;
    wp_queries_t *queries = portal_files();
    assert_int_equal(wp_query_parse(queries, db.pool, "later.sql", text, &error), APR_SUCCESS);
    return queries;
}

static apr_status_t upgrade(const wp_queries_t *queries, bool embedded, bool dry_run, said_t *said)
{
    *said = (said_t){0};
    return wp_schema_upgrade(source_for(queries), db.pool, queries,
                             &(wp_schema_wish_t){.embedded = embedded,
                                                 .dry_run = dry_run,
                                                 .say = count_step,
                                                 .context = said});
}

static wp_schema_state_t read_state(void)
{
    wp_schema_state_t state;
    assert_int_equal(wp_schema_read(source_for(portal_files()), db.pool, &state), APR_SUCCESS);
    return state;
}

static void an_empty_database_is_brought_up(void **state)
{
    (void)state;
    const wp_queries_t *queries = portal_files();
    said_t said;
    assert_false(read_state().present);
    assert_int_equal(upgrade(queries, true, true, &said), APR_SUCCESS);
    assert_true(said.steps > said.embedded && said.embedded > 0);
    assert_false(read_state().present);
    assert_int_equal(upgrade(queries, true, false, &said), APR_SUCCESS);
    assert_true(said.steps > said.embedded && said.embedded > 0);
    assert_true(read_state().present);
    assert_int_equal(read_state().version, queries->schema_version);
    /* running it again is harmless, also when the flag is forgotten */
    assert_int_equal(upgrade(queries, true, false, &said), APR_SUCCESS);
    assert_int_equal(said.steps, 0);
    assert_int_equal(upgrade(queries, false, false, &said), APR_SUCCESS);
    assert_int_equal(said.steps, 0);
    db_expect_silence();
}

static void report_fault(void *context, const wp_query_t *query, const char *error)
{
    (void)context;
    print_error("%s:%d: %s: %s\n", query->file, query->line, query->name, error);
}

static void every_statement_of_the_portal_works(void **state)
{
    (void)state;
    const wp_queries_t *queries = portal_files();
    int count = -1;
    assert_int_equal(wp_queries_check(source_for(queries), db.pool, report_fault, NULL, &count), APR_SUCCESS);
    assert_int_equal(count, 0);
}

static void ignore_fault(void *context, const wp_query_t *query, const char *error)
{
    (void)error;
    *(const char **)context = query->name;
}

static void faulty_statements_are_found(void **state)
{
    (void)state;
    static const struct case_t {
        const char *name, *sql;
    } cases[] = {{"no_table", "-- @row r a:int\nselect a from nowhere;"},
                 {"two_columns", "-- @row r a:int\nselect 1, 2;"},
                 {"no_column", "update portal_account set nothing = 1;"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *name = NULL;
        int count = 0;
        const wp_queries_t *queries = steps(
            apr_psprintf(db.pool, "-- @query %s\n-- @scope system\n%s\n", cases[i].name, cases[i].sql));
        assert_int_equal(wp_queries_check(source_for(queries), db.pool, ignore_fault, &name, &count), APR_SUCCESS);
        assert_int_equal(count, 1);
        assert_string_equal(name, cases[i].name);
    }
    db_expect_silence();
}

static void a_step_is_there_whole_or_not_at_all(void **state)
{
    (void)state;
    int version = portal_files()->schema_version + 1, oldest = read_state().oldest;
    said_t said;
    const char *good = apr_psprintf(db.pool, "-- @schema %d oldest=1\ncreate table later_one (a text);\n", version);
    const char *bad = apr_pstrcat(db.pool, good, "create table later_one (b text);\n", NULL);
    assert_int_equal(upgrade(steps(bad), false, false, &said), WP_DB_FAILED);
    assert_non_null(strstr(db.lines, "later.sql:1"));
    db_expect_event("WP0203");
    assert_int_equal(read_state().version, version - 1);
    /* nothing of it is left, else this would fail */
    assert_int_equal(upgrade(steps(good), false, false, &said), APR_SUCCESS);
    assert_int_equal(said.steps, 1);
    assert_int_equal(read_state().version, version);
    assert_int_equal(read_state().oldest, oldest); /* "oldest=1" takes nothing back */
    db_expect_silence();
}

/* Who has the embedded tables gets their later steps too. */
static void once_embedded_always_embedded(void **state)
{
    (void)state;
    int version = portal_files()->schema_version + 2;
    said_t said;
    const char *text = apr_psprintf(db.pool,
                                    "-- @schema %d oldest=1\ncreate table later_one (a text);\n"
                                    "-- @schema %d\ncreate view later_view as select a from later_billing;\n"
                                    "-- @schema %d embedded\ncreate table later_billing (a text);\n",
                                    version - 1, version, version);
    assert_int_equal(upgrade(steps(text), false, false, &said), APR_SUCCESS);
    assert_int_equal(said.steps, 2);
    assert_int_equal(said.embedded, 1);
    assert_int_equal(read_state().oldest, version);
    db_expect_silence();
}

/* The last case: the database is now newer than the files. */
static void a_newer_database_is_left_alone(void **state)
{
    (void)state;
    said_t said;
    assert_int_equal(upgrade(portal_files(), true, false, &said), APR_EMISMATCH);
    assert_int_equal(said.steps, 0);
}

static apr_status_t do_nothing(wp_db_t *unit, void *baton)
{
    (void)unit;
    (void)baton;
    return APR_SUCCESS;
}

static apr_status_t serve_with(wp_queries_t *queries)
{
    wp_db_options_t options = db.options;
    options.guard_schema = true;
    return wp_db_transact(make_source(queries, &options), WP_DB_READ, db.pool, do_nothing, NULL);
}

/* What httpd's processes do with a database that is older, just right, newer but good for them, and too new. */
static void pages_need_a_schema_they_know(void **state)
{
    (void)state;
    int present = read_state().version;
    wp_queries_t *ours = portal_files();
    assert_int_equal(serve_with(ours),
                     WP_DB_SCHEMA); /* the steps of the case before want nothing older than themselves */
    assert_non_null(
        strstr(db.lines, apr_psprintf(db.pool, "version %d for portals that know %d or later; this one knows %d",
                                      present, present, ours->schema_version)));
    db_expect_event("WP0209");
    ours->schema_version = present;
    assert_int_equal(serve_with(ours), APR_SUCCESS);
    db_expect_silence();
    ours->schema_version = present + 1;
    assert_int_equal(serve_with(ours), WP_DB_SCHEMA);
    db_expect_event("WP0208");
}

const struct CMUnitTest migrate_cases[] = {cmocka_unit_test(an_empty_database_is_brought_up),
                                           cmocka_unit_test(every_statement_of_the_portal_works),
                                           cmocka_unit_test(faulty_statements_are_found),
                                           cmocka_unit_test(a_step_is_there_whole_or_not_at_all),
                                           cmocka_unit_test(once_embedded_always_embedded),
                                           cmocka_unit_test(pages_need_a_schema_they_know),
                                           cmocka_unit_test(a_newer_database_is_left_alone)};
const size_t migrate_case_count = sizeof migrate_cases / sizeof *migrate_cases;
