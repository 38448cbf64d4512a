/* SPDX-License-Identifier: Apache-2.0 */
#include "sections/readings/readings.h"

#include "base/banned.h"

/* The meters of a contract, in pages. */

#define METERS_A_PAGE 20

static apr_status_t load_page(wp_page_t *page, wp_sheet_wanted_t *wanted, int number, wp_sheet_t *sheet)
{
    wp_result_t result = wp_result_of(WP_OUTCOME_NONE); /* the page's right was checked before */

    wanted->skip = (number - 1) * METERS_A_PAGE;
    apr_status_t status = wp_sheet_load(wp_page_act(page), wanted, sheet, &result);
    if (status == APR_SUCCESS)
        wp_page_paging(page, sheet->total, METERS_A_PAGE);
    return status;
}

apr_status_t wp_readings_load_sheet(wp_page_t *page, wp_right_t right, bool history, wp_sheet_t *sheet)
{
    wp_sheet_wanted_t wanted = {.contract = page->on.contract,
                                .right = right,
                                .history = history,
                                .size = METERS_A_PAGE};
    int asked = wp_page_number(page);
    apr_status_t status = load_page(page, &wanted, asked, sheet);

    if (status == APR_SUCCESS && page->out.paging.number != asked) /* there are fewer pages: the last is shown */
        status = load_page(page, &wanted, page->out.paging.number, sheet);
    return status;
}
