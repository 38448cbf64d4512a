/* SPDX-License-Identifier: Apache-2.0 */
/* Catalogue, specialising and rendering with stylesheets of their own, written into a directory for each test. */
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
#include <apr_time.h>
#include <libxml/parser.h>
#include <libxslt/documents.h>
#include <libxslt/security.h>
#include <libxslt/xsltutils.h>

#include "render/former_names.h"
#include "render/theme.h"

#include "base/banned.h"

#define HEAD \
    "<xsl:stylesheet version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform' xmlns:wp='urn:waterportal:text' " \
    "xmlns:exsl='http://exslt.org/common' extension-element-prefixes='exsl' exclude-result-prefixes='wp'>"
#define TAIL    "</xsl:stylesheet>"
#define PAGE(x) HEAD "<xsl:template match='/'><p>" x "</p></xsl:template>" TAIL
#define LV(x)   "<texts lang='lv' plural='lv'>" x "</texts>"
#define EN(x)   "<texts lang='en' plural='en'>" x "</texts>"
#define LOOP(x) "<xsl:for-each select='/page/a'>" x "</xsl:for-each>" /* ten times */
#define TEN(x)  x x x x x x x x x x
/* a template inside of itself so many times */
#define DEEP(times) \
    HEAD "<xsl:template match='/' name='again'><xsl:param name='n' select='" times "'/><xsl:if test='$n > 0'>" \
         "<xsl:call-template name='again'><xsl:with-param name='n' select='$n - 1'/></xsl:call-template></xsl:if>" \
         "<xsl:if test='$n = 0'><p/></xsl:if></xsl:template>" TAIL
#define LOG_SIZE 8192

typedef struct bench_t {
    apr_pool_t *pool;
    const char *ours, *site;
    wp_log_t log;
    char lines[LOG_SIZE]; /* warnings and errors */
    char debug[LOG_SIZE];
    wp_theme_t *theme;
} bench_t;

