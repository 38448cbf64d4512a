/* SPDX-License-Identifier: Apache-2.0 */
#include "render/theme.h"

#include <apr_strings.h>
#include <apr_tables.h>
#include <libexslt/exslt.h>
#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <libxslt/security.h>
#include <libxslt/imports.h>
#include <libxslt/transform.h>
#include <libxslt/xslt.h>
#include <libxslt/xsltutils.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "render/catalogue.h"
#include "render/html.h"
#include "render/stylesheet.h"
#include "render/xml.h"

#include "base/banned.h"

/* A page of 20 meters needs some 20,000 instructions, 60,000 XPath operations and a depth of 30; whatever reaches these
 * limits is an endless loop. */
#define DEPTH_MAX        400
#define INSTRUCTIONS_MAX 1000000
#define OPERATIONS_MAX   5000000

#define ERROR_MAX_BYTES 1024

typedef struct sheet_t {
    const char *name, *language;
    xsltStylesheetPtr compiled;
    xsltStylesheetPtr ours; /* the fallback when compiled uses the site's files and fails; otherwise NULL */
} sheet_t;

struct wp_theme_t {
    apr_array_header_t *sheets;
    const char *default_language;
    xsltSecurityPrefsPtr forbid_all;
    const wp_log_t *log;
};

/* Collects the errors of one run. The text of xsl:message may contain personal data, so it goes to the debug log
 * only. */
typedef struct errors_t {
    const wp_log_t *log;
    char text[ERROR_MAX_BYTES];
    bool expected; /* libxslt has announced an error, and its text follows */
} errors_t;

static void note(errors_t *errors, const char *text)
{
    size_t used = strlen(errors->text);
    for (; *text != '\0' && used + 1 < sizeof errors->text; text++)
        errors->text[used++] = *text == '\n' ? ' ' : *text;
    errors->text[used] = '\0';
}

static void note_xslt_error(void *context, const char *format, ...)
{
    errors_t *errors = context;
    char text[ERROR_MAX_BYTES];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    bool announces = strncmp(text, "runtime error", strlen("runtime error")) == 0;
    if (announces || errors->expected)
        note(errors, text);
    else
        wp_log_debug(errors->log, "xsl:message: %s", text);
    errors->expected = announces;
}

static void note_xpath_error(void *context, xmlErrorPtr error)
{
    note(context, error->message ? error->message : "XPath error ");
}

static apr_status_t free_stylesheet(void *stylesheet)
{
    xsltFreeStylesheet(stylesheet);
    return APR_SUCCESS;
}

static apr_status_t free_preferences(void *preferences)
{
    xsltFreeSecurityPrefs(preferences);
    return APR_SUCCESS;
}

static xsltSecurityPrefsPtr make_preferences(apr_pool_t *pool)
{
    static const xsltSecurityOption all[] = {XSLT_SECPREF_READ_FILE, XSLT_SECPREF_WRITE_FILE,
                                             XSLT_SECPREF_CREATE_DIRECTORY, XSLT_SECPREF_READ_NETWORK,
                                             XSLT_SECPREF_WRITE_NETWORK};
    xsltSecurityPrefsPtr preferences = xsltNewSecurityPrefs();

    if (!preferences)
        return NULL;
    apr_pool_cleanup_register(pool, preferences, free_preferences, apr_pool_cleanup_null);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (xsltSetSecurityPrefs(preferences, all[i], xsltSecurityForbid) != 0)
            return NULL;
    return preferences;
}

static xsltStylesheetPtr keep(apr_pool_t *pool, xsltStylesheetPtr compiled)
{
    if (compiled)
        apr_pool_cleanup_register(pool, compiled, free_stylesheet, apr_pool_cleanup_null);
    return compiled;
}

/* If the site's files are used, the portal's own stylesheet is compiled too: some mistakes show only when a page is
 * rendered. */
