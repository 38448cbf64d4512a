/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_RENDER_KEPT_H
#define WP_RENDER_KEPT_H

#include <stdbool.h>

#include "render/theme.h"

/* A cache of compiled themes, which outlive the configuration they were compiled for. At a graceful restart httpd tells
 * the children to stop before it reads the configuration (docs/platform.md, H4), so while anything slow runs then,
 * nobody is served. A theme whose sources have not changed is therefore not compiled again. Single-threaded: only the
 * parent process uses it, while it reads a configuration. */
typedef struct wp_kept_t wp_kept_t;

/* pool must live as long as the themes are to be kept. */
wp_kept_t *wp_kept_make(apr_pool_t *pool);

/* Each time the configuration is read, call in this order: begin; want for each theme; sweep, which frees the themes
 * that are no longer wanted, so that two generations are never in memory at once; then load for each theme. */
void wp_kept_begin(wp_kept_t *kept);
void wp_kept_want(wp_kept_t *kept, const wp_theme_options_t *options);
void wp_kept_sweep(wp_kept_t *kept);

/* Like wp_theme_load(), but returns the kept theme if one was compiled from the same sources; otherwise compiles a new
 * one and keeps it. What was logged during compilation is logged again for each caller. *theme itself is in pool; its
 * stylesheets are not. */
apr_status_t wp_kept_load(wp_kept_t *kept, wp_theme_t **theme, apr_pool_t *pool, const wp_theme_options_t *options);

/* Called between two readings of the configuration. If the sources differ from what is kept, but not from what the
 * previous call saw (so whoever is changing them has finished), compiles their theme for the next reading. A theme that
 * fails is logged once and tried again when its sources change. Takes the seconds that it saves later; when there is
 * nothing to compile, a few milliseconds. True: a theme was compiled. */
bool wp_kept_look_ahead(wp_kept_t *kept, const wp_theme_options_t *options);

/* The number of themes kept. */
int wp_kept_count(const wp_kept_t *kept);

/* 64 hex digits that identify everything a theme is made of: names, languages, and the path and content of every
 * stylesheet and catalogue (.xsl, .xml) of the portal and the site. In pool. NULL: a file cannot be read, or out of
 * memory. */
const char *wp_theme_key(const wp_theme_options_t *options, apr_pool_t *pool);

#endif
