/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_RENDER_STYLESHEET_H
#define WP_RENDER_STYLESHEET_H

#include <apr_pools.h>
#include <libxslt/xsltInternals.h>
#include <stdbool.h>

#include "base/log.h"
#include "render/catalogue.h"

/* Compiles stylesheets in one language. Their addresses are not paths: "waterportal:page.xsl" is the portal's,
 * "site:page.xsl" the site's. A relative address in either means the site's file if it has one, otherwise the portal's;
 * "waterportal:" always means the portal's. A former name of a stylesheet means the same file (render/former_names.h).
 * Nothing else can be read. */
typedef struct wp_stylesheet_source_t {
    apr_pool_t *pool;           /* for temporary data during compilation */
    const char *directory;      /* the portal's */
    const char *site_directory; /* the site's, or NULL */
    const wp_catalogue_t *texts;
    const wp_log_t *log;
} wp_stylesheet_source_t;

typedef struct wp_stylesheet_t {
    xsltStylesheetPtr compiled; /* owned by the caller (xsltFreeStylesheet); NULL: failed */
    bool of_site;               /* at least one of the site's files was used */
    const char *why;            /* what is wrong, if compilation failed */
} wp_stylesheet_t;

/* name: for example "sections/readings". libxslt's process-wide loader, preferences and error function are replaced for
 * the duration of the call and then restored (docs/platform.md, X4), so two threads must not compile at the same time:
 * call it in the parent process only. */
wp_stylesheet_t wp_stylesheet_compile(const wp_stylesheet_source_t *source, const char *name);

#endif
