/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_STORE_HISTORY_H
#define WP_STORE_HISTORY_H

#include <apr_tables.h>

#include "data/db.h"
#include "domain/meter.h"

/* Rows of billing's and the portal's readings to the history of one metering point, as domain/meter.h wants it. */
typedef struct wp_history_t {
    apr_array_header_t *entries; /* wp_reading_t */
    apr_array_header_t *serials; /* const char *: of the meters, by wp_reading_t.device; NULL where it is not known */
    const char *device_id;       /* the meter of the latest entry */
} wp_history_t;

/* A row on its way there. */
typedef struct wp_history_row_t {
    const char *device_id, *serial; /* serial: NULL where it is not wanted */
    wp_reading_t reading;           /* without device and rolled */
    const wp_rows_t *submitted; /* where answer, swap_on, swap_end and swap_start stand; NULL for what billing knows */
    int row;
} wp_history_row_t;

void wp_history_begin(wp_history_t *history, apr_pool_t *pool);

/* Rows come in order. A swap that the customer reported and billing does not know yet goes before its reading. */
void wp_history_push(wp_history_t *history, const wp_history_row_t *row);

/* Billing calls a customer's reading "customer" and an unspecified one "read"; the rules do not care which. */
wp_reading_kind_t wp_history_kind(const char *name);

#endif
