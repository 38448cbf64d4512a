/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_CRYPTO_JWS_H
#define WP_CRYPTO_JWS_H

#include <apr_pools.h>
#include <apr_tables.h>
#include <stdbool.h>

#include "crypto/sign.h"

/* Signatures that travel beside a body, in a header of HTTP: JWS (RFC 7515) detached (its appendix F) over the bytes as
 * they are (RFC 7797, "b64": false). The algorithm is the agreement's; what a message says of it must be the same. */

typedef struct wp_jws_algorithm_t {
    const char *name; /* "RS512": RFC 7518 section 3.3 */
    wp_bank_digest_t digest;
} wp_jws_algorithm_t;

/* NULL when there is none of this name. */
const wp_jws_algorithm_t *wp_jws_algorithm_find(const char *name);

/* A message. */
typedef struct wp_jws_t {
    const wp_jws_algorithm_t *algorithm;
    const char *url; /* the full address it is sent to, or is the answer of */
    const char *kid; /* who signs */
    wp_instant_t now;
    int age;          /* seconds that a signature may be old */
    const char *body; /* "" where there is none */
    apr_size_t length;
} wp_jws_t;

/* The header's value, in pool; NULL when OpenSSL cannot. */
const char *wp_jws_make(const wp_sign_key_t *key, const wp_jws_t *message, apr_pool_t *pool);

/* The key of keys (wp_sign_key_t *) that made the signature; NULL when none did, or what is signed is not this
 * message. */
const wp_sign_key_t *wp_jws_verify(const apr_array_header_t *keys, const wp_jws_t *message, const char *signature,
                                   apr_pool_t *pool);

#endif
