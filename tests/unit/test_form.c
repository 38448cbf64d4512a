/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <apr_general.h>
#include <apr_strings.h>

#include "portal/form.h"
#include "portal/page.h"

#include "base/banned.h"

static const char *const colours[] = {"blue", "green", NULL};
static const wp_field_t fields[] = {
    {.name = "name", .type = WP_FIELD_TEXT, .required = true, .max = 5},
    {.name = "colour", .type = WP_FIELD_CHOICE, .choices = colours},
    {.name = "email", .type = WP_FIELD_EMAIL},
    {.name = "phone", .type = WP_FIELD_PHONE},
    {.name = "agree", .type = WP_FIELD_TICK},
    {.name = "count", .type = WP_FIELD_COUNT, .max = 40},
    {.name = "day", .type = WP_FIELD_DATE},
    {.name = "value", .type = WP_FIELD_VOLUME, .each = true, .max = 20},
    {.name = "month", .type = WP_FIELD_MONTH},
    {.name = "amount", .type = WP_FIELD_MONEY},
    {.name = "number", .type = WP_FIELD_PLAIN, .max = 20},
    {.name = "point", .type = WP_FIELD_ID},
    {.name = "litres", .type = WP_FIELD_LITRES},
    {.name = NULL},
};
static const wp_form_def_t def = {.name = "test", .fields = fields};

static int make_pool(void **state)
{
    apr_pool_t *pool;
    apr_pool_create(&pool, NULL);
    *state = pool;
    return 0;
}

static int drop_pool(void **state)
{
    apr_pool_destroy(*state);
    return 0;
}

static apr_array_header_t *pairs_of(apr_pool_t *pool, const char *body)
{
    apr_array_header_t *pairs;
    assert_int_equal(wp_pairs_parse(&pairs, pool, body, strlen(body)), APR_SUCCESS);
    return pairs;
}

static wp_form_t *taken(apr_pool_t *pool, const char *body)
{
    wp_form_t *form = wp_form_make(pool, &def);
    assert_true(wp_form_take(form, pairs_of(pool, apr_pstrcat(pool, "form-key=k1&", body, NULL))));
    return form;
}

static bool refuses(apr_pool_t *pool, const char *body)
{
    return !wp_form_take(wp_form_make(pool, &def), pairs_of(pool, body));
}

static void litres_become_cubic_metres(void **state)
{
    static const char *const cases[][2] = {{"118500", "118.5"}, {"100000", "100"}, {"0", "0"},  {"7", "0.007"},
                                           {"-5", "-0.005"},    {"118.5", NULL},   {"x", NULL}, {"-", NULL}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        wp_form_t *form = taken(*state, apr_pstrcat(*state, "name=a&litres=", cases[i][0], NULL));
        assert_int_equal(form->problems, cases[i][1] == NULL);
        if (cases[i][1])
            assert_string_equal(wp_form_value(form, "litres", NULL), cases[i][1]);
        else
            assert_null(wp_form_value(form, "litres", NULL));
    }
}

static void pairs_are_decoded(void **state)
{
    apr_array_header_t *pairs = pairs_of(*state, "a=1+2%2b3&&b=%C4%81%0D%0Ax&c&=d&e=%0D%0D%0A%0Ay%0D");
    assert_int_equal(pairs->nelts, 5);
    assert_string_equal(APR_ARRAY_IDX(pairs, 0, wp_pair_t).value, "1 2+3");
    assert_string_equal(APR_ARRAY_IDX(pairs, 1, wp_pair_t).value, "ā\nx");
    assert_string_equal(APR_ARRAY_IDX(pairs, 2, wp_pair_t).name, "c");
    assert_string_equal(APR_ARRAY_IDX(pairs, 2, wp_pair_t).value, "");
    assert_string_equal(APR_ARRAY_IDX(pairs, 3, wp_pair_t).name, "");
    assert_string_equal(APR_ARRAY_IDX(pairs, 4, wp_pair_t).value, "\n\n\ny\n");
}

