/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/view/outages.h"

#include "base/banned.h"

/* Public pages linked from every footer. Their words are texts of xslt/l10n, which a site replaces with its own. */

static const wp_route_t routes[] = {
    {.name = "outages", .path = "/outages", .need = WP_NEED_PUBLIC, .show = wp_outages_show},
    {.name = "accessibility", .path = "/accessibility", .need = WP_NEED_PUBLIC},
    {.name = "privacy", .path = "/privacy", .need = WP_NEED_PUBLIC},
    {.name = NULL},
};

const wp_section_t wp_section_info = {.name = "info", .path = "/public", .routes = routes};
