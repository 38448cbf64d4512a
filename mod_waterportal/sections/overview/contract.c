/* SPDX-License-Identifier: Apache-2.0 */
#include "sections/overview/contract.h"

#include <apr_strings.h>
#include <string.h>

#include "base/banned.h"

/* Keeps the other parameters of the query. */
static void go_to_contract(wp_page_t *page, const char *contract)
{
    const char *query = page->request->query ? page->request->query : "";
    const char *location = apr_pstrcat(page->pool, page->request->path,
                                       "?contract=", wp_urlencode(page->pool, contract), NULL);
    apr_array_header_t *pairs;

    if (wp_pairs_parse(&pairs, page->pool, query, strlen(query)) != APR_SUCCESS)
        return;
    for (int i = 0; i < pairs->nelts; i++) {
        const wp_pair_t *pair = &APR_ARRAY_IDX(pairs, i, wp_pair_t);
        if (strcmp(pair->name, "contract") != 0)
            location = apr_pstrcat(page->pool, location, "&", wp_urlencode(page->pool, pair->name), "=",
                                   wp_urlencode(page->pool, pair->value), NULL);
    }
    wp_page_go(page, location);
}

apr_status_t wp_overview_choose_contract(wp_page_t *page)
{
    wp_rows_t *rows;

    if (page->on.contract)
        return APR_SUCCESS;
    apr_status_t status = wp_page_select(page, "contract_only", &rows);
    if (status == APR_SUCCESS && rows->count == 0)
        wp_page_refuse(page, 403, WP_PAGE_NO_RIGHT);
    else if (status == APR_SUCCESS && rows->count == 1)
        go_to_contract(page, wp_row_text(rows, 0, "contract_no"));
    return status;
}
