/* SPDX-License-Identifier: Apache-2.0 */
#include "httpd/glue.h"

#include <apr_encode.h>
#include <apr_lib.h>
#include <apr_strings.h>
#include <http_core.h>
#include <http_request.h>
#include <jansson.h>
#include <string.h>
#include <util_cookies.h>

#include "crypto/digest.h"
#include "crypto/random.h"

#include "base/banned.h"

/* A login inside a live session does not renew the session id, so whoever planted the id would share the login
 * (docs/identity.md, hole 3). The browser that finishes the login therefore gets a second cookie, made for this login,
 * and every protected page requires it: "NONCE.EXPIRES.MAC(nonce, expires, user, session)". It is removed at logout,
 * and later it is worthless: it is valid neither with another session nor for longer than a session can last. */
#define BOUND_COOKIE  "__Host-wp-login"
#define BOUND_SECONDS (8 * 3600) /* OIDCSessionMaxDuration of conf/oidc.conf */

/* httpd renames the variables at every internal redirect, so the chain is walked. Never read from headers: a client can
 * forge those. */
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

/* How the ID token was signed, according to its own header. In the code flow mod_auth_openidc accepts "none" as a
 * signature, whatever was agreed with the issuer: it trusts the connection (OpenID Connect Core, section 3.1.3.7).
 * Through a proxy, that is not the issuer's connection. */
static const char *token_algorithm(request_rec *r)
{
    const char *token = environment(r, "OIDC_id_token");
    size_t length = token ? strcspn(token, ".") : 0;
    const char *header = length ? apr_pdecode_base64(r->pool, token, (apr_ssize_t)length, APR_ENCODE_NONE, NULL) : NULL;
    json_t *json = header ? json_loads(header, 0, NULL) : NULL;
    const char *name = json_string_value(json_object_get(json, "alg"));

    name = name ? apr_pstrdup(r->pool, name) : NULL;
    json_decref(json);
    return name;
}

/* mod_auth_openidc removes its cookie from the headers before a handler sees them (OIDCStripCookies). */
static const char session_note[] = "waterportal-session";

void wp_glue_note_session(request_rec *r, const wp_config_t *config)
{
    const char *session = NULL;
    if (ap_cookie_read(r, config->session_cookie, &session, 0) == APR_SUCCESS && session)
        apr_table_set(r->notes, session_note, session);
}

/* After an internal redirect, the note is on the original request. */
static const char *noted_session(const request_rec *r)
{
    const char *session = NULL;
    for (const request_rec *step = r; step && !session; step = step->prev ? step->prev : step->main)
        session = apr_table_get(step->notes, session_note);
    return session;
}

bool wp_glue_knew_session(request_rec *r)
{
    const char *login = NULL;
    return noted_session(r) || (ap_cookie_read(r, BOUND_COOKIE, &login, 0) == APR_SUCCESS && login);
}

static const char *bound_text(request_rec *r, const char *nonce, const char *expires, const char *session)
{
    return apr_pstrcat(r->pool, nonce, "|", expires, "|", r->user, "|", session, NULL);
}

/* The parts of the second cookie, if it belongs to this login. */
typedef struct bound_t {
    const char *nonce;
    apr_int64_t expires;
} bound_t;

static bool read_bound(request_rec *r, const wp_portal_t *portal, bound_t *bound)
{
    const char *cookie = NULL, *session = noted_session(r);
    char *rest = NULL;

    if (!session || ap_cookie_read(r, BOUND_COOKIE, &cookie, 0) != APR_SUCCESS || !cookie)
        return false;
    bound->nonce = apr_strtok(apr_pstrdup(r->pool, cookie), ".", &rest);
    const char *expires = bound->nonce ? apr_strtok(NULL, ".", &rest) : NULL;
    const char *mac = expires ? apr_strtok(NULL, ".", &rest) : NULL;
    bound->expires = expires ? apr_strtoi64(expires, NULL, 10) : 0;
    return mac && bound->expires > apr_time_sec(r->request_time) &&
           wp_secret_tag_is(portal->secret, WP_PURPOSE_LOGIN, r->pool, bound_text(r, bound->nonce, expires, session),
                            mac);
}

