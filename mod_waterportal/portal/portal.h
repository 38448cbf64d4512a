/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_PORTAL_PORTAL_H
#define WP_PORTAL_PORTAL_H

#include <apr_pools.h>
#include <apr_tables.h>

#include "base/log.h"
#include "domain/reading/policy.h"
#include "domain/window.h"
#include "bank/agreement.h"
#include "portal/bank_line.h"
#include "identity/issuers.h"
#include "portal/limits.h"
#include "portal/places.h"
#include "portal/request.h"
#include "crypto/secret.h"
#include "render/kept.h"

typedef struct wp_db_source_t wp_db_source_t;
typedef struct wp_queries_t wp_queries_t;
typedef struct wp_heavy_t wp_heavy_t;
typedef struct wp_section_t wp_section_t;

/* One portal: everything that is fixed after start-up. Made in the parent process; `source` and
 * `heavy` are made in each child. */
typedef struct wp_portal_t {
    const char *name;             /* the site's name in the header */
    const char *asset_path;       /* "/portal-assets" */
    apr_table_t *assets;          /* "portal.css" → "portal.1a2b3c4d.css" */
    apr_table_t *help;            /* "outage-phone" … as configured */
    apr_table_t *seller;          /* "name", "iban" …: who issues the invoices */
    bool payment_qr;              /* invoices have a code to pay by */
    const char *const *languages; /* NULL-terminated, default first */
    const char *callback;         /* path of the OpenID Connect redirect address: "/portal/oidc" */
    int idle_minutes;             /* of the login session, told on the chooser */
    int token_rate;               /* requests a minute with one access token */
    wp_limits_t limits;           /* what one person may cause */
    wp_window_spec_t window;
    wp_reading_policy_t policy;
    const wp_issuers_t *issuers;
    const wp_agreements_t *agreements; /* with banks; NULL: nothing can be paid here */
    const wp_secret_t *secret;
    const wp_queries_t *queries;
    const wp_theme_t *theme;
    wp_db_source_t *source;
    wp_places_t *places;         /* shared with the other processes of this machine; NULL: they cannot be */
    wp_bank_lines_t *bank_lines; /* shared too; NULL: they cannot be */
    wp_heavy_t *heavy;           /* room for heavy routes in this child */
    const wp_log_t *log;
    bool whole; /* every part is there; else all it answers is 503 */
} wp_portal_t;

/* Besides the portal itself this is the door of portal/engine: what httpd and waterportalctl need of it is declared
 * here, and sections, who are handed the portal with their page, call none of it but wp_language_pick(). */

/* One of the portal's languages: the wanted one if it has it, else the default. */
const char *wp_language_pick(const wp_portal_t *portal, const char *wanted);

/* All sections, NULL-terminated; written by build/gen-sections.sh. */
extern const wp_section_t *const wp_sections[];

/* The names of all stylesheets as wp_theme_load() wants them: one for each section, and the error page's. In pool. */
const char *const *wp_portal_stylesheets(apr_pool_t *pool);

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

/* In each child, after portal->places: room for heavy routes (wp_route_t.heavy), so many worked on at a time, and
 * `inside` of them working and waiting together; wait_ms is the longest wait. Without memory for it there is none, and
 * nothing is limited. */
void wp_portal_make_room(wp_portal_t *portal, apr_pool_t *pool, int at_once, int inside, int wait_ms);

/* Answers one request: the one loop. Always gives an answer. */
void wp_portal_answer(const wp_portal_t *portal, const wp_request_t *request, wp_answer_t *answer);

/* This login is over (it logged out, or another takes its place): it counts for nothing from now on. session as
 * wp_request_t has it. What cannot be written down ends by itself with the login's own time. */
apr_status_t wp_portal_leave(const wp_portal_t *portal, apr_pool_t *pool, const char *session, wp_instant_t now);

#endif
