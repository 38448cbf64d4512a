/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_RENDER_LISTS_H
#define WP_RENDER_LISTS_H

#include <apr_pools.h>
#include <apr_tables.h>
#include <libxml/tree.h>

/* Access to the lists of a page document, for the JSON and CSV writers. */

xmlNodePtr wp_list_data(xmlDocPtr page);                   /* <data>, or NULL */
xmlNodePtr wp_list_next(xmlDocPtr page, xmlNodePtr after); /* the first <list>, or the one after; NULL at the end */
apr_array_header_t *wp_list_columns(xmlNodePtr list, apr_pool_t *pool); /* const char * */
xmlNodePtr wp_list_cell(xmlNodePtr row, const char *name);              /* NULL: the row has no value in this column */
const char *wp_list_text(xmlNodePtr cell, apr_pool_t *pool);            /* "" when there is none */
const char *wp_list_attr(xmlNodePtr node, const char *name, apr_pool_t *pool); /* "" when there is none */

#endif
