/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DATA_ROWS_H
#define WP_DATA_ROWS_H

#include "data/db.h"

/* The rows of a random-access result. The cells are the driver's own texts, which live in the pool that was
 * given to the select; pool must be that one. NULL if the result has other columns than the query declares.
 * Internal to data/. */
wp_rows_t *wp_rows_read(const wp_query_t *query, const apr_dbd_driver_t *driver, apr_dbd_results_t *results,
                        apr_pool_t *pool);

#endif
