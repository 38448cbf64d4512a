/* SPDX-License-Identifier: Apache-2.0 */
/* render-page --xslt DIR [--site DIR] [--lang LANG] [--repeat N] --stylesheet NAME PAGE.xml > out.html
 * Renders a page document as the portal does, for work on stylesheets and for tests. Exit status 1: not rendered; 2:
 * wrong use. */
#include <apr_getopt.h>
#include <apr_general.h>
#include <apr_strings.h>
#include <apr_time.h>
#include <libxml/parser.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "render/theme.h"
#include "render/xmlfile.h"

#include "base/banned.h"

#define DEFAULT_LANGUAGE "lv"

typedef struct arguments_t {
    const char *xslt, *site, *language, *stylesheet, *page;
    apr_int64_t repeat; /* render this many times and print the time of one */
} arguments_t;

enum { XSLT = 256, SITE, LANGUAGE, STYLESHEET, REPEAT };

static const apr_getopt_option_t options[] = {{"xslt", XSLT, 1, "directory of the stylesheets"},
                                              {"site", SITE, 1, "directory of a site's overrides"},
                                              {"lang", LANGUAGE, 1, "language (lv)"},
                                              {"stylesheet", STYLESHEET, 1, "as in sections/readings"},
                                              {"repeat", REPEAT, 1, "render N times and print µs per page to stderr"},
                                              {NULL, 0, 0, NULL}};

static void write_line(void *context, wp_log_level_t level, const char *line)
{
    (void)level;
    fprintf(context, "%s\n", line);
}

static void take_option(arguments_t *arguments, int option, const char *value)
{
    switch (option) {
    case XSLT:
        arguments->xslt = value;
        break;
    case SITE:
        arguments->site = value;
        break;
    case LANGUAGE:
        arguments->language = value;
        break;
    case STYLESHEET:
        arguments->stylesheet = value;
        break;
    case REPEAT:
        arguments->repeat = apr_atoi64(value);
        break;
    }
}

static apr_status_t read_arguments(arguments_t *arguments, apr_getopt_t *line)
{
    const char *value;
    apr_status_t status;
    int option;

    while ((status = apr_getopt_long(line, options, &option, &value)) == APR_SUCCESS)
        take_option(arguments, option, value);
    if (status != APR_EOF || line->ind + 1 != line->argc || !arguments->xslt || !arguments->stylesheet)
        return APR_EINVAL;
    arguments->page = line->argv[line->ind];
    return APR_SUCCESS;
}

static apr_status_t load_theme(wp_theme_t **theme, apr_pool_t *pool, const arguments_t *arguments, const wp_log_t *log)
{
    bool is_default = strcmp(arguments->language, DEFAULT_LANGUAGE) == 0;
    const char *languages[] = {DEFAULT_LANGUAGE, is_default ? NULL : arguments->language, NULL};
    const char *stylesheets[] = {arguments->stylesheet, NULL};
    wp_theme_options_t with = {arguments->xslt, arguments->site, languages, stylesheets, log};

    return wp_theme_load(theme, pool, &with);
}

static apr_status_t render(const wp_theme_t *theme, const arguments_t *arguments, apr_pool_t *pool, const char **html,
                           apr_size_t *length)
{
    const char *why = NULL;
    xmlDocPtr page = wp_xmlfile_read(pool, arguments->page, arguments->page, NULL, &why);

    if (!page) {
        fprintf(stderr, "%s\n", why);
        return APR_EGENERAL;
    }
    const wp_view_t view = {arguments->stylesheet, arguments->language, page};
    apr_status_t status = wp_theme_render(theme, &view, pool, html, length);
    xmlFreeDoc(page);
    return status;
}

/* Without the time to read the page: a run strips white space from its document, so each run gets a copy that was made
 * before. */
static apr_status_t measure(const wp_theme_t *theme, const arguments_t *arguments, apr_pool_t *pool)
{
    apr_time_t spent = 0;
    const char *why = NULL, *html;
    apr_size_t length;
    xmlDocPtr page = wp_xmlfile_read(pool, arguments->page, arguments->page, NULL, &why);
    apr_status_t status = APR_SUCCESS;

    for (apr_int64_t i = 0; i < arguments->repeat && status == APR_SUCCESS; i++) {
        apr_pool_t *each;
        apr_pool_create(&each, pool);
        xmlDocPtr copy = xmlCopyDoc(page, 1);
        wp_tick_t start = wp_tick_now();
        const wp_view_t view = {arguments->stylesheet, arguments->language, copy};
        status = wp_theme_render(theme, &view, each, &html, &length);
        spent += wp_tick_now() - start;
        xmlFreeDoc(copy);
        apr_pool_destroy(each);
    }
    xmlFreeDoc(page);
    fprintf(stderr, "%s: %" APR_TIME_T_FMT " us\n", arguments->page, spent / arguments->repeat);
    return status;
}

int main(int argc, const char *const *argv)
{
    arguments_t arguments = {.language = DEFAULT_LANGUAGE};
    wp_log_t log = {write_line, stderr};
    wp_theme_t *theme;
    apr_pool_t *pool;
    apr_getopt_t *line;
    const char *html;
    apr_size_t length;

    if (apr_app_initialize(&argc, &argv, NULL) != APR_SUCCESS || apr_pool_create(&pool, NULL) != APR_SUCCESS)
        return 1;
    atexit(apr_terminate);
    apr_getopt_init(&line, pool, argc, argv);
    if (read_arguments(&arguments, line) != APR_SUCCESS) {
        fputs("usage: render-page --xslt DIR [--site DIR] [--lang LANG] [--repeat N] --stylesheet NAME PAGE.xml\n",
              stderr);
        return 2;
    }
    apr_status_t status = load_theme(&theme, pool, &arguments, &log);
    if (status == APR_SUCCESS)
        status = render(theme, &arguments, pool, &html, &length);
    if (status == APR_SUCCESS && fwrite(html, 1, length, stdout) != length)
        status = APR_EGENERAL;
    if (status == APR_SUCCESS && arguments.repeat > 0)
        status = measure(theme, &arguments, pool);
    return status == APR_SUCCESS ? 0 : 1;
}
