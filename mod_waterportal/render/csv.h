/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_RENDER_CSV_H
#define WP_RENDER_CSV_H

#include <apr_pools.h>
#include <libxml/tree.h>

/* Whom the file is for: programs get commas and the whole numbers the columns are named after (total_c: cents); people
 * get what a spreadsheet of this country opens as a table: semicolons, decimal commas, euros and cubic metres
 * (total_eur, value_m3), as the overview's first link does. */
typedef enum { WP_CSV_PROGRAMS, WP_CSV_PEOPLE } wp_csv_reader_t;

/* A list of a page document (render/lists.h) as CSV (RFC 4180, UTF-8 with byte order mark): a head line of the columns,
 * then a line for each row; dates and times canonical. A text that a spreadsheet would take for a formula – it begins
 * with = + - @, a tab or a line break – gets an apostrophe in front; a telephone number as the portal keeps it ("+" and
 * 8 to 15 digits) is none. In pool. */
const char *wp_csv_write(xmlNodePtr list, wp_csv_reader_t reader, apr_pool_t *pool, apr_size_t *length);

/* The same without the head line: a long list is written in parts, of which the first is wp_csv_write()'s. */
const char *wp_csv_write_more(xmlNodePtr list, wp_csv_reader_t reader, apr_pool_t *pool, apr_size_t *length);

#endif
