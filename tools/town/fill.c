/* SPDX-License-Identifier: Apache-2.0 */
#include "town/fill.h"

#include "data/upkeep.h"
#include "town/papers.h"

#include "base/banned.h"

#define REMOVE_SOME 500 /* customers per transaction */
#define FILL_SOME   500

/* A transaction's share of the work: the bulk customers from..until. It may run twice, so it counts from zero. */
typedef struct share_t {
    const wp_demo_plan_t *plan;
    int from, until;
    int64_t found;
    wp_demo_writer_t writer;
} share_t;

static void begin(share_t *share, wp_db_t *db)
{
    share->writer = (wp_demo_writer_t){.db = db, .as_of = share->plan->as_of, .seed = share->plan->seed};
}

/* --- removing --- */

static apr_status_t count_foreign(wp_db_t *db, void *baton)
{
    share_t *share = baton;
    wp_rows_t *rows;
    apr_status_t status = wp_db_select(db, "demo_foreign_customers", NULL, &rows);

    if (status == APR_SUCCESS)
        share->found = wp_row_int(rows, 0, "customers");
    return status;
}

static apr_status_t change_all(wp_db_t *db, const char *const *statements, const wp_args_t *args, int *changed)
{
    apr_status_t status = APR_SUCCESS;
    for (; *statements && status == APR_SUCCESS; statements++)
        status = wp_db_change(db, *statements, args, changed);
    return status;
}

static apr_status_t remove_doings(wp_db_t *db, void *baton)
{
    static const char *const statements[] = {"demo_payment_items_delete",
                                             "demo_payment_events_delete",
                                             "demo_statement_entries_delete",
                                             "demo_payment_paid_delete",
                                             "demo_credits_delete",
                                             "demo_orders_delete",
                                             "demo_delegation_messages_delete",
                                             "demo_delegations_delete",
                                             "demo_readings_sent_delete",
                                             "demo_submissions_delete",
                                             "demo_consents_delete",
                                             "demo_messages_delete",
                                             "demo_contacts_delete",
                                             "demo_erasures_delete",
                                             "demo_cases_delete",
                                             "demo_token_uses_delete",
                                             "demo_tokens_delete",
                                             "demo_audit_delete",
                                             "demo_identities_delete",
                                             "demo_account_contracts_delete",
                                             "demo_tries_delete",
                                             "demo_turns_delete",
                                             "demo_form_results_delete",
                                             "demo_parked_forms_delete",
                                             "demo_sessions_delete",
                                             "demo_allowances_delete",
                                             "demo_notice_premises_delete",
                                             "demo_notices_delete",
                                             "demo_tariffs_delete",
                                             NULL};
    (void)baton;
    return change_all(db, statements, NULL, NULL);
}

/* The accounts come last, because the other rows are found by their codes. */
static apr_status_t remove_accounts(wp_db_t *db, void *baton)
{
    static const char *const statements[] = {"demo_person_codes_delete", "demo_accounts_delete", NULL};
    (void)baton;
    return change_all(db, statements, NULL, NULL);
}

/* The customers come last, because all other rows are found through them. */
static apr_status_t remove_customers(wp_db_t *db, void *baton)
{
    static const char *const statements[] = {"demo_some_invoice_lines_delete", "demo_some_payments_delete",
                                             "demo_some_invoices_delete",      "demo_some_act_meters_delete",
                                             "demo_some_act_persons_delete",   "demo_some_acts_delete",
                                             "demo_some_services_delete",      "demo_some_documents_delete",
                                             "demo_some_seals_delete",         "demo_some_readings_delete",
                                             "demo_some_meters_delete",        "demo_some_premises_delete",
                                             "demo_some_contracts_delete",     "demo_some_representatives_delete",
                                             "demo_some_customers_delete",     NULL};
    share_t *share = baton;
    wp_args_t *args = wp_args_make(wp_db_pool(db), NULL);
    int changed = 0;

    wp_args_int(args, "some", REMOVE_SOME);
    apr_status_t status = change_all(db, statements, args, &changed);
    share->found = changed;
    return status;
}

/* --- filling --- */

static apr_status_t fill_named(wp_db_t *db, void *baton)
{
    share_t *share = baton;
    int count;
    const wp_demo_customer_t *customers = wp_demo_named_customers(wp_db_pool(db), &count);
    apr_status_t status = APR_SUCCESS;

    begin(share, db);
    status = wp_demo_write_tariffs(&share->writer);
    for (int i = 0; i < count && status == APR_SUCCESS; i++)
        status = wp_demo_write_customer(&share->writer, &customers[i]);
    if (status == APR_SUCCESS)
        status = wp_demo_write_notices(&share->writer);
    for (const wp_demo_person_t *person = wp_demo_people; person->login && status == APR_SUCCESS; person++)
        if (person->registered) {
            status = wp_demo_write_account(&share->writer, person, customers, count);
            if (status == APR_SUCCESS)
                status = wp_demo_write_account_history(&share->writer, person);
        }
    return status == APR_SUCCESS ? wp_demo_write_delegations(&share->writer) : status;
}

