/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/view/outages.h"

#include "base/banned.h"

#define DAY    86400
#define SOON   (14 * DAY)
#define RECENT (2 * DAY)

static const char *instant_text(const wp_page_t *page, wp_instant_t instant)
{
    char *text = apr_palloc(page->pool, WP_INSTANT_SIZE);
    wp_instant_format(instant, text);
    return text;
}

apr_status_t wp_outages_show(wp_page_t *page)
{
    wp_args_text(page->args, "soon", instant_text(page, page->now + SOON));
    wp_args_text(page->args, "recent", instant_text(page, page->now - RECENT));
    return wp_page_show(page, "notice_list", NULL);
}
