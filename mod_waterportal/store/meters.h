/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_STORE_METERS_H
#define WP_STORE_METERS_H

#include <apr_tables.h>

#include "data/db.h"
#include "domain/date.h"
#include "domain/meter.h"

/* A metering point of a contract, with its current meter, its history, and what was submitted for it in
 * the current window. */
typedef struct wp_point_t {
    const char *point_id, *meter_id, *serial;
    const char *place; /* NULL if the utility gave none */
    wp_meter_t meter;
    const char *verified_until; /* YYYY-MM-DD, or NULL */
    bool expired;               /* that day has passed */
    const char *window; /* what it is in the current window: window_state of sql/store/clauses.sql; NULL for a period */
    bool missing;       /* window is "missing": the customer should submit a reading */
    wp_reading_t *history; /* chronological; the latest WP_METER_HISTORY_MAX at most */
    size_t history_count;
    const char *const *serials; /* of its meters, indexed by wp_reading_t.device; NULL if unknown */
    struct {
        const char *reading_id; /* NULL if nothing was submitted */
        const char *at, *receipt_no;
        int64_t litres;
        int version;
    } current;
    int versions; /* how many there are in this window, including replaced and withdrawn ones */
} wp_point_t;

/* The last reading of a point that was actually read; NULL if there is none. */
const wp_reading_t *wp_point_last(const wp_point_t *point);

/* Which points to load. */
typedef struct wp_points_wanted_t {
    bool house;                       /* for staff or a command, who need no access of their own */
    const apr_array_header_t *meters; /* const char *: ids of the meters whose points come first; NULL: page order */
    int size, skip;                   /* at most so many, after so many */
} wp_points_wanted_t;

typedef struct wp_points_t {
    apr_array_header_t *list; /* wp_point_t, in the unit's pool */
    int total;                /* how many points there are, whatever the size */
    wp_rows_t *ways;     /* the ways to the contract: rights, point_id, delegation_id, basis, ended_on. No rows: there
                            is no such contract, or no way to it */
    const char *account; /* under which readings are kept; NULL: for the house, if nobody registered the contract */
} wp_points_t;

/* Loads the points of :contract on which :account has :right, with their histories, and all ways to the contract, by
 * three statements. args must bind account, contract, right, today, window_key and window_from ("": what was submitted
 * in the open window belongs to the history). */
apr_status_t wp_points_load(wp_db_t *db, const wp_args_t *args, wp_date_t today, const wp_points_wanted_t *wanted,
                            wp_points_t *points);

/* Loads the points that had a meter in a period (its first and last day), each with the last meter in that period and
 * all its readings in and around it. args must bind account, contract, right and today. */
apr_status_t wp_points_load_period(wp_db_t *db, const wp_args_t *args, const wp_date_t days[2],
                                   apr_array_header_t **points);

#endif