static void write_log(void *context, wp_log_level_t level, const char *line)
{
    bench_t *bench = context;
    char *to = level <= WP_LOG_WARNING ? bench->lines : bench->debug;
    size_t used = strlen(to);
    apr_snprintf(to + used, LOG_SIZE - used, "%s\n", line);
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

static const char *make_directory(apr_pool_t *pool, const char *root, const char *name)
{
    static const char *const folders[] = {"sections", "shared", "parts", "l10n"};
    const char *path = apr_pstrcat(pool, root, "/", name, NULL);
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        apr_dir_make_recursive(apr_pstrcat(pool, path, "/", folders[i], NULL), APR_FPROT_OS_DEFAULT, pool);
    return path;
}

static int set_up(void **state)
{
    apr_pool_t *pool;
    char *root;
    const char *temp;

    apr_pool_create(&pool, NULL);
    apr_temp_dir_get(&temp, pool);
    root = apr_pstrcat(pool, temp, "/test-theme-XXXXXX", NULL);
    if (!mkdtemp(root))
        return -1;
    bench_t *bench = apr_pcalloc(pool, sizeof *bench);
    *bench =
        (bench_t){.pool = pool, .ours = make_directory(pool, root, "ours"), .site = make_directory(pool, root, "site")};
    bench->log = (wp_log_t){write_log, bench};
    write_file(bench, bench->ours, "l10n/lv.xml", LV("<text key='a'>ūdens</text>"));
    write_file(bench, bench->ours, "l10n/en.xml", EN("<text key='a'>water</text>"));
    *state = bench;
    return 0;
}

static void remove_files(apr_pool_t *pool, const char *directory)
{
    apr_dir_t *dir;
    apr_finfo_t info;

    if (apr_dir_open(&dir, directory, pool) != APR_SUCCESS)
        return;
    while (apr_dir_read(&info, APR_FINFO_NAME | APR_FINFO_TYPE, dir) == APR_SUCCESS) {
        const char *path = apr_pstrcat(pool, directory, "/", info.name, NULL);
        if (info.filetype == APR_DIR && info.name[0] != '.')
            remove_files(pool, path);
        else if (info.filetype != APR_DIR)
            apr_file_remove(path, pool);
    }
    apr_dir_close(dir);
    apr_dir_remove(directory, pool);
}

static int tear_down(void **state)
{
    bench_t *bench = *state;
    remove_files(bench->pool, apr_pstrmemdup(bench->pool, bench->ours, strlen(bench->ours) - strlen("/ours")));
    apr_pool_destroy(bench->pool);
    return 0;
}

static apr_status_t load(bench_t *bench, const char *site)
{
    static const char *const languages[] = {"lv", "en", NULL};
    static const char *const stylesheets[] = {"sections/x", NULL};
    wp_theme_options_t options = {bench->ours, site, languages, stylesheets, &bench->log};

    bench->lines[0] = bench->debug[0] = '\0';
    return wp_theme_load(&bench->theme, bench->pool, &options);
}

static apr_status_t render(bench_t *bench, const char *language, const char *xml, const char **html)
{
    xmlDocPtr page = xmlReadMemory(xml, (int)strlen(xml), NULL, NULL, XML_PARSE_NONET);
    wp_view_t view = {"sections/x", language, page};
    apr_size_t length;

    bench->lines[0] = bench->debug[0] = '\0';
    apr_status_t status = wp_theme_render(bench->theme, &view, bench->pool, html, &length);
    xmlFreeDoc(page);
    return status;
}

/* Renders `<page/>` or xml with the stylesheet; returns what follows the doctype. */
static const char *shown(bench_t *bench, const char *stylesheet, const char *language, const char *xml)
{
    const char *html;
    write_file(bench, bench->ours, "sections/x.xsl", stylesheet);
    assert_int_equal(load(bench, NULL), APR_SUCCESS);
    char *compiled = apr_pstrdup(bench->pool, bench->lines);
    assert_int_equal(render(bench, language, xml, &html), APR_SUCCESS);
    assert_string_equal(bench->lines, "");
    apr_cpystrn(bench->lines, compiled, LOG_SIZE);
    return html + strlen("<!DOCTYPE html>\n");
}

static void assert_logged(const bench_t *bench, const char *what)
{
    if (!strstr(bench->lines, what))
        fail_msg("\"%s\" should say \"%s\"", bench->lines, what);
}

static void assert_not_loaded(bench_t *bench, const char *stylesheet, const char *why)
{
    write_file(bench, bench->ours, "sections/x.xsl", stylesheet);
    assert_int_not_equal(load(bench, NULL), APR_SUCCESS);
    assert_null(bench->theme);
    assert_logged(bench, "WP0301");
    assert_logged(bench, why);
}

/* The stylesheet compiles; a page made with it ends with WP0302 and nothing is shown. */
static void assert_stopped(bench_t *bench, const char *stylesheet)
{
    const char *html;
    write_file(bench, bench->ours, "sections/x.xsl", stylesheet);
    assert_int_equal(load(bench, NULL), APR_SUCCESS);
    assert_string_equal(bench->lines, "");
    apr_time_t began = apr_time_now();
    assert_int_not_equal(render(bench, "lv", "<page><a/><a/><a/><a/><a/><a/><a/><a/><a/><a/></page>", &html),
                         APR_SUCCESS);
    assert_true(apr_time_now() - began < apr_time_from_sec(20));
    assert_null(html);
    assert_logged(bench, "WP0302");
}

/* ---- texts */

static void texts_are_those_of_the_language(void **state)
{
    assert_string_equal(shown(*state, PAGE("<wp:text key='a'/>"), "lv", "<page/>"), "<p>ūdens</p>");
    assert_string_equal(shown(*state, PAGE("<wp:text key='a'/>"), "en", "<page/>"), "<p>water</p>");
    assert_string_equal(shown(*state, PAGE("<wp:text key='a'/>"), "xx", "<page/>"), "<p>ūdens</p>");
}

static void a_missing_text_falls_back_and_is_logged(void **state)
{
    bench_t *bench = *state;
    write_file(bench, bench->ours, "l10n/lv.xml", LV("<text key='a'>ūdens</text><text key='only.lv'>tikai</text>"));
    assert_string_equal(shown(bench, PAGE("<wp:text key='only.lv'/>"), "en", "<page/>"), "<p>tikai</p>");
    assert_logged(bench, "WP0304");
    assert_logged(bench, "l10n/en.xml lacks 1: only.lv");
}

static void a_text_that_no_language_has_shows_its_key(void **state)
{
    bench_t *bench = *state;
    assert_string_equal(shown(bench, PAGE("<b title='[[no.such]]'/><wp:text key='no.such'/>"), "lv", "<page/>"),
                        "<p><b title=\"???no.such???\"></b>???no.such???"
                        "</p>");
    assert_logged(bench, "WP0304");
    assert_logged(bench, "line 1: no language has no.such");
}

static void a_text_is_characters_not_markup(void **state)
{
    bench_t *bench = *state;
    write_file(bench, bench->ours, "l10n/lv.xml",
               LV("<text key='a'>&lt;b&gt; &amp; {x} &lt;xsl:value-of/&gt; <b class='c'>z</b> {1+1}</text>"));
    assert_string_equal(shown(bench,
                              PAGE("<b title='[[a]]'/><wp:text key='a'><wp:with name='x'><xsl:value-of "
                                   "select='/page'/></wp:with></wp:text>"),
                              "lv", "<page>&lt;i&gt;{a}</page>"),
                        "<p><b title=\"&lt;b&gt; &amp; {x} &lt;xsl:value-of/&gt; z {1+1}\"></b>"
                        "&lt;b&gt; &amp; &lt;i&gt;{a} &lt;xsl:value-of/&gt; <b class=\"c\">z</b> {1+1}</p>");
}

static void plural_forms_follow_the_number(void **state)
{
    bench_t *bench = *state;
    static const char sheet[] = PAGE("<xsl:for-each select='/page/n'><wp:text key='days' n='.'/>;</xsl:for-each>");
    static const char page[] = "<page><n>0</n><n>1</n><n>2</n><n>11</n><n>21</n><n>111</n><n>101</n></page>";
    static const char days[] = "<text key='days'><one>{n} one</one><other>{n} other</other></text>";
    write_file(bench, bench->ours, "l10n/lv.xml",
               apr_pstrcat(bench->pool, "<texts lang='lv' plural='lv'>", days, "</texts>", NULL));
    write_file(bench, bench->ours, "l10n/en.xml",
               apr_pstrcat(bench->pool, "<texts lang='en' plural='en'>", days, "</texts>", NULL));
    assert_string_equal(shown(bench, sheet, "lv", page),
                        "<p>0 other;1 one;2 other;11 other;21 one;111 other;101 one;</p>");
    assert_string_equal(shown(bench, sheet, "en", page),
                        "<p>0 other;1 one;2 other;11 other;21 other;111 other;101 other;</p>");
    write_file(bench, bench->ours, "l10n/en.xml",
               "<texts lang='en' plural='ru'><text "
               "key='days'><one>one</one><few>few</few><many>many</many><other>x</other></text></texts>");
    assert_string_equal(shown(bench, sheet, "en", page), "<p>many;one;few;many;one;many;one;</p>");
}

static void an_unfilled_placeholder_is_shown_and_logged(void **state)
{
    bench_t *bench = *state;
    write_file(bench, bench->ours, "l10n/lv.xml", LV("<text key='a'>until {day}</text>"));
    assert_string_equal(shown(bench, PAGE("<wp:text key='a'/>"), "lv", "<page/>"), "<p>until {day}</p>");
    assert_logged(bench, "WP0305");
    assert_logged(bench, "{day} of a");
}

static void messages_are_chosen_by_their_code(void **state)
{
    bench_t *bench = *state;
    static const char sheet[] = HEAD
        "<wp:messages prefix='error.'/><xsl:template match='/'><p><xsl:apply-templates "
        "select='/page/problem' mode='text'/></p></xsl:template>"
        "<xsl:template match='arg' mode='value'><b><xsl:value-of select='.'/></b></xsl:template>" TAIL;
    write_file(
        bench, bench->ours, "l10n/lv.xml",
        LV("<text key='a'/><text key='error.digits' count='n'><one>{n} cipars</one><other>{n} cipari</other></text>"
           "<text key='error.digits.title'>not this</text>"));
    static const char page[] = "<page><problem code='digits'><arg name='n'>21</arg></problem>"
                               "<problem code='digits'><arg name='n'>5</arg></problem><problem code='no_such'/></page>";
    assert_string_equal(shown(bench, sheet, "lv", page), "<p><b>21</b> cipars<b>5</b> cipari???error.no_such???"
                                                         "</p>");
}

static void a_wrong_catalogue_is_refused(void **state)
{
    static const struct {
        const char *texts, *why;
    } bad[] = {{LV("<text key='a'><script/></text>"), "not a plural form"},
               {LV("<text key='a'>x<i/></text>"), "not a plural form"},
               {LV("<text key='a'><b><i/></b></text>"), "only b, br, code, span and strong"},
               {LV("<text key='a'><b onclick='x'/></text>"), "only the attribute class"},
               {LV("<text key='a'/><text key='a'/>"), "the key occurs twice"},
               {LV("<text key='a b'/>"), "expected <text key"},
               {LV("<wrong key='a'/>"), "expected <text key"},
               {LV("<text key='a'><one>x</one></text>"), "<other> is missing"},
               {LV("<text key='a'><few>x</few><other/></text>"), "not a plural form"},
               {"<texts plural='xx'/>", "expected <texts"},
               {"<!DOCTYPE texts [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>" LV(""), "has a document type"},
               {"<texts", "l10n/lv.xml line 1"}};
    bench_t *bench = *state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        write_file(bench, bench->ours, "l10n/lv.xml", bad[i].texts);
        assert_not_loaded(bench, PAGE("x"), bad[i].why);
    }
}

