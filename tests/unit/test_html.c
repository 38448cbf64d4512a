/* SPDX-License-Identifier: Apache-2.0 */
/* What the serialiser makes of a result tree, as render/html.h says; tests/fuzz/html.c reads back any tree. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <apr_general.h>
#include <apr_strings.h>
#include <libxml/parser.h>

#include "render/html.h"

#include "base/banned.h"

#define DOCTYPE "<!DOCTYPE html>\n"
#define SVG     "xmlns='http://www.w3.org/2000/svg'"

static int make_pool(void **state)
{
    return apr_pool_create((apr_pool_t **)state, NULL) == APR_SUCCESS ? 0 : -1;
}

static int drop_pool(void **state)
{
    apr_pool_destroy(*state);
    return 0;
}

static void assert_html(apr_pool_t *pool, const char *xml, const char *expected)
{
    xmlDocPtr tree = xmlReadMemory(xml, (int)strlen(xml), NULL, NULL, XML_PARSE_NONET);
    const char *html;
    apr_size_t length;

    assert_non_null(tree);
    assert_int_equal(wp_html_serialise(tree, pool, &html, &length), APR_SUCCESS);
    xmlFreeDoc(tree);
    assert_int_equal(strlen(html), length);
    assert_memory_equal(html, DOCTYPE, strlen(DOCTYPE));
    assert_string_equal(html + strlen(DOCTYPE), expected);
}

static void text_and_attributes_are_escaped(void **state)
{
    assert_html(*state, "<p title='&lt;b&gt; &amp;amp; \"&#13;&#10;'>&lt;script&gt;&amp;lt;\"'&#13;</p>",
                "<p title=\"&lt;b&gt; &amp;amp; &quot;&#13;\n\">&lt;script&gt;&amp;lt;&quot;'&#13;</p>");
    assert_html(*state, "<p><![CDATA[</p><b>&]]></p>", "<p>&lt;/p&gt;&lt;b&gt;&amp;</p>");
    assert_html(*state, "<p>āčē €</p>", "<p>āčē €</p>");
}

static void nothing_inline_gets_through(void **state)
{
    assert_html(*state, "<div><script src='/a.js'>alert(1)</script><style>b{}</style></div>",
                "<div><script src=\"/a.js\"></script><style></style></div>");
    assert_html(*state, "<svg " SVG "><script>alert(1)</script><STYLE>x</STYLE></svg>",
                "<svg><script></script><STYLE></STYLE></svg>");
    assert_html(*state, "<p onclick='a' ONLOAD='b' style='c' srcdoc='d' once='e' class='f'/>", "<p class=\"f\"></p>");
    assert_html(*state, "<p><!-- <b> --><?php echo ?>x</p>", "<p>x</p>");
}

static void addresses_have_a_scheme_of_the_list_or_none(void **state)
{
    static const char *const good[] = {"/portal/a?b=c:d", "HTTPS://a.lv", "http://a", "mailto:a@b.lv", "tel:+371",
                                       "sms:1",           "#a:b",         "a/b:c",    "?a:b",          ""};
    static const char *const bad[] =
        {"javascript:alert(1)", " JaVaScRiPt:x", "java&#10;script:x",  "&#9;javascript:x", "data:text/html,x",
         "vbscript:x",          "blob:x",        "file:///etc/passwd", "ht&#9;tp:x",       ":x"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_html(*state, apr_pstrcat(*state, "<a href='", good[i], "'/>", NULL),
                    *good[i] ? apr_pstrcat(*state, "<a href=\"", good[i], "\"></a>", NULL) : "<a href></a>");
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_html(*state, apr_pstrcat(*state, "<a href='", bad[i], "'/>", NULL), "<a></a>");
        assert_html(*state, apr_pstrcat(*state, "<form action='", bad[i], "'/>", NULL), "<form></form>");
        assert_html(*state,
                    apr_pstrcat(*state, "<a xmlns:l='http://www.w3.org/1999/xlink' l:href='", bad[i], "'/>", NULL),
                    "<a></a>");
    }
}

static void elements_are_those_of_html(void **state)
{
    assert_html(*state, "<p><br/><input disabled=''/><IMG alt='x'>lost</IMG><b/></p>",
                "<p><br><input disabled><IMG alt=\"x\"><b></b></p>");
    assert_html(*state, "<h:p xmlns:h='http://www.w3.org/1999/xhtml' xml:lang='lv' h:x='1'><h:br/></h:p>",
                "<p lang=\"lv\"><br></p>");
    assert_html(*state, "<p><svg " SVG " viewBox='0 0 1 1'><path d='M0 0'/></svg></p>",
                "<p><svg viewBox=\"0 0 1 1\"><path d=\"M0 0\"/></svg></p>");
}

/* A browser drops a line end right behind the start tag. */
static void the_first_line_end_of_pre_is_kept(void **state)
{
    assert_html(*state, "<pre>\nx</pre>", "<pre>\n\nx</pre>");
    assert_html(*state, "<textarea>&#10;&#10;x</textarea>", "<textarea>\n\n\nx</textarea>");
    assert_html(*state, "<pre><!-- dropped -->\nx</pre>", "<pre>\n\nx</pre>");
    assert_html(*state, "<pre><b/>\nx</pre>", "<pre><b></b>\nx</pre>");
    assert_html(*state, "<p>\nx</p>", "<p>\nx</p>");
}

static void a_page_may_be_long_and_deep(void **state)
{
    apr_size_t size = 300000;
    char *text = apr_palloc(*state, size + 1);
    memset(text, 'x', size);
    text[size] = '\0';
    assert_html(*state, apr_pstrcat(*state, "<p>", text, "&lt;</p>", NULL),
                apr_pstrcat(*state, "<p>", text, "&lt;</p>", NULL));

    xmlDocPtr tree = xmlNewDoc(BAD_CAST "1.0");
    xmlNodePtr node = xmlNewDocRawNode(tree, NULL, BAD_CAST "b", NULL);
    xmlDocSetRootElement(tree, node);
    for (int i = 1; i < 100000; i++)
        node = xmlAddChild(node, xmlNewDocRawNode(tree, NULL, BAD_CAST "b", NULL));
    const char *html;
    apr_size_t length;
    assert_int_equal(wp_html_serialise(tree, *state, &html, &length), APR_SUCCESS);
    assert_int_equal(length, strlen(DOCTYPE) + 100000 * strlen("<b></b>"));
    xmlFreeDoc(tree);
}

int main(void)
{
    const struct CMUnitTest tests[] =
        {cmocka_unit_test_setup_teardown(text_and_attributes_are_escaped, make_pool, drop_pool),
         cmocka_unit_test_setup_teardown(nothing_inline_gets_through, make_pool, drop_pool),
         cmocka_unit_test_setup_teardown(addresses_have_a_scheme_of_the_list_or_none, make_pool, drop_pool),
         cmocka_unit_test_setup_teardown(elements_are_those_of_html, make_pool, drop_pool),
         cmocka_unit_test_setup_teardown(the_first_line_end_of_pre_is_kept, make_pool, drop_pool),
         cmocka_unit_test_setup_teardown(a_page_may_be_long_and_deep, make_pool, drop_pool)};
    apr_initialize();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