static void broken_pairs_are_refused(void **state)
{
    static const char *const bad[] = {"a=%",      "a=%4",  "a=%zz",       "a=%00",      "a=%ff",
                                      "a=%C0%AF", "%01=a", "a=%ED%A0%80", "a=%EF%BF%BE"};
    apr_array_header_t *pairs;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_not_equal(wp_pairs_parse(&pairs, *state, bad[i], strlen(bad[i])), APR_SUCCESS);
}

static void too_many_pairs_are_refused(void **state)
{
    apr_array_header_t *pairs;
    char *body = apr_pcalloc(*state, (WP_PAIRS_MAX + 1) * 4 + 1);
    for (int i = 0; i <= WP_PAIRS_MAX; i++)
        memcpy(body + i * 4, "a=1&", 4);
    assert_int_not_equal(wp_pairs_parse(&pairs, *state, body, strlen(body)), APR_SUCCESS);
    assert_int_equal(wp_pairs_parse(&pairs, *state, body, WP_PAIRS_MAX * 4), APR_SUCCESS);
}

static void a_segment_of_a_path_is_read_back(void **state)
{
    static const char *const segments[] = {"a+b", "2019/1234", "%2F", "Ū B", "..", "a\\b?#;&=\""};
    for (size_t i = 0; i < sizeof segments / sizeof *segments; i++) {
        const char *encoded = wp_urlencode(*state, segments[i]);
        assert_string_equal(wp_urldecode(*state, encoded, strlen(encoded)), segments[i]);
    }
    assert_string_equal(wp_urldecode(*state, "a+b%2Bc/", 7), "a+b+c");
    assert_null(wp_urldecode(*state, "%", 1));
    assert_null(wp_urldecode(*state, "%FF", 3));
}

static void what_is_encoded_is_read_back(void **state)
{
    char text[3] = "";
    for (int c = 0x20; c < 0x7f; c++) {
        text[0] = (char)c;
        text[1] = '&';
        apr_array_header_t *pairs = pairs_of(*state, apr_pstrcat(*state, "x=", wp_urlencode(*state, text), NULL));
        assert_string_equal(APR_ARRAY_IDX(pairs, 0, wp_pair_t).value, text);
    }
}

static void values_are_checked_by_type(void **state)
{
    wp_form_t *form =
        taken(*state,
              "name=+anna+&colour=green&email=a@b.lv&phone=2000+0143&agree=1&count=40&day=2.11.2026.&value.M-1=5,5");
    assert_int_equal(form->problems, 0);
    assert_string_equal(wp_form_value(form, "name", NULL), "anna");
    assert_string_equal(wp_form_value(form, "phone", NULL), "+37120000143");
    assert_string_equal(wp_form_value(form, "day", NULL), "2026-11-02");
    assert_string_equal(wp_form_value(form, "value", "M-1"), "5,5");
    assert_true(wp_form_ticked(form, "agree", NULL));
    assert_int_equal(wp_form_keys(form)->nelts, 1);
}

