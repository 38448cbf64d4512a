/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/page.h"

#include <apr_strings.h>

#include "domain/consumption.h"
#include "portal/view/reading_view.h"
#include "sections/overview/contract.h"
#include "sections/overview/money.h"
#include "sections/overview/usage.h"
#include "sections/overview/usage_view.h"
#include "store/usage.h"

#include "base/banned.h"

/* The overview: consumption and money by month, quarter or year, of one meter, a contract, or all contracts together;
 * also as files. */

#define PARTS_A_PAGE    20
#define READINGS_A_PAGE 20
#define CHOICES_MAX     60 /* meters to choose from in the filter; the table of meters has the others */

static void show_scope(wp_page_t *page, const wp_overview_t *overview)
{
    xmlNodePtr scope = wp_xml_child(page->out.data, "scope");
    int rights = page->on.contract ? page->on.whole_rights : page->who.account->whole_rights;

    wp_xml_attr(scope, "of", overview->only ? "meter" : page->on.contract ? "contract" : "all");
    wp_xml_attr_int(scope, "meters", overview->points->nelts);
    wp_xml_attr(scope, "query", wp_page_query(page));
    if (rights & WP_RIGHT_INVOICES)
        wp_xml_attr(scope, "money", "true");
}

static xmlNodePtr show_name(xmlNodePtr parent, const char *name, const wp_usage_point_t *point)
{
    xmlNodePtr node = wp_xml_child(parent, name);
    wp_xml_attr(node, "meter", point->meter_id);
    wp_xml_text(node, "place", point->place);
    wp_xml_text(node, "serial", point->serial);
    return node;
}

static void show_choices(wp_page_t *page, const wp_overview_t *overview)
{
    if (!page->on.contract || overview->points->nelts > CHOICES_MAX)
        return;
    for (int i = 0; i < overview->points->nelts; i++) {
        xmlNodePtr choice = show_name(page->out.data, "choice", wp_overview_point(overview, i));
        if (wp_overview_point(overview, i) == overview->only)
            wp_xml_attr(choice, "current", "true");
    }
}

/* A link to one part of what is shown, for the same months. */
static const char *part_link(const wp_page_t *page, const char *contract, const char *meter)
{
    const char *link = apr_pstrcat(page->pool, page->request->base, page->request->path,
                                   "?contract=", wp_urlencode(page->pool, contract), NULL);

    if (meter)
        link = apr_pstrcat(page->pool, link, "&meter=", wp_urlencode(page->pool, meter), NULL);
    for (const wp_field_t *field = page->route->inputs; field->name; field++) {
        const char *value = wp_page_input(page, field->name);
        if (field->filter && value)
            link = apr_pstrcat(page->pool, link, "&", field->name, "=", wp_urlencode(page->pool, value), NULL);
    }
    return link;
}

static void show_meter_part(wp_page_t *page, const wp_overview_t *overview, int i)
{
    const wp_usage_point_t *point = wp_overview_point(overview, i);
    xmlNodePtr part = show_name(page->out.data, "part", point);
    wp_xml_attr(part, "href", part_link(page, point->contract_no, point->meter_id));
    wp_usage_view_sum(part, &overview->sums[i]);
}

static void show_meter_parts(wp_page_t *page, const wp_overview_t *overview)
{
    wp_page_paging(page, overview->chosen, PARTS_A_PAGE);
    int skip = (page->out.paging.number - 1) * PARTS_A_PAGE;

    for (int i = 0, seen = 0; i < overview->points->nelts && seen < skip + PARTS_A_PAGE; i++) {
        if (wp_overview_point(overview, i)->chosen && seen++ >= skip)
            show_meter_part(page, overview, i);
    }
}

