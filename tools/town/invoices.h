/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_TOWN_INVOICES_H
#define WP_TOWN_INVOICES_H

#include "town/write.h"

/* Monthly invoices of a contract, as billing made them from its readings, and their payments. */

typedef struct wp_demo_bill_t wp_demo_bill_t;

/* For a contract with all its points. number: the customer's; it determines how many months are kept: all for a named
 * person, two years for a user of the load tests, three months for anybody else. */
wp_demo_bill_t *wp_demo_bill_make(const wp_demo_writer_t *writer, const wp_demo_contract_t *contract, int number);

/* Adds the consumption of the next point; meter_ids: of its devices. */
void wp_demo_bill_point(wp_demo_bill_t *bill, const wp_demo_series_t *series, const char *const meter_ids[2]);

/* Writes invoices, lines and payments with the statements demo_invoices_insert, demo_invoice_lines_insert and
 * demo_payments_insert. */
apr_status_t wp_demo_bill_write(wp_demo_writer_t *writer, wp_demo_bill_t *bill);

#endif
