/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/page.h"

#include <apr_strings.h>
#include <stdlib.h>
#include <string.h>

#include "domain/epc.h"
#include "domain/money.h"
#include "domain/reference.h"
#include "domain/tariff.h"
#include "sections/invoices/e_invoice_view.h"
#include "render/qr.h"

#include "data/date_text.h"

#include "base/banned.h"

/* Invoices: those due first, then all; one invoice with its explanation, for printing, and as an e-invoice. */

#define DUE_MAX         100 /* listed to be chosen from; paying "all" includes the others too */
#define INVOICES_A_PAGE 20
#define TARIFFS_MAX     200

/* --- the list --- */

static const wp_field_t list_inputs[] = {
    {.name = "year", .type = WP_FIELD_COUNT, .max = 9999, .filter = true},
    {.name = NULL},
};

static void add_days(const wp_page_t *page, xmlNodePtr node, const char *day)
{
    wp_date_t date;
    if (day && wp_date_parse_iso(day, &date))
        wp_xml_attr_int(node, "days", date - page->clock.today);
}

static apr_status_t show_due(wp_page_t *page)
{
    wp_args_t *args = wp_page_args(page);
    wp_rows_t *rows;

    wp_args_int(args, "size", DUE_MAX + 1);
    apr_status_t status = wp_db_select(page->db, "invoices_due", args, &rows);
    for (int i = 0; status == APR_SUCCESS && i < rows->count && i < DUE_MAX; i++)
        add_days(page, wp_page_add_row(page, page->out.data, rows, i), wp_row_text(rows, i, "due_on"));
    if (status == APR_SUCCESS && rows->count > DUE_MAX)
        wp_xml_child(page->out.data, "more");
    return status == APR_SUCCESS ? wp_page_show(page, "invoices_to_pay", NULL) : status;
}

/* The chosen year, or all years. */
static apr_status_t bind_year(wp_page_t *page)
{
    const char *year = wp_page_input(page, "year");
    wp_rows_t *years;
    apr_status_t status = wp_page_show(page, "invoice_years", &years);
    bool found = year == NULL;

    for (int i = 0; status == APR_SUCCESS && i < years->count && !found; i++)
        found = strcmp(wp_row_text(years, i, "year"), year) == 0;
    if (status == APR_SUCCESS && !found) {
        wp_page_filter_problem(page, "year", WP_ERROR_CHOICE);
        year = NULL;
    }
    wp_args_text(page->args, "issued_from", year ? apr_pstrcat(page->pool, year, "-01-01", NULL) : "0000-01-01");
    wp_args_text(page->args, "issued_until", year ? apr_pstrcat(page->pool, year, "-12-31", NULL) : "9999-12-31");
    return status;
}

static void show_scope(wp_page_t *page)
{
    xmlNodePtr scope = wp_xml_child(page->out.data, "scope");
    int rights = page->on.contract ? page->on.whole_rights : page->who.account->whole_rights;

    wp_xml_attr(scope, "of", page->on.contract ? "contract" : "all");
    if (page->portal->agreements && (rights & WP_RIGHT_PAY))
        wp_xml_attr(scope, "pay",
                    page->on.contract
                        ? apr_pstrcat(page->pool, "contract=", wp_urlencode(page->pool, page->on.contract), NULL)
                        : "");
}

static apr_status_t show_list(wp_page_t *page)
{
    wp_rows_t *counted;

    show_scope(page);
    apr_status_t status = wp_page_show(page, "money_balance", NULL);
    if (status == APR_SUCCESS)
        status = show_due(page);
    if (status == APR_SUCCESS)
        status = bind_year(page);
    if (status == APR_SUCCESS)
        status = wp_page_select(page, "invoice_count", &counted);
    if (status != APR_SUCCESS)
        return status;
    wp_page_paging(page, (int)wp_row_int(counted, 0, "invoices"), INVOICES_A_PAGE);
    return wp_page_show(page, "invoice_list", NULL);
}

/* --- one invoice --- */

/* The lines of an invoice: rows of invoice_lines, of which each line has one for each of its prices. */
typedef struct invoice_t {
    wp_date_t period[2];
    const wp_rows_t *rows;
} invoice_t;

/* The columns of a row that the page shows; behind them stands one of the line's prices. */
static int shown_columns(const wp_rows_t *rows)
{
    return wp_rows_column(rows, "since");
}

/* The row after the last one of the line that begins at row. */
static int next_line(const wp_rows_t *rows, int row)
{
    int64_t line = wp_row_int(rows, row, "line");

    while (++row < rows->count && wp_row_int(rows, row, "line") == line)
        continue;
    return row;
}

