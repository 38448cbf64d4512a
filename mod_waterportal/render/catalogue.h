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

/* One form of a plural: chosen when condition holds, in which each "#" stands for the number. */
typedef struct wp_plural_form_t {
    const char *name;
    const char *condition; /* an XPath expression; NULL: all other numbers */
} wp_plural_form_t;

typedef struct wp_text_t {
    const char *key;
    const char *count; /* the placeholder whose number chooses the form; "n" unless told */
    const wp_plural_form_t
        *plurals;    /* the rule of the language the text is in, ended by "other"; NULL: one form only */
    xmlNodePtr node; /* its children are the text, or the forms */
} wp_text_t;

typedef struct wp_catalogue_t wp_catalogue_t;

/* Where a catalogue is read from: ours and, unless NULL, a site's directory; each has l10n/LANG.xml. */
typedef struct wp_catalogue_source_t {
    const char *directory, *site_directory;
    const char *fallback; /* the language that completes the others */
    const wp_log_t *log;
} wp_catalogue_source_t;

/* Reads a language: a site's texts before ours, the fallback language's for keys that neither has (one warning WP0304
 * names them). A site's file that cannot be used is logged (WP0301) and left out; one of ours is an error. */
apr_status_t wp_catalogue_load(wp_catalogue_t **catalogue, apr_pool_t *pool, const wp_catalogue_source_t *source,
                               const char *language);

/* The text of a key, or NULL. */
const wp_text_t *wp_catalogue_find(const wp_catalogue_t *catalogue, const char *key);

/* All texts (const wp_text_t *). */
const apr_array_header_t *wp_catalogue_list(const wp_catalogue_t *catalogue);

/* The children to show for a form of text. */
xmlNodePtr wp_text_form(const wp_text_t *text, const char *form);

#endif
