/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_RENDER_SPECIALISE_H
#define WP_RENDER_SPECIALISE_H

#include <apr_pools.h>
#include <libxml/tree.h>

#include "base/log.h"
#include "render/catalogue.h"

/* Writes the texts of one language into a stylesheet before it is compiled (docs/platform.md, X6): the wp: elements and
 * the [[key]] attributes described in theme.h become plain XSLT. */
typedef struct wp_specialise_t {
    apr_pool_t *pool;
    const wp_catalogue_t *texts;
    const wp_log_t *log;
    /* Returns the address that an xsl:include or xsl:import is rewritten to, or NULL if it may not be read. */
    const char *(*resolve)(void *context, const char *href, const char *from);
    void *context;
} wp_specialise_t;

/* Changes the document in place. Returns NULL on success, otherwise what is wrong and on which line. A key that no
 * language has is shown as ???key??? and logged (WP0304), and so is a placeholder that the stylesheet does not fill. */
const char *wp_specialise(const wp_specialise_t *with, xmlDocPtr stylesheet);

#endif
