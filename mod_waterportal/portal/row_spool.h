/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_PORTAL_ROW_SPOOL_H
#define WP_PORTAL_ROW_SPOOL_H

#include <apr_file_io.h>

#include "data/db.h"

/* Rows that are too many for memory, on their way from the database to an answer. They are written to a file while
 * the connection is held, which takes only as long as the disk needs, and read back in parts long after the
 * connection was returned. The file has no name, so a killed process leaves nothing behind. */
typedef struct wp_row_spool_t wp_row_spool_t;

/* Opens an unnamed file in the system's temporary directory (TMPDIR) for writing and reading; closed with pool. */
apr_status_t wp_nameless_file(apr_file_t **file, apr_pool_t *pool);

apr_status_t wp_row_spool_make(wp_row_spool_t **spool, apr_pool_t *pool);

/* Appends at most `most` of the rows; returns their position in *at, for wp_row_spool_read(). */
apr_status_t wp_row_spool_add(wp_row_spool_t *spool, const wp_rows_t *rows, int most, apr_off_t *at);

/* Reads the next `count` rows of a statement from *at, and advances it; texts in pool. rows->query must be set. */
apr_status_t wp_row_spool_read(wp_row_spool_t *spool, apr_off_t *at, int count, apr_pool_t *pool, wp_rows_t *rows);

#endif
