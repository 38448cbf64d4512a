/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/view/offered_rights.h"

#include <apr_strings.h>

#include "base/banned.h"

apr_status_t wp_offered_rights_tell(wp_page_t *page)
{
    wp_rows_t *rows;
    apr_status_t status = wp_page_select(page, "offer_list", &rows);

    for (int i = 0; status == APR_SUCCESS && i < rows->count; i++) {
        xmlNodePtr notice = wp_page_notice(page, WP_NOTICE_OFFER_WAITING);
        wp_message_arg(notice, "giver", WP_TYPE_TEXT, wp_row_text(rows, i, "giver"));
        wp_message_arg(notice, "address", WP_TYPE_TEXT, wp_row_text(rows, i, "address"));
        wp_message_arg(notice, "href", WP_TYPE_TEXT,
                       apr_pstrcat(page->pool, page->request->base, "/delegations/offer/",
                                   wp_row_text(rows, i, "delegation_id"), NULL));
    }
    return status;
}
