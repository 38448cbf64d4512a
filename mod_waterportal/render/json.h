/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_RENDER_JSON_H
#define WP_RENDER_JSON_H

#include <apr_pools.h>
#include <apr_tables.h>
#include <jansson.h>
#include <libxml/tree.h>
#include <stdbool.h>

/* Writes the lists of a page document (render/lists.h) for programs. <data version="1"><list name="readings"
 * columns="meter value_l">rows</list> becomes {"version": 1, "readings": [{"meter": "M1", "value_l": 43409}]}. An
 * element's attribute t gives its type: volume (litres), money (cents), price (ten-thousandths of a euro) and int
 * become integers, flag becomes true or false, everything else a string; a column without a value is null; <paging>
 * becomes "page", "pages" and "next" (an address, or null). Other attributes of <data> become members with a string.
 * The text is in pool. APR_EGENERAL if a value does not fit its type. */
apr_status_t wp_json_write(xmlDocPtr page, apr_pool_t *pool, const char **text, apr_size_t *length);

/* Adds version, attributes and lists to an object, without the paging. False if a value does not fit its type. */
bool wp_json_add(json_t *object, xmlDocPtr page, apr_pool_t *pool);

/* Writes one row of a list as a JSON object on a single line, for lists that are too long to be written at once.
 * columns: the names from wp_list_columns(). NULL if a value does not fit its type. */
const char *wp_json_row(xmlNodePtr row, const apr_array_header_t *columns, apr_pool_t *pool);

#endif
