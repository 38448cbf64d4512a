/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_TOWN_INVOICES_H
#define WP_TOWN_INVOICES_H

#include "town/write.h"

/* Monthly invoices of a contract, as billing made them from its readings, and how they were paid. */

typedef struct wp_demo_bill_t wp_demo_bill_t;

/* Of a contract of so many points. number: of the customer, who tells how many months are kept: all of a named
 * person's, two years of a load test's user, three months of anybody else. */
wp_demo_bill_t *wp_demo_bill_make(const wp_demo_writer_t *writer, const wp_demo_contract_t *contract, int number);

/* What was used at the next point; meter_ids: of its devices. */
void wp_demo_bill_point(wp_demo_bill_t *bill, const wp_demo_series_t *series, const char *const meter_ids[2]);

/* Invoices, lines and payments, by the statements demo_invoices_insert, demo_invoice_lines_insert,
 * demo_payments_insert. */
apr_status_t wp_demo_bill_write(wp_demo_writer_t *writer, wp_demo_bill_t *bill);

#endif
