/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/page.h"

#include <apr_strings.h>
#include <stdlib.h>
#include <string.h>

#include "store/contract_search.h"
#include "store/meters.h"
#include "domain/meter_period.h"
#include "domain/money.h"

#include "data/date_text.h"

#include "base/banned.h"

/* Contracts: the list, one contract with everything that belongs to it, and its printed documents. */

#define CONTRACTS_A_PAGE 20
#define METERS_A_PAGE    20
#define METERS_ON_PAPER  100000

/* --- the list --- */

static const wp_field_t list_inputs[] = {
    {.name = "find", .type = WP_FIELD_PLAIN, .max = 60, .filter = true},
    {.name = NULL},
};

static void show_found(wp_page_t *page, const wp_rows_t *rows, apr_hash_t *wanted)
{
    int *found = apr_palloc(page->pool, sizeof *found * (apr_size_t)rows->count);
    int n = 0;

    for (int i = 0; i < rows->count; i++) {
        if (wp_contract_is_found(wanted, wp_row_text(rows, i, "contract_no")))
            found[n++] = i;
    }
    wp_page_paging(page, n, CONTRACTS_A_PAGE);
    wp_xml_int(page->out.data, "all", rows->count);
    wp_xml_int(page->out.data, "found", n);
    for (int i = (page->out.paging.number - 1) * CONTRACTS_A_PAGE;
         i < n && i < page->out.paging.number * CONTRACTS_A_PAGE; i++)
        wp_page_add_row(page, page->out.data, rows, found[i]);
}

static apr_status_t show_list(wp_page_t *page)
{
    wp_rows_t *rows;
    apr_hash_t *wanted;
    apr_status_t status = wp_page_select(page, "contract_register", &rows);

    if (status != APR_SUCCESS)
        return status;
    if (rows->count == 1) {
        wp_page_go(page, apr_pstrcat(page->pool, "/contracts/",
                                     wp_urlencode(page->pool, wp_row_text(rows, 0, "contract_no")), NULL));
        return APR_SUCCESS;
    }
    status = wp_contract_search(page->db, page->args, wp_page_input(page, "find"), &wanted);
    if (status == APR_SUCCESS)
        show_found(page, rows, wanted);
    return status;
}

/* --- one contract --- */

static const wp_field_t contract_inputs[] = {
    {.name = "meter", .type = WP_FIELD_ID},
    {.name = NULL},
};

/* Shows prices with VAT too. */
static apr_status_t show_prices(wp_page_t *page, const char *query)
{
    wp_rows_t *rows;
    apr_status_t status = wp_page_select(page, query, &rows);

    for (int i = 0; status == APR_SUCCESS && i < rows->count; i++) {
        xmlNodePtr node = wp_page_add_row(page, page->out.data, rows, i);
        if (wp_row_is_null(rows, i, "price"))
            continue;
        int64_t gross = wp_money_gross_price(wp_row_int(rows, i, "price"), (int)wp_row_int(rows, i, "vat_rate"));
        wp_xml_typed(node, "gross", "money", apr_psprintf(page->pool, "%" APR_INT64_T_FMT, gross));
    }
    return status;
}

static apr_status_t show_meters(wp_page_t *page)
{
    apr_status_t status = wp_page_show(page, "contract_meters", NULL);
    if (status == APR_SUCCESS)
        status = wp_page_show_within(page, "contract_seals", "meter", "meter_id");
    return status == APR_SUCCESS ? wp_page_show_within(page, "contract_devices", "meter", "point_id") : status;
}

static apr_status_t show_people(wp_page_t *page)
{
    apr_status_t status = wp_page_show(page, "contract_representatives", NULL);
    return status == APR_SUCCESS ? wp_page_show(page, "contract_delegates", NULL) : status;
}

static apr_status_t show_contract(wp_page_t *page)
{
    wp_rows_t *counted;
    apr_status_t status = wp_page_show(page, "contract_meter_count", &counted);

    if (status != APR_SUCCESS)
        return status;
    if (counted->count == 0 && wp_page_input(page, "meter")) {
        wp_page_refuse(page, 404, WP_PAGE_NOT_FOUND);
        return APR_SUCCESS;
    }
    wp_page_paging(page, (int)wp_row_int(counted, 0, "meters"), METERS_A_PAGE);
    wp_xml_text(page->out.data, "only", wp_page_input(page, "meter"));
    status = show_meters(page);
    if (status == APR_SUCCESS)
        status = show_prices(page, "contract_services");
    if (status == APR_SUCCESS)
        status = show_prices(page, "contract_tariffs");
    return status == APR_SUCCESS ? show_people(page) : status;
}

