/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/own_data.h"

#include <apr_strings.h>

#include "render/csv.h"
#include "render/json.h"
#include "render/lists.h"
#include "render/zip.h"

#include "base/banned.h"

#define ROWS_MAX 20000

typedef struct list_t {
    const char *name, *query;
} list_t;

static const list_t lists[] = {
    {"account", "own_account"},
    {"identities", "own_identities"},
    {"person_codes", "own_person_codes"},
    {"contracts", "own_contracts"},
    {"services", "own_services"},
    {"meters", "own_meters"},
    {"seals", "own_seals"},
    {"readings", "own_readings"},
    {"submissions", "own_submissions"},
    {"invoices", "own_invoices"},
    {"payments", "own_payments"},
    {"payment_orders", "own_payment_orders"},
    {"documents", "own_documents"},
    {"acts", "own_acts"},
    {"act_meters", "own_act_meters"},
    {"act_persons", "own_act_persons"},
    {"consents", "own_consents"},
    {"contact_changes", "own_contact_changes"},
    {"delegations", "own_delegations"},
    {"messages", "own_messages"},
    {"tokens", "own_tokens"},
    {"erasures", "own_erasures"},
    {"audit", "own_audit"},
};

static void cut(xmlNodePtr list, const char *name, xmlNodePtr left_out)
{
    if (!wp_page_cut(list, ROWS_MAX))
        return;
    xmlNodePtr row = wp_xml_child(left_out, "row");
    wp_xml_typed(row, "list", "text", name);
    wp_xml_attr(wp_xml_int(row, "shown", ROWS_MAX), "t", "int");
}

apr_status_t wp_own_data_load(wp_page_t *page)
{
    apr_status_t status = APR_SUCCESS;
    xmlNodePtr left_out = wp_xml_child(page->data, "list");

    wp_xml_attr(left_out, "name", "left_out");
    wp_xml_attr(left_out, "columns", "list shown");
    wp_xml_attr_int(page->data, "version", 1);
    wp_args_int(page->args, "size", ROWS_MAX + 1);
    for (size_t i = 0; i < sizeof lists / sizeof *lists && status == APR_SUCCESS; i++) {
        status = wp_page_show_list(page, lists[i].name, lists[i].query, NULL);
        if (status == APR_SUCCESS)
            cut(xmlLastElementChild(page->data), lists[i].name, left_out);
    }
    wp_page_note(page, NULL, "exported", NULL);
    return status;
}

apr_status_t wp_own_data_write(const wp_page_t *page, const char **body, apr_size_t *length)
{
    apr_array_header_t *files = apr_array_make(page->pool, 16, sizeof(wp_zip_entry_t));
    wp_zip_entry_t file = {.name = "data.json"};
    apr_status_t status = wp_json_write(page->document, true, page->pool, &file.bytes, &file.length);

    if (status != APR_SUCCESS)
        return status;
    APR_ARRAY_PUSH(files, wp_zip_entry_t) = file;
    for (xmlNodePtr list = wp_list_next(page->document, NULL); list; list = wp_list_next(page->document, list)) {
        file.name = apr_pstrcat(page->pool, wp_list_attr(list, "name", page->pool), ".csv", NULL);
        file.bytes = wp_csv_write(list, WP_CSV_PEOPLE, page->pool, &file.length);
        APR_ARRAY_PUSH(files, wp_zip_entry_t) = file;
    }
    return wp_zip_make(page->pool, files, page->now, body, length);
}
