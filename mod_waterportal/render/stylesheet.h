/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_RENDER_STYLESHEET_H
#define WP_RENDER_STYLESHEET_H

#include <apr_pools.h>
#include <libxslt/xsltInternals.h>
#include <stdbool.h>

#include "base/log.h"
#include "render/catalogue.h"

/* Compiles stylesheets in one language. Their addresses are not paths: "waterportal:page.xsl" is ours, "site:page.xsl"
 * is the site's. A relative address in either means the site's file when it has one, else ours; "waterportal:" means
 * ours. A name that a stylesheet had before means the same one (render/former_names.h). Nothing else can be read. */
typedef struct wp_stylesheet_source_t {
    apr_pool_t *pool;           /* for what is needed while compiling */
    const char *directory;      /* ours */
    const char *site_directory; /* the site's, or NULL */
    const wp_catalogue_t *texts;
    const wp_log_t *log;
} wp_stylesheet_source_t;

typedef struct wp_stylesheet_t {
    xsltStylesheetPtr compiled; /* the caller's, xsltFreeStylesheet; NULL: failed */
    bool of_site;               /* files of the site took part */
    const char *why;            /* what is wrong when it failed */
} wp_stylesheet_t;

/* name: as in "sections/readings". libxslt's process-wide loader, preferences and error function are replaced for the
 * call and restored (docs/platform.md, X4), so two threads must not compile at the same time: call it in the parent
 * process only. */
wp_stylesheet_t wp_stylesheet_compile(const wp_stylesheet_source_t *source, const char *name);

#endif
