/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_RENDER_HTML_H
#define WP_RENDER_HTML_H

#include <apr_pools.h>
#include <libxml/tree.h>

/* Writes a result tree as HTML5 text in UTF-8, with "<!DOCTYPE html>". Our own serialiser takes a sixth of libxml2's
 * time. Elements in no namespace or in XHTML's are HTML; those of SVG and MathML are written without a prefix. Text and
 * attributes are always escaped (disable-output-escaping has no effect), white space is written unchanged, void
 * elements have no end tag, and an attribute without a value is written as its name alone. The strict CSP allows
 * nothing inline, and nothing inline gets through: the content of script and style elements, event (on…), style and
 * srcdoc attributes, addresses with a scheme other than http, https, mailto, sms and tel (javascript:, data:), comments
 * and processing instructions are dropped. html is allocated from pool and NUL-terminated; length is in bytes without
 * the NUL. Always succeeds. */
apr_status_t wp_html_serialise(xmlDocPtr tree, apr_pool_t *pool, const char **html, apr_size_t *length);

/* The same for an e-mail, which has no style sheet of its own to refer to: style attributes and the content of a style
 * element without "<" are written. Everything else is dropped as above. */
apr_status_t wp_letter_serialise(xmlDocPtr tree, apr_pool_t *pool, const char **html, apr_size_t *length);

/* Writes the text of a result tree unchanged, in UTF-8, for stylesheets with method="text". Otherwise as above. */
apr_status_t wp_text_serialise(xmlDocPtr tree, apr_pool_t *pool, const char **text, apr_size_t *length);

#endif
