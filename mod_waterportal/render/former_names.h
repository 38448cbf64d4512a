/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_RENDER_FORMER_NAMES_H
#define WP_RENDER_FORMER_NAMES_H

#include <stddef.h>

/* Our stylesheets that had another name before. A site's theme replaces and imports stylesheets by name, so a name that
 * was once ours goes on meaning the same stylesheet. Whoever moves a stylesheet of xslt/ adds a row. */
typedef struct wp_former_name_t {
    const char *former, *name; /* as in "parts/footer.xsl", "shared/footer.xsl" */
} wp_former_name_t;

/* All of them, each former name and each name once; a row without names is the end. */
extern const wp_former_name_t wp_former_names[];

/* Today's name of what was once called so; any other name is given back as it is. */
const char *wp_stylesheet_name(const char *name);

/* What the stylesheet was called before, or NULL. */
const char *wp_stylesheet_former_name(const char *name);

#endif
