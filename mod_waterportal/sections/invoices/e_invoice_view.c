/* SPDX-License-Identifier: Apache-2.0 */
#include "sections/invoices/e_invoice_view.h"

#include <string.h>

#include "domain/e_invoice.h"

#include "base/banned.h"

static int64_t prepaid_of(const wp_rows_t *head, const wp_rows_t *payments)
{
    const char *issued_on = wp_row_text(head, 0, "issued_on");
    int64_t sum = 0;

    for (int i = 0; i < payments->count; i++) {
        const char *paid_on = wp_row_text(payments, i, "paid_on");
        if (paid_on && issued_on && strcmp(paid_on, issued_on) < 0)
            sum += wp_row_int(payments, i, "amount");
    }
    return sum;
}

/* Is the seller known, with a VAT number and an account to pay to? BR-06, BR-S-02, BR-E-02, BR-CO-26, BR-50. */
static bool knows_seller(const wp_page_t *page)
{
    static const char *const needed[] = {"name", "vat", "iban"};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (!apr_table_get(page->portal->seller, needed[i]))
            return false;
    return true;
}

static bool is_made(wp_page_t *page, const wp_billed_t *billed, const wp_rows_t *lines, wp_e_invoice_t *made)
{
    apr_size_t room = (apr_size_t)lines->count + 1;
    wp_vat_t *all = apr_pcalloc(page->pool, sizeof *all * room),
             *breakdown = apr_pcalloc(page->pool, sizeof *breakdown * room);

    for (int i = 0; i < lines->count; i++) {
        int rate = (int)wp_row_int(lines, i, "vat_rate");
        all[i] = (wp_vat_t){.category = rate > 0 ? 'S' : 'E', .rate = rate, .net = wp_row_int(lines, i, "net")};
    }
    return wp_e_invoice_make(billed, breakdown, wp_vat_sum(all, (size_t)lines->count, breakdown), made);
}

static void mark_lines(wp_page_t *page, const wp_rows_t *lines)
{
    int row = 0;
    for (xmlNodePtr node = page->out.data->children; node && row < lines->count; node = node->next) {
        if (!xmlStrEqual(node->name, (const xmlChar *)"line"))
            continue;
        if (!wp_row_is_null(lines, row, "quantity") && !wp_row_is_null(lines, row, "price") &&
            wp_e_invoice_by_volume(wp_row_int(lines, row, "quantity"), wp_row_int(lines, row, "price"),
                                   wp_row_int(lines, row, "net")))
            wp_xml_attr(node, "by", "volume");
        row++;
    }
}

/* An address for e-invoices is used only if the contract's invoices are sent there. */
static const char *endpoint_of(wp_page_t *page, const wp_rows_t *head)
{
    const char *delivery = wp_row_text(head, 0, "delivery");
    const char *own = delivery && strcmp(delivery, "e-invoice") == 0 ? wp_row_text(head, 0, "delivery_to") : NULL;
    return wp_e_invoice_endpoint(own, wp_row_text(head, 0, "reg_no"), apr_palloc(page->pool, WP_ENDPOINT_SIZE));
}

static void attr_not_zero(xmlNodePtr node, const char *name, int64_t value)
{
    if (value != 0)
        wp_xml_attr_int(node, name, value);
}

void wp_e_invoice_view(wp_page_t *page, const wp_rows_t *head, const wp_rows_t *lines, const wp_rows_t *payments)
{
    const wp_billed_t billed = {.net = wp_row_int(head, 0, "net"),
                                .vat = wp_row_int(head, 0, "vat"),
                                .total = wp_row_int(head, 0, "total"),
                                .prepaid = prepaid_of(head, payments)};
    wp_e_invoice_t made;

    if (billed.total != billed.net + billed.vat)
        wp_xml_attr(wp_xml_int(page->out.data, "interest", billed.total - billed.net - billed.vat), "t", "money");
    if (!knows_seller(page) || !is_made(page, &billed, lines, &made))
        return;
    mark_lines(page, lines);
    xmlNodePtr node = wp_xml_child(page->out.data, "e-invoice");
    const char *endpoint = endpoint_of(page, head);
    wp_xml_attr(node, "type", made.credit ? "381" : "380");
    attr_not_zero(node, "interest", made.interest);
    wp_xml_attr_int(node, "exclusive", made.exclusive);
    attr_not_zero(node, "prepaid", made.prepaid);
    wp_xml_attr_int(node, "payable", made.payable);
    if (endpoint)
        wp_xml_attr(node, "endpoint", endpoint);
}

bool wp_e_invoice_is_offered(const wp_page_t *page)
{
    for (xmlNodePtr node = page->out.data->children; node; node = node->next)
        if (xmlStrEqual(node->name, (const xmlChar *)"e-invoice"))
            return true;
    return false;
}
