/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DATA_HISTORY_H
#define WP_DATA_HISTORY_H

#include <apr_tables.h>

#include "data/db.h"
#include "domain/meter.h"

/* Rows of billing's and the portal's readings to a history as domain/meter.h wants it. The rows of one metering point come
 * in order, with the columns meter_id, read_on, value, kind, answer, swap_on, swap_end, swap_start, and serial where it is wanted. */
typedef struct wp_history_t {
    apr_array_header_t *entries; /* wp_reading_t */
    apr_array_header_t *serials; /* const char *: of the meters, by wp_reading_t.device; NULL where it is not known */
    const char *device_id;       /* the meter of the latest entry */
} wp_history_t;

void wp_history_begin(wp_history_t *history, apr_pool_t *pool);

/* digits: of the row's meter, when the history crosses meters that differ; else 0. */
void wp_history_push(wp_history_t *history, const wp_rows_t *rows, int row, int digits);

#endif
