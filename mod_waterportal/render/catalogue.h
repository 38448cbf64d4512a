/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_RENDER_CATALOGUE_H
#define WP_RENDER_CATALOGUE_H

#include <apr_pools.h>
#include <apr_tables.h>
#include <libxml/tree.h>

#include "base/log.h"

/* The texts of one language (xslt/l10n/LANG.xml), read while the stylesheets are compiled and dropped afterwards:
 *
 *   <texts lang="lv" plural="lv">
 *     <text key="readings.title">Nodot rādījumus</text>
 *     <text key="readings.days"><one>{n} diena</one><other>{n} dienas</other></text>
 *     <text key="error.meter_digits" count="digits"><one>{digits} cipars</one><other>{digits} cipari</other></text>
 *   </texts>
 *
 * plural names the rule that chooses a form: en, lv or ru (CLDR's cardinal rules for whole numbers; Latvian "zero" is
 * "other"). A text may hold b, strong, br, code and span with a class. */

/* One plural form: it is chosen when condition holds. In the condition, "#" stands for the number. */
typedef struct wp_plural_form_t {
    const char *name;
    const char *condition; /* an XPath expression; NULL: all other numbers */
} wp_plural_form_t;

typedef struct wp_text_t {
    const char *key;
    const char *count;               /* the placeholder whose number chooses the form; "n" by default */
    const wp_plural_form_t *plurals; /* the plural rule of the text's language, ended by "other"; NULL: one form only */
    xmlNodePtr node;                 /* its children are the text, or the forms */
} wp_text_t;

typedef struct wp_catalogue_t wp_catalogue_t;

/* Where a catalogue is read from: the portal's directory and, unless NULL, the site's. Each has l10n/LANG.xml. */
typedef struct wp_catalogue_source_t {
    const char *directory, *site_directory;
    const char *fallback; /* the language that supplies texts missing in the others */
    const wp_log_t *log;
} wp_catalogue_source_t;

/* Reads one language. A site's text takes precedence over the portal's; keys that neither has get the text of the
 * fallback language, and one warning (WP0304) names them. An unusable file of the site is logged (WP0301) and skipped;
 * an unusable file of the portal is an error. */
apr_status_t wp_catalogue_load(wp_catalogue_t **catalogue, apr_pool_t *pool, const wp_catalogue_source_t *source,
                               const char *language);

/* The text of a key, or NULL. */
const wp_text_t *wp_catalogue_find(const wp_catalogue_t *catalogue, const char *key);

/* All texts (const wp_text_t *). */
const apr_array_header_t *wp_catalogue_list(const wp_catalogue_t *catalogue);

/* The nodes that make up one form of a text. */
xmlNodePtr wp_text_form(const wp_text_t *text, const char *form);

#endif