/* ---- a site's own */

static void a_site_overrides_single_texts_and_files(void **state)
{
    bench_t *bench = *state;
    const char *html;
    write_file(bench, bench->ours, "sections/x.xsl",
               HEAD "<xsl:include href='../part.xsl'/><xsl:template match='/'><p><wp:text key='a'/><xsl:call-template "
                    "name='part'/></p></xsl:template>" TAIL);
    write_file(bench, bench->ours, "part.xsl", HEAD "<xsl:template name='part'>ours</xsl:template>" TAIL);
    write_file(bench, bench->site, "part.xsl",
               HEAD "<xsl:import href='waterportal:part.xsl'/><xsl:template name='part'>site</xsl:template>" TAIL);
    write_file(bench, bench->site, "l10n/lv.xml", LV("<text key='a'>mūsu ūdens</text>"));
    assert_int_equal(load(bench, bench->site), APR_SUCCESS);
    assert_string_equal(bench->lines, "");
    assert_int_equal(render(bench, "lv", "<page/>", &html), APR_SUCCESS);
    assert_non_null(strstr(html, "<p>mūsu ūdenssite</p>"));
    assert_int_equal(render(bench, "en", "<page/>", &html), APR_SUCCESS);
    assert_non_null(strstr(html, "<p>watersite</p>"));
}

