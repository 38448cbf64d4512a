/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_IDENTITY_CLAIMS_H
#define WP_IDENTITY_CLAIMS_H

#include <apr_pools.h>
#include <apr_tables.h>
#include <stdbool.h>

#include "domain/date.h"

/* What an issuer says about the logged-in person, from the ID token. The token's signature has been checked, its
 * content has not. NULL: the token does not say. Made by whoever knows the login: httpd/identity.c, or a test. */
typedef struct wp_claims_t {
    const char *issuer, *subject;                         /* "iss" and "sub" */
    const char *algorithm;                                /* how the token is signed, from its header: "RS256" */
    const char *(*get)(void *context, const char *claim); /* any claim by its name in the token, or NULL */
    void *context;
} wp_claims_t;

/* The claim, if it is UTF-8 and not empty; otherwise NULL, as for name NULL. */
const char *wp_claims_text(const wp_claims_t *claims, const char *name);

/* The claim, if it is a person's name, in the form that is shown and stored (base/clean.h, in pool). Otherwise NULL:
 * blanks, a number, an object as text. */
const char *wp_claims_person_name(const wp_claims_t *claims, const char *name, apr_pool_t *pool);

/* Seconds since 1970 (OpenID Connect Core, section 2: auth_time); 0 if it is anything else. */
wp_instant_t wp_claims_instant(const wp_claims_t *claims, const char *name);

/* Is one of the claim's words among `words` (const char *)? The claim is "desk", or a list as mod_auth_openidc passes
 * arrays: "desk,reader". */
bool wp_claims_have_word(const wp_claims_t *claims, const char *name, const apr_array_header_t *words,
                         apr_pool_t *pool);

#endif
