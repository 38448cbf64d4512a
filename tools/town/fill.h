/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_TOWN_FILL_H
#define WP_TOWN_FILL_H

#include "town/write.h"

/* Fills a database with demo data, in transactions of some hundred customers. */

typedef struct wp_demo_plan_t {
    int customers; /* bulk customers, at most WP_DEMO_BULK_MAX */
    wp_date_t as_of;
    uint64_t seed;
} wp_demo_plan_t;

/* Counts the customers that are not the demo's. */
apr_status_t wp_demo_count_foreign(wp_db_source_t *source, apr_pool_t *pool, int64_t *count);

/* Removes what an earlier run left, including the accounts of demo persons and everything they did. */
apr_status_t wp_demo_remove(wp_db_source_t *source, apr_pool_t *pool);

/* Called after each transaction. */
typedef void (*wp_demo_say_t)(const wp_demo_tally_t *so_far);

/* Writes everything; *tally receives the numbers. If it is interrupted, part of the data remains: run it again after
 * wp_demo_remove. */
apr_status_t wp_demo_fill(wp_db_source_t *source, apr_pool_t *pool, const wp_demo_plan_t *plan, wp_demo_say_t say,
                          wp_demo_tally_t *tally);

#endif
