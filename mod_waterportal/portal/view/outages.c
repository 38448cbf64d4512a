/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/view/outages.h"

#include "data/date_text.h"

#include "base/banned.h"

#define DAY    86400
#define SOON   (14 * DAY)
#define RECENT (2 * DAY)

apr_status_t wp_outages_show(wp_page_t *page)
{
    wp_args_text(page->args, "soon", wp_instant_text(page->pool, page->clock.now + SOON));
    wp_args_text(page->args, "recent", wp_instant_text(page->pool, page->clock.now - RECENT));
    return wp_page_show(page, "notice_list", NULL);
}
