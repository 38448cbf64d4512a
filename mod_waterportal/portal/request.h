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

/* A request and its answer as the portal sees them: free of httpd, so that tests and tools can make them too. */

typedef enum { WP_METHOD_GET, WP_METHOD_POST, WP_METHOD_OTHER } wp_method_t;

/* What became of a body: not read, read, or why it is not there. BUSY: too many of its kind of sender are waited
 * for. */
typedef enum {
    WP_BODY_NONE,
    WP_BODY_READ,
    WP_BODY_TOO_LARGE,
    WP_BODY_BROKEN,
    WP_BODY_SLOW,
    WP_BODY_BUSY
} wp_body_state_t;

/* Who sends: a stranger who may have been logged in, a bank, a person who is logged in. */
typedef enum { WP_SENDER_STRANGER, WP_SENDER_SIGNED, WP_SENDER_PERSON } wp_sender_t;

/* What is taken of a body, from whom. */
typedef struct wp_body_terms_t {
    apr_size_t most;  /* bytes */
    int milliseconds; /* for all of it */
    wp_sender_t sender;
} wp_body_terms_t;

typedef struct wp_body_t {
    const char *bytes; /* raw, NUL-terminated, when state is WP_BODY_READ */
    apr_size_t length;
    bool is_form;      /* its media type is application/x-www-form-urlencoded */
    int64_t announced; /* bytes; -1: unknown */
    wp_body_state_t state;
    void (*read)(struct wp_body_t *body, const wp_body_terms_t *terms); /* once; NULL: what is there is all */
    void *source;                                                       /* read's own */
} wp_body_t;

typedef enum {
    WP_LOGIN_NONE,        /* nobody is logged in */
    WP_LOGIN_UNPROTECTED, /* the place is not protected by AuthType openid-connect: nothing may be served */
    WP_LOGIN_UNBOUND,     /* logged in, but not by this browser: the session's second cookie is missing or another's */
    WP_LOGIN_DONE
} wp_login_t;

typedef struct wp_request_t {
    apr_pool_t *pool;
    wp_method_t method;
    const char *id;          /* shown on error pages and written to the log: "7f3a-91c2-e04b" */
    const char *scheme_host; /* "https://portal.example", as a browser sees it: for comparing Origin, and for links from
                                outside */
    const char *mount;       /* where the whole portal is: "/portal" */
    const char *base;        /* where this section is: the mount, or the place of a section mounted alone */
    const char *path;        /* below the mount, percent-encoded by wp_urlencode(), segment by segment: "/",
                                "/contracts/2019%2F1234" */
    const char *query;       /* raw query string, or NULL */
    wp_body_t *body;         /* of a POST: portal/ reads it when it has looked at all else. NULL: none */
    bool knew_session;       /* it brought the cookie of a session or of a login, whatever that is worth */
    const char *origin;      /* the Origin header, or NULL */
    const char *fetch_site;  /* the Sec-Fetch-Site header, or NULL */
    const char *language_cookie; /* or NULL */
    const char *once_cookie;     /* what is shown once (portal/flash.c), sealed; or NULL */
    const char *authorization;   /* the Authorization header, or NULL; only access tokens are read from it */
    const char *if_none_match;   /* the header, or NULL */
    const char *signature;       /* the X-JWS-Signature header of a bank's message, or NULL */
    const char *content_type;    /* of the body, or NULL */
    const char *only_section;    /* the one section mounted here (SetHandler waterportal-NAME), or NULL for all */
    bool wants_xml;              /* Accept names application/xml before any HTML */
    wp_login_t login;
    wp_claims_t claims; /* who, when login is WP_LOGIN_DONE; it has an issuer then */
    const char
        *session; /* what tells this login from others: SHA-256 of its second cookie's number; with WP_LOGIN_DONE */
    wp_instant_t session_ends; /* when that cookie is worth nothing any more */
    const char *agent;         /* the User-Agent header, or NULL */
    wp_instant_t now;
    bool at_login;                     /* of a failed request: it was the OpenID Connect redirect address */
    bool login_away;                   /* of a failed request: nobody can log in just now */
    const struct wp_request_t *failed; /* the request whose error this answer explains, or NULL */
    int failed_status;                 /* what httpd, or a module, made of it */
} wp_request_t;

typedef struct wp_answer_t {
    int status;
    const char *content_type;
    const char *body;
    apr_size_t length;
    apr_file_t *file; /* NULL, or what is sent from its beginning in place of body: file_length bytes */
    apr_off_t file_length;
    const char *location; /* with 303 */
    bool personal;        /* Cache-Control: no-store */
    const char *vary;     /* what the answer depends on; NULL: as pages do */
    apr_table_t *headers; /* further headers, Set-Cookie among them */
} wp_answer_t;

#endif
