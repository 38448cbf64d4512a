/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_PORTAL_VIEW_OFFERED_RIGHTS_H
#define WP_PORTAL_VIEW_OFFERED_RIGHTS_H

#include "portal/page.h"

/* Adds a notice for each offer of rights on somebody's contract that waits for the person's answer. In a show(). */
apr_status_t wp_offered_rights_tell(wp_page_t *page);

#endif
