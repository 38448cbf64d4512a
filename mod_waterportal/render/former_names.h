/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_RENDER_FORMER_NAMES_H
#define WP_RENDER_FORMER_NAMES_H

#include <stddef.h>

/* Stylesheets of the portal that used to have another name. A site's theme replaces and imports stylesheets by name, so
 * a former name must keep meaning the same stylesheet. Whoever moves a stylesheet within xslt/ adds a row. */
typedef struct wp_former_name_t {
    const char *former, *name; /* as in "parts/footer.xsl", "shared/footer.xsl" */
} wp_former_name_t;

/* All of them. Each former name and each current name occurs once; a row without names ends the table. */
extern const wp_former_name_t wp_former_names[];

/* The current name for a former one; any other name is returned unchanged. */
const char *wp_stylesheet_name(const char *name);

/* The former name of a stylesheet, or NULL. */
const char *wp_stylesheet_former_name(const char *name);

#endif
