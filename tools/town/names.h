/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_TOWN_NAMES_H
#define WP_TOWN_NAMES_H

#include <apr_pools.h>

#include "town/random.h"

/* Invented names and addresses, UTF-8, allocated in pool. */
const char *wp_demo_person_name(apr_pool_t *pool, wp_demo_random_t *random);
const char *wp_demo_company_name(apr_pool_t *pool, wp_demo_random_t *random);

/* flat: with a flat number. */
const char *wp_demo_address(apr_pool_t *pool, wp_demo_random_t *random, bool flat);

typedef struct wp_demo_locality_t {
    const char *name, *postcode;
} wp_demo_locality_t;

const wp_demo_locality_t *wp_demo_locality(wp_demo_random_t *random);

#endif
