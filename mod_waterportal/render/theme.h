/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_RENDER_THEME_H
#define WP_RENDER_THEME_H

#include <apr_pools.h>
#include <libxml/tree.h>

#include "base/log.h"

/* All stylesheets, compiled once in the parent process, each specialised per language: the texts of xslt/l10n are
 * written into the stylesheet before it is compiled (reading them at run time costs 42 to 50 times as much:
 * docs/platform.md, X6).
 *
 * In a stylesheet (xmlns:wp="urn:waterportal:text"):
 *   <wp:text key="readings.title"/>                       the text
 *   <wp:text key="readings.days" n="$days"/>              plural form chosen by the XPath number n, {n} shows it
 *   <wp:text key="readings.lead"><wp:with name="until"><xsl:value-of select="…"/></wp:with></wp:text>
 *                                                         {until} in the text is what wp:with holds
 *   aria-label="[[readings.window]]"                      a text without placeholders, in an attribute of a literal
 *                                                         element
 *   data-texts="[[error.digits#one]]"                     the same, of one plural form
 *   <wp:messages prefix="error."/>                        at top level: for every key "error.X" one template
 *        match="*[@code='X']" mode="text", in which {name} becomes
 *        <xsl:apply-templates select="arg[@name='name']" mode="value"/>
 *   <wp:messages prefix="ask." suffix=".title" match="ask" by="code" mode="title"/>
 *        the same for every key "ask.X.title": match="ask[@code='X']" mode="title"; X has no dot. Left out: suffix "",
 *        match "*", by "code", mode "text".
 * A wp:with may hold elements. In the catalogue, a text without plural forms is plain, and in a message that has them
 * count="name" names the arg whose number chooses (<wp:text n="…"> needs no count):
 *   <text key="readings.title">Nodot rādījumus</text>
 *   <text key="error.meter_digits" count="digits"><one>… {digits} cipars</one><other>… {digits} cipari</other></text>
 * A key that is missing in a language falls back to the default language (logged); missing in
 * both it shows ???key???. */
typedef struct wp_theme_t wp_theme_t;

typedef struct wp_theme_options_t {
    const char *directory;          /* ours: sections/NAME.xsl, l10n/LANG.xml */
    const char *site_directory;     /* a site's overrides (sections/NAME.xsl that import ours, l10n/LANG.xml with single
                                       keys), or NULL */
    const char *const *languages;   /* NULL-terminated; the first is the default */
    const char *const *stylesheets; /* NULL-terminated names under sections/, without .xsl */
    const wp_log_t *log;
} wp_theme_options_t;

/* What is to be seen how: "sections/readings" in "lv". */
typedef struct wp_view_t {
    const char *stylesheet, *language;
    xmlDocPtr page;
} wp_view_t;

/* Compiles everything. A site override that fails falls back to ours and is logged (WP0301); one of ours that fails is
 * an error. libxslt's process-wide loader and preferences are set for this moment and restored (docs/platform.md, X4).
 */
apr_status_t wp_theme_load(wp_theme_t **theme, apr_pool_t *pool, const wp_theme_options_t *options);

/* The same stylesheets for somebody with another log: the handle is in pool, the stylesheets stay theme's. */
wp_theme_t *wp_theme_for(const wp_theme_t *theme, apr_pool_t *pool, const wp_log_t *log);

/* Renders a page document to HTML5, or to plain text with a stylesheet whose xsl:output says so, in pool. Every run
 * forbids file and network access and is bounded in depth and operations. Failure: APR_EGENERAL, logged (WP0302).
 * Thread-safe. */
apr_status_t wp_theme_render(const wp_theme_t *theme, const wp_view_t *view, apr_pool_t *pool, const char **html,
                             apr_size_t *length);

#endif