/* The printed document lists all meters. */
static apr_status_t show_print(wp_page_t *page)
{
    wp_args_int(page->args, "size", METERS_ON_PAPER);
    wp_args_int(page->args, "skip", 0);
    wp_args_text(page->args, "meter", NULL);
    apr_status_t status = show_meters(page);
    return status == APR_SUCCESS ? show_prices(page, "contract_services") : status;
}

/* --- certificate of consumption --- */

static const wp_field_t certificate_inputs[] = {
    {.name = "year", .type = WP_FIELD_COUNT, .max = 9999, .filter = true},
    {.name = "from", .type = WP_FIELD_DATE, .filter = true},
    {.name = "until", .type = WP_FIELD_DATE, .filter = true},
    {.name = NULL},
};

/* The years to choose from: the first to the last year of the contract. */
typedef struct years_t {
    int first, last;
} years_t;

static years_t contract_years(const wp_page_t *page, const wp_rows_t *head)
{
    years_t years = {.first = wp_date_split(page->clock.today).year, .last = wp_date_split(page->clock.today).year};
    wp_date_t signed_on, ended_on;

    if (wp_date_parse_iso(wp_row_text(head, 0, "signed_on"), &signed_on) && wp_date_split(signed_on).year < years.first)
        years.first = wp_date_split(signed_on).year;
    if (!wp_row_is_null(head, 0, "ended_on") && wp_date_parse_iso(wp_row_text(head, 0, "ended_on"), &ended_on) &&
        wp_date_split(ended_on).year < years.last && wp_date_split(ended_on).year >= years.first)
        years.last = wp_date_split(ended_on).year;
    return years;
}

static void take_year(const wp_page_t *page, int year, wp_date_t days[2])
{
    days[0] = wp_date_make(year, 1, 1);
    days[1] = wp_date_make(year, 12, 31);
    if (days[1] > page->clock.today)
        days[1] = page->clock.today;
}

/* Takes a period of two days; false, with a problem at its control, if it is not a period. */
static bool take_days(wp_page_t *page, const char *from, const char *until, wp_date_t days[2])
{
    if (!from || !until) {
        const char *missing = from ? "until" : "from";
        if (!apr_table_get(page->inputs->problems, missing))
            wp_page_filter_problem(page, missing, WP_ERROR_PERIOD_BOTH);
        return false;
    }
    if (!wp_date_parse_iso(from, &days[0]) || !wp_date_parse_iso(until, &days[1]))
        return false;
    if (days[1] > page->clock.today)
        wp_page_filter_problem(page, "until", WP_ERROR_PERIOD_FUTURE);
    else if (days[0] > days[1])
        wp_page_filter_problem(page, "until", WP_ERROR_PERIOD_ORDER);
    return page->out.problems == NULL;
}

/* The days asked for; if none were, the last whole year. */
static bool take_period(wp_page_t *page, years_t years, wp_date_t days[2])
{
    const char *from = wp_page_input(page, "from"), *until = wp_page_input(page, "until"),
               *year = wp_page_input(page, "year");
    int this_year = wp_date_split(page->clock.today).year;
    int asked = year                                                 ? (int)strtol(year, NULL, 10)
                : years.last < this_year || years.first == this_year ? years.last
                                                                     : this_year - 1;

    if (from || until)
        return take_days(page, from, until, days);
    if (year && (asked < years.first || asked > years.last))
        wp_page_filter_problem(page, "year", WP_ERROR_CHOICE);
    take_year(page, asked, days);
    return page->out.problems == NULL;
}

static xmlNodePtr add_volume(const wp_page_t *page, xmlNodePtr parent, const char *name, int64_t litres)
{
    return wp_xml_typed(parent, name, "volume", apr_psprintf(page->pool, "%" APR_INT64_T_FMT, litres));
}

