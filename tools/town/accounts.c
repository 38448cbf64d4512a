/* SPDX-License-Identifier: Apache-2.0 */
/* The accounts of the bulk customers, and what they did in the portal: one statement per table for some hundred
 * customers at a time (sql/demo/bulk.sql), so that a hundred thousand take seconds. */
#include <apr_strings.h>

#include "town/write.h"
#include "domain/month.h"

#include "data/date_text.h"

#include "base/banned.h"

#define MONTHS 12

static const char *month_text(apr_pool_t *pool, wp_month_t month)
{
    char text[WP_MONTH_SIZE];
    wp_month_format(month, text);
    return apr_pstrdup(pool, text);
}

/* The last months before today, in order. */
static const char *month_list(apr_pool_t *pool, wp_month_t now)
{
    const char *list = "";
    for (int ago = MONTHS; ago >= 1; ago--)
        list = apr_pstrcat(pool, list, month_text(pool, now - ago), NULL);
    return list;
}

static const wp_args_t *bind_range(const wp_demo_writer_t *writer, int first, int last)
{
    apr_pool_t *pool = wp_db_pool(writer->db);
    wp_args_t *args = wp_args_make(pool, NULL);
    wp_month_t now = wp_month_of(writer->as_of);

    wp_args_text(args, "first", apr_psprintf(pool, "%06d", first));
    wp_args_text(args, "last", apr_psprintf(pool, "%06d", last));
    wp_args_text(args, "months", month_list(pool, now));
    wp_args_text(args, "last_month", month_text(pool, now - 1));
    wp_args_text(args, "today", wp_date_text(pool, writer->as_of));
    wp_args_text(args, "long_ago", wp_date_text(pool, wp_demo_month_day(writer->as_of, MONTHS, 1)));
    wp_args_text(args, "later", wp_date_text(pool, wp_demo_month_day(writer->as_of, -MONTHS, 1)));
    wp_args_text(args, "version", "2026-11");
    return args;
}

apr_status_t wp_demo_write_accounts(wp_demo_writer_t *writer, int first, int last)
{
    static const char *const statements[] = {"demo_bulk_accounts",
                                             "demo_bulk_person_codes",
                                             "demo_bulk_identities",
                                             "demo_bulk_account_contracts",
                                             "demo_bulk_consents",
                                             "demo_bulk_contacts",
                                             "demo_bulk_messages",
                                             "demo_bulk_tries",
                                             "demo_bulk_turns",
                                             "demo_bulk_submissions",
                                             "demo_bulk_readings",
                                             "demo_bulk_form_results",
                                             "demo_bulk_audit",
                                             "demo_bulk_delegations",
                                             "demo_bulk_delegation_messages",
                                             "demo_bulk_delegation_audit",
                                             "demo_bulk_payments",
                                             "demo_bulk_orders_left",
                                             "demo_bulk_payment_items",
                                             "demo_bulk_payment_events",
                                             "demo_bulk_statement_entries",
                                             "demo_bulk_payment_paid",
                                             "demo_bulk_credits",
                                             "demo_bulk_tokens",
                                             "demo_bulk_token_uses",
                                             "demo_bulk_erasures",
                                             "demo_bulk_cases",
                                             "demo_bulk_parked_forms",
                                             "demo_bulk_sessions",
                                             "demo_bulk_allowances",
                                             "demo_bulk_notices",
                                             "demo_bulk_notice_premises"};
    const wp_args_t *args = bind_range(writer, first, last);
    int accounts = 0;
    apr_status_t status = wp_db_change(writer->db, statements[0], args, &accounts);

    writer->tally.accounts += accounts;
    for (size_t i = 1; i < sizeof statements / sizeof *statements && status == APR_SUCCESS; i++)
        status = wp_db_change(writer->db, statements[i], args, NULL);
    return status;
}
