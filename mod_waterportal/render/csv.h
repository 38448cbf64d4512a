/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_RENDER_CSV_H
#define WP_RENDER_CSV_H

#include <apr_pools.h>
#include <libxml/tree.h>

/* A list of a page document (render/lists.h) as CSV (RFC 4180, UTF-8 with byte order mark): a head line of the columns,
 * then a line for each row; numbers and dates canonical. A text that a spreadsheet would take for a formula – it begins
 * with = + - @, a tab or a line break – gets an apostrophe in front. In pool. */
const char *wp_csv_write(xmlNodePtr list, apr_pool_t *pool, apr_size_t *length);

#endif
