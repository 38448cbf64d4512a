/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_PORTAL_ENGINE_PREPARE_H
#define WP_PORTAL_ENGINE_PREPARE_H

#include "portal/portal.h"
#include "render/kept.h"

/* One fault of what an admin gave the portal: the row of base/log_events.h that explains it, and where. */
typedef struct wp_finding_t {
    wp_event_id_t event;
    const char *text;
} wp_finding_t;

/* Where the parts of a portal are. NULL: not given, and not looked at. */
typedef struct wp_parts_t {
    const char *issuers, *secret, *agreements; /* files */
    const char *other_secret, *person_secret;  /* as wp_secret_join takes them; or NULL */
    const char *sql, *assets;                  /* directories */
    wp_theme_options_t theme;                  /* .directory NULL: not looked at; .log is the portal's */
    wp_kept_t *kept;                           /* themes of earlier configurations, or NULL */
} wp_parts_t;

/* Reads all parts into portal (its log is set), which is whole when nothing was found. What is wrong with one part
 * keeps no other from being looked at. Configtest, start-up and waterportalctl check tell the same findings
 * (wp_finding_t) because all three ask here. Everything is in pool, but kept stylesheets. */
void wp_portal_prepare(wp_portal_t *portal, const wp_parts_t *parts, apr_pool_t *pool, apr_array_header_t *findings);

void wp_finding_add(apr_array_header_t *findings, wp_event_id_t event, const char *text);

#endif