/* The theme of a site that an update moved a stylesheet under: replaced, imported and included by the former name. */
static void a_stylesheet_keeps_its_former_name(void **state)
{
    bench_t *bench = *state;
    const char *html;
    write_file(bench, bench->ours, "sections/x.xsl",
               HEAD
               "<xsl:include href='../shared/footer.xsl'/><xsl:template match='/'><p><xsl:call-template name='f'/> "
               "<xsl:call-template name='r'/></p></xsl:template>" TAIL);
    write_file(bench, bench->ours, "shared/footer.xsl", HEAD "<xsl:template name='f'>ours</xsl:template>" TAIL);
    write_file(bench, bench->ours, "shared/request.xsl", HEAD "<xsl:template name='r'>our request</xsl:template>" TAIL);
    write_file(bench, bench->site, "parts/footer.xsl",
               HEAD "<xsl:import href='waterportal:parts/footer.xsl'/><xsl:include href='request.xsl'/>"
                    "<xsl:template name='f'>former,</xsl:template>" TAIL);
    assert_int_equal(load(bench, bench->site), APR_SUCCESS);
    assert_string_equal(bench->lines, "");
    assert_int_equal(render(bench, "lv", "<page/>", &html), APR_SUCCESS);
    assert_non_null(strstr(html, "<p>former,our request</p>"));
    write_file(bench, bench->site, "shared/footer.xsl",
               HEAD
               "<xsl:include href='waterportal:shared/request.xsl'/><xsl:template name='f'>today</xsl:template>" TAIL);
    assert_int_equal(load(bench, bench->site), APR_SUCCESS);
    assert_int_equal(render(bench, "lv", "<page/>", &html), APR_SUCCESS);
    assert_non_null(strstr(html, "<p>todayour request</p>"));
}

