/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <apr_general.h>
#include <apr_strings.h>
#include <libxml/parser.h>

#include "render/xml.h"

#include "base/banned.h"

#define FFFD "\xEF\xBF\xBD"

/* The text of <a> in <page><a>…</a></page> after writing and reading it back. */
static char *round_trip(apr_pool_t *pool, const char *text)
{
    xmlDocPtr page = wp_xml_document(pool, "page");
    apr_size_t length;

    wp_xml_text(xmlDocGetRootElement(page), "a", text);
    const char *xml = wp_xml_serialise(page, pool, &length);
    xmlDocPtr again = xmlReadMemory(xml, (int)length, NULL, NULL, XML_PARSE_NONET);
    assert_non_null(again);
    xmlNodePtr a = xmlDocGetRootElement(again)->children;
    assert_ptr_equal(a->next, NULL);
    assert_true(!a->children || a->children->type == XML_TEXT_NODE);
    xmlChar *content = xmlNodeGetContent(a);
    char *copy = apr_pstrdup(pool, (char *)content);
    xmlFree(content);
    xmlFreeDoc(again);
    return copy;
}

static int make_pool(void **state)
{
    return apr_pool_create((apr_pool_t **)state, NULL) == APR_SUCCESS ? 0 : -1;
}

static int drop_pool(void **state)
{
    apr_pool_destroy(*state);
    return 0;
}

static void takes_hostile_text_as_text(void **state)
{
    static const char *const texts[] =
        {"&<img src=x onerror=alert(1)>;", "&lt;b&gt;", "]]>", "<!--", "&#0;", "%x;", "a\r\nb\tc", ""};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_string_equal(round_trip(*state, texts[i]), texts[i]);
}

static void takes_hostile_attributes_as_text(void **state)
{
    xmlDocPtr page = wp_xml_document(*state, "page");
    wp_xml_attr(xmlDocGetRootElement(page), "a", "&<img src=x onerror='x'>;\"");
    wp_xml_attr(xmlDocGetRootElement(page), "b", NULL);
    assert_non_null(
        strstr(wp_xml_serialise(page, *state, NULL), "<page a=\"&amp;&lt;img src=x onerror='x'&gt;;&quot;\"/>"));
}

static void replaces_bad_bytes_and_counts_them(void **state)
{
    static const char *const pairs[][2] = {{"a\x01z", "a" FFFD "z"},
                                           {"\xc0\xaf", FFFD FFFD},
                                           {"\xef\xbf\xbe", FFFD FFFD FFFD},
                                           {"\xed\xa0\x80", FFFD FFFD FFFD},
                                           {"ā\xc4", "ā" FFFD}};
    unsigned long before = wp_xml_replaced();
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        assert_string_equal(round_trip(*state, pairs[i][0]), pairs[i][1]);
    assert_int_equal(wp_xml_replaced() - before, 1 + 2 + 3 + 3 + 1);

    xmlDocPtr page = wp_xml_document(*state, "page");
    wp_xml_attr(xmlDocGetRootElement(page), "a", "\x08");
    assert_non_null(strstr(wp_xml_serialise(page, *state, NULL), "<page a=\"" FFFD "\"/>"));
}

static void prints_nothing_for_null(void **state)
{
    xmlDocPtr page = wp_xml_document(*state, "page");
    assert_null(wp_xml_text(xmlDocGetRootElement(page), "a", NULL));
    assert_null(wp_xml_typed(xmlDocGetRootElement(page), "a", "volume", NULL));
    assert_null(xmlDocGetRootElement(page)->children);
}

static void writes_types_and_numbers(void **state)
{
    xmlDocPtr page = wp_xml_document(*state, "page");
    xmlNodePtr root = xmlDocGetRootElement(page);
    wp_xml_typed(root, "last", "volume", "43409");
    wp_xml_int(root, "low", INT64_MIN);
    wp_xml_attr_int(wp_xml_child(root, "paging"), "page", 2);
    wp_xml_attr_int(root, "n", 1);
    wp_xml_attr_int(root, "n", 2);
    assert_non_null(strstr(
        wp_xml_serialise(page, *state, NULL),
        "<page n=\"2\"><last t=\"volume\">43409</last><low>-9223372036854775808</low><paging page=\"2\"/></page>"));
}

int main(void)
{
    const struct CMUnitTest tests[] =
        {cmocka_unit_test_setup_teardown(takes_hostile_text_as_text, make_pool, drop_pool),
         cmocka_unit_test_setup_teardown(takes_hostile_attributes_as_text, make_pool, drop_pool),
         cmocka_unit_test_setup_teardown(replaces_bad_bytes_and_counts_them, make_pool, drop_pool),
         cmocka_unit_test_setup_teardown(prints_nothing_for_null, make_pool, drop_pool),
         cmocka_unit_test_setup_teardown(writes_types_and_numbers, make_pool, drop_pool)};
    apr_initialize();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
