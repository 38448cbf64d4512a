/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/page.h"

#include <apr_strings.h>

#include "data/meter_store.h"
#include "render/json.h"

#include "base/banned.h"

/* What programs get with a personal access token, as JSON: docs/api.md has the shapes. They are part of the address
 * (v1): a field may be added, none is taken away or changed. */

#define VERSION          1
#define ROWS_A_PAGE      500
#define CONTRACTS_A_PAGE 10 /* consumption is computed from what wp_meters_load keeps of each meter (docs/api.md) */
#define POINTS_MAX       1000

#define JSON "application/json"

static const wp_field_t inputs[] = {
    {.name = "from", .type = WP_FIELD_DATE},
    {.name = "until", .type = WP_FIELD_DATE},
    {.name = NULL},
};

static const char *input_or(const wp_page_t *page, const char *name, const char *otherwise)
{
    const char *value = apr_table_get(page->inputs->values, name);
    return value ? value : otherwise;
}

/* The days of the list, and how many pages it has. */
static apr_status_t begin_list(wp_page_t *page, const char *count, int size)
{
    wp_rows_t *rows;

    wp_xml_attr_int(page->data, "version", VERSION);
    wp_args_text(page->args, "from", input_or(page, "from", "0000-01-01"));
    wp_args_text(page->args, "until", input_or(page, "until", "9999-12-31"));
    apr_status_t status = wp_page_select(page, count, &rows);
    if (status == APR_SUCCESS)
        wp_page_paging(page, (int)wp_row_int(rows, 0, "rows"), size);
    return status;
}

static apr_status_t load_readings(wp_page_t *page)
{
    apr_status_t status = begin_list(page, "api_readings_count", ROWS_A_PAGE);
    return status == APR_SUCCESS ? wp_page_show_list(page, "readings", "api_readings", NULL) : status;
}

static apr_status_t load_invoices(wp_page_t *page)
{
    apr_status_t status = begin_list(page, "api_invoices_count", ROWS_A_PAGE);
    return status == APR_SUCCESS ? wp_page_show_list(page, "invoices", "api_invoices", NULL) : status;
}

static void add_int(xmlNodePtr row, const char *name, const char *type, int64_t value)
{
    wp_xml_attr(wp_xml_int(row, name, value), "t", type);
}

static void add_date(xmlNodePtr row, const char *name, wp_date_t date)
{
    char text[WP_DATE_SIZE];
    wp_date_format_iso(date, text);
    wp_xml_typed(row, name, "date", text);
}

static void add_step(xmlNodePtr list, const char *contract, const wp_point_t *point, const wp_meter_step_t *step)
{
    xmlNodePtr row = wp_xml_child(list, "consumption");

    wp_xml_typed(row, "contract", "text", contract);
    wp_xml_typed(row, "meter", "text", point->meter_id);
    wp_xml_typed(row, "serial", "text", point->serial);
    wp_xml_typed(row, "place", "text", point->place);
    add_date(row, "from", step->from_on);
    add_date(row, "until", step->to_on);
    add_int(row, "days", "int", step->to_on - step->from_on);
    if (step->known)
        add_int(row, "use_l", "volume", step->use);
    wp_xml_typed(row, "rollover", "flag", step->rolled ? "1" : "0");
}

/* The step from one meter to the next one of the same place is no water and no time. */
static void add_steps(wp_page_t *page, xmlNodePtr list, const char *contract, const wp_point_t *point)
{
    wp_meter_history_t history;
    wp_date_t from = 0, until = 0;
    bool since = wp_date_parse_iso(input_or(page, "from", ""), &from);
    bool to = wp_date_parse_iso(input_or(page, "until", ""), &until);

    wp_meter_history_make(&history, &point->meter, point->history, point->history_count);
    for (size_t i = 0; i < history.count; i++) {
        const wp_meter_step_t *step = &history.steps[i];
        if (!step->swap && (!since || step->to_on >= from) && (!to || step->to_on <= until))
            add_step(list, contract, point, step);
    }
}

static apr_status_t add_contract(wp_page_t *page, xmlNodePtr list, const char *contract)
{
    wp_args_t *args = wp_page_args(page);
    apr_array_header_t *points;

    wp_args_text(args, "contract", contract);
    wp_args_text(args, "window_key", ""); /* what was submitted in this window counts too */
    wp_args_int(args, "size", POINTS_MAX);
    wp_args_int(args, "skip", 0);
    apr_status_t status = wp_points_load(page->db, args, page->today, &points);
    for (int i = 0; status == APR_SUCCESS && i < points->nelts; i++)
        add_steps(page, list, contract, &APR_ARRAY_IDX(points, i, wp_point_t));
    return status;
}

static apr_status_t load_consumption(wp_page_t *page)
{
    wp_rows_t *contracts;
    apr_status_t status = begin_list(page, "api_contracts_count", CONTRACTS_A_PAGE);

    if (status == APR_SUCCESS)
        status = wp_page_select(page, "api_contracts", &contracts);
    if (status != APR_SUCCESS)
        return status;
    xmlNodePtr list = wp_page_add_list(page, "consumption",
                                       "contract meter serial place from until days use_l rollover");
    for (int i = 0; i < contracts->count && status == APR_SUCCESS; i++)
        status = add_contract(page, list, wp_row_text(contracts, i, "contract_no"));
    return status;
}

static apr_status_t write_json(const wp_page_t *page, const char **body, apr_size_t *length)
{
    return wp_json_write(page->document, false, page->pool, body, length);
}

/* clang-format off */
static const wp_route_t routes[] = {
    {.name = "about", .path = "", .need = WP_NEED_PUBLIC},
    {.name = "readings", .path = "/readings", .need = WP_NEED_TOKEN, .scope = "readings", .contract = WP_CONTRACT_OPTIONAL,
     .right = WP_RIGHT_READINGS, .inputs = inputs, .load = load_readings, .media = JSON, .write = write_json},
    {.name = "consumption", .path = "/consumption", .need = WP_NEED_TOKEN, .scope = "consumption", .contract = WP_CONTRACT_OPTIONAL,
     .right = WP_RIGHT_READINGS, .inputs = inputs, .load = load_consumption, .media = JSON, .write = write_json},
    {.name = "invoices", .path = "/invoices", .need = WP_NEED_TOKEN, .scope = "invoices", .contract = WP_CONTRACT_OPTIONAL,
     .right = WP_RIGHT_INVOICES, .whole = true, .inputs = inputs, .load = load_invoices, .media = JSON, .write = write_json},
    {.name = NULL},
};
/* clang-format on */

const wp_section_t wp_section_api = {.name = "api", .path = "/api/v1", .routes = routes};
