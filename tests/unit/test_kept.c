/* SPDX-License-Identifier: Apache-2.0 */
/* Themes that are kept over readings of the configuration: which change is one, what is freed, what is compiled
 * ahead. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include <apr_file_io.h>
#include <apr_general.h>
#include <apr_strings.h>

#include "render/kept.h"

#include "base/banned.h"

#define SHEET(x) \
    "<xsl:stylesheet version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'><xsl:template match='/'><p>" x \
    "</p></xsl:template>" \
    "</xsl:stylesheet>"

typedef struct bench_t {
    apr_pool_t *pool;
    const char *root, *ours, *site;
    const char *languages[3], *sheets[3];
    wp_theme_options_t options;
    wp_log_t log;
    int warnings;
    wp_kept_t *kept;
} bench_t;

static void count(void *context, wp_log_level_t level, const char *line)
{
    bench_t *bench = context;
    (void)line;
    bench->warnings += level <= WP_LOG_WARNING;
}

static void write_file(bench_t *bench, const char *directory, const char *name, const char *text)
{
    apr_file_t *file;
    const char *path = apr_pstrcat(bench->pool, directory, "/", name, NULL);
    assert_int_equal(apr_file_open(&file, path, APR_FOPEN_WRITE | APR_FOPEN_CREATE | APR_FOPEN_TRUNCATE,
                                   APR_FPROT_OS_DEFAULT, bench->pool),
                     APR_SUCCESS);
    assert_int_equal(apr_file_write_full(file, text, strlen(text), NULL), APR_SUCCESS);
    apr_file_close(file);
}

static const char *folder(bench_t *bench, const char *name)
{
    const char *path = apr_pstrcat(bench->pool, bench->root, "/", name, NULL);
    apr_dir_make_recursive(apr_pstrcat(bench->pool, path, "/l10n", NULL), APR_FPROT_OS_DEFAULT, bench->pool);
    return path;
}

static int set_up(void **state)
{
    apr_pool_t *pool;
    const char *temp;

    apr_pool_create(&pool, NULL);
    apr_temp_dir_get(&temp, pool);
    bench_t *bench = apr_pcalloc(pool, sizeof *bench);
    *bench = (bench_t){.pool = pool,
                       .root = mkdtemp(apr_pstrcat(pool, temp, "/test-kept-XXXXXX", NULL)),
                       .languages = {"lv"},
                       .sheets = {"x"}};
    bench->ours = folder(bench, "ours");
    bench->site = folder(bench, "site");
    bench->log = (wp_log_t){count, bench};
    bench->options = (wp_theme_options_t){bench->ours, bench->site, bench->languages, bench->sheets, &bench->log};
    bench->kept = wp_kept_make(pool);
    write_file(bench, bench->ours, "l10n/lv.xml", "<texts lang='lv' plural='lv'><text key='a'>x</text></texts>");
    write_file(bench, bench->ours, "x.xsl", SHEET("one"));
    *state = bench;
    return 0;
}

static int tear_down(void **state)
{
    bench_t *bench = *state;
    static const char *const files[] = {"ours/x.xsl", "ours/y.xsl",     "ours/l10n/lv.xml",
                                        "site/x.xsl", "site/notes.txt", "site/l10n/lv.xml"};
    static const char *const folders[] = {"ours/l10n", "ours", "site/l10n", "site", ""};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        apr_file_remove(apr_pstrcat(bench->pool, bench->root, "/", files[i], NULL), bench->pool);
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        apr_dir_remove(apr_pstrcat(bench->pool, bench->root, "/", folders[i], NULL), bench->pool);
    apr_pool_destroy(bench->pool);
    return 0;
}

/* A start or reload. */
static apr_status_t reading(bench_t *bench)
{
    wp_theme_t *theme;
    wp_kept_begin(bench->kept);
    wp_kept_want(bench->kept, &bench->options);
    wp_kept_sweep(bench->kept);
    return wp_kept_load(bench->kept, &theme, bench->pool, &bench->options);
}

static const char *key(bench_t *bench)
{
    return wp_theme_key(&bench->options, bench->pool);
}

