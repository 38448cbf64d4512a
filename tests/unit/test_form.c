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
    {.name = "value", .type = WP_FIELD_TEXT, .each = true, .max = 20},
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
    static const char *const bad[] = {"a=%", "a=%4", "a=%zz", "a=%00", "a=%ff", "a=%C0%AF", "%01=a", "a=%ED%A0%80", "a=%EF%BF%BE"};
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
    wp_form_t *form = taken(*state, "name=+anna+&colour=green&email=a@b.lv&phone=2000+0143&agree=1&count=40&day=2.11.2026.&value.M-1=5,5");
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
    static const char *const bad[] = {"name=annaaa", "name=a%0Ab", "name=", "name=a&colour=red", "name=a&email=a", "name=a&phone=12",
                                      "name=a&agree=yes", "name=a&count=41", "name=a&count=0", "name=a&count=-1", "name=a&count=1e1",
                                      "name=a&day=31.11.2026", "name=a&day=today"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(taken(*state, bad[i])->problems, 1);
    assert_int_equal(taken(*state, "name=%C4%81%C4%81%C4%81%C4%81%C4%81")->problems, 0); /* five characters, ten bytes */
}

static void foreign_forms_are_refused(void **state)
{
    assert_true(refuses(*state, "name=a"));                                     /* no key */
    assert_true(refuses(*state, "form-key=a&form-key=b&name=a"));               /* repeated */
    assert_true(refuses(*state, "form-key=a&name=a&name=b"));
    assert_true(refuses(*state, "form-key=a&name.x=a"));                        /* not a repeated field */
    assert_true(refuses(*state, "form-key=a&name=a&value=5"));                  /* a repeated field without its key */
    assert_true(refuses(*state, "form-key=a&name=a&value.=5"));
    assert_true(refuses(*state, "form-key=a&name=a&value.a%20b=5"));
    assert_true(refuses(*state, "form-key=../x&name=a"));
    assert_false(refuses(*state, "form-key=a&name=a&unknown=1&unknown=2"));     /* what we do not ask for is not looked at */
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
    wp_form_problem(form, "value", "M1", "reading_below");
    assert_int_equal(form->problems, 1);
    wp_form_rewind(form);
    assert_int_equal(form->problems, 0);
    assert_string_equal(wp_form_value(form, "value", "M1"), "5");
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
        cmocka_unit_test_setup_teardown(pairs_are_decoded, make_pool, drop_pool),
        cmocka_unit_test_setup_teardown(broken_pairs_are_refused, make_pool, drop_pool),
        cmocka_unit_test_setup_teardown(too_many_pairs_are_refused, make_pool, drop_pool),
        cmocka_unit_test_setup_teardown(what_is_encoded_is_read_back, make_pool, drop_pool),
        cmocka_unit_test_setup_teardown(values_are_checked_by_type, make_pool, drop_pool),
        cmocka_unit_test_setup_teardown(wrong_values_are_problems, make_pool, drop_pool),
        cmocka_unit_test_setup_teardown(foreign_forms_are_refused, make_pool, drop_pool),
        cmocka_unit_test_setup_teardown(more_meters_than_a_page_has_are_refused, make_pool, drop_pool),
        cmocka_unit_test_setup_teardown(rewinding_forgets_what_was_added, make_pool, drop_pool),
        cmocka_unit_test_setup_teardown(typed_text_is_shown_again_as_typed, make_pool, drop_pool),
    };
    apr_initialize();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    apr_terminate();
    return failed;
}
