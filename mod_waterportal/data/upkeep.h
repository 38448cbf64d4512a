/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DATA_UPKEEP_H
#define WP_DATA_UPKEEP_H

#include "data/db.h"

/* Maintenance that PostgreSQL needs after its tables changed a lot at once, before its own autovacuum runs. On SQLite
 * these do nothing. */

/* Collects statistics on the portal's tables and the embedded billing tables, as far as this role owns them. Without
 * them planning a statement takes five times as long, and the plan is a guess. */
apr_status_t wp_upkeep_analyze(wp_db_source_t *source, apr_pool_t *pool);

/* Frees the space of rows that were deleted from a table: until then every scan of the table reads them too. */
apr_status_t wp_upkeep_vacuum(wp_db_source_t *source, apr_pool_t *pool, const char *table);

#endif