static void show_contract_parts(wp_page_t *page, const wp_overview_t *overview)
{
    int contracts = 0;
    for (int i = 0; i < overview->points->nelts; i++)
        contracts += wp_overview_begins_contract(overview, i);
    wp_page_paging(page, contracts, PARTS_A_PAGE);
    int skip = (page->out.paging.number - 1) * PARTS_A_PAGE;

    for (int i = 0, seen = 0; i < overview->points->nelts; i++) {
        if (!wp_overview_begins_contract(overview, i) || seen++ < skip || seen > skip + PARTS_A_PAGE)
            continue;
        xmlNodePtr part = wp_xml_child(page->out.data, "part");
        wp_xml_attr(part, "href", part_link(page, wp_overview_point(overview, i)->contract_no, NULL));
        wp_xml_text(part, "contract_no", wp_overview_point(overview, i)->contract_no);
        wp_xml_text(part, "address", wp_overview_point(overview, i)->address);
        wp_usage_view_sum(part, &overview->contracts[i]);
    }
}

/* For each entry, the step that ends with it. */
static const wp_meter_step_t **index_steps(wp_page_t *page, const wp_usage_point_t *point)
{
    const wp_meter_step_t **index = apr_pcalloc(page->pool, sizeof *index * point->count);
    wp_meter_step_t *steps = apr_palloc(page->pool, sizeof *steps * (point->count + 1));
    size_t kept = wp_meter_steps_make(steps, &point->meter, point->entries, point->count);

    for (size_t i = 0; i + 1 < kept; i++)
        index[steps[i].to] = &steps[i];
    return index;
}

/* The readings of the period, newest first. */
static void show_readings(wp_page_t *page, const wp_overview_t *overview)
{
    const wp_usage_point_t *point = overview->only;
    const wp_meter_step_t **steps = index_steps(page, point);
    wp_date_t from = wp_month_first_day(overview->shown.from), until = wp_month_last_day(overview->shown.until);
    xmlNodePtr readings = show_name(page->out.data, "readings", point);
    int begin = 0, end = (int)point->count;

    while (begin < end && point->entries[begin].on < from)
        begin++;
    while (end > begin && point->entries[end - 1].on > until)
        end--;
    wp_page_paging(page, end - begin, READINGS_A_PAGE);
    wp_xml_typed(readings, "decimals", "int", apr_itoa(page->pool, point->meter.decimals));
    end -= (page->out.paging.number - 1) * READINGS_A_PAGE;
    for (int i = end - 1; i >= begin && i >= end - READINGS_A_PAGE; i--)
        wp_reading_view_entry(readings, &point->entries[i], steps[i]);
}

static void show(wp_page_t *page, const wp_overview_t *overview)
{
    wp_usage_view(page->out.data, &overview->all, &overview->shown);
    if (overview->only)
        wp_usage_view_spans(page->out.data, &overview->all, &overview->shown);
    if (overview->may_compare)
        wp_usage_view_comparison(page->out.data, &overview->all, &overview->pair.these, &overview->pair.those);
    else
        wp_xml_child(page->out.data, "comparison");
    if (overview->only && overview->only->count > 0)
        show_readings(page, overview);
    else if (page->on.contract && overview->chosen > 0)
        show_meter_parts(page, overview);
    else if (!page->on.contract)
        show_contract_parts(page, overview);
}

static apr_status_t show_overview(wp_page_t *page)
{
    wp_overview_t overview = {.compares = true};

    apr_status_t status = wp_overview_choose_contract(page);
    if (status == APR_SUCCESS && !wp_page_is_decided(page))
        status = wp_overview_load(page, &overview, NULL);
    if (status != APR_SUCCESS || wp_page_is_decided(page))
        return status;
    show_scope(page, &overview);
    show_choices(page, &overview);
    if (overview.may_show && overview.chosen > 0)
        show(page, &overview);
    else if (!overview.may_compare)
        wp_xml_child(page->out.data, "comparison"); /* its form shows the problem */
    return APR_SUCCESS;
}

/* --- files --- */

static void show_series(wp_page_t *page, const wp_overview_t *overview, const wp_usage_point_t *point,
                        const wp_consumption_t *one)
{
    xmlNodePtr series = show_name(page->out.data, "series", point);
    wp_xml_text(series, "contract_no", point->contract_no);
    wp_xml_text(series, "address", point->address);
    wp_usage_view_series(series, one, &overview->shown);
}

