/* SPDX-License-Identifier: Apache-2.0 */
#include "sections/account/own_data.h"

#include <apr_strings.h>
#include <stdbool.h>
#include <string.h>

#include "portal/row_spool.h"
#include "render/csv.h"
#include "render/json.h"
#include "render/lists.h"
#include "render/zip.h"

#include "base/banned.h"

#define VERSION        1
#define ROWS_MAX       20000
#define ROWS_IN_MEMORY 500

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

#define LISTS (sizeof lists / sizeof *lists)

/* A list as it is stored in the spool. */
typedef struct spooled_t {
    const wp_query_t *query;
    apr_off_t at;
    int count;
    bool cut; /* there are more rows than ROWS_MAX */
} spooled_t;

typedef struct own_data_t {
    wp_row_spool_t *spool;
    spooled_t lists[LISTS];
} own_data_t;

/* --- from the database --- */

static apr_status_t spool_list(wp_page_t *page, own_data_t *data, size_t which, apr_pool_t *pool)
{
    spooled_t *list = &data->lists[which];
    wp_rows_t *rows;
    apr_status_t status = wp_db_select_in(page->db, pool, lists[which].query, page->args, &rows);

    if (status != APR_SUCCESS)
        return status;
    list->query = rows->query;
    list->cut = rows->count > ROWS_MAX;
    list->count = list->cut ? ROWS_MAX : rows->count;
    return wp_row_spool_add(data->spool, rows, ROWS_MAX, &list->at);
}

static void show_counts(wp_page_t *page, const own_data_t *data)
{
    xmlNodePtr files = wp_page_add_list(page, "files", "list rows");

    wp_xml_attr_int(page->out.data, "version", VERSION);
    for (size_t i = 0; i < LISTS; i++) {
        xmlNodePtr row = wp_xml_child(files, "row");
        wp_xml_typed(row, "list", "text", lists[i].name);
        wp_xml_attr(wp_xml_int(row, "rows", data->lists[i].count), "t", "int");
    }
}

apr_status_t wp_own_data_show(wp_page_t *page)
{
    own_data_t *data = apr_pcalloc(page->pool, sizeof *data);
    apr_status_t status = wp_row_spool_make(&data->spool, page->pool);
    apr_pool_t *pool;

    page->state = data;
    if (status != APR_SUCCESS || (status = apr_pool_create(&pool, page->pool)) != APR_SUCCESS)
        return status;
    wp_args_int(page->args, "size", ROWS_MAX + 1);
    for (size_t i = 0; i < LISTS && status == APR_SUCCESS; i++) {
        status = spool_list(page, data, i, pool);
        apr_pool_clear(pool);
    }
    apr_pool_destroy(pool);
    show_counts(page, data);
    wp_page_note(page, WP_DID_EXPORTED, NULL);
    return status;
}

/* --- into the archive --- */

/* What to do with a part of a list. first: it is the first part. */
typedef bool (*part_t)(wp_zip_t *zip, xmlNodePtr list, bool first, apr_pool_t *pool);

static bool put_csv(wp_zip_t *zip, xmlNodePtr list, bool first, apr_pool_t *pool)
{
    apr_size_t length;
    const char *text = (first ? wp_csv_write : wp_csv_write_more)(list, WP_CSV_PEOPLE, pool, &length);

    wp_zip_add(zip, text, length);
    return true;
}

static void put_text(wp_zip_t *zip, const char *text)
{
    wp_zip_add(zip, text, strlen(text));
}

static bool put_json(wp_zip_t *zip, xmlNodePtr list, bool first, apr_pool_t *pool)
{
    const apr_array_header_t *columns = wp_list_columns(list, pool);

    for (xmlNodePtr row = xmlFirstElementChild(list); row; row = xmlNextElementSibling(row)) {
        const char *text = wp_json_row(row, columns, pool);
        if (!text)
            return false;
        put_text(zip, first ? "\n  " : ",\n  ");
        put_text(zip, text);
        first = false;
    }
    return true;
}

