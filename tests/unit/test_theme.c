/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <apr_general.h>
#include <libxml/parser.h>
#include <libxml/xmlmemory.h>

#include "render/theme.h"

#include "base/banned.h"

static apr_pool_t *pool;

static void ignore_line(void *context, wp_log_level_t level, const char *line)
{
    (void)context;
    (void)level;
    (void)line;
}

static void render(const wp_theme_t *theme, xmlDocPtr page)
{
    const wp_view_t view = {"sections/readings", "lv", page};
    apr_pool_t *own;
    const char *html;
    apr_size_t length;

    apr_pool_create(&own, pool);
    assert_int_equal(wp_theme_render(theme, &view, own, &html, &length), APR_SUCCESS);
    assert_non_null(strstr(html, "</html>"));
    apr_pool_destroy(own);
}

/* A server renders for months: each page gives back all it took. libxml2 counts its blocks itself. */
static void a_rendered_page_leaves_nothing_behind(void **state)
{
    static const char *const languages[] = {"lv", NULL}, *const stylesheets[] = {"sections/readings", NULL};
    wp_log_t log = {.write = ignore_line};
    const wp_theme_options_t options = {.directory = XSLT_DIR, .languages = languages, .stylesheets = stylesheets, .log = &log};
    xmlDocPtr page = xmlReadFile(FIXTURE, NULL, XML_PARSE_NONET);
    wp_theme_t *theme;
    (void)state;

    assert_non_null(page);
    assert_int_equal(wp_theme_load(&theme, pool, &options), APR_SUCCESS);
    render(theme, page); /* the first one makes what is kept */
    int blocks = xmlMemBlocks();
    assert_true(blocks > 0);
    for (int i = 0; i < 3; i++)
        render(theme, page);
    assert_int_equal(xmlMemBlocks(), blocks);
    xmlFreeDoc(page);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {cmocka_unit_test(a_rendered_page_leaves_nothing_behind)};
    xmlMemSetup(xmlMemFree, xmlMemMalloc, xmlMemRealloc, xmlMemoryStrdup);
    apr_initialize();
    apr_pool_create(&pool, NULL);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    apr_pool_destroy(pool);
    return failed;
}