/* The same rows with one for each line. */
static wp_rows_t *make_lines(apr_pool_t *pool, const wp_rows_t *rows)
{
    int columns = rows->query->columns->nelts;
    wp_rows_t *lines = apr_pmemdup(pool, rows, sizeof *rows);

    lines->count = 0;
    lines->cells = apr_palloc(pool, sizeof *lines->cells * (apr_size_t)rows->count * (apr_size_t)columns);
    for (int row = 0; row < rows->count; row = next_line(rows, row))
        memcpy(lines->cells + lines->count++ * columns, rows->cells + row * columns,
               sizeof *rows->cells * (apr_size_t)columns);
    return lines;
}

/* The prices of the line that begins at row, ascending; returns their number. */
static size_t find_tariffs(const wp_rows_t *rows, int row, wp_tariff_t tariffs[TARIFFS_MAX])
{
    size_t count = 0;

    for (int i = row, end = next_line(rows, row); i < end && count < TARIFFS_MAX; i++) {
        const char *since = wp_row_text(rows, i, "since");
        if (since && wp_date_parse_iso(since, &tariffs[count].since))
            tariffs[count++].price = wp_row_int(rows, i, "since_price");
    }
    return count;
}

static void show_parts(const wp_page_t *page, xmlNodePtr line, const wp_tariff_part_t *parts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        xmlNodePtr part = wp_xml_child(line, "part");
        wp_xml_typed(part, "from", "date", wp_date_text(page->pool, parts[i].from));
        wp_xml_typed(part, "until", "date", wp_date_text(page->pool, parts[i].until));
        wp_xml_attr(wp_xml_int(part, "quantity", parts[i].litres), "t", "volume");
        wp_xml_attr(wp_xml_int(part, "price", parts[i].price), "t", "price");
    }
    wp_xml_attr(wp_xml_int(line, "computed", wp_tariff_net(parts, count)), "t", "money");
}

/* Explains the sum of a line: the quantity at the tariffs of its days. Lines without a quantity have only their sum. */
static void explain(const wp_page_t *page, xmlNodePtr node, const invoice_t *invoice, int row)
{
    const wp_rows_t *lines = invoice->rows;
    wp_tariff_t tariffs[TARIFFS_MAX];
    wp_tariff_part_t parts[WP_TARIFF_PARTS_MAX];

    if (wp_row_is_null(lines, row, "quantity") || wp_row_is_null(lines, row, "tariff_group"))
        return;
    size_t count = find_tariffs(lines, row, tariffs);
    int64_t litres = wp_row_int(lines, row, "quantity"),
            moved = wp_row_int(lines, row, "to") - wp_row_int(lines, row, "from");
    if (!wp_row_is_null(lines, row, "to") && !wp_row_is_null(lines, row, "from") && moved == litres)
        wp_xml_attr(node, "readings", "true");
    count = wp_tariff_split(tariffs, count, invoice->period, litres, parts);
    if (count > 0)
        show_parts(page, node, parts, count);
}

/* By rate, on the sum of its lines: as EN 16931 requires, and as billing in Latvia does it. */
static void show_vat(wp_page_t *page, const wp_rows_t *lines)
{
    wp_vat_t *all = apr_pcalloc(page->pool, sizeof *all * ((apr_size_t)lines->count + 1));
    wp_vat_t *breakdown = apr_pcalloc(page->pool, sizeof *breakdown * ((apr_size_t)lines->count + 1));

    for (int i = 0; i < lines->count; i++) {
        int rate = (int)wp_row_int(lines, i, "vat_rate");
        all[i] = (wp_vat_t){.category = rate > 0 ? 'S' : 'E', .rate = rate, .net = wp_row_int(lines, i, "net")};
    }
    size_t count = wp_vat_sum(all, (size_t)lines->count, breakdown);
    for (size_t i = 0; i < count; i++) {
        xmlNodePtr node = wp_xml_child(page->out.data, "vat");
        wp_xml_attr(node, "category", breakdown[i].category == 'S' ? "S" : "E");
        wp_xml_attr_int(node, "rate", breakdown[i].rate);
        wp_xml_attr_int(node, "net", breakdown[i].net);
        wp_xml_attr_int(node, "vat", breakdown[i].vat);
    }
}

static apr_status_t show_lines(wp_page_t *page, const wp_rows_t *head, wp_rows_t **lines)
{
    wp_rows_t *rows;
    apr_status_t status = wp_page_select(page, "invoice_lines", &rows);

    if (status != APR_SUCCESS)
        return status;
    invoice_t invoice = {.rows = rows};
    bool known = wp_date_parse_iso(wp_row_text(head, 0, "period_from"), &invoice.period[0]) &&
                 wp_date_parse_iso(wp_row_text(head, 0, "period_until"), &invoice.period[1]);
    for (int row = 0; row < rows->count; row = next_line(rows, row)) {
        xmlNodePtr node = wp_page_add_columns(page, page->out.data, rows, row, shown_columns(rows));
        if (known)
            explain(page, node, &invoice, row);
    }
    *lines = make_lines(page->pool, rows);
    show_vat(page, *lines);
    return APR_SUCCESS;
}

