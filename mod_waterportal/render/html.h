/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_RENDER_HTML_H
#define WP_RENDER_HTML_H

#include <apr_pools.h>
#include <libxml/tree.h>

/* Writes a result tree as HTML5 text, UTF-8, with "<!DOCTYPE html>": our own serialiser (a sixth of libxml2's time).
 * Text and attributes are always escaped; void elements have no end tag; script and style elements with content, event
 * attributes and javascript: addresses do not get through: their content is dropped (strict CSP: nothing inline). */
apr_status_t wp_html_serialise(xmlDocPtr tree, apr_pool_t *pool, const char **html, apr_size_t *length);

#endif
