/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/page.h"

#include "sections/payments/choice.h"
#include "sections/payments/leaving.h"
#include "sections/payments/receipt.h"

#include "base/banned.h"

/* One payment for several invoices of several contracts: chosen by the person, added up by the portal, ordered at a
 * bank, and its outcome. */

#define PAYMENTS_A_PAGE 20

static apr_status_t show_list(wp_page_t *page)
{
    wp_rows_t *counted;
    apr_status_t status = wp_page_select(page, "payment_count", &counted);

    if (status != APR_SUCCESS)
        return status;
    wp_page_paging(page, (int)wp_row_int(counted, 0, "rows"), PAYMENTS_A_PAGE);
    status = wp_page_show(page, "payment_list", NULL);
    return status == APR_SUCCESS ? wp_page_show_within(page, "payment_list_debtors", "payment", "payment") : status;
}

static const wp_field_t payment_inputs[] = {
    {.name = "payment", .type = WP_FIELD_KEY, .required = true},
    {.name = NULL},
};

static const wp_route_t routes[] = {
    {.name = "list", .path = "", .need = WP_NEED_ACCOUNT, .show = show_list},
    {.name = "new",
     .path = "/new",
     .need = WP_NEED_CUSTOMER,
     .contract = WP_CONTRACT_OPTIONAL,
     .right = WP_RIGHT_PAY,
     .whole = true,
     .inputs = wp_choice_inputs,
     .load = wp_choice_load,
     .show = wp_choice_show,
     .form = &wp_choice_form},
    {.name = "payment",
     .path = "/{payment}",
     .need = WP_NEED_ACCOUNT,
     .inputs = payment_inputs,
     .load = wp_receipt_load,
     .show = wp_receipt_show},
    {.name = "bank",
     .path = "/{payment}/bank",
     .need = WP_NEED_ACCOUNT,
     .inputs = payment_inputs,
     .load = wp_leaving_load,
     .show = wp_receipt_show,
     .reach = wp_leaving_reach,
     .record = wp_leaving_record},
    {.name = NULL},
};

const wp_section_t wp_section_payments = {.name = "payments", .path = "/payments", .routes = routes};
