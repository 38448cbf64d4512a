/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_STORE_HISTORY_H
#define WP_STORE_HISTORY_H

#include <apr_hash.h>
#include <apr_tables.h>

#include "data/db.h"
#include "domain/meter.h"

/* The readings of one metering point that billing and the portal have, chronological, as domain/meter.h needs them. A
 * swap that the customer reported, and that billing does not have yet, stands before its reading. */
typedef struct wp_history_t {
    apr_array_header_t *entries; /* wp_reading_t */
    apr_array_header_t *serials; /* const char *: serial numbers, indexed by wp_reading_t.device; NULL if unknown */
    const char *device_id;       /* the meter of the latest entry */
} wp_history_t;

/* The points whose histories are loaded. */
typedef struct wp_history_points_t {
    /* The index of the point that a row is about; negative: none of them, and the row is skipped. */
    int (*find)(const struct wp_history_points_t *points, const wp_rows_t *rows, int row);
    void (*store)(const struct wp_history_points_t *points, int point, const wp_history_t *history);
    const apr_array_header_t *list; /* the caller's points */
    apr_hash_t *index;              /* the caller's, for find(); may be NULL */
    int most;                       /* the caller's, for store(): how many of the latest entries it keeps */
} wp_history_points_t;

/* Loads the histories with the rows of two statements, billing's readings and submitted ones, or of one that has both
 * (submitted NULL) and says which by its column submitted (1 or 0). Their columns: point_id, meter_id, installed_on,
 * read_on, value, digits and, if serials are needed, serial; of billing's readings kind too, of submitted ones answer,
 * swap_on, swap_end and swap_start. Rows without a day are skipped. */
apr_status_t wp_histories_load(wp_db_t *db, const wp_args_t *args, const char *billing, const char *submitted,
                               const wp_history_points_t *points);

#endif
