/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_RENDER_KEPT_H
#define WP_RENDER_KEPT_H

#include <stdbool.h>

#include "render/theme.h"

/* Compiled themes that outlive the configuration they were compiled for. At a graceful restart the children are told to
 * stop before the configuration is read (docs/platform.md, H4), so what takes long then is time in which nobody is
 * served: a theme whose sources are the same as before is not compiled again. For one thread: the parent process, while
 * it reads a configuration. */
typedef struct wp_kept_t wp_kept_t;

/* pool: lives as long as the themes may be kept. */
wp_kept_t *wp_kept_make(apr_pool_t *pool);

/* A reading of the configuration, in this order: begin; want each theme; sweep, which frees those that nobody wants any
 * more, so that never two generations are in memory; then load each. */
void wp_kept_begin(wp_kept_t *kept);
void wp_kept_want(wp_kept_t *kept, const wp_theme_options_t *options);
void wp_kept_sweep(wp_kept_t *kept);

/* As wp_theme_load(): the theme kept of the same sources, or a new one that is kept from now on. What was logged while
 * it was compiled is logged again for whoever loads it. *theme itself is in pool, its stylesheets are not. */
apr_status_t wp_kept_load(wp_kept_t *kept, wp_theme_t **theme, apr_pool_t *pool, const wp_theme_options_t *options);

/* Between two readings: when the sources are no longer what is kept, and are the same as at the call before (whoever
 * changes them has finished), their theme is compiled for the reading to come. A theme that fails is told once and
 * tried again when they change. Takes the seconds that it saves later; else some milliseconds. True: a theme was
 * compiled. */
bool wp_kept_look_ahead(wp_kept_t *kept, const wp_theme_options_t *options);

/* How many themes are kept. */
int wp_kept_count(const wp_kept_t *kept);

/* 64 hex digits of all that goes into a theme: names, languages, and every stylesheet and catalogue (.xsl, .xml) of
 * ours and the site's by place and content. NULL: something cannot be read, or there is no memory. In pool. */
const char *wp_theme_key(const wp_theme_options_t *options, apr_pool_t *pool);

#endif