static void each_former_name_leads_to_a_stylesheet_of_ours(void **state)
{
    bench_t *bench = *state;
    apr_finfo_t info;
    int rows = 0;
    for (const wp_former_name_t *row = wp_former_names; row->name; row++, rows++) {
        const char *path = apr_pstrcat(bench->pool, XSLT_DIR "/", row->name, NULL);
        if (apr_stat(&info, path, APR_FINFO_TYPE, bench->pool) != APR_SUCCESS)
            fail_msg("%s, once %s, is not there", path, row->former);
        assert_string_equal(wp_stylesheet_name(row->former), row->name);
        assert_string_equal(wp_stylesheet_name(row->name), row->name);
        assert_string_equal(wp_stylesheet_former_name(row->name), row->former);
    }
    assert_int_equal(rows, 46);
}

static void a_broken_override_gives_way_to_ours(void **state)
{
    static const char *const broken[] = {"<not-xml",
                                         "<p/>",
                                         HEAD "<xsl:template match='//['/>" TAIL,
                                         HEAD "<xsl:include href='no-such.xsl'/>" TAIL,
                                         HEAD "<xsl:include href='file:///etc/passwd'/>" TAIL,
                                         HEAD "<wp:wrong/>" TAIL};
    bench_t *bench = *state;
    const char *html;
    write_file(bench, bench->ours, "sections/x.xsl", PAGE("<wp:text key='a'/>"));
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        write_file(bench, bench->site, "sections/x.xsl", broken[i]);
        assert_int_equal(load(bench, bench->site), APR_SUCCESS);
        assert_logged(bench, "WP0301");
        assert_int_equal(render(bench, "lv", "<page/>", &html), APR_SUCCESS);
        assert_non_null(strstr(html, "<p>ūdens</p>"));
    }
}

static void an_override_that_fails_with_a_page_gives_way_to_ours(void **state)
{
    bench_t *bench = *state;
    const char *html;
    write_file(bench, bench->ours, "sections/x.xsl", PAGE("<wp:text key='a'/>"));
    write_file(bench, bench->site, "sections/x.xsl", PAGE("<xsl:message terminate='yes'>no</xsl:message>"));
    assert_int_equal(load(bench, bench->site), APR_SUCCESS);
    assert_string_equal(bench->lines, "");
    assert_int_equal(render(bench, "lv", "<page/>", &html), APR_SUCCESS);
    assert_non_null(strstr(html, "<p>ūdens</p>"));
    assert_logged(bench, "WP0302");
}