static void show_segment(const wp_page_t *page, xmlNodePtr meter, const wp_point_t *point,
                         const wp_meter_segment_t *segment)
{
    xmlNodePtr node = wp_xml_child(meter, "segment");

    wp_xml_typed(node, "serial", "text", point->serials[segment->from.device]);
    wp_xml_typed(node, "from-on", "date", wp_date_text(page->pool, segment->from.on));
    add_volume(page, node, "from", segment->from.litres);
    wp_xml_typed(node, "to-on", "date", wp_date_text(page->pool, segment->to.on));
    add_volume(page, node, "to", segment->to.litres);
    if (segment->known)
        add_volume(page, node, "use", segment->use);
    if (segment->rolled)
        wp_xml_child(node, "rollover");
}

/* Shows the use of the point. True: it is complete. */
static bool show_point(const wp_page_t *page, const wp_point_t *point, const wp_date_t days[2], int64_t *total)
{
    wp_meter_period_t period;
    xmlNodePtr meter = wp_xml_child(page->out.data, "meter");

    wp_meter_period_make(&period, &point->meter, point->history, point->history_count, days);
    wp_xml_typed(meter, "place", "text", point->place);
    wp_xml_typed(meter, "serial", "text", point->serial);
    wp_xml_typed(meter, "decimals", "int", apr_itoa(page->pool, point->meter.decimals));
    for (size_t i = 0; i < period.count; i++)
        show_segment(page, meter, point, &period.segments[i]);
    *total += period.use;
    return period.count > 0 && period.known;
}

static apr_status_t show_consumption(wp_page_t *page, const wp_date_t days[2])
{
    apr_array_header_t *points;
    int64_t total = 0;
    bool whole = true;
    apr_status_t status = wp_points_load_period(page->db, page->args, days, &points);

    if (status != APR_SUCCESS)
        return status;
    xmlNodePtr period = wp_xml_child(page->out.data, "period");
    wp_xml_attr(period, "from", wp_date_text(page->pool, days[0]));
    wp_xml_attr(period, "until", wp_date_text(page->pool, days[1]));
    for (int i = 0; i < points->nelts; i++)
        whole = show_point(page, &APR_ARRAY_IDX(points, i, wp_point_t), days, &total) && whole;
    xmlNodePtr sum = add_volume(page, page->out.data, "total", total);
    wp_xml_attr(sum, "whole", whole ? "true" : "false");
    return APR_SUCCESS;
}

static apr_status_t show_certificate(wp_page_t *page)
{
    wp_rows_t *head;
    wp_date_t days[2];
    apr_status_t status = wp_page_show(page, "contract_head", &head);

    if (status != APR_SUCCESS)
        return status;
    years_t years = contract_years(page, head);
    for (int year = years.last; year >= years.first; year--)
        wp_xml_int(page->out.data, "year", year);
    return take_period(page, years, days) ? show_consumption(page, days) : APR_SUCCESS;
}

static const char *const contract_rows[] = {"contract_head", "contract_documents", NULL};

static const wp_route_t routes[] = {
    {.name = "list",
     .path = "",
     .need = WP_NEED_CUSTOMER,
     .contract = WP_CONTRACT_ALL,
     .right = WP_RIGHT_CONTRACT,
     .whole = true,
     .inputs = list_inputs,
     .show = show_list},
    {.name = "contract",
     .path = "/{contract}",
     .need = WP_NEED_CUSTOMER,
     .contract = WP_CONTRACT_REQUIRED,
     .right = WP_RIGHT_CONTRACT,
     .whole = true,
     .inputs = contract_inputs,
     .rows = contract_rows,
     .show = show_contract},
    {.name = "print",
     .path = "/{contract}/print",
     .need = WP_NEED_CUSTOMER,
     .contract = WP_CONTRACT_REQUIRED,
     .right = WP_RIGHT_CONTRACT,
     .whole = true,
     .rows = contract_rows,
     .show = show_print},
    {.name = "certificate",
     .path = "/{contract}/certificate",
     .need = WP_NEED_CUSTOMER,
     .contract = WP_CONTRACT_REQUIRED,
     .right = WP_RIGHT_CONTRACT,
     .whole = true,
     .inputs = certificate_inputs,
     .show = show_certificate},
    {.name = NULL},
};

const wp_section_t wp_section_contracts = {.name = "contracts", .path = "/contracts", .menu = 6, .routes = routes};