static void changes_of_any_source_change_the_key(void **state)
{
    bench_t *bench = *state;
    const char *first = key(bench), *last = first;

    assert_int_equal(strlen(first), 64);
    assert_string_equal(first, key(bench));
    const struct {
        const char *directory, *name, *text;
        bool counts;
    } changes[] = {{bench->ours, "x.xsl", SHEET("two"), true},    {bench->ours, "y.xsl", "", true},
                   {bench->site, "x.xsl", SHEET("three"), true},  {bench->site, "l10n/lv.xml", "<texts/>", true},
                   {bench->site, "notes.txt", "not ours", false}, {bench->ours, "x.xsl", SHEET("two"), false}};
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        write_file(bench, changes[i].directory, changes[i].name, changes[i].text);
        const char *now = key(bench);
        assert_int_equal(strcmp(now, last) != 0, changes[i].counts);
        last = now;
    }
    bench->languages[1] = "en";
    assert_string_not_equal(key(bench), last);
    bench->languages[1] = NULL;
    bench->sheets[1] = "y";
    assert_string_not_equal(key(bench), last);
    bench->sheets[1] = NULL;
    bench->options.site_directory = NULL;
    assert_string_not_equal(key(bench), last);
    bench->options.site_directory = "/nowhere";
    assert_null(key(bench));
}

static void only_what_is_wanted_is_kept(void **state)
{
    bench_t *bench = *state;

    for (int i = 0; i < 5; i++)
        assert_int_equal(reading(bench), APR_SUCCESS);
    assert_int_equal(wp_kept_count(bench->kept), 1);
    write_file(bench, bench->site, "x.xsl", SHEET("two"));
    assert_int_equal(reading(bench), APR_SUCCESS);
    assert_int_equal(wp_kept_count(bench->kept), 1);
    wp_kept_begin(bench->kept);
    wp_kept_sweep(bench->kept); /* the engine is off now */
    assert_int_equal(wp_kept_count(bench->kept), 0);
}

static void what_was_logged_is_logged_for_each_reading(void **state)
{
    bench_t *bench = *state;
    write_file(bench, bench->site, "x.xsl", "<broken");
    assert_int_equal(reading(bench), APR_SUCCESS); /* ours is used */
    assert_int_equal(bench->warnings, 1);
    assert_int_equal(reading(bench), APR_SUCCESS);
    assert_int_equal(bench->warnings, 2);
}

static void a_theme_that_fails_is_not_kept(void **state)
{
    bench_t *bench = *state;
    write_file(bench, bench->ours, "x.xsl", "<broken");
    assert_int_not_equal(reading(bench), APR_SUCCESS);
    assert_int_equal(wp_kept_count(bench->kept), 0);
    write_file(bench, bench->ours, "x.xsl", SHEET("whole"));
    assert_int_equal(reading(bench), APR_SUCCESS);
}

static bool look(bench_t *bench)
{
    return wp_kept_look_ahead(bench->kept, &bench->options);
}

static void what_has_settled_is_compiled_ahead(void **state)
{
    bench_t *bench = *state;

    assert_int_equal(reading(bench), APR_SUCCESS);
    assert_false(look(bench));
    write_file(bench, bench->site, "x.xsl", SHEET("two"));
    assert_false(look(bench)); /* it may still be written to */
    write_file(bench, bench->site, "x.xsl", SHEET("three"));
    assert_false(look(bench));
    assert_true(look(bench));
    assert_false(look(bench));
    assert_int_equal(wp_kept_count(bench->kept), 2); /* the one in use, too */
    write_file(bench, bench->site, "x.xsl", SHEET("four"));
    assert_false(look(bench));
    assert_true(look(bench));
    assert_int_equal(wp_kept_count(bench->kept), 2); /* "three" nobody will use */
    assert_int_equal(reading(bench), APR_SUCCESS);
    assert_int_equal(wp_kept_count(bench->kept), 1);
}

static void what_fails_ahead_is_told_once(void **state)
{
    bench_t *bench = *state;

    assert_int_equal(reading(bench), APR_SUCCESS);
    write_file(bench, bench->ours, "x.xsl", "<broken");
    for (int i = 0; i < 6; i++)
        assert_false(look(bench));
    assert_int_equal(bench->warnings, 1);
    assert_int_equal(wp_kept_count(bench->kept), 1);
    write_file(bench, bench->ours, "x.xsl", SHEET("whole"));
    assert_false(look(bench));
    assert_true(look(bench));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(changes_of_any_source_change_the_key),       TEST(only_what_is_wanted_is_kept),
        TEST(what_was_logged_is_logged_for_each_reading), TEST(a_theme_that_fails_is_not_kept),
        TEST(what_has_settled_is_compiled_ahead),         TEST(what_fails_ahead_is_told_once),
    };

    apr_initialize();
    atexit(apr_terminate);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
