/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_RENDER_XMLFILE_H
#define WP_RENDER_XMLFILE_H

#include <apr_pools.h>
#include <libxml/tree.h>

/* Reads one of the installation's own XML files (stylesheet or texts). Nothing else is opened: the file is read here
 * and parsed from memory, without network, entities or a document type. name: the document's address in error messages.
 * dict: the dictionary that the document shares, or NULL. The caller owns the document (xmlFreeDoc). NULL on failure;
 * *why then says what is wrong. */
xmlDocPtr wp_xmlfile_read(apr_pool_t *pool, const char *path, const char *name, xmlDictPtr dict, const char **why);

#endif
