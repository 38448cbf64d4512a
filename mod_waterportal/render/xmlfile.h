/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_RENDER_XMLFILE_H
#define WP_RENDER_XMLFILE_H

#include <apr_pools.h>
#include <libxml/tree.h>

/* Reads one of the installation's own XML files (stylesheet, texts). Nothing else is opened: the bytes are read here
 * and parsed from memory, without network, entities or a document type. name is the document's address in error
 * messages. dict: the dictionary the document shares, or NULL. Owned by the caller (xmlFreeDoc). NULL: *why says what
 * is wrong. */
xmlDocPtr wp_xmlfile_read(apr_pool_t *pool, const char *path, const char *name, xmlDictPtr dict, const char **why);

#endif
