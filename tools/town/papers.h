/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_TOWN_PAPERS_H
#define WP_TOWN_PAPERS_H

#include "town/write.h"

/* A metered point as it was written, for the papers that refer to it. */
typedef struct wp_demo_placed_t {
    const wp_demo_point_t *point;
    const wp_demo_series_t *series;
    const char *meter_id[2], *serial[2]; /* by device, as in series */
} wp_demo_placed_t;

/* A contract whose premises, meters and readings have been written. */
typedef struct wp_demo_papers_t {
    const wp_demo_customer_t *customer;
    const wp_demo_contract_t *contract;
    const wp_demo_placed_t *placed; /* one for each of contract->points */
    wp_date_t signed_on, ended_on;  /* ended_on 0: still in force */
} wp_demo_papers_t;

/* Writes services, documents, seals and acts of a contract; the acts match the meters' swaps, readings and seals. */
apr_status_t wp_demo_write_papers(wp_demo_writer_t *writer, const wp_demo_papers_t *papers);

/* The prices of a Latvian utility since 2014, in ten-thousandths of a euro per cubic metre, without VAT; rain water
 * costs the same as sewage. year 0 ends the list. */
typedef struct wp_demo_tariff_t {
    int year, month;
    int water, sewage;
} wp_demo_tariff_t;

extern const wp_demo_tariff_t wp_demo_tariffs[];

apr_status_t wp_demo_write_tariffs(wp_demo_writer_t *writer);

#endif
