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
    int ended; /* the month in which the contract ended; 0: it goes on */
    int since; /* the month in which it was signed; 0: a month before the first reading */
} wp_demo_contract_t;

typedef struct wp_demo_customer_t {
    int number; /* of the customer, unique among all; meters and premises are numbered under it */
    bool company;
    const char *name;
    const char *code;           /* 11 digits of the person; NULL for a company */
    const char *representative; /* 11 digits of the person who may act for a company; NULL: none */
    int contracts;
    const wp_demo_contract_t *contract;
} wp_demo_customer_t;

/* One of many, with an account that is made from its number (town/accounts.c). The customers before are named. */
#define WP_DEMO_BULK_FIRST 1000
static inline bool wp_demo_is_bulk(const wp_demo_customer_t *customer)
{
    return customer->number >= WP_DEMO_BULK_FIRST;
}

/* A house of flats pays for the rain from its roof and yard. */
static inline bool wp_demo_has_rain(const wp_demo_contract_t *contract)
{
    return contract->points > 20;
}

/* A person who can log in at the demo identity provider (tests/rig/idp/people.json). */
typedef struct wp_demo_person_t {
    const char *login;
    const char *issuer; /* where to log in, by its key in tests/rig/idp/issuers.json */
    const char *given, *family;
    const char *code;
    bool registered; /* has an account with all contracts below */
    const char *contracts[5];
    const char *special;
} wp_demo_person_t;

/* The named persons, ended by one without a login. */
extern const wp_demo_person_t wp_demo_people[];

/* The customers behind them. Everything lives in pool. */
const wp_demo_customer_t *wp_demo_named_customers(apr_pool_t *pool, int *count);

/* The users of the tests, load0001 to load0300: one contract of three meters each. */
#define WP_DEMO_LOAD_USERS 300
wp_demo_person_t wp_demo_load_person(apr_pool_t *pool, int index);
wp_demo_customer_t wp_demo_load_customer(apr_pool_t *pool, int index, uint64_t seed);

/* Customer index (0 to 99,999) of the bulk. */
#define WP_DEMO_BULK_MAX 100000
wp_demo_customer_t wp_demo_bulk_customer(apr_pool_t *pool, int index, uint64_t seed);

#endif
