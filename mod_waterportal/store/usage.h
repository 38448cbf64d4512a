/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_STORE_USAGE_H
#define WP_STORE_USAGE_H

#include <apr_tables.h>

#include "data/db.h"
#include "domain/meter.h"

/* A metering point with its history. */
typedef struct wp_usage_point_t {
    const char *contract_no, *address, *point_id;
    const char *meter_id, *serial; /* of its current meter, or of its last one */
    const char *place;             /* NULL if the utility gave none */
    wp_meter_t meter;
    wp_date_t since;    /* the first day with a meter of this contract … */
    wp_date_t until;    /* … and the last; 0: it still has one */
    bool chosen;        /* :meter is NULL or one of its meters; otherwise no history is loaded for it */
    wp_date_t first_on; /* first day of its whole history … */
    wp_date_t last_on;  /* … and last day; 0: nothing is known, or it is not chosen */
    const wp_reading_t *entries;
    size_t count;
} wp_usage_point_t;

/* Loads the points of :contract (NULL: of all contracts) that :account may use, including those whose meter was removed
 * long ago. args must bind account, contract, meter, right and today. *points: wp_usage_point_t, in the unit's pool, by
 * address, contract and place; their histories are loaded separately. */
apr_status_t wp_usage_load(wp_db_t *db, const wp_args_t *args, apr_array_header_t **points);

/* Loads the histories of the chosen points: everything needed to compute the use after the day `from`, which is usually
 * from the last reading before it onwards. args as above. */
apr_status_t wp_usage_load_histories(wp_db_t *db, const wp_args_t *args, const apr_array_header_t *points,
                                     wp_date_t from);

#endif
