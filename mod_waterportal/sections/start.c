/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/view/outages.h"

#include "base/banned.h"

/* The public start page: what the portal offers, outages and planned works. It never knows who is looking at it. */

static const wp_route_t routes[] = {
    {.name = "start", .path = "/", .need = WP_NEED_PUBLIC, .show = wp_outages_show},
    {.name = NULL},
};

const wp_section_t wp_section_start = {.name = "start", .path = "", .routes = routes};
