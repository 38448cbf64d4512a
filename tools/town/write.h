/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_TOWN_WRITE_H
#define WP_TOWN_WRITE_H

#include "data/db.h"
#include "town/customers.h"

/* Writes demo rows to the database with the statements of sql/demo/demo.sql. Each call must be made in a write
 * transaction. */

/* How much was written, for the closing line. */
typedef struct wp_demo_tally_t {
    int64_t customers, accounts, contracts, meters, readings, acts, invoices;
} wp_demo_tally_t;

typedef struct wp_demo_writer_t {
    wp_db_t *db;
    wp_date_t as_of;
    uint64_t seed;
    wp_demo_tally_t tally;
    int customer_acts; /* numbered so far for the customer that is being written */
    int events;        /* entries of the audit log numbered so far */
} wp_demo_writer_t;

/* Writes a customer with premises, contracts, meters and readings. */
apr_status_t wp_demo_write_customer(wp_demo_writer_t *writer, const wp_demo_customer_t *customer);

/* Writes the account of a registered person, with every contract of the customers that the person is or represents. */
apr_status_t wp_demo_write_account(wp_demo_writer_t *writer, const wp_demo_person_t *person,
                                   const wp_demo_customer_t *customers, int count);

/* Writes the accounts of the bulk customers numbered first to last, with everything that they did in the portal. Call
 * after the customers have been written. */
apr_status_t wp_demo_write_accounts(wp_demo_writer_t *writer, int first, int last);

/* Writes what a named person did earlier in the account: a verified address, access tokens, a request for erasure. */
apr_status_t wp_demo_write_account_history(wp_demo_writer_t *writer, const wp_demo_person_t *person);
/* Writes who gave rights to whom, and what was done with them. Call after the accounts have been written. */
apr_status_t wp_demo_write_delegations(wp_demo_writer_t *writer);

/* The id of a named person's account, from the 11 digits of the person code. */
const char *wp_demo_account_id(apr_pool_t *pool, const char *code);
const char *wp_demo_name_of(apr_pool_t *pool, const char *code);

/* Writes outages and planned works around as_of. */
apr_status_t wp_demo_write_notices(wp_demo_writer_t *writer);

#endif