static apr_status_t fill_load_users(wp_db_t *db, void *baton)
{
    share_t *share = baton;
    apr_status_t status = APR_SUCCESS;

    begin(share, db);
    for (int i = 0; i < WP_DEMO_LOAD_USERS && status == APR_SUCCESS; i++) {
        wp_demo_person_t person = wp_demo_load_person(wp_db_pool(db), i);
        wp_demo_customer_t customer = wp_demo_load_customer(wp_db_pool(db), i, share->plan->seed);
        status = wp_demo_write_customer(&share->writer, &customer);
        if (status == APR_SUCCESS)
            status = wp_demo_write_account(&share->writer, &person, &customer, 1);
    }
    return status;
}

static apr_status_t fill_bulk(wp_db_t *db, void *baton)
{
    share_t *share = baton;
    apr_status_t status = APR_SUCCESS;

    begin(share, db);
    for (int i = share->from; i < share->until && status == APR_SUCCESS; i++) {
        wp_demo_customer_t customer = wp_demo_bulk_customer(wp_db_pool(db), i, share->plan->seed);
        status = wp_demo_write_customer(&share->writer, &customer);
    }
    return status != APR_SUCCESS ? status
                                 : wp_demo_write_accounts(&share->writer, WP_DEMO_BULK_FIRST + share->from,
                                                          WP_DEMO_BULK_FIRST + share->until - 1);
}

static void add_up(wp_demo_tally_t *sum, const wp_demo_tally_t *part)
{
    sum->customers += part->customers;
    sum->accounts += part->accounts;
    sum->contracts += part->contracts;
    sum->meters += part->meters;
    sum->readings += part->readings;
    sum->invoices += part->invoices;
    sum->acts += part->acts;
}

/* Runs a transaction with its own pool, so that a hundred thousand customers do not pile up in memory. */
static apr_status_t transact(wp_db_source_t *source, wp_db_mode_t mode, apr_pool_t *parent, wp_db_work_t work,
                             share_t *share)
{
    apr_pool_t *pool;
    apr_status_t status = apr_pool_create(&pool, parent);

    if (status != APR_SUCCESS)
        return status;
    status = wp_db_transact(source, mode, pool, work, share);
    apr_pool_destroy(pool);
    return status;
}

apr_status_t wp_demo_count_foreign(wp_db_source_t *source, apr_pool_t *pool, int64_t *count)
{
    share_t share = {.found = 0};
    apr_status_t status = transact(source, WP_DB_READ, pool, count_foreign, &share);
    *count = share.found;
    return status;
}

apr_status_t wp_demo_remove(wp_db_source_t *source, apr_pool_t *pool)
{
    share_t share = {.found = 1};
    apr_status_t status = transact(source, WP_DB_WRITE, pool, remove_doings, &share);

    /* no index leads from an account to its readings: for each account that is deleted, PostgreSQL scans all readings,
     * including deleted ones until they are vacuumed */
    if (status == APR_SUCCESS)
        status = wp_upkeep_vacuum(source, pool, "portal_reading");
    if (status == APR_SUCCESS)
        status = transact(source, WP_DB_WRITE, pool, remove_accounts, &share);
    while (status == APR_SUCCESS && share.found > 0)
        status = transact(source, WP_DB_WRITE, pool, remove_customers, &share);
    return status;
}

apr_status_t wp_demo_fill(wp_db_source_t *source, apr_pool_t *pool, const wp_demo_plan_t *plan, wp_demo_say_t say,
                          wp_demo_tally_t *tally)
{
    share_t share = {.plan = plan};
    apr_status_t status = transact(source, WP_DB_WRITE, pool, fill_named, &share);

    *tally = share.writer.tally;
    if (status == APR_SUCCESS) {
        status = transact(source, WP_DB_WRITE, pool, fill_load_users, &share);
        add_up(tally, &share.writer.tally);
    }
    while (status == APR_SUCCESS && share.until < plan->customers) {
        share.from = share.until;
        share.until = share.from + FILL_SOME < plan->customers ? share.from + FILL_SOME : plan->customers;
        status = transact(source, WP_DB_WRITE, pool, fill_bulk, &share);
        add_up(tally, &share.writer.tally);
        say(tally);
    }
    return status;
}
