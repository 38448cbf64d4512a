/* SPDX-License-Identifier: Apache-2.0 */
#include "sections/api/submit.h"

#include <apr_strings.h>

#include "store/usage.h"
#include "domain/consumption.h"
#include "render/json.h"

#include "base/banned.h"

/* What programs get with a personal access token, as JSON; docs/api.md describes the shapes. They belong to the address
 * (v1): a field may be added, but none removed or changed. */

#define VERSION          1
#define ROWS_A_PAGE      500
#define CONTRACTS_A_PAGE 10 /* consumption is computed from the history of each metering point */

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

/* The days of the list, and its number of pages. */
static apr_status_t begin_list(wp_page_t *page, const char *count, int size)
{
    wp_rows_t *rows;

    wp_xml_attr_int(page->out.data, "version", VERSION);
    wp_args_text(page->args, "from", input_or(page, "from", "0000-01-01"));
    wp_args_text(page->args, "until", input_or(page, "until", "9999-12-31"));
    apr_status_t status = wp_page_select(page, count, &rows);
    if (status == APR_SUCCESS)
        wp_page_paging(page, (int)wp_row_int(rows, 0, "rows"), size);
    return status;
}

static apr_status_t show_readings(wp_page_t *page)
{
    apr_status_t status = begin_list(page, "api_readings_count", ROWS_A_PAGE);
    return status == APR_SUCCESS ? wp_page_show_list(page, "readings", "api_readings", NULL) : status;
}

static apr_status_t show_invoices(wp_page_t *page)
{
    apr_status_t status = begin_list(page, "api_invoices_count", ROWS_A_PAGE);
    return status == APR_SUCCESS ? wp_page_show_list(page, "invoices", "api_invoices", NULL) : status;
}

static apr_status_t show_payments(wp_page_t *page)
{
    apr_status_t status = begin_list(page, "api_payments_count", ROWS_A_PAGE);
    return status == APR_SUCCESS ? wp_page_show_list(page, "payments", "api_payments", NULL) : status;
}

/* --- consumption --- */

static void add_int(xmlNodePtr row, const char *name, const char *type, int64_t value)
{
    wp_xml_attr(wp_xml_int(row, name, value), "t", type);
}

/* The days that the program asked for. */
typedef struct days_t {
    bool since, to;
    wp_date_t from, until;
} days_t;

static days_t days_of(const wp_page_t *page)
{
    days_t days = {.from = 0};
    days.since = wp_date_parse_iso(input_or(page, "from", ""), &days.from);
    days.to = wp_date_parse_iso(input_or(page, "until", ""), &days.until);
    return days;
}

/* The day before the month of the first day: months are always reported whole. */
static wp_date_t day_before(const days_t *days)
{
    return days->since ? wp_month_first_day(wp_month_of(days->from)) - 1 : 0;
}

static bool is_asked(const days_t *days, wp_date_t first, wp_date_t last)
{
    return (!days->since || last >= days->from) && (!days->to || first <= days->until);
}

static xmlNodePtr add_point_row(xmlNodePtr list, const char *name, const wp_usage_point_t *point)
{
    xmlNodePtr row = wp_xml_child(list, name);

    wp_xml_typed(row, "contract", "text", point->contract_no);
    wp_xml_typed(row, "meter", "text", point->meter_id);
    wp_xml_typed(row, "serial", "text", point->serial);
    wp_xml_typed(row, "place", "text", point->place);
    return row;
}

static void add_step(xmlNodePtr list, const wp_usage_point_t *point, const wp_meter_step_t *step)
{
    xmlNodePtr row = add_point_row(list, "consumption", point);

    wp_date_child(row, "from", step->from_on);
    wp_date_child(row, "until", step->to_on);
    add_int(row, "days", "int", step->to_on - step->from_on);
    if (step->known)
        add_int(row, "use_l", "volume", step->use);
    wp_xml_typed(row, "rollover", "flag", step->rolled ? "1" : "0");
}

/* The step from one meter to the next one at the same place is neither water nor time. */
static void add_steps(const days_t *days, xmlNodePtr list, const wp_usage_point_t *point, wp_meter_step_t *steps)
{
    size_t kept = wp_meter_steps_make(steps, &point->meter, point->entries, point->count);

    for (size_t i = 0; i + 1 < kept; i++) {
        if (!steps[i].swap && is_asked(days, steps[i].to_on, steps[i].to_on))
            add_step(list, point, &steps[i]);
    }
}

static void add_month(xmlNodePtr list, const wp_usage_point_t *point, wp_month_t month, const wp_use_sum_t *sum)
{
    xmlNodePtr row = add_point_row(list, "month", point);
    char text[WP_MONTH_SIZE];

    wp_month_format(month, text);
    wp_xml_typed(row, "month", "text", text);
    if (sum->days > 0)
        add_int(row, "use_l", "volume", sum->litres);
    add_int(row, "days", "int", sum->days);
    add_int(row, "estimated_l", "volume", sum->estimated);
    add_int(row, "estimated_days", "int", sum->estimated_days);
    add_int(row, "missing_days", "int", sum->missing_days);
    add_int(row, "swaps", "int", sum->swaps);
    wp_xml_typed(row, "complete", "flag", wp_use_is_whole(sum) ? "1" : "0");
}

