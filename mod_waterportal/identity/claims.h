/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_IDENTITY_CLAIMS_H
#define WP_IDENTITY_CLAIMS_H

#include <apr_pools.h>
#include <apr_tables.h>
#include <stdbool.h>

#include "domain/date.h"

/* What an issuer says of whoever logged in, as the ID token brought it: its signature is checked, what it says is not.
 * NULL: it does not say. Whoever knows the login makes this: httpd/identity.c, or a test. */
typedef struct wp_claims_t {
    const char *issuer, *subject;                         /* "iss" and "sub" */
    const char *algorithm;                                /* how the token is signed, by its own header: "RS256" */
    const char *(*get)(void *context, const char *claim); /* any claim by its name in the token, or NULL */
    void *context;
} wp_claims_t;

/* The claim, when it is UTF-8 and not empty; else NULL, and of name NULL. */
const char *wp_claims_text(const wp_claims_t *claims, const char *name);

/* The claim, when it is somebody's name, as it is shown and kept (base/clean.h, in pool); else NULL: blanks, a number,
 * an object as text. */
const char *wp_claims_person_name(const wp_claims_t *claims, const char *name, apr_pool_t *pool);

/* Seconds since 1970 (OpenID Connect Core, section 2: auth_time); anything else is 0. */
wp_instant_t wp_claims_instant(const wp_claims_t *claims, const char *name);

/* Is one of the claim's words among `words` (const char *)? "desk", or a list as mod_auth_openidc passes arrays:
 * "desk,reader". */
bool wp_claims_have_word(const wp_claims_t *claims, const char *name, const apr_array_header_t *words,
                         apr_pool_t *pool);

#endif
