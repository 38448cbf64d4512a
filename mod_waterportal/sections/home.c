/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/offers.h"
#include "portal/page.h"

#include "base/banned.h"

/* Where a login lands: the reading window, and each contract with what it still misses. */

#define CONTRACTS_A_PAGE 20

static apr_status_t load_home(wp_page_t *page)
{
    wp_page_add_window(page);
    wp_page_paging(page, page->account->contracts, CONTRACTS_A_PAGE);
    apr_status_t status = wp_page_show(page, "contract_list", NULL);
    return status == APR_SUCCESS ? wp_page_tell_offers(page) : status;
}

static const wp_route_t routes[] = {
    {.name = "home", .path = "", .need = WP_NEED_CUSTOMER, .load = load_home},
    {.name = NULL},
};

const wp_section_t wp_section_home = {.name = "home", .path = "/home", .menu = 1, .routes = routes};
