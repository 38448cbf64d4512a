/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_RENDER_XML_H
#define WP_RENDER_XML_H

#include <apr_pools.h>
#include <libxml/tree.h>
#include <stdint.h>

/* The only writer of page XML. Text passed in is data, never markup. In text that is not valid UTF-8 of XML characters
 * (base/utf8.h), each bad byte is replaced by U+FFFD and counted. Names come from the code and are not checked. Adding
 * to a NULL parent ends the process: either the caller writes to a page that is not being made, or memory has run out.
 */

/* A document with an empty root element; freed with pool. */
xmlDocPtr wp_xml_document(apr_pool_t *pool, const char *root);

xmlNodePtr wp_xml_child(xmlNodePtr parent, const char *name);
/* NULL text adds nothing (returns NULL): empty values print nothing. */
xmlNodePtr wp_xml_text(xmlNodePtr parent, const char *name, const char *text);
xmlNodePtr wp_xml_int(xmlNodePtr parent, const char *name, int64_t value);
/* An element that carries its type for the stylesheets: <last t="volume">43409</last>. type: a name from
 * data/query_file.h. */
xmlNodePtr wp_xml_typed(xmlNodePtr parent, const char *name, const char *type, const char *text);
/* Sets an attribute; a second value for the same name replaces the first. NULL adds nothing. */
void wp_xml_attr(xmlNodePtr node, const char *name, const char *value);
void wp_xml_attr_int(xmlNodePtr node, const char *name, int64_t value);

/* The document as UTF-8 XML text, in pool, NUL-terminated. length: in bytes without the NUL; may be NULL. */
const char *wp_xml_serialise(xmlDocPtr document, apr_pool_t *pool, apr_size_t *length);

/* The number of bytes that this process has replaced by U+FFFD since it started (for tests and status). */
unsigned long wp_xml_replaced(void);

#endif
