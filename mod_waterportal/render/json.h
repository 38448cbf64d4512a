/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_RENDER_JSON_H
#define WP_RENDER_JSON_H

#include <apr_pools.h>
#include <apr_tables.h>
#include <libxml/tree.h>

/* The lists of a page document (render/lists.h) for programs. <data version="1"><list name="readings" columns="meter
 * value_l">rows</list> becomes {"version": 1, "readings": [{"meter": "M1", "value_l": 43409}]}. The type t of an
 * element decides: volume (litres), money (cents), price (ten-thousandths of a euro) and int are whole numbers, flag is
 * true or false, everything else text; a column without a value is null; <paging> becomes "page", "pages" and "next"
 * (an address, or null). Text in pool; APR_EGENERAL when a value is not of its type. */
apr_status_t wp_json_write(xmlDocPtr page, apr_pool_t *pool, const char **text, apr_size_t *length);

/* One row of a list as an object on a line of its own, for lists too long to be written at once; columns: the names of
 * wp_list_columns(). NULL when a value is not of its type. */
const char *wp_json_row(xmlNodePtr row, const apr_array_header_t *columns, apr_pool_t *pool);

#endif
