/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_STORE_TIDY_H
#define WP_STORE_TIDY_H

#include "data/db.h"
#include "domain/retention.h"

/* Deleting what has been kept long enough, by the statements of sql/ctl/tidy.sql. args must bind before, now, now_ms
 * and size. */

/* How many rows of the name would be deleted. */
apr_status_t wp_tidy_count(wp_db_t *db, const wp_args_t *args, const wp_retention_t *retention, int *rows);

/* Deletes at most size of them, with what belongs to them. *rows: how many. */
apr_status_t wp_tidy_delete(wp_db_t *db, const wp_args_t *args, const wp_retention_t *retention, int *rows);

#endif
