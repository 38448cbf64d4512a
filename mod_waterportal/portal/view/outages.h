/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_PORTAL_VIEW_OUTAGES_H
#define WP_PORTAL_VIEW_OUTAGES_H

#include "portal/page.h"

/* Adds current, upcoming and recent outages and planned works, for public pages; a show(). */
apr_status_t wp_outages_show(wp_page_t *page);

#endif
