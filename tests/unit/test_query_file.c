/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <apr_general.h>
#include <apr_strings.h>
#include <string.h>

#include "data/query_file.h"

#include "base/banned.h"

static apr_pool_t *pool;

static wp_queries_t *parse(const char *text)
{
    const char *error;
    wp_queries_t *queries = wp_queries_make(pool);
    apr_status_t status = wp_query_parse(queries, pool, "t.sql", text, &error);
    if (error)
        print_error("%s\n", error);
    assert_int_equal(status, APR_SUCCESS);
    return queries;
}

static void assert_refused(const char *text, const char *why)
{
    const char *error = NULL;
    assert_int_equal(wp_query_parse(wp_queries_make(pool), pool, "t.sql", text, &error), APR_EINVAL);
    assert_non_null(error);
    if (!strstr(error, why))
        fail_msg("\"%s\" should say \"%s\"", error, why);
}

static const char *sql_of(const char *args, const char *body)
{
    const char *text = apr_psprintf(pool, "-- @query q\n-- @scope system\n-- @args %s\n%s\n", args, body);
    return wp_query_find(parse(text), "q")->sql;
}

static void a_statement_is_read_whole(void **state)
{
    (void)state;
    const wp_queries_t *queries = parse(
        "-- a remark\n"
        "-- @query meter_list\n"
        "-- @scope account\n"
        "-- @args account:text since:date\n"
        "-- @args least:volume\n"
        "-- @row meter id:text last:volume\n"
        "-- @row meter read-on:date\n"
        "select m.id, m.last, m.read_on -- the columns\n"
        "  from m\n"
        " where m.account = :account and m.last > :least and m.on > :since and :least > 0;\n");
    const wp_query_t *query = wp_query_find(queries, "meter_list");
    assert_non_null(query);
    assert_int_equal(queries->list->nelts, 1);
    assert_string_equal(query->file, "t.sql");
    assert_int_equal(query->line, 2);
    assert_int_equal(query->number, 0);
    assert_true(query->reads);
    assert_int_equal(query->scope, WP_SCOPE_ACCOUNT);
    assert_string_equal(query->row, "meter");
    assert_int_equal(query->columns->nelts, 3);
    assert_string_equal(APR_ARRAY_IDX(query->columns, 2, wp_named_type_t).name, "read-on");
    assert_int_equal(APR_ARRAY_IDX(query->columns, 2, wp_named_type_t).type, WP_TYPE_DATE);
    assert_int_equal(query->args->nelts, 3);
    static const int positions[] = {0, 2, 1, 2};
    assert_int_equal(query->positions->nelts, 4);
    for (int i = 0; i < 4; i++)
        assert_int_equal(APR_ARRAY_IDX(query->positions, i, int), positions[i]);
    assert_string_equal(query->sql,
                        "select m.id, m.last, m.read_on \n  from m\n where m.account = %s and m.last > %lld "
                        "and m.on > %s and %lld > 0");
}

static void literals_and_comments_are_respected(void **state)
{
    (void)state;
    assert_string_equal(sql_of("a:text", "select ':x''y', \":z\" /* :u */, :a;"), "select ':x''y', \":z\" , %s");
    assert_string_equal(sql_of("a:text", "select 'a;\n--b', :a -- ; :c\n;"), "select 'a;\n--b', %s");
    assert_string_equal(sql_of("a:int", "select :a::text, 5 % 3, '100%s', a.x;"),
                        "select %lld::text, 5 %% 3, '100%%s', a.x");
    assert_string_equal(sql_of("now:time", "update t set x = 'x', at=:now where x like 'a%';  -- end"),
                        "update t set x = 'x', at=%s where x like 'a%%'");
    assert_string_equal(sql_of("a:flag", "select :a, 1e5, '”ā';"), "select %lld, 1e5, '”ā'");
    assert_string_equal(sql_of("a:int", "select :a/* one */from t;"), "select %lld from t");
    assert_string_equal(sql_of("a:int", "select 'a'/**/'b', 1 -/**/-:a;"), "select 'a' 'b', 1 - -%lld");
}