static void wrong_values_are_problems(void **state)
{
    static const char *const bad[] = {"name=annaaa",       "name=a%0Ab",       "name=",
                                      "name=a&colour=red", "name=a&email=a",   "name=a&phone=12",
                                      "name=a&agree=yes",  "name=a&count=41",  "name=a&count=0",
                                      "name=a&count=-1",   "name=a&count=1e1", "name=a&day=31.11.2026",
                                      "name=a&day=today"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(taken(*state, bad[i])->problems, 1);
    assert_int_equal(taken(*state, "name=%C4%81%C4%81%C4%81%C4%81%C4%81")->problems,
                     0); /* five characters, ten bytes */
}

/* A field, what was pasted into it, what it means; NULL: an error code is expected. */
typedef struct pasted_t {
    const char *field, *typed, *value;
} pasted_t;

static const char *one_value(apr_pool_t *pool, const char *name, const char *typed, wp_form_t **form)
{
    *form = taken(pool, apr_pstrcat(pool, "name=x&", name, "=", wp_urlencode(pool, typed), NULL));
    const char *dot = strchr(name, '.');
    return wp_form_value(*form, dot ? apr_pstrmemdup(pool, name, (apr_size_t)(dot - name)) : name,
                         dot ? dot + 1 : NULL);
}

/* The messages used to quote values that looked right. */
static void what_was_pasted_is_what_was_meant(void **state)
{
    static const pasted_t pasted[] = {
        {"email", "ilze@example.lv\u200b", "ilze@example.lv"},
        {"email", "\u202ailze@example.lv\u202c", "ilze@example.lv"},
        {"email", "ilze\uff20example.lv", "ilze@example.lv"},
        {"email", "mailto:ilze@example.lv", "ilze@example.lv"},
        {"email", "Ilze Kalniņa <ilze@example.lv>", "ilze@example.lv"},
        {"email", "ilze@example.lv\u00a0\n", "ilze@example.lv"},
        {"phone", "\u202a+37126123456\u202c", "+37126123456"},
        {"phone", "(+371) 26123456", "+37126123456"},
        {"phone", "tel:+37126123456", "+37126123456"},
        {"phone", "26\u2011123\u2011456", "+37126123456"},
        {"phone", "\u2066\uff0b371\u00a026\u2009123\u202f456\u2069", "+37126123456"},
        {"amount", "10,50 \u20ac", "10.50"},
        {"amount", "EUR\u00a010,50", "10.50"},
        {"amount", "\u22125,00", "-5.00"},
        {"day", "\u200e2026-11\u201302", "2026-11-02"},
        {"day", "2.\u00a011.\u202f2026.", "2026-11-02"},
        {"month", "2026\u201111", "2026-11"},
        {"count", "\u200b12\ufeff", "12"},
        {"count", "\uff11\u0662", "12"},
        {"agree", "1\u200b", "1"},
        {"colour", "green\u00ad", "green"},
        {"value.M1", "1\u202f202,219 m\u00b3", "1 202,219"},
        {"number", "10\u201145127\u200b", "10-45127"},
        {"name", "a\u0304\u00a0b\u200b", "ā b"},
        {"point", "\uff21\u00a0\u2011\u200b1", "\uff21\u00a0\u2011\u200b1"}, /* an id is as billing has it */
    };
    wp_form_t *form;

    for (size_t i = 0; i < sizeof pasted / sizeof *pasted; i++) {
        const char *name = pasted[i].field;
        const char *value = strcmp(name, "name") == 0
                                ? wp_form_value(taken(*state, apr_pstrcat(*state, "name=",
                                                                          wp_urlencode(*state, pasted[i].typed), NULL)),
                                                name, NULL)
                                : one_value(*state, name, pasted[i].typed, &form);
        assert_non_null(value);
        assert_string_equal(value, pasted[i].value);
    }
}

static const char *problem_of(apr_pool_t *pool, const char *name, const char *typed)
{
    wp_form_t *form;
    assert_null(one_value(pool, name, typed, &form));
    assert_int_equal(form->problems, 1);
    const wp_value_t *value = APR_ARRAY_IDX(form->order, form->order->nelts - 1, wp_value_t *);
    return (const char *)xmlGetNoNsProp(value->problems->children, BAD_CAST "code");
}

static void a_problem_says_what_is_wrong_and_quotes_what_was_meant(void **state)
{
    static const pasted_t wrong[] = {
        {"email", "ilze@bērzi.lv", "email_letters"},
        {"email", "ilz\u0113@example.lv", "email_letters"},
        {"email", "ilze@", "email"},
        {"count", "1\u00b2", "count"},
        {"point", "a\xC2\x85", "choice"},
        {"amount", "10 USD", "money"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        xmlChar *code = (xmlChar *)problem_of(*state, wrong[i].field, wrong[i].typed);
        assert_string_equal((const char *)code, wrong[i].value);
        xmlFree(code);
    }
    wp_form_t *form;
    one_value(*state, "phone", "\u202a12\u202c", &form);
    const wp_value_t *value = APR_ARRAY_IDX(form->order, 1, wp_value_t *);
    assert_string_equal(value->typed, "\u202a12\u202c");
    xmlChar *quoted = xmlNodeGetContent(value->problems->children);
    assert_string_equal((const char *)quoted, "12");
    xmlFree(quoted);
    assert_true(wp_form_is_blank(taken(*state, "name=x&number=%E2%80%8B+%C2%A0"), "number", NULL));
}

/* "2019/1234", "A B": a key is an id of billing, and its HTML id has nothing in it that a link or a list of ids could
 * not hold. */
static void keys_are_ids_of_billing(void **state)
{
    static const char *const ids[][2] = {
        {"M-123", "value-M-123"},
        {"2019/1234", "value-2019:2F1234"},
        {"Ū-1", "value-:C5:AA-1"},
        {"A B", "value-A:20B"},
        {"a.b_c", "value-a.b_c"},
        {"a:b%c", "value-a:3Ab:25c"},
        {"\"'<>&#?+;=\\", "value-:22:27:3C:3E:26:23:3F:2B:3B:3D:5C"},
        {"...", "value-..."},
    };
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        const char *id = ids[i][0];
        wp_form_t *form = taken(*state, apr_pstrcat(*state, "name=x&value.", wp_urlencode(*state, id), "=5", NULL));
        assert_string_equal(wp_form_value(form, "value", id), "5");
        assert_string_equal(APR_ARRAY_IDX(wp_form_keys(form), 0, const char *), id);
        assert_string_equal(APR_ARRAY_IDX(form->order, 1, wp_value_t *)->control, ids[i][1]);
    }
}

static void foreign_forms_are_refused(void **state)
{
    assert_true(refuses(*state, "name=a"));                       /* no key */
    assert_true(refuses(*state, "form-key=a&form-key=b&name=a")); /* repeated */
    assert_true(refuses(*state, "form-key=a&name=a&name=b"));
    assert_true(refuses(*state, "form-key=a&name.x=a"));       /* not a repeated field */
    assert_true(refuses(*state, "form-key=a&name=a&value=5")); /* a repeated field without its key */
    assert_true(refuses(*state, "form-key=a&name=a&value.=5"));
    assert_true(refuses(*state, "form-key=a&name=a&value.a%20=5")); /* no id of billing */
    assert_true(refuses(*state, "form-key=a&name=a&value.a%0Ab=5"));
    assert_true(refuses(*state, "form-key=a&name=a&value..=5"));
    assert_true(refuses(*state, "form-key=../x&name=a"));
    assert_false(
        refuses(*state, "form-key=a&name=a&unknown=1&unknown=2")); /* what we do not ask for is not looked at */
}

static void more_meters_than_a_page_has_are_refused(void **state)
{
    const char *body = "form-key=a&name=a";
    for (int i = 0; i < 21; i++)
        body = apr_psprintf(*state, "%s&value.M%d=1", body, i);
    assert_true(refuses(*state, body));
}

static void rewinding_forgets_what_was_added(void **state)
{
    wp_form_t *form = taken(*state, "name=a&value.M1=5");
    wp_form_finding(form, "value", "M1", WP_CODE_BELOW);
    assert_int_equal(form->problems, 1);
    wp_form_rewind(form);
    assert_int_equal(form->problems, 0);
    assert_string_equal(wp_form_value(form, "value", "M1"), "5");
}

static int problems_of(const wp_form_t *form, int value)
{
    xmlNodePtr problems = APR_ARRAY_IDX(form->order, value, wp_value_t *)->problems;
    return problems ? (int)xmlChildElementCount(problems) : 0;
}

static void rewinding_keeps_what_was_sent_and_its_problems(void **state)
{
    wp_form_t *form = taken(*state, "value.M1=5&name=");
    int sent = form->order->nelts, wrong = form->problems;
    assert_int_equal(wrong, 1); /* the name is required */

    for (int run = 0; run < 2; run++) {
        wp_form_problem(form, "name", NULL, WP_ERROR_CHOICE);
        wp_form_finding(form, "value", "M2", WP_CODE_EMPTY); /* a control that was not sent */
        assert_int_equal(form->problems, wrong + 2);
        wp_form_rewind(form);
        assert_true(form->submitted);
        assert_int_equal(form->problems, wrong);
        assert_int_equal(form->order->nelts, sent);
        assert_int_equal(problems_of(form, 0), 0);
        assert_int_equal(problems_of(form, 1), 1);
        assert_int_equal(wp_form_keys(form)->nelts, 1);
    }
}

static void rewinding_empties_a_form_that_was_not_sent(void **state)
{
    wp_form_t *form = wp_form_make(*state, &def);

    wp_form_preset(form, "name", NULL, "Anna");
    wp_form_rewind(form);
    assert_int_equal(form->order->nelts, 0);
    assert_true(wp_form_is_blank(form, "name", NULL));

    apr_array_header_t *pairs;
    const char *body = "form-key=a&name=Anna";
    assert_int_equal(wp_pairs_parse(&pairs, *state, body, strlen(body)), APR_SUCCESS);
    assert_true(wp_form_restore(form, pairs));
    assert_string_equal(wp_form_value(form, "name", NULL), "Anna");
    wp_form_rewind(form);
    assert_false(form->submitted);
    assert_int_equal(form->order->nelts, 0);
}

static void typed_text_is_shown_again_as_typed(void **state)
{
    wp_form_t *form = taken(*state, "name=%3Cb%3E%20x%20y");
    xmlDocPtr document = wp_xml_document(*state, "page");
    wp_form_write(form, xmlDocGetRootElement(document), "/portal/test", "t");
    xmlNodePtr field = xmlDocGetRootElement(document)->last->children;
    xmlChar *value = xmlGetProp(field, (const xmlChar *)"value");
    assert_string_equal((const char *)value, "<b> x y");
    xmlFree(value);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(litres_become_cubic_metres, make_pool, drop_pool),
        cmocka_unit_test_setup_teardown(pairs_are_decoded, make_pool, drop_pool),
        cmocka_unit_test_setup_teardown(broken_pairs_are_refused, make_pool, drop_pool),
        cmocka_unit_test_setup_teardown(too_many_pairs_are_refused, make_pool, drop_pool),
        cmocka_unit_test_setup_teardown(a_segment_of_a_path_is_read_back, make_pool, drop_pool),
        cmocka_unit_test_setup_teardown(what_is_encoded_is_read_back, make_pool, drop_pool),
        cmocka_unit_test_setup_teardown(values_are_checked_by_type, make_pool, drop_pool),
        cmocka_unit_test_setup_teardown(wrong_values_are_problems, make_pool, drop_pool),
        cmocka_unit_test_setup_teardown(what_was_pasted_is_what_was_meant, make_pool, drop_pool),
        cmocka_unit_test_setup_teardown(a_problem_says_what_is_wrong_and_quotes_what_was_meant, make_pool, drop_pool),
        cmocka_unit_test_setup_teardown(keys_are_ids_of_billing, make_pool, drop_pool),
        cmocka_unit_test_setup_teardown(foreign_forms_are_refused, make_pool, drop_pool),
        cmocka_unit_test_setup_teardown(more_meters_than_a_page_has_are_refused, make_pool, drop_pool),
        cmocka_unit_test_setup_teardown(rewinding_forgets_what_was_added, make_pool, drop_pool),
        cmocka_unit_test_setup_teardown(rewinding_keeps_what_was_sent_and_its_problems, make_pool, drop_pool),
        cmocka_unit_test_setup_teardown(rewinding_empties_a_form_that_was_not_sent, make_pool, drop_pool),
        cmocka_unit_test_setup_teardown(typed_text_is_shown_again_as_typed, make_pool, drop_pool),
    };
    apr_initialize();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    apr_terminate();
    return failed;
}