static void a_broken_catalogue_of_the_site_is_left_out(void **state)
{
    bench_t *bench = *state;
    const char *html;
    write_file(bench, bench->ours, "sections/x.xsl", PAGE("<wp:text key='a'/>"));
    write_file(bench, bench->site, "l10n/lv.xml", LV("<text key='a'><script/></text>"));
    assert_int_equal(load(bench, bench->site), APR_SUCCESS);
    assert_logged(bench, "WP0301");
    assert_logged(bench, "site:l10n/lv.xml");
    assert_int_equal(render(bench, "lv", "<page/>", &html), APR_SUCCESS);
    assert_non_null(strstr(html, "<p>ūdens</p>"));
}

static void a_broken_file_of_ours_is_an_error(void **state)
{
    assert_not_loaded(*state, "<not-xml", "line 1");
    assert_not_loaded(*state, HEAD "<xsl:template match='//['/>" TAIL, "sections/x (lv)");
    assert_not_loaded(*state, PAGE("<wp:text/>"), "wp:text needs a key");
    assert_not_loaded(*state, PAGE("<wp:messages prefix='a'/>"), "wp:messages belongs at top level");
    assert_not_loaded(*state, HEAD "<xsl:include href='/etc/passwd'/>" TAIL, "may not read");
    assert_not_loaded(*state, HEAD "<xsl:include href='../../../etc/x.xsl'/>" TAIL, "may not read");
    assert_not_loaded(*state, HEAD "<xsl:import href='http://127.0.0.1:1/x.xsl'/>" TAIL, "may not read");
    assert_not_loaded(*state, "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>" PAGE("&e;"), "document type");
}

/* ---- limits and safety */

static void runaways_are_stopped(void **state)
{
    /* depth: a template that calls itself */
    assert_stopped(*state,
                   HEAD "<xsl:template match='/' name='again'><xsl:call-template name='again'/></xsl:template>" TAIL);
    assert_stopped(*state, HEAD "<xsl:template match='/'><xsl:apply-templates select='/'/></xsl:template>" TAIL);
    assert_string_equal(shown(*state, DEEP("150"), "lv", "<page/>"), "<p></p>");
    assert_stopped(*state, DEEP("1000"));
    /* instructions: loops in loops, with next to no XPath in them */
    assert_stopped(*state, PAGE(LOOP(LOOP(LOOP(LOOP(LOOP(TEN(TEN("<xsl:fallback/>")))))))));
    /* operations: one expression that is never done */
    assert_stopped(*state, PAGE("<xsl:value-of select='count(//a[//a[//a[//a[//a[//a[//a[//a[not(//b)]]]]]]]])'/>"));
}

static void files_and_network_are_out_of_reach(void **state)
{
    bench_t *bench = *state;
    const char *secret = apr_pstrcat(bench->pool, bench->ours, "/secret.xml", NULL);
    const char *out = apr_pstrcat(bench->pool, bench->ours, "/made-by-a-page", NULL);

    write_file(bench, bench->ours, "secret.xml", "<secret>x</secret>");
    assert_stopped(bench, apr_psprintf(bench->pool, PAGE("<xsl:value-of select=\"document('%s')\"/>"), secret));
    assert_stopped(bench, apr_psprintf(bench->pool, PAGE("<xsl:value-of select=\"document('file://%s')\"/>"), secret));
    assert_stopped(bench, PAGE("<xsl:value-of select=\"document('http://127.0.0.1:1/x.xml')\"/>"));
    assert_stopped(bench, apr_psprintf(bench->pool, PAGE("<exsl:document href='%s'>x</exsl:document>"), out));
    assert_stopped(bench, apr_psprintf(bench->pool, PAGE("<exsl:document href='%s/a/b'>x</exsl:document>"), out));
    assert_int_not_equal(access(out, F_OK), 0);
}

static xmlDocPtr others_loader(const xmlChar *uri, xmlDictPtr dict, int options, void *context, xsltLoadType type)
{
    (void)uri, (void)dict, (void)options, (void)context, (void)type;
    return NULL;
}

static void others_error(void *context, const char *format, ...)
{
    (void)context, (void)format;
}

static void others_xml_error(void *context, xmlErrorPtr error)
{
    (void)context, (void)error;
}

