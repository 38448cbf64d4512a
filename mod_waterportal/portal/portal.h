/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_PORTAL_PORTAL_H
#define WP_PORTAL_PORTAL_H

#include <apr_pools.h>
#include <apr_tables.h>

#include "base/log.h"
#include "data/db.h"
#include "domain/reading/policy.h"
#include "domain/window.h"
#include "bank/agreement.h"
#include "portal/bank_line.h"
#include "portal/engine/heavy.h"
#include "identity/issuers.h"
#include "portal/limits.h"
#include "portal/request.h"
#include "crypto/secret.h"
#include "render/theme.h"

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

/* One of the portal's languages: the wanted one if it has it, else the default. */
const char *wp_language_pick(const wp_portal_t *portal, const char *wanted);

/* The names of all stylesheets as wp_theme_load() wants them: one for each section, and the error page's. In pool. */
const char *const *wp_portal_stylesheets(apr_pool_t *pool);

/* Answers one request: the one loop. Always gives an answer. */
void wp_portal_answer(const wp_portal_t *portal, const wp_request_t *request, wp_answer_t *answer);

/* This login is over (it logged out, or another takes its place): it counts for nothing from now on. session as
 * wp_request_t has it. What cannot be written down ends by itself with the login's own time. */
apr_status_t wp_portal_leave(const wp_portal_t *portal, apr_pool_t *pool, const char *session, wp_instant_t now);

#endif
