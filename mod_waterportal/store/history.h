/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_STORE_HISTORY_H
#define WP_STORE_HISTORY_H

#include <apr_tables.h>

#include "data/db.h"
#include "domain/meter.h"

/* Turns rows of billing's and the portal's readings into the history of one metering point, as
 * domain/meter.h needs it. */
typedef struct wp_history_t {
    apr_array_header_t *entries; /* wp_reading_t */
    apr_array_header_t *serials; /* const char *: serial numbers, indexed by wp_reading_t.device; NULL if unknown */
    const char *device_id;       /* the meter of the latest entry */
} wp_history_t;

/* One row to add. */
typedef struct wp_history_row_t {
    const char *device_id, *serial; /* serial: NULL if it is not needed */
    wp_reading_t reading;           /* without device and rolled */
    const wp_rows_t *submitted;     /* rows with answer, swap_on, swap_end, swap_start; NULL: billing's reading */
    int row;
} wp_history_row_t;

void wp_history_begin(wp_history_t *history, apr_pool_t *pool);

/* Rows must be added in order. A swap that the customer reported and that billing does not have yet is added
 * before its reading. */
void wp_history_push(wp_history_t *history, const wp_history_row_t *row);

/* Billing calls a customer's reading "customer" and one of unknown origin "read"; the rules treat both alike. */
wp_reading_kind_t wp_history_kind(const char *name);

#endif
