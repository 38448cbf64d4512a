/* SPDX-License-Identifier: Apache-2.0 */
#include "httpd/glue.h"

#include <apr_lib.h>
#include <apr_strings.h>
#include <http_core.h>
#include <http_request.h>
#include <string.h>
#include <util_cookies.h>

#include "data/random_id.h"

#include "base/banned.h"

/* A session id is not renewed by a login inside a live session, so whoever planted the id would share the login (IDENTITY.md,
 * hole 3). Therefore the browser that finishes the login gets a second cookie, made for this user, and every protected page
 * asks for it: "NONCE.MAC(user, nonce)". */
#define BOUND_COOKIE "__Host-wp-login"

/* The variables are renamed at every internal redirect, so the chain is walked. Never headers: those a client can forge. */
static const char *environment(const request_rec *r, const char *name)
{
    for (const request_rec *step = r; step; step = step->prev ? step->prev : step->main) {
        const char *value = apr_table_get(step->subprocess_env, name);
        if (value)
            return value;
    }
    return NULL;
}

/* "urn:x:y" arrives as OIDC_CLAIM_urn-x-y */
static const char *claim(void *context, const char *name)
{
    request_rec *r = context;
    char *variable = apr_pstrcat(r->pool, "OIDC_CLAIM_", name, NULL);
    for (char *c = variable; *c; c++) {
        if (!apr_isalnum(*c) && *c != '_')
            *c = '-';
    }
    return environment(r, variable);
}

static const char *bound_text(apr_pool_t *pool, const char *nonce, const char *user)
{
    return apr_pstrcat(pool, nonce, "|", user, NULL);
}

static bool is_bound(request_rec *r, const wp_portal_t *portal)
{
    const char *cookie = NULL;
    if (ap_cookie_read(r, BOUND_COOKIE, &cookie, 0) != APR_SUCCESS || !cookie)
        return false;
    const char *dot = strchr(cookie, '.');
    if (!dot)
        return false;
    const char *nonce = apr_pstrmemdup(r->pool, cookie, (apr_size_t)(dot - cookie));
    return wp_secret_tag_is(portal->secret, WP_PURPOSE_LOGIN, r->pool, bound_text(r->pool, nonce, r->user), dot + 1);
}

static wp_login_t login_state(request_rec *r, const wp_portal_t *portal, const wp_request_t *request)
{
    const char *type = ap_auth_type(r);
    if (!type || strcasecmp(type, "openid-connect") != 0)
        return WP_LOGIN_UNPROTECTED;
    if (!r->user || !*r->user || !request->issuer || !request->subject)
        return WP_LOGIN_NONE;
    return is_bound(r, portal) ? WP_LOGIN_DONE : WP_LOGIN_UNBOUND;
}

void wp_glue_identity(request_rec *r, const wp_config_t *config, wp_request_t *request)
{
    request->claims = (wp_claims_t){claim, r};
    request->issuer = claim(r, "iss");
    request->subject = claim(r, "sub");
    request->login = login_state(r, config->portal, request);
}

void wp_glue_bind_login(request_rec *r, const wp_config_t *config)
{
    if (strcmp(r->uri, config->callback) != 0 || r->status != HTTP_MOVED_TEMPORARILY || !r->user || !*r->user)
        return;
    const char *nonce = wp_random_id(r->pool);
    const char *mac = wp_secret_tag(config->portal->secret, WP_PURPOSE_LOGIN, r->pool, bound_text(r->pool, nonce, r->user));
    apr_table_addn(r->err_headers_out, "Set-Cookie",
                   apr_pstrcat(r->pool, BOUND_COOKIE "=", nonce, ".", mac, "; Path=/; Secure; HttpOnly; SameSite=Lax", NULL));
}