/* Makes a list of the page document from a part of a list, in a separate document that ends with pool. */
static xmlNodePtr list_node(wp_page_t *page, const wp_rows_t *rows, apr_pool_t *pool)
{
    const char *columns = "";
    xmlNodePtr list = xmlDocGetRootElement(wp_xml_document(pool, "list"));

    for (int i = 0; i < rows->query->columns->nelts; i++)
        columns = apr_pstrcat(pool, columns, i ? " " : "", APR_ARRAY_IDX(rows->query->columns, i, wp_named_type_t).name,
                              NULL);
    wp_xml_attr(list, "columns", columns);
    for (int i = 0; i < rows->count; i++)
        wp_page_add_row(page, list, rows, i);
    return list;
}

/* Reads a list back part by part; an empty list has one part. */
static apr_status_t each_part(wp_page_t *page, size_t which, wp_zip_t *zip, part_t put)
{
    const own_data_t *data = page->state;
    const spooled_t *list = &data->lists[which];
    apr_off_t at = list->at;
    int left = list->count;
    bool first = true;
    apr_pool_t *pool;
    apr_status_t status = apr_pool_create(&pool, page->pool);

    while (status == APR_SUCCESS && (first || left > 0)) {
        wp_rows_t rows = {.query = list->query};
        status = wp_row_spool_read(data->spool, &at, left < ROWS_IN_MEMORY ? left : ROWS_IN_MEMORY, pool, &rows);
        if (status == APR_SUCCESS && !put(zip, list_node(page, &rows, pool), first, pool))
            status = APR_EGENERAL;
        left -= rows.count;
        first = false;
        apr_pool_clear(pool);
    }
    apr_pool_destroy(pool);
    return status;
}

static xmlNodePtr left_out(const wp_page_t *page)
{
    const own_data_t *data = page->state;
    xmlNodePtr list = xmlDocGetRootElement(wp_xml_document(page->pool, "list"));

    wp_xml_attr(list, "columns", "list shown");
    for (size_t i = 0; i < LISTS; i++) {
        if (!data->lists[i].cut)
            continue;
        xmlNodePtr row = wp_xml_child(list, "row");
        wp_xml_typed(row, "list", "text", lists[i].name);
        wp_xml_attr(wp_xml_int(row, "shown", ROWS_MAX), "t", "int");
    }
    return list;
}

static apr_status_t save_json(wp_page_t *page, wp_zip_t *zip)
{
    apr_status_t status = APR_SUCCESS;

    wp_zip_begin(zip, "data.json");
    put_text(zip, apr_psprintf(page->pool, "{\n \"version\": %d,\n \"left_out\": [", VERSION));
    if (!put_json(zip, left_out(page), true, page->pool))
        return APR_EGENERAL;
    for (size_t i = 0; i < LISTS && status == APR_SUCCESS; i++) {
        put_text(zip, apr_pstrcat(page->pool, "],\n \"", lists[i].name, "\": [", NULL));
        status = each_part(page, i, zip, put_json);
    }
    put_text(zip, "]\n}\n");
    return status;
}

apr_status_t wp_own_data_save(wp_page_t *page, apr_file_t **file, apr_off_t *length)
{
    apr_status_t status = wp_nameless_file(file, page->pool);
    wp_zip_t *zip = status == APR_SUCCESS ? wp_zip_open(page->pool, *file, page->clock.now) : NULL;

    if (!zip)
        return APR_EGENERAL;
    status = save_json(page, zip);
    wp_zip_begin(zip, "left_out.csv");
    put_csv(zip, left_out(page), true, page->pool);
    for (size_t i = 0; i < LISTS && status == APR_SUCCESS; i++) {
        wp_zip_begin(zip, apr_pstrcat(page->pool, lists[i].name, ".csv", NULL));
        status = each_part(page, i, zip, put_csv);
    }
    apr_status_t ended = wp_zip_end(zip, length);
    return status == APR_SUCCESS ? ended : status;
}
