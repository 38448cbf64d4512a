/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_STORE_USAGE_H
#define WP_STORE_USAGE_H

#include <apr_tables.h>

#include "data/db.h"
#include "domain/meter.h"

/* A metering point with its history. */
typedef struct wp_usage_point_t {
    const char *contract_no, *address, *point_id;
    const char *meter_id, *serial; /* of the meter that is in it now, or was the last */
    const char *place;             /* NULL when the utility gave none */
    wp_meter_t meter;
    wp_date_t since;    /* since when there is a meter of this contract … */
    wp_date_t until;    /* … and its last day; 0: it is still there */
    bool chosen;        /* :meter is one of its meters, or NULL; the others have no history here */
    wp_date_t first_on; /* of its whole history … */
    wp_date_t last_on;  /* … and its end; 0: nothing is known, or it is not chosen */
    const wp_reading_t *entries;
    size_t count;
} wp_usage_point_t;

/* Loads the points of :contract (NULL: of all contracts) that :account may use, meters taken out long ago included.
 * args must bind account, contract, meter, right and today. *points: wp_usage_point_t, in the unit's pool, by address,
 * contract and place; their histories are not read yet. */
apr_status_t wp_usage_load(wp_db_t *db, const wp_args_t *args, apr_array_header_t **points);

/* Reads the histories of the chosen points, all that is needed to compute what was used after the day from: as a rule
 * from the last reading on before it. args as above. */
apr_status_t wp_usage_load_histories(wp_db_t *db, const wp_args_t *args, const apr_array_header_t *points,
                                     wp_date_t from);

#endif
