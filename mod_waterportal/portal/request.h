/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_PORTAL_REQUEST_H
#define WP_PORTAL_REQUEST_H

#include <apr_file_io.h>
#include <apr_pools.h>
#include <apr_tables.h>
#include <stdbool.h>

#include "domain/date.h"

/* A request and its answer as the portal sees them: free of httpd, so that tests and tools can make them too. */

typedef enum { WP_METHOD_GET, WP_METHOD_POST, WP_METHOD_OTHER } wp_method_t;

/* Why a body is not there. */
typedef enum { WP_BODY_NONE, WP_BODY_READ, WP_BODY_TOO_LARGE, WP_BODY_BROKEN } wp_body_state_t;

/* What the login told. NULL members were not given. Everything is valid UTF-8. */
typedef struct wp_claims_t {
    const char *(*get)(void *context, const char *claim); /* any claim by its name in the ID token, or NULL */
    void *context;
} wp_claims_t;

typedef enum {
    WP_LOGIN_NONE,        /* nobody is logged in */
    WP_LOGIN_UNPROTECTED, /* the place is not protected by AuthType openid-connect: nothing may be served */
    WP_LOGIN_UNBOUND,     /* logged in, but not by this browser: the session's second cookie is missing or another's */
    WP_LOGIN_DONE
} wp_login_t;

typedef struct wp_request_t {
    apr_pool_t *pool;
    wp_method_t method;
    const char *id;      /* shown on error pages and written to the log: "7f3a-91c2-e04b" */
    const char *scheme_host; /* "https://portal.example", as a browser sees it: for comparing Origin, and for links from outside */
    const char *mount;   /* where the whole portal is: "/portal" */
    const char *base;    /* where this section is: the mount, or the place of a section mounted alone */
    const char *path;    /* below the mount, decoded: "/", "/readings/receipt/R-2026-1" */
    const char *query;   /* raw query string, or NULL */
    const char *body;    /* raw body, NUL-terminated, when body_state is WP_BODY_READ */
    apr_size_t body_length;
    bool body_is_form;   /* its media type is application/x-www-form-urlencoded */
    wp_body_state_t body_state;
    const char *origin;          /* the Origin header, or NULL */
    const char *fetch_site;      /* the Sec-Fetch-Site header, or NULL */
    const char *language_cookie; /* or NULL */
    const char *once_cookie;     /* what is shown once (portal/once.c), sealed; or NULL */
    const char *authorization;   /* the Authorization header, or NULL; only access tokens are read from it */
    const char *if_none_match;   /* the header, or NULL */
    const char *signature;       /* the X-JWS-Signature header of a bank's message, or NULL */
    const char *content_type;    /* of the body, or NULL */
    const char *only_section;    /* the one section mounted here (SetHandler waterportal-NAME), or NULL for all */
    bool wants_xml;              /* Accept names application/xml before any HTML */
    wp_login_t login;
    const char *issuer, *subject; /* who, when login is WP_LOGIN_DONE */
    wp_claims_t claims;
    const char *session;       /* what tells this login from others: SHA-256 of its second cookie's number; with WP_LOGIN_DONE */
    wp_instant_t session_ends; /* when that cookie is worth nothing any more */
    const char *agent;         /* the User-Agent header, or NULL */
    wp_instant_t now;
    bool at_login;                     /* of a failed request: it was the OpenID Connect redirect address */
    const struct wp_request_t *failed; /* the request whose error this answer explains, or NULL */
    int failed_status;                 /* what httpd, or a module, made of it */
} wp_request_t;

typedef struct wp_answer_t {
    int status;
    const char *content_type;
    const char *body;
    apr_size_t length;
    apr_file_t *file;     /* NULL, or what is sent from its beginning in place of body: file_length bytes */
    apr_off_t file_length;
    const char *location; /* with 303 */
    bool personal;        /* Cache-Control: no-store */
    const char *vary;     /* what the answer depends on; NULL: as pages do */
    apr_table_t *headers; /* further headers, Set-Cookie among them */
} wp_answer_t;

#endif