static int add_seller(void *seller, const char *what, const char *value)
{
    wp_xml_attr(seller, what, value);
    return 1;
}

/* The payment reference: the contract's if it is a structured one, otherwise the invoice's number. */
static void show_code(wp_page_t *page, const wp_rows_t *head)
{
    const char *iban = apr_table_get(page->portal->seller, "iban"), *reference = wp_row_text(head, 0, "reference");
    char electronic[WP_IBAN_SIZE], rf[WP_RF_SIZE], text[WP_EPC_SIZE];
    bool structured = reference && wp_rf_parse(reference, strlen(reference), rf) == WP_REFERENCE_OK;
    const char *path;
    int size;

    if (!page->portal->payment_qr || !iban || wp_iban_parse(iban, strlen(iban), electronic) != WP_REFERENCE_OK)
        return;
    const wp_epc_t epc = {.bic = apr_table_get(page->portal->seller, "bic"),
                          .name = apr_table_get(page->portal->seller, "name"),
                          .iban = electronic,
                          .cents = wp_row_int(head, 0, "open"),
                          .reference = structured ? rf : NULL,
                          .text = structured ? NULL : wp_row_text(head, 0, "invoice_no")};
    if (!wp_epc_format(&epc, text) || wp_qr_path(text, strlen(text), page->pool, &path, &size) != APR_SUCCESS)
        return;
    xmlNodePtr code = wp_xml_child(page->out.data, "qr");
    wp_xml_attr_int(code, "size", size);
    wp_xml_attr(code, "path", path);
    wp_xml_attr(code, "reference", structured ? rf : epc.text);
}

static apr_status_t show_invoice(wp_page_t *page)
{
    const wp_rows_t *head = page->on.row;
    wp_rows_t *lines, *payments = NULL;

    wp_page_add_row(page, page->out.data, head, 0);
    apr_status_t status = show_lines(page, head, &lines);
    if (status == APR_SUCCESS)
        status = wp_page_show(page, "invoice_payments", &payments);
    if (status != APR_SUCCESS)
        return status;
    apr_table_do(add_seller, wp_xml_child(page->out.data, "seller"), page->portal->seller, NULL);
    wp_e_invoice_view(page, head, lines, payments);
    show_code(page, head);
    if (page->portal->agreements && (page->on.whole_rights & WP_RIGHT_PAY) && wp_row_int(head, 0, "open") > 0)
        wp_xml_child(page->out.data, "payable");
    return APR_SUCCESS;
}

/* An e-invoice that would break the standard is not offered, so the page does not exist. */
static apr_status_t show_e_invoice(wp_page_t *page)
{
    apr_status_t status = show_invoice(page);

    if (status != APR_SUCCESS)
        return status;
    if (!wp_e_invoice_is_offered(page))
        wp_page_refuse(page, 404, WP_PAGE_NOT_FOUND);
    page->out.file = apr_pstrcat(page->pool, wp_page_input(page, "no"), ".xml", NULL);
    return APR_SUCCESS;
}

static const wp_field_t invoice_inputs[] = {
    {.name = "no", .type = WP_FIELD_ID, .required = true},
    {.name = NULL},
};

static const wp_route_t routes[] = {
    {.name = "list",
     .path = "",
     .need = WP_NEED_CUSTOMER,
     .contract = WP_CONTRACT_OPTIONAL,
     .right = WP_RIGHT_INVOICES,
     .whole = true,
     .inputs = list_inputs,
     .show = show_list},
    {.name = "invoice",
     .path = "/invoice",
     .need = WP_NEED_CUSTOMER,
     .contract = WP_CONTRACT_FOUND,
     .right = WP_RIGHT_INVOICES,
     .whole = true,
     .contract_query = "invoice_head",
     .inputs = invoice_inputs,
     .show = show_invoice},
    {.name = "print",
     .path = "/print",
     .need = WP_NEED_CUSTOMER,
     .contract = WP_CONTRACT_FOUND,
     .right = WP_RIGHT_INVOICES,
     .whole = true,
     .contract_query = "invoice_head",
     .inputs = invoice_inputs,
     .show = show_invoice},
    {.name = "ubl",
     .path = "/ubl.xml",
     .need = WP_NEED_CUSTOMER,
     .contract = WP_CONTRACT_FOUND,
     .right = WP_RIGHT_INVOICES,
     .whole = true,
     .contract_query = "invoice_head",
     .inputs = invoice_inputs,
     .show = show_e_invoice,
     .media = "application/xml; charset=utf-8",
     .sheet = "invoices-ubl",
     .file = "invoice.xml"},
    {.name = NULL},
};

const wp_section_t wp_section_invoices = {.name = "invoices", .path = "/invoices", .menu = 3, .routes = routes};