static apr_status_t load_sheet(wp_theme_t *theme, apr_pool_t *pool, const wp_stylesheet_source_t *source, sheet_t sheet)
{
    wp_stylesheet_source_t own = *source;
    wp_stylesheet_t made = wp_stylesheet_compile(source, sheet.name);

    sheet.compiled = keep(pool, made.compiled);
    if (!made.compiled)
        wp_log_event(theme->log, WP_EV_STYLESHEET, "%s (%s): %s", sheet.name, sheet.language, made.why);
    if (made.of_site) {
        own.site_directory = NULL;
        made = wp_stylesheet_compile(&own, sheet.name);
        sheet.ours = keep(pool, made.compiled);
        if (!made.compiled && !sheet.compiled)
            wp_log_event(theme->log, WP_EV_STYLESHEET, "%s (%s): %s", sheet.name, sheet.language, made.why);
    }
    if (!sheet.compiled) {
        sheet.compiled = sheet.ours;
        sheet.ours = NULL;
    }
    APR_ARRAY_PUSH(theme->sheets, sheet_t) = sheet;
    return sheet.compiled ? APR_SUCCESS : APR_EGENERAL;
}

static apr_status_t load_language(wp_theme_t *theme, apr_pool_t *pool, const wp_theme_options_t *options,
                                  const char *language)
{
    wp_catalogue_source_t texts = {options->directory, options->site_directory, options->languages[0], options->log};
    wp_catalogue_t *catalogue;
    apr_pool_t *scratch;
    apr_status_t status = apr_pool_create(&scratch, pool);

    if (status != APR_SUCCESS)
        return status;
    status = wp_catalogue_load(&catalogue, scratch, &texts, language);
    for (const char *const *name = options->stylesheets; status == APR_SUCCESS && *name; name++) {
        wp_stylesheet_source_t source = {scratch, options->directory, options->site_directory, catalogue, options->log};
        sheet_t sheet = {apr_pstrdup(pool, *name), apr_pstrdup(pool, language), NULL, NULL};
        status = load_sheet(theme, pool, &source, sheet);
    }
    apr_pool_destroy(scratch);
    return status;
}

static const sheet_t *find_sheet(const wp_theme_t *theme, const char *name, const char *language)
{
    for (int i = 0; i < theme->sheets->nelts; i++) {
        const sheet_t *sheet = &APR_ARRAY_IDX(theme->sheets, i, sheet_t);
        if (strcmp(sheet->name, name) == 0 && strcmp(sheet->language, language) == 0)
            return sheet;
    }
    return NULL;
}

/* Provides the functions of EXSLT for this run only: if they were registered with libxslt, every module of the process
 * would see them, even after this one is unloaded. libexslt would also bind its prefix, which is not needed, as each
 * stylesheet declares its own; libxslt takes the table of prefixes for the stylesheet's and does not free it. */
static void offer_functions(xmlXPathContextPtr xpath)
{
    xmlHashTablePtr of_stylesheet = xpath->nsHash;

    xpath->nsHash = NULL;
    exsltStrXpathCtxtRegister(xpath, BAD_CAST "str");
    exsltMathXpathCtxtRegister(xpath, BAD_CAST "math");
    xmlXPathRegisteredNsCleanup(xpath);
    xpath->nsHash = of_stylesheet;
}

static void limit(const wp_theme_t *theme, xsltTransformContextPtr run, errors_t *errors)
{
    xsltSetCtxtSecurityPrefs(theme->forbid_all, run);
    xsltSetTransformErrorFunc(run, errors, note_xslt_error);
    run->xpathCtxt->error = note_xpath_error;
    run->xpathCtxt->userData = errors;
    run->maxTemplateDepth = DEPTH_MAX;
    run->opLimit = INSTRUCTIONS_MAX;
    run->xpathCtxt->opLimit = OPERATIONS_MAX;
    offer_functions(run->xpathCtxt);
}

