/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_TOWN_CUSTOMERS_H
#define WP_TOWN_CUSTOMERS_H

#include <apr_pools.h>

#include "town/random.h"
#include "town/series.h"

typedef struct wp_demo_contract_t {
    const char *contract_no;
    const char *address, *locality, *postcode;
    int points;
    const wp_demo_point_t *point;
    int ended; /* the month in which the contract ended; 0: still in force */
    int since; /* the month in which it was signed; 0: a month before the first reading */
} wp_demo_contract_t;

typedef struct wp_demo_customer_t {
    int number; /* of the customer, unique; meters and premises are numbered from it */
    bool company;
    const char *name;
    const char *code;           /* the person's code, 11 digits; NULL for a company */
    const char *representative; /* the code of the person who may act for a company, 11 digits; NULL: nobody */
    int contracts;
    const wp_demo_contract_t *contract;
} wp_demo_customer_t;

/* From this number on, customers are one of many, with an account that is generated from the number (town/accounts.c).
 * The customers before them are named. */
#define WP_DEMO_BULK_FIRST 1000
static inline bool wp_demo_is_bulk(const wp_demo_customer_t *customer)
{
    return customer->number >= WP_DEMO_BULK_FIRST;
}

/* An apartment building pays for the rain from its roof and yard. */
static inline bool wp_demo_has_rain(const wp_demo_contract_t *contract)
{
    return contract->points > 20;
}

/* A person who can log in at the demo identity provider (tests/rig/idp/people.json). */
typedef struct wp_demo_person_t {
    const char *login;
    const char *issuer; /* where the person logs in: a key in tests/rig/idp/issuers.json */
    const char *given, *family;
    const char *code;
    bool registered; /* has an account with all contracts below */
    const char *contracts[5];
    const char *special;
} wp_demo_person_t;

/* The named persons; an entry without a login ends the list. */
extern const wp_demo_person_t wp_demo_people[];

/* The customers behind them. Everything is allocated in pool. */
const wp_demo_customer_t *wp_demo_named_customers(apr_pool_t *pool, int *count);

/* The users of the load tests, load0001 to load0300: one contract with three meters each. */
#define WP_DEMO_LOAD_USERS 300
wp_demo_person_t wp_demo_load_person(apr_pool_t *pool, int index);
wp_demo_customer_t wp_demo_load_customer(apr_pool_t *pool, int index, uint64_t seed);

/* The index of a bulk customer is 0 to 99,999. */
#define WP_DEMO_BULK_MAX 100000
wp_demo_customer_t wp_demo_bulk_customer(apr_pool_t *pool, int index, uint64_t seed);

#endif
