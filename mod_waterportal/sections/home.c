/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/view/offered_rights.h"
#include "portal/page.h"

#include <apr_strings.h>
#include <string.h>

#include "store/contract_search.h"

#include "data/date_text.h"

#include "base/banned.h"

/* The page after a login: what needs attention first, for one contract as well as for three hundred. */

#define CONTRACTS_A_PAGE  20
#define MANAGER_METERS    20              /* from this number on the page has counts, a search and filters */
#define NOTICE_SECONDS    (7 * 24 * 3600) /* how long in advance works at the person's premises are announced */
#define VERIFICATION_DAYS 90

static const char *const states[] = {"all", "missing", "done", "remote", NULL};

static const wp_field_t inputs[] = {
    {.name = "q", .type = WP_FIELD_PLAIN, .max = 60},
    {.name = "state", .type = WP_FIELD_CHOICE, .choices = states},
    {.name = NULL},
};

/* The contracts, with the counts over all of them. */
typedef struct overview_t {
    wp_rows_t *contracts;
    apr_hash_t *found; /* result of the search, or NULL (store/contract_search.h) */
    const char *state;
    int meters, remote, missing;
} overview_t;

/* --- tasks and notices --- */

/* Adds to each row with a day the number of days until then (negative: past). */
static void add_days(const wp_page_t *page, xmlNodePtr node, const char *day)
{
    wp_date_t date;
    if (day && wp_date_parse_iso(day, &date))
        wp_xml_attr_int(node, "days", date - page->clock.today);
}

static apr_status_t show_invoices(wp_page_t *page)
{
    wp_rows_t *rows;
    apr_status_t status = wp_page_select(page, "home_invoices", &rows);

    for (int i = 0; status == APR_SUCCESS && i < rows->count; i++)
        add_days(page, wp_page_add_row(page, page->out.data, rows, i), wp_row_text(rows, i, "due"));
    if (status == APR_SUCCESS)
        status = wp_page_select(page, "home_due", &rows);
    for (int i = 0; status == APR_SUCCESS && i < rows->count; i++) {
        xmlNodePtr due = wp_page_add_row(page, page->out.data, rows, i);
        if (page->portal->agreements && (page->who.account->whole_rights & WP_RIGHT_PAY))
            wp_xml_attr(due, "payable", "true");
    }
    return status;
}

static apr_status_t show_what_is_on(wp_page_t *page)
{
    wp_args_text(page->args, "soon", wp_instant_text(page->pool, page->clock.now + NOTICE_SECONDS));
    wp_args_text(page->args, "soon_day", wp_date_text(page->pool, page->clock.today + VERIFICATION_DAYS));
    apr_status_t status = wp_page_show(page, "home_notices", NULL);
    return status == APR_SUCCESS ? wp_page_show(page, "home_verifications", NULL) : status;
}

/* --- contracts --- */

static void count(overview_t *overview)
{
    for (int i = 0; i < overview->contracts->count; i++) {
        overview->meters += (int)wp_row_int(overview->contracts, i, "meters");
        overview->remote += (int)wp_row_int(overview->contracts, i, "remote");
        overview->missing += (int)wp_row_int(overview->contracts, i, "missing");
    }
}

static bool is_manager(const overview_t *overview)
{
    return overview->meters + overview->remote >= MANAGER_METERS || overview->contracts->count > CONTRACTS_A_PAGE;
}

static bool has_state(const overview_t *overview, int row)
{
    const wp_rows_t *rows = overview->contracts;
    bool missing = wp_row_int(rows, row, "missing") > 0;

    if (strcmp(overview->state, "missing") == 0)
        return missing;
    if (strcmp(overview->state, "done") == 0)
        return !missing && wp_row_int(rows, row, "meters") > 0 && wp_row_is_null(rows, row, "ended");
    return strcmp(overview->state, "remote") != 0 || wp_row_int(rows, row, "remote") > 0;
}

static void show_filter(wp_page_t *page, const overview_t *overview, int found)
{
    xmlNodePtr filter = wp_xml_child(page->out.data, "filter");
    wp_xml_attr(filter, "q", apr_table_get(page->inputs->values, "q"));
    wp_xml_attr(filter, "state", overview->state);
    wp_xml_attr_int(filter, "found", found);
}

static void show_totals(wp_page_t *page, const overview_t *overview)
{
    xmlNodePtr totals = wp_xml_child(page->out.data, "totals");
    wp_xml_attr_int(totals, "contracts", overview->contracts->count);
    wp_xml_attr_int(totals, "meters", overview->meters);
    wp_xml_attr_int(totals, "remote", overview->remote);
    wp_xml_attr_int(totals, "missing", overview->missing);
}

static void show_found(wp_page_t *page, const overview_t *overview)
{
    int *found = apr_palloc(page->pool, sizeof *found * ((apr_size_t)overview->contracts->count + 1));
    int n = 0;

    for (int i = 0; i < overview->contracts->count; i++) {
        const char *contract = wp_row_text(overview->contracts, i, "contract_no");
        if (wp_contract_is_found(overview->found, contract) && has_state(overview, i))
            found[n++] = i;
    }
    if (is_manager(overview))
        show_filter(page, overview, n);
    wp_page_paging(page, n, CONTRACTS_A_PAGE);
    for (int i = (page->out.paging.number - 1) * CONTRACTS_A_PAGE;
         i < n && i < page->out.paging.number * CONTRACTS_A_PAGE; i++)
        wp_page_add_row(page, page->out.data, overview->contracts, found[i]);
}

static apr_status_t show_contracts(wp_page_t *page)
{
    overview_t overview = {.state = apr_table_get(page->inputs->values, "state")};
    apr_status_t status = wp_page_select(page, "home_contracts", &overview.contracts);

    if (status == APR_SUCCESS)
        status = wp_contract_search(page->db, page->args, wp_page_input(page, "q"), &overview.found);
    if (status != APR_SUCCESS)
        return status;
    count(&overview);
    if (!overview.state) /* what a manager most likely came for */
        overview.state = is_manager(&overview) && page->window.open && overview.missing > 0 && !overview.found
                             ? "missing"
                             : "all";
    show_totals(page, &overview);
    show_found(page, &overview);
    if (is_manager(&overview) || !page->window.open || overview.missing == 0)
        return APR_SUCCESS;
    return wp_page_show_within(page, "home_missing", "contract", "contract_no");
}

static apr_status_t show_home(wp_page_t *page)
{
    apr_status_t status;

    wp_page_add_window(page);
    status = show_invoices(page);
    if (status == APR_SUCCESS)
        status = show_what_is_on(page);
    if (status == APR_SUCCESS)
        status = show_contracts(page);
    return status == APR_SUCCESS ? wp_offered_rights_tell(page) : status;
}

static const wp_route_t routes[] = {
    {.name = "home",
     .path = "",
     .need = WP_NEED_CUSTOMER,
     .contract = WP_CONTRACT_ALL,
     .right = WP_RIGHT_ANY,
     .inputs = inputs,
     .show = show_home},
    {.name = NULL},
};

const wp_section_t wp_section_home = {.name = "home", .path = "/home", .menu = 1, .routes = routes};