static void changes_are_told_from_reads(void **state)
{
    (void)state;
    static const struct case_t {
        const char *sql;
        bool reads;
    } cases[] = {{"SELECT 1;", true},
                 {"with x as (select 1) select * from x;", true},
                 {"(select 1);", true},
                 {"values (1);", true},
                 {"insert into t values (1);", false},
                 {"update t set a = 1;", false},
                 {"delete from selected;", false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *text = apr_pstrcat(pool, "-- @query q\n-- @scope system\n", cases[i].sql, NULL);
        assert_int_equal(wp_query_find(parse(text), "q")->reads, cases[i].reads);
    }
}

static void schema_steps_are_read_and_ordered(void **state)
{
    (void)state;
    const wp_queries_t *queries = parse("-- @schema 2 oldest=1\nalter table a add b text;\n"
                                        "-- @schema 1 embedded\ncreate table z (a text);\n"
                                        "-- @schema 1\ncreate table a (x text default 'a;\n:b%'); -- one\n"
                                        "create index i on a (x); /* a remark */ -- and one more\n");
    assert_int_equal(queries->schema_version, 2);
    assert_int_equal(queries->steps->nelts, 3);
    assert_true(APR_ARRAY_IDX(queries->steps, 0, const wp_schema_step_t *)->embedded);
    const wp_schema_step_t *first = APR_ARRAY_IDX(queries->steps, 1, const wp_schema_step_t *);
    assert_int_equal(first->version, 1);
    assert_int_equal(first->oldest, 1);
    assert_false(first->embedded);
    assert_int_equal(first->statements->nelts, 2);
    assert_string_equal(APR_ARRAY_IDX(first->statements, 0, const char *), "create table a (x text default 'a;\n:b%')");
    const wp_schema_step_t *last = APR_ARRAY_IDX(queries->steps, 2, const wp_schema_step_t *);
    assert_int_equal(last->version, 2);
    assert_int_equal(last->oldest, 1);
}

#define Q "-- @query q\n-- @scope system\n"

#define CLAUSES \
    "-- @clause in_force a\n" \
    "{a}.since <= :today and {a}.until >= :today;\n" \
    "-- @clause may a r\n" \
    "({a}.rights & {right r}) > 0 and {in_force a};\n" \
    "-- @clause nobody\n-- a remark\n'100%' = '{a}';\n"

static const char *expanded(const char *args, const char *body)
{
    const char *text = apr_pstrcat(pool, CLAUSES "-- @query q\n-- @scope system\n-- @args ", args, "\n", body, "\n",
                                   NULL);
    return wp_query_find(parse(text), "q")->sql;
}

static void clauses_are_expanded_where_they_are_used(void **state)
{
    (void)state;
    assert_string_equal(expanded("today:date", "select 1 from t where {in_force t};"),
                        "select 1 from t where t.since <= %s and t.until >= %s");
    assert_string_equal(expanded("today:date", "select 1 where {may x.y pay+readings};"),
                        "select 1 where (x.y.rights & 9) > 0 and  x.y.since <= %s and x.y.until >= %s");
    assert_string_equal(expanded("right:int today:date", "select 1 where { may\tx  :right };"),
                        "select 1 where (x.rights & %lld) > 0 and  x.since <= %s and x.until >= %s");
    assert_string_equal(expanded("a:int", "select {right any}, {right delegate}, '{x}', :a where {nobody};"),
                        "select 127 , 64 , '{x}', %lld where '100%%' = '{a}'");
    assert_string_equal(sql_of("a:int", "select 1 -:a;"), "select 1 -%lld");
    /* neither a comment nor a word of the clock comes about where an expansion meets its surroundings */
    assert_string_equal(wp_query_find(parse("-- @clause minus\n- 1;\n" Q "select 2 -{minus};"), "q")->sql,
                        "select 2 - - 1");
    assert_string_equal(wp_query_find(parse("-- @clause date\nrent_date;\n" Q "select cur{date};"), "q")->sql,
                        "select cur rent_date");
    const wp_query_t *query = wp_query_find(parse(CLAUSES "-- @query q\n-- @scope account\n"
                                                          "-- @args account:text right:int today:date\n"
                                                          "select :account where {may a :right};\n"),
                                            "q");
    static const int positions[] = {0, 1, 2, 2};
    assert_int_equal(query->positions->nelts, 4);
    for (int i = 0; i < 4; i++)
        assert_int_equal(APR_ARRAY_IDX(query->positions, i, int), positions[i]);
}

static void mistakes_in_clauses_are_named_with_their_line(void **state)
{
    (void)state;
    assert_refused(CLAUSES Q "select 1 where\n {must a};",
                   "t.sql:11: statement q: {must a} there is no clause \"must\"");
    assert_refused(CLAUSES Q "select {may a};", "clause may needs 2 arguments, not 1");
    assert_refused(CLAUSES Q "select {nobody 1};", "clause nobody needs 0 arguments, not 1");
    assert_refused(CLAUSES Q "select {may a paid};", "\"paid\" is not a right");
    assert_refused(CLAUSES Q "select {may a pay+};", "\"pay+\" is not a right");
    assert_refused(CLAUSES Q "select {may a 8};", "\"8\" is not a right");
    assert_refused(CLAUSES Q "select {right pay submit};", "needs one sum of rights");
    assert_refused(CLAUSES Q "select {may a 'pay'};", "cannot take \"'pay'\"");
    assert_refused(CLAUSES Q "select {a b c d e f g h i};", "too many arguments");
    assert_refused(CLAUSES Q "select { };", "names no clause");
    assert_refused(CLAUSES Q "select {may a\n pay};", "a { without end");
    assert_refused(CLAUSES Q "select {may a pay};", "statement q: :today is not declared");
    assert_refused("-- @clause one\n{one};", "t.sql:2: clause one: {…} there is no clause \"one\" so far");
    assert_refused("-- @clause one a\n{a b};", "gives arguments to a parameter");
    assert_refused("-- @clause one\n{two};\n-- @clause two\n1;", "there is no clause \"two\" so far");
    assert_refused("-- @clause one a\n({a}.rights & {right b}) > 0;", "\"b\" is not a right");
    assert_refused("-- @clause one\n1;\n-- @clause one\n1;", "t.sql:3: clause one is defined twice");
    assert_refused("-- @clause one\n1;\n2;", "more than one text");
    assert_refused("-- @clause one\n" Q "select 1;", "clause one has no text");
    assert_refused("-- @clause one\n1", "no ; at its line's end");
    assert_refused("-- @clause one\n-- @scope system\n1;", "must stand between @query");
    assert_refused("-- @clause one\nnow() < 1;", "the clock of SQL");
    assert_refused("-- @clause one a\nexists (select 1 from t x where x.a = {a});", "the alias x must begin with one_");
    assert_refused("-- @clause one a\nexists (select 1 from t one_x where one_x.a = {a});\n" Q "select {one one_x.a};",
                   "\"one_x.a\" is named like an alias of the clause");
    assert_refused("-- @clause right a\n1;", "not \"right\"");
    assert_refused("-- @clause one 2\n1;", "\"2\" is not a name");
    assert_refused("-- @clause\n1;", "@clause needs a name");
    assert_refused(CLAUSES "-- @schema 1\ncreate view v as select 1 where {nobody};",
                   "a schema step cannot use {nobody}");
}

static void clauses_that_double_each_other_come_to_an_end(void **state)
{
    (void)state;
    const char *text = "-- @clause c0\n1 + 1;\n";
    for (int i = 1; i < 40; i++)
        text = apr_psprintf(pool, "%s-- @clause c%d\n{c%d} + {c%d};\n", text, i, i - 1, i - 1);
    assert_refused(apr_pstrcat(pool, text, Q "select {c39};", NULL), "expands to more than 32768 bytes");
}

static void mistakes_are_named_with_their_line(void **state)
{
    (void)state;
    assert_refused("select 1;", "t.sql:1: SQL before @query");
    assert_refused("-- @query q\nselect 1;", "no @scope");
    assert_refused(Q "select 1;\n" Q "select 2;", "t.sql:4: statement q is defined twice");
    assert_refused(Q "select :a;", "t.sql:3: statement q: :a is not declared");
    assert_refused(Q "-- @args a:text\nselect 1;", "argument a is not used");
    assert_refused(Q "-- @args a:text a:int\nselect :a;", "declared twice");
    assert_refused(Q "-- @args a\nselect :a;", "has no type");
    assert_refused(Q "-- @args a:number\nselect :a;", "unknown type \"number\"");
    assert_refused(Q "-- @row r\nselect 1;", "names no column");
    assert_refused(Q "-- @row r a:int\n-- @row s b:int\nselect 1, 2;", "must repeat");
    assert_refused(Q "select 1", "no ; at its line's end");
    assert_refused(Q "select 1; select 2;", "more than one statement");
    assert_refused(Q "select 1;\nselect 2;", "more than one statement");
    assert_refused(Q ";", "; without a statement");
    assert_refused(Q, "has no text");
    assert_refused(Q "select 'abc;\n", "without end");
    assert_refused(Q "select /* abc;\n", "without end");
    assert_refused(Q "select 1\n-- @args a:text\n;", "between @query and the statement");
    assert_refused("-- @query a-b\n", "@query needs one name");
    assert_refused("-- @query a2345678901234567890123456789012345678901\n", "@query needs one name");
    assert_refused("-- @query q\n-- @scope all\n", "@scope must be");
    assert_refused("-- @what\n", "unknown directive");
    assert_refused("-- @schema 0\n", "needs a version");
    assert_refused("-- @schema 1 oldest=2\n", "does not know");
    assert_refused("-- @schema 1\n", "no statement");
    assert_refused("-- @schema 1\ncreate table a (b text);;\n", "; without a statement");
    assert_refused("-- @schema 1\ncreate table a (b text default :c);\n", "cannot have the placeholder");
    assert_refused(Q "select '\xC3';", "not valid UTF-8");
}

static void an_account_statement_must_use_the_account(void **state)
{
    (void)state;
    assert_refused("-- @query q\n-- @scope account\nselect 1;", "must use :account");
    assert_refused("-- @query q\n-- @scope account\n-- @args account:text\nselect ':account';", "not used");
    parse("-- @query q\n-- @scope account\n-- @args account:text\nselect 1 where :account = 'a';");
}

static void the_clock_of_sql_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"select now();",
                                      "select Now ();",
                                      "select CURRENT_TIMESTAMP;",
                                      "select current_date;",
                                      "select date('now');",
                                      "select datetime( 'NOW' );",
                                      "select strftime('%s', 'now');",
                                      "select date();",
                                      "select clock_timestamp();",
                                      "select localtime;"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_refused(apr_pstrcat(pool, Q, bad[i], NULL), "the clock of SQL");
    assert_refused("-- @schema 1\ncreate table a (at text default current_timestamp);\n", "the clock of SQL");
    parse(Q "-- @args now:time\nselect x.now, nowhere, 'it is now', date(x.at) from x where at < :now;");
}

