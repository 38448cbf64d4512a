/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DATA_UPKEEP_H
#define WP_DATA_UPKEEP_H

#include "data/db.h"

/* What PostgreSQL wants after its tables changed much at once, and before it gets round to it by itself. On SQLite
 * these do nothing. */

/* Takes statistics of the portal's tables, and of the embedded billing's, as far as they are this role's. Without them
 * a statement is planned five times as long, and by guesses. */
apr_status_t wp_upkeep_analyze(wp_db_source_t *source, apr_pool_t *pool);

/* Takes back the room of rows that were deleted from a table: until then whoever reads the table reads them too. */
apr_status_t wp_upkeep_vacuum(wp_db_source_t *source, apr_pool_t *pool, const char *table);

#endif