/* The use of the point, divided over the months of its history (domain/consumption.h). */
static void add_months(wp_page_t *page, const days_t *days, xmlNodePtr list, const wp_usage_point_t *point,
                       wp_meter_step_t *room)
{
    wp_month_t first = wp_month_of(point->entries[0].on), last = wp_month_of(point->entries[point->count - 1].on);
    wp_consumption_t use = {.first = first, .count = last - first + 1};

    use.months = apr_pcalloc(page->pool, sizeof *use.months * (apr_size_t)use.count);
    wp_consumption_add(&use, &point->meter, point->entries, point->count, room);
    for (wp_month_t month = first; month <= last; month++) {
        wp_use_sum_t sum = wp_consumption_sum(&use, month, month);
        if ((sum.days > 0 || sum.missing_days > 0) &&
            is_asked(days, wp_month_first_day(month), wp_month_last_day(month)))
            add_month(list, point, month, &sum);
    }
}

typedef struct use_lists_t {
    days_t days;
    xmlNodePtr steps, months;
} use_lists_t;

static apr_status_t add_contract(wp_page_t *page, const use_lists_t *lists, const char *contract)
{
    wp_args_t *args = wp_page_args(page);
    apr_array_header_t *points;

    wp_args_text(args, "contract", contract);
    wp_args_text(args, "meter", NULL);
    apr_status_t status = wp_usage_load(page->db, args, &points);
    if (status == APR_SUCCESS)
        status = wp_usage_load_histories(page->db, args, points, day_before(&lists->days));
    for (int i = 0; status == APR_SUCCESS && i < points->nelts; i++) {
        const wp_usage_point_t *point = &APR_ARRAY_IDX(points, i, wp_usage_point_t);
        wp_meter_step_t *room = apr_palloc(page->pool, sizeof *room * (point->count + 1));
        if (point->count == 0)
            continue;
        add_steps(&lists->days, lists->steps, point, room);
        add_months(page, &lists->days, lists->months, point, room);
    }
    return status;
}

static apr_status_t show_consumption(wp_page_t *page)
{
    wp_rows_t *contracts;
    apr_status_t status = begin_list(page, "api_contracts_count", CONTRACTS_A_PAGE);

    if (status == APR_SUCCESS)
        status = wp_page_select(page, "api_contracts", &contracts);
    if (status != APR_SUCCESS)
        return status;
    const use_lists_t lists =
        {.days = days_of(page),
         .steps = wp_page_add_list(page, "consumption", "contract meter serial place from until days use_l rollover"),
         .months = wp_page_add_list(
             page, "months",
             "contract meter serial place month use_l days estimated_l estimated_days missing_days swaps complete")};
    for (int i = 0; i < contracts->count && status == APR_SUCCESS; i++)
        status = add_contract(page, &lists, wp_row_text(contracts, i, "contract_no"));
    return status;
}

static apr_status_t write_json(const wp_page_t *page, const char **body, apr_size_t *length)
{
    return wp_json_write(page->out.document, page->pool, body, length);
}

/* clang-format off */
static const wp_route_t routes[] = {
    {.name = "about", .path = "", .need = WP_NEED_PUBLIC},
    {.name = "readings", .path = "/readings", .need = WP_NEED_TOKEN, .scope = "readings",
     .contract = WP_CONTRACT_OPTIONAL,
     .right = WP_RIGHT_READINGS, .inputs = inputs, .show = show_readings, .media = JSON, .write = write_json},
    {.name = "submit", .path = "/readings", .need = WP_NEED_TOKEN, .scope = "submit", .contract = WP_CONTRACT_REQUIRED,
     .right = WP_RIGHT_SUBMIT, .load = wp_api_load_submission, .show = wp_api_show_submission, .media = JSON,
     .write = write_json, .form = &wp_api_submission_form},
    {.name = "receipt", .path = "/readings/{receipt}", .need = WP_NEED_TOKEN, .scope = "submit",
     .contract = WP_CONTRACT_FOUND, .contract_query = "receipt_contract", .right = WP_RIGHT_SUBMIT,
     .inputs = wp_api_receipt_inputs, .show = wp_api_show_receipt, .media = JSON, .write = write_json},
    {.name = "consumption", .path = "/consumption", .need = WP_NEED_TOKEN, .scope = "consumption",
     .contract = WP_CONTRACT_OPTIONAL,
     .right = WP_RIGHT_READINGS, .inputs = inputs, .show = show_consumption, .media = JSON, .write = write_json,
     .heavy = true},
    {.name = "invoices", .path = "/invoices", .need = WP_NEED_TOKEN, .scope = "invoices",
     .contract = WP_CONTRACT_OPTIONAL,
     .right = WP_RIGHT_INVOICES, .whole = true, .inputs = inputs, .show = show_invoices, .media = JSON,
     .write = write_json},
    {.name = "payments", .path = "/payments", .need = WP_NEED_TOKEN, .scope = "invoices",
     .contract = WP_CONTRACT_OPTIONAL,
     .right = WP_RIGHT_INVOICES, .whole = true, .inputs = inputs, .show = show_payments, .media = JSON,
     .write = write_json},
    {.name = NULL},
};
/* clang-format on */

const wp_section_t wp_section_api = {.name = "api", .path = "/api/v1", .routes = routes};