static void the_portal_s_own_files_are_good(void **state)
{
    (void)state;
    const char *error;
    wp_queries_t *queries;
    apr_status_t status = wp_queries_load(&queries, pool, SQL_DIR, &error);
    if (error)
        print_error("%s\n", error);
    assert_int_equal(status, APR_SUCCESS);
    assert_true(queries->schema_version >= 1);
    assert_int_not_equal(wp_queries_load(&queries, pool, SQL_DIR "/none", &error), APR_SUCCESS);
    assert_non_null(error);
}

static int set_up(void **state)
{
    (void)state;
    apr_initialize();
    return apr_pool_create(&pool, NULL);
}

static int tear_down(void **state)
{
    (void)state;
    apr_pool_destroy(pool);
    apr_terminate();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_statement_is_read_whole),
                                       cmocka_unit_test(literals_and_comments_are_respected),
                                       cmocka_unit_test(changes_are_told_from_reads),
                                       cmocka_unit_test(schema_steps_are_read_and_ordered),
                                       cmocka_unit_test(mistakes_are_named_with_their_line),
                                       cmocka_unit_test(clauses_are_expanded_where_they_are_used),
                                       cmocka_unit_test(mistakes_in_clauses_are_named_with_their_line),
                                       cmocka_unit_test(clauses_that_double_each_other_come_to_an_end),
                                       cmocka_unit_test(an_account_statement_must_use_the_account),
                                       cmocka_unit_test(the_clock_of_sql_is_refused),
                                       cmocka_unit_test(the_portal_s_own_files_are_good)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