/* The result tree, which the caller frees; NULL if anything at all went wrong. */
static xmlDocPtr transform(const wp_theme_t *theme, xsltStylesheetPtr stylesheet, xmlDocPtr page, errors_t *errors)
{
    xsltTransformContextPtr run = xsltNewTransformContext(stylesheet, page);

    if (!run)
        return NULL;
    limit(theme, run, errors);
    xmlDocPtr result = xsltApplyStylesheetUser(stylesheet, page, NULL, NULL, NULL, run);
    if (result && (run->state != XSLT_STATE_OK || errors->text[0] != '\0')) {
        xmlFreeDoc(result);
        result = NULL;
    }
    xsltFreeTransformContext(run);
    return result;
}

static xmlDocPtr transform_logged(const wp_theme_t *theme, const sheet_t *sheet, xsltStylesheetPtr stylesheet,
                                  xmlDocPtr page)
{
    errors_t errors = {.log = theme->log};
    xmlDocPtr result = transform(theme, stylesheet, page, &errors);

    if (!result)
        wp_log_event(theme->log, WP_EV_TRANSFORM, "%s (%s): %s", sheet->name, sheet->language,
                     errors.text[0] != '\0' ? errors.text : "stopped by the stylesheet");
    return result;
}

apr_status_t wp_theme_load(wp_theme_t **theme, apr_pool_t *pool, const wp_theme_options_t *options)
{
    wp_theme_t *made = apr_palloc(pool, sizeof *made);
    apr_status_t status = APR_SUCCESS;

    *theme = NULL;
    xmlInitParser();
    xsltInit();
    *made = (wp_theme_t){apr_array_make(pool, 24, sizeof(sheet_t)), apr_pstrdup(pool, options->languages[0]),
                         make_preferences(pool), options->log};
    if (!made->forbid_all)
        return APR_EGENERAL;
    for (const char *const *language = options->languages; status == APR_SUCCESS && *language; language++)
        status = load_language(made, pool, options, *language);
    if (status == APR_SUCCESS)
        *theme = made;
    return status;
}

wp_theme_t *wp_theme_for(const wp_theme_t *theme, apr_pool_t *pool, const wp_log_t *log)
{
    wp_theme_t *other = apr_pmemdup(pool, theme, sizeof *theme);
    other->log = log;
    return other;
}

#define LETTERS "messages/" /* stylesheets whose HTML is an e-mail's */

/* Writes text if the stylesheet says so, XML if the result's root is in a namespace (an e-invoice), otherwise a letter
 * or a page. */
static apr_status_t serialise(const sheet_t *sheet, xmlDocPtr result, apr_pool_t *pool, const char **text,
                              apr_size_t *length)
{
    xsltStylesheetPtr stylesheet = sheet->compiled;
    const xmlNode *root = xmlDocGetRootElement(result);
    const xmlChar *method = NULL;

    XSLT_GET_IMPORT_PTR(method, stylesheet, method)
    if (method && xmlStrEqual(method, BAD_CAST "text"))
        return wp_text_serialise(result, pool, text, length);
    if (strncmp(sheet->name, LETTERS, strlen(LETTERS)) == 0)
        return wp_letter_serialise(result, pool, text, length);
    if (!root || !root->ns)
        return wp_html_serialise(result, pool, text, length);
    *text = wp_xml_serialise(result, pool, length);
    return *text ? APR_SUCCESS : APR_EGENERAL;
}

apr_status_t wp_theme_render(const wp_theme_t *theme, const wp_view_t *view, apr_pool_t *pool, const char **html,
                             apr_size_t *length)
{
    const sheet_t *sheet = find_sheet(theme, view->stylesheet, view->language);

    *html = NULL;
    *length = 0;
    if (!sheet)
        sheet = find_sheet(theme, view->stylesheet, theme->default_language);
    if (!sheet) {
        wp_log_event(theme->log, WP_EV_TRANSFORM, "%s is not loaded", view->stylesheet);
        return APR_EGENERAL;
    }
    xmlDocPtr result = transform_logged(theme, sheet, sheet->compiled, view->page);
    if (!result && sheet->ours)
        result = transform_logged(theme, sheet, sheet->ours, view->page);
    if (!result)
        return APR_EGENERAL;
    apr_status_t status = serialise(sheet, result, pool, html, length);
    xmlFreeDoc(result);
    return status;
}
