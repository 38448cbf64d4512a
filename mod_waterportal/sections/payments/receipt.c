/* SPDX-License-Identifier: Apache-2.0 */
#include "sections/payments/receipt.h"

#include "bank/bank.h"

#include "base/banned.h"

apr_status_t wp_receipt_load(wp_page_t *page)
{
    wp_receipt_t *receipt = apr_pcalloc(page->pool, sizeof *receipt);
    apr_status_t status = wp_page_select(page, "payment_shown", &receipt->payment);

    if (status == APR_SUCCESS && receipt->payment->count == 0)
        wp_page_refuse(page, 404, WP_PAGE_NOT_FOUND);
    else if (status == APR_SUCCESS)
        status = wp_page_select(page, "payment_items", &receipt->items);
    page->state = receipt;
    return status;
}

apr_status_t wp_receipt_show(wp_page_t *page)
{
    const wp_receipt_t *receipt = page->state;
    const wp_agreement_t *agreement = wp_agreement_find(page->portal->agreements,
                                                        wp_row_text(receipt->payment, 0, "agreement"));

    wp_page_add_row(page, page->out.data, receipt->payment, 0);
    if (agreement)
        wp_xml_text(page->out.data, "bank_name", wp_issuer_text(agreement->names, page->language));
    for (int i = 0; i < receipt->items->count; i++)
        wp_page_add_row(page, page->out.data, receipt->items, i);
    return wp_page_show(page, "payment_credits", NULL);
}

bool wp_receipt_stands(const wp_receipt_t *receipt)
{
    for (int i = 0; i < receipt->items->count; i++) {
        if (!wp_row_int(receipt->items, i, "stands"))
            return false;
    }
    return true;
}