static wp_login_t login_state(request_rec *r, const wp_portal_t *portal, wp_request_t *request)
{
    const char *type = ap_auth_type(r);
    bound_t bound;

    if (!type || strcasecmp(type, "openid-connect") != 0)
        return WP_LOGIN_UNPROTECTED;
    if (!r->user || !*r->user || !request->claims.issuer)
        return WP_LOGIN_NONE;
    if (!read_bound(r, portal, &bound))
        return WP_LOGIN_UNBOUND;
    request->session = wp_digest(r->pool, bound.nonce, strlen(bound.nonce));
    request->session_ends = bound.expires;
    return request->session ? WP_LOGIN_DONE : WP_LOGIN_UNBOUND;
}

void wp_glue_identity(request_rec *r, const wp_config_t *config, wp_request_t *request)
{
    request->claims = (wp_claims_t){.issuer = claim(r, "iss"),
                                    .subject = claim(r, "sub"),
                                    .algorithm = token_algorithm(r),
                                    .get = claim,
                                    .context = r};
    request->agent = apr_table_get(r->headers_in, "User-Agent");
    request->login = config->portal->whole ? login_state(r, config->portal, request) : WP_LOGIN_NONE;
}

/* The session that the answer to a callback sets or continues; "" if it ends one. */
static const char *answered_session(request_rec *r, const wp_config_t *config)
{
    const apr_array_header_t *headers = apr_table_elts(r->err_headers_out);
    const char *prefix = apr_pstrcat(r->pool, config->session_cookie, "=", NULL);
    const char *session = noted_session(r);

    for (int i = 0; i < headers->nelts; i++) {
        const apr_table_entry_t *header = &APR_ARRAY_IDX(headers, i, apr_table_entry_t);
        if (strcasecmp(header->key, "Set-Cookie") == 0 && strncmp(header->val, prefix, strlen(prefix)) == 0)
            session = apr_pstrmemdup(r->pool, header->val + strlen(prefix), strcspn(header->val + strlen(prefix), ";"));
    }
    return session;
}

static void set_bound_cookie(request_rec *r, const char *value, const char *more)
{
    apr_table_addn(r->err_headers_out, "Set-Cookie",
                   apr_pstrcat(r->pool, BOUND_COOKIE "=", value, "; Path=/; Secure; HttpOnly; SameSite=Lax", more,
                               NULL));
}

/* Ends the login that the browser had until now. At a logout the user's name is no longer known, so the cookie's MAC
 * cannot be checked: whoever knows the nonce may end the login that it stands for. */
static void leave_login(request_rec *r, const wp_portal_t *portal)
{
    const char *cookie = NULL;

    if (ap_cookie_read(r, BOUND_COOKIE, &cookie, 0) != APR_SUCCESS || !cookie || !*cookie)
        return;
    const char *session = wp_digest(r->pool, cookie, strcspn(cookie, "."));
    if (session)
        wp_portal_end_session(portal, r->pool, session, apr_time_sec(r->request_time));
}

/* Who the person was is known to the issuer; the first page after the login writes the person's tag to the log wherever
 * that matters. */
static void note_security(request_rec *r, const wp_config_t *config, wp_event_id_t event)
{
    wp_glue_log_enter(r, wp_glue_request_id(r->pool));
    wp_log_event(config->portal->log, event, "%s", config->callback);
    wp_glue_log_leave();
}

void wp_glue_bind_login(request_rec *r, const wp_config_t *config)
{
    if (!r->uri || strcmp(r->uri, config->callback) != 0 || r->status != HTTP_MOVED_TEMPORARILY)
        return;
    const char *session = answered_session(r, config);
    if (session && (!*session || (r->user && *r->user)))
        leave_login(r, config->portal);
    if (session && !*session) {
        set_bound_cookie(r, "", "; Max-Age=0");
        note_security(r, config, WP_EV_LOGGED_OUT);
    }
    if (!r->user || !*r->user || !session || !*session)
        return;
    note_security(r, config, WP_EV_LOGGED_IN);
    const char *nonce = wp_random_id(r->pool);
    const char *expires = apr_psprintf(r->pool, "%" APR_TIME_T_FMT, apr_time_sec(r->request_time) + BOUND_SECONDS);
    const char *mac = wp_secret_tag(config->portal->secret, WP_PURPOSE_LOGIN, r->pool,
                                    bound_text(r, nonce, expires, session));
    set_bound_cookie(r, apr_pstrcat(r->pool, nonce, ".", expires, ".", mac, NULL), "");
}
