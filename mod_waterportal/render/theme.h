/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_RENDER_THEME_H
#define WP_RENDER_THEME_H

#include <apr_pools.h>
#include <libxml/tree.h>

#include "base/log.h"

/* All stylesheets, compiled once in the parent process and specialised for each language: the texts of xslt/l10n are
 * written into a stylesheet before it is compiled (reading them at run time takes 42 to 50 times as long:
 * docs/platform.md, X6).
 *
 * In a stylesheet (xmlns:wp="urn:waterportal:text"):
 *   <wp:text key="readings.title"/>                       the text
 *   <wp:text key="readings.days" n="$days"/>              the XPath number n chooses the plural form; {n} shows it
 *   <wp:text key="readings.lead"><wp:with name="until"><xsl:value-of select="…"/></wp:with></wp:text>
 *                                                         {until} in the text is replaced by the content of wp:with
 *   aria-label="[[readings.window]]"                      a text without placeholders, in an attribute of a literal
 *                                                         element
 *   data-texts="[[error.digits#one]]"                     the same, for one plural form
 *   <wp:messages prefix="error."/>                        at top level: for every key "error.X" a template
 *        match="*[@code='X']" mode="text", in which {name} becomes
 *        <xsl:apply-templates select="arg[@name='name']" mode="value"/>
 *   <wp:messages prefix="ask." suffix=".title" match="ask" by="code" mode="title"/>
 *        the same for every key "ask.X.title": match="ask[@code='X']" mode="title"; X has no dot. Defaults: suffix "",
 *        match "*", by "code", mode "text".
 * A wp:with may contain elements. In the catalogue, a text is plain unless it has plural forms; in a message with
 * plural forms, count="name" names the arg whose number chooses (<wp:text n="…"> needs no count):
 *   <text key="readings.title">Nodot rādījumus</text>
 *   <text key="error.meter_digits" count="digits"><one>… {digits} cipars</one><other>… {digits} cipari</other></text>
 * A key that a language lacks falls back to the default language, and this is logged; if both lack it, ???key??? is
 * shown. */
typedef struct wp_theme_t wp_theme_t;

typedef struct wp_theme_options_t {
    const char *directory;      /* the portal's: sections/NAME.xsl, l10n/LANG.xml */
    const char *site_directory; /* the site's overrides (sections/NAME.xsl that import the portal's, l10n/LANG.xml with
                                   single keys), or NULL */
    const char *const *languages;   /* NULL-terminated; the first is the default */
    const char *const *stylesheets; /* NULL-terminated names, without .xsl: "sections/readings"; the HTML of one
                                       below "messages/" is an e-mail's (wp_letter_serialise) */
    const wp_log_t *log;
} wp_theme_options_t;

/* What to render and how: "sections/readings" in "lv". */
typedef struct wp_view_t {
    const char *stylesheet, *language;
    xmlDocPtr page;
} wp_view_t;

/* Compiles everything. If a site's override fails, the portal's stylesheet is used instead and the failure is logged
 * (WP0301); if one of the portal's fails, that is an error. libxslt's process-wide loader and preferences are replaced
 * for the duration of the call and then restored (docs/platform.md, X4). */
apr_status_t wp_theme_load(wp_theme_t **theme, apr_pool_t *pool, const wp_theme_options_t *options);

/* The same stylesheets with another log. The handle is in pool; the stylesheets still belong to theme. */
wp_theme_t *wp_theme_for(const wp_theme_t *theme, apr_pool_t *pool, const wp_log_t *log);

/* Renders a page document to HTML5, or to plain text if the stylesheet's xsl:output says so, in pool. Every run is
 * denied access to files and the network and is limited in depth and operations. On failure: APR_EGENERAL, logged
 * (WP0302). Thread-safe. */
apr_status_t wp_theme_render(const wp_theme_t *theme, const wp_view_t *view, apr_pool_t *pool, const char **html,
                             apr_size_t *length);

#endif
