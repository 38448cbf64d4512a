/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_STORE_METERS_H
#define WP_STORE_METERS_H

#include <apr_tables.h>

#include "data/db.h"
#include "domain/date.h"
#include "domain/meter.h"

/* A metering point of a contract with the meter that is in it now, its history and what was submitted for it in the
 * window that is open. */
typedef struct wp_point_t {
    const char *point_id, *meter_id, *serial;
    const char *place; /* NULL when the utility gave none */
    wp_meter_t meter;
    const char *verified_until; /* YYYY-MM-DD, or NULL */
    wp_reading_t *history;      /* chronological; at most WP_METER_HISTORY_MAX, the latest */
    size_t history_count;
    const char *const *serials; /* of its meters, by wp_reading_t.device; NULL where it is not known */
    struct {
        const char *reading_id; /* NULL: nothing submitted */
        const char *at, *receipt_no;
        int64_t litres;
        int version;
    } current;
    int versions; /* how many there were in this window, replaced and withdrawn ones included */
} wp_point_t;

/* The last reading of a point that somebody or something read; NULL when there is none. */
const wp_reading_t *wp_point_last(const wp_point_t *point);

/* Loads the points of :contract that :account may use, in their order on the page, :size of them after :skip. args must
 * bind account, contract, today, window_key, size and skip. *points: wp_point_t, in the unit's pool; empty when the
 * contract is not the account's. */
apr_status_t wp_points_load(wp_db_t *db, const wp_args_t *args, wp_date_t today, apr_array_header_t **points);

/* Loads the points that had a meter in a period (its first and last day), each with the meter that was there last, and
 * all their readings in it and around it. args must bind account, contract, right and today. */
apr_status_t wp_points_load_period(wp_db_t *db, const wp_args_t *args, const wp_date_t days[2],
                                   apr_array_header_t **points);

#endif