/* Other modules of the process use libxslt too. */
static void what_others_have_set_is_restored(void **state)
{
    bench_t *bench = *state;
    const char *html;
    xsltDocLoaderFunc loader = xsltDocDefaultLoader;
    xsltSecurityPrefsPtr theirs = xsltNewSecurityPrefs(), before = xsltGetDefaultSecurityPrefs();
    write_file(bench, bench->ours, "sections/x.xsl", PAGE("<wp:text key='a'/>"));
    for (int broken = 0; broken < 2; broken++) {
        xsltSetLoaderFunc(others_loader);
        xsltSetDefaultSecurityPrefs(theirs);
        xsltSetGenericErrorFunc(bench, others_error);
        xmlSetStructuredErrorFunc(theirs, others_xml_error);
        assert_int_equal(load(bench, NULL) == APR_SUCCESS, !broken);
        if (!broken)
            assert_int_equal(render(bench, "lv", "<page/>", &html), APR_SUCCESS);
        assert_ptr_equal(xsltDocDefaultLoader, others_loader);
        assert_ptr_equal(xsltGetDefaultSecurityPrefs(), theirs);
        assert_ptr_equal(xsltGenericError, others_error);
        assert_ptr_equal(xsltGenericErrorContext, bench);
        assert_ptr_equal(xmlStructuredError, others_xml_error);
        assert_ptr_equal(xmlStructuredErrorContext, theirs);
        write_file(bench, bench->ours, "sections/x.xsl", "<not-xml");
    }
    xsltSetLoaderFunc(loader);
    xsltSetDefaultSecurityPrefs(before);
    xsltSetGenericErrorFunc(NULL, NULL);
    xmlSetStructuredErrorFunc(NULL, NULL);
    xsltFreeSecurityPrefs(theirs);
}

/* It may hold what a person typed. */
static void a_message_goes_to_the_debug_log_only(void **state)
{
    bench_t *bench = *state;
    assert_string_equal(shown(bench, PAGE("<xsl:message>typed: <xsl:value-of select='/page'/></xsl:message>x"), "lv",
                              "<page>secret</page>"),
                        "<p>x</p>");
    assert_non_null(strstr(bench->debug, "secret"));
}

static void a_stylesheet_that_is_not_loaded_is_an_error(void **state)
{
    bench_t *bench = *state;
    const char *html = "";
    apr_size_t length;
    shown(bench, PAGE("x"), "lv", "<page/>");
    wp_view_t view = {"sections/none", "lv", NULL};
    assert_int_not_equal(wp_theme_render(bench->theme, &view, bench->pool, &html, &length), APR_SUCCESS);
    assert_null(html);
    assert_logged(bench, "sections/none is not loaded");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(texts_are_those_of_the_language),
                                       TEST(a_missing_text_falls_back_and_is_logged),
                                       TEST(a_text_that_no_language_has_shows_its_key),
                                       TEST(a_text_is_characters_not_markup),
                                       TEST(plural_forms_follow_the_number),
                                       TEST(an_unfilled_placeholder_is_shown_and_logged),
                                       TEST(messages_are_chosen_by_their_code),
                                       TEST(a_wrong_catalogue_is_refused),
                                       TEST(a_site_overrides_single_texts_and_files),
                                       TEST(a_stylesheet_keeps_its_former_name),
                                       TEST(each_former_name_leads_to_a_stylesheet_of_ours),
                                       TEST(a_broken_override_gives_way_to_ours),
                                       TEST(an_override_that_fails_with_a_page_gives_way_to_ours),
                                       TEST(a_broken_catalogue_of_the_site_is_left_out),
                                       TEST(a_broken_file_of_ours_is_an_error),
                                       TEST(runaways_are_stopped),
                                       TEST(files_and_network_are_out_of_reach),
                                       TEST(what_others_have_set_is_restored),
                                       TEST(a_message_goes_to_the_debug_log_only),
                                       TEST(a_stylesheet_that_is_not_loaded_is_an_error)};
    apr_initialize();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