static apr_status_t show_consumption(wp_page_t *page)
{
    wp_overview_t overview = {0};
    return wp_overview_load(page, &overview, show_series);
}

static const char *const by_choices[] = {"month", "quarter", "year", NULL};
static const char *const decimals[] = {"dot", "comma", NULL};
static const char *const separators[] = {"comma", "semicolon", NULL};

static const wp_field_t overview_inputs[] = {
    {.name = "meter", .type = WP_FIELD_ID},
    {.name = "from", .type = WP_FIELD_MONTH, .filter = true},
    {.name = "until", .type = WP_FIELD_MONTH, .filter = true},
    {.name = "by", .type = WP_FIELD_CHOICE, .choices = by_choices, .filter = true},
    {.name = "this-from", .type = WP_FIELD_MONTH, .filter = true},
    {.name = "this-until", .type = WP_FIELD_MONTH, .filter = true},
    {.name = "that-from", .type = WP_FIELD_MONTH, .filter = true},
    {.name = "that-until", .type = WP_FIELD_MONTH, .filter = true},
    {.name = NULL},
};
static const wp_field_t money_inputs[] = {
    {.name = "from", .type = WP_FIELD_MONTH, .filter = true},
    {.name = "until", .type = WP_FIELD_MONTH, .filter = true},
    {.name = "by", .type = WP_FIELD_CHOICE, .choices = by_choices, .filter = true},
    {.name = "this-from", .type = WP_FIELD_MONTH, .filter = true},
    {.name = "this-until", .type = WP_FIELD_MONTH, .filter = true},
    {.name = "that-from", .type = WP_FIELD_MONTH, .filter = true},
    {.name = "that-until", .type = WP_FIELD_MONTH, .filter = true},
    {.name = NULL},
};
static const wp_field_t file_inputs[] = {
    {.name = "meter", .type = WP_FIELD_ID},
    {.name = "from", .type = WP_FIELD_MONTH, .filter = true},
    {.name = "until", .type = WP_FIELD_MONTH, .filter = true},
    {.name = "by", .type = WP_FIELD_CHOICE, .choices = by_choices, .filter = true},
    {.name = "decimal", .type = WP_FIELD_CHOICE, .choices = decimals, .filter = true},
    {.name = "separator", .type = WP_FIELD_CHOICE, .choices = separators, .filter = true},
    {.name = NULL},
};

#define CSV "text/csv; charset=utf-8; header=present"

static const wp_route_t routes[] = {
    {.name = "overview",
     .path = "",
     .need = WP_NEED_CUSTOMER,
     .contract = WP_CONTRACT_OPTIONAL,
     .right = WP_RIGHT_READINGS,
     .inputs = overview_inputs,
     .show = show_overview,
     .heavy = true},
    {.name = "consumption",
     .path = "/consumption.csv",
     .need = WP_NEED_CUSTOMER,
     .contract = WP_CONTRACT_OPTIONAL,
     .right = WP_RIGHT_READINGS,
     .inputs = file_inputs,
     .show = show_consumption,
     .media = CSV,
     .sheet = "overview-consumption",
     .file = "consumption.csv",
     .heavy = true},
    {.name = "money",
     .path = "/money",
     .need = WP_NEED_CUSTOMER,
     .contract = WP_CONTRACT_OPTIONAL,
     .right = WP_RIGHT_INVOICES,
     .whole = true,
     .inputs = money_inputs,
     .show = wp_money_show,
     .heavy = true},
    {.name = "invoices",
     .path = "/invoices.csv",
     .need = WP_NEED_CUSTOMER,
     .contract = WP_CONTRACT_OPTIONAL,
     .right = WP_RIGHT_INVOICES,
     .whole = true,
     .inputs = file_inputs,
     .show = wp_money_show_invoices,
     .media = CSV,
     .sheet = "overview-invoices",
     .file = "invoices.csv",
     .heavy = true},
    {.name = NULL},
};

const wp_section_t wp_section_overview = {.name = "overview", .path = "/overview", .menu = 4, .routes = routes};
