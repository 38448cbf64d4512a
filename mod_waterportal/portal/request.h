/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_PORTAL_REQUEST_H
#define WP_PORTAL_REQUEST_H

#include <apr_file_io.h>
#include <apr_pools.h>
#include <apr_tables.h>
#include <stdbool.h>
#include <stdint.h>

#include "domain/date.h"
#include "identity/claims.h"

/* A request and its answer as the portal sees them: independent of httpd, so that tests and tools can make them too. */

typedef enum { WP_METHOD_GET, WP_METHOD_POST, WP_METHOD_OTHER } wp_method_t;

/* State of a body: not read, read, or why it is missing. BUSY: too many bodies of this kind of sender are being
 * waited for. */
typedef enum {
    WP_BODY_NONE,
    WP_BODY_READ,
    WP_BODY_TOO_LARGE,
    WP_BODY_BROKEN,
    WP_BODY_SLOW,
    WP_BODY_BUSY
} wp_body_state_t;

/* Who sends the body: a stranger who may have been logged in, a bank, or a logged-in person. */
typedef enum { WP_SENDER_STRANGER, WP_SENDER_SIGNED, WP_SENDER_PERSON } wp_sender_t;

/* What is accepted of a body, and from whom. */
typedef struct wp_body_terms_t {
    apr_size_t most;  /* bytes */
    int milliseconds; /* for the whole body */
    wp_sender_t sender;
} wp_body_terms_t;

typedef struct wp_body_t {
    const char *bytes; /* raw, NUL-terminated, when state is WP_BODY_READ */
    apr_size_t length;
    bool is_form;      /* its media type is application/x-www-form-urlencoded */
    int64_t announced; /* bytes; -1: unknown */
    wp_body_state_t state;
    void (*read)(struct wp_body_t *body, const wp_body_terms_t *terms); /* call once; NULL: `bytes` is complete */
    void *source;                                                       /* private to read() */
} wp_body_t;

typedef enum {
    WP_LOGIN_NONE,        /* nobody is logged in */
    WP_LOGIN_UNPROTECTED, /* the place is not protected by AuthType openid-connect: nothing may be served */
    WP_LOGIN_UNBOUND,     /* logged in, but not in this browser: the second cookie is missing or another session's */
    WP_LOGIN_DONE
} wp_login_t;

typedef struct wp_request_t {
    apr_pool_t *pool;
    wp_method_t method;
    const char *id;          /* shown on error pages and written to the log: "7f3a-91c2-e04b" */
    const char *scheme_host; /* "https://portal.example", as browsers see it: to check Origin, and for links */
    const char *mount;       /* where the whole portal is mounted: "/portal" */
    const char *base;        /* where this section is: the mount, or the location of a section that is mounted alone */
    const char *path;   /* below the mount, each segment percent-encoded by wp_urlencode(): "/contracts/2019%2F1234" */
    const char *query;  /* raw query string, or NULL */
    wp_body_t *body;    /* of a POST: portal/ reads it after all other checks. NULL: none */
    bool knew_session;  /* it brought the cookie of a session or of a login, valid or not */
    const char *origin; /* the Origin header, or NULL */
    const char *fetch_site;      /* the Sec-Fetch-Site header, or NULL */
    const char *language_cookie; /* or NULL */
    const char *once_cookie;     /* the text to show once (portal/flash.c), sealed; or NULL */
    const char *authorization;   /* the Authorization header, or NULL; only access tokens are read from it */
    const char *if_none_match;   /* the header, or NULL */
    const char *signature;       /* the X-JWS-Signature header of a bank's message, or NULL */
    const char *content_type;    /* of the body, or NULL */
    const char *idempotency_key; /* the Idempotency-Key header of a program's POST, or NULL */
    const char *only_section;    /* the one section mounted here (SetHandler waterportal-NAME), or NULL for all */
    bool wants_xml;              /* Accept names application/xml before any HTML */
    wp_login_t login;
    wp_claims_t claims;        /* the person's claims, if login is WP_LOGIN_DONE; issuer is then set */
    const char *session;       /* identifies this login: SHA-256 of its second cookie's number; with WP_LOGIN_DONE */
    wp_instant_t session_ends; /* when that cookie expires */
    const char *agent;         /* the User-Agent header, or NULL */
    wp_instant_t now;
    bool at_login;                     /* of a failed request: it was to the OpenID Connect redirect address */
    bool login_away;                   /* of a failed request: nobody can log in at present */
    const struct wp_request_t *failed; /* the request whose error this answer explains, or NULL */
    int failed_status;                 /* the status that httpd or a module gave it */
} wp_request_t;

typedef struct wp_answer_t {
    int status;
    const char *content_type;
    const char *body;
    apr_size_t length;
    apr_file_t *file; /* NULL, or sent instead of body, from its beginning: file_length bytes */
    apr_off_t file_length;
    const char *location; /* with 303 */
    bool personal;        /* Cache-Control: no-store */
    const char *vary;     /* the Vary header; NULL: the one of pages */
    apr_table_t *headers; /* additional headers, including Set-Cookie */
} wp_answer_t;

#endif
