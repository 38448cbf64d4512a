/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/page.h"

#include <string.h>

#include "base/banned.h"

/* Acts: the records of visits, of all contracts or of one, and each of them for printing. */

#define ACTS_A_PAGE 20

static const char *const kinds[] = {"inspection", "meter_swap", "sealing", "service_boundary", NULL};

static const wp_field_t list_inputs[] = {
    {.name = "kind", .type = WP_FIELD_CHOICE, .choices = kinds, .filter = true},
    {.name = "year", .type = WP_FIELD_COUNT, .max = 9999, .filter = true},
    {.name = NULL},
};
static const wp_field_t act_inputs[] = {
    {.name = "act", .type = WP_FIELD_ID, .required = true},
    {.name = NULL},
};

/* A year without acts is not one of the choices. */
static void check_year(wp_page_t *page, const wp_rows_t *years)
{
    const char *year = wp_page_input(page, "year");
    bool found = year == NULL;

    for (int i = 0; i < years->count && !found; i++)
        found = strcmp(wp_row_text(years, i, "year"), year) == 0;
    if (!found) {
        wp_page_filter_problem(page, "year", WP_ERROR_CHOICE);
        wp_args_text(page->args, "year", NULL);
    }
}

static apr_status_t show_list(wp_page_t *page)
{
    wp_rows_t *years, *counted;
    apr_status_t status = wp_page_show(page, "act_premises", NULL);

    if (status == APR_SUCCESS)
        status = wp_page_show(page, "act_years", &years);
    if (status != APR_SUCCESS)
        return status;
    check_year(page, years);
    status = wp_page_select(page, "act_count", &counted);
    if (status != APR_SUCCESS)
        return status;
    int64_t acts = wp_row_int(counted, 0, "acts");
    wp_xml_int(page->out.data, "found", acts);
    wp_page_paging(page, (int)acts, ACTS_A_PAGE);
    status = wp_page_show(page, "act_list", NULL);
    return status == APR_SUCCESS ? wp_page_show_within(page, "act_list_meters", "act", "act_no") : status;
}

static apr_status_t show_act(wp_page_t *page)
{
    apr_status_t status = wp_page_show(page, "act_head", NULL);
    if (status == APR_SUCCESS)
        status = wp_page_show_within(page, "act_meters", "act", "act_no");
    return status == APR_SUCCESS ? wp_page_show_within(page, "act_persons", "act", "act_no") : status;
}

static const wp_route_t routes[] = {
    {.name = "list",
     .path = "",
     .need = WP_NEED_CUSTOMER,
     .contract = WP_CONTRACT_OPTIONAL,
     .right = WP_RIGHT_CONTRACT,
     .whole = true,
     .inputs = list_inputs,
     .show = show_list},
    {.name = "act",
     .path = "/{act}",
     .need = WP_NEED_CUSTOMER,
     .contract = WP_CONTRACT_FOUND,
     .contract_query = "act_contract",
     .right = WP_RIGHT_CONTRACT,
     .whole = true,
     .inputs = act_inputs,
     .show = show_act},
    {.name = NULL},
};

const wp_section_t wp_section_acts = {.name = "acts", .path = "/acts", .menu = 7, .routes = routes};
