/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/page.h"

#include <apr_strings.h>

#include "base/banned.h"

/* The public start page: what the portal can do, outages and planned works. It never knows who looks at it. */

#define DAY 86400
#define SOON (14 * DAY)
#define RECENT (2 * DAY)

static const char *instant_text(const wp_page_t *page, wp_instant_t instant)
{
    char *text = apr_palloc(page->pool, WP_INSTANT_SIZE);
    wp_instant_format(instant, text);
    return text;
}

static apr_status_t load_notices(wp_page_t *page)
{
    wp_args_text(page->args, "soon", instant_text(page, page->now + SOON));
    wp_args_text(page->args, "recent", instant_text(page, page->now - RECENT));
    return wp_page_show(page, "notice_list", NULL);
}

static const wp_route_t routes[] = {
    {.name = "start", .path = "/", .need = WP_NEED_PUBLIC, .load = load_notices},
    {.name = NULL},
};

const wp_section_t wp_section_start = {.name = "start", .path = "", .routes = routes};
