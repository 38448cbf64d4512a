/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_RENDER_CSV_H
#define WP_RENDER_CSV_H

#include <apr_pools.h>
#include <libxml/tree.h>

/* Who reads the file. Programs get commas and the integers that the columns are named after (total_c: cents). People
 * get what a Latvian spreadsheet opens as a table: semicolons, decimal commas, euros and cubic metres (total_eur,
 * value_m3), as in the overview's first link. */
typedef enum { WP_CSV_PROGRAMS, WP_CSV_PEOPLE } wp_csv_reader_t;

/* Writes a list of a page document (render/lists.h) as CSV (RFC 4180, UTF-8 with byte order mark): a header line, then
 * one line per row; dates and times in canonical form. A text that a spreadsheet would take for a formula – one that
 * begins with = + - @, a tab or a line break – is prefixed with an apostrophe; a telephone number as the portal stores
 * it ("+" and 8 to 15 digits) is not. The result is in pool. */
const char *wp_csv_write(xmlNodePtr list, wp_csv_reader_t reader, apr_pool_t *pool, apr_size_t *length);

/* The same without the header line. A long list is written in parts; the first one comes from wp_csv_write(). */
const char *wp_csv_write_more(xmlNodePtr list, wp_csv_reader_t reader, apr_pool_t *pool, apr_size_t *length);

#endif
