/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_CRYPTO_JWS_H
#define WP_CRYPTO_JWS_H

#include <apr_pools.h>
#include <apr_tables.h>
#include <stdbool.h>

#include "crypto/sign.h"

/* Signatures that travel in an HTTP header beside a body: detached JWS (RFC 7515, appendix F) over the unencoded bytes
 * (RFC 7797, "b64": false). The agreement defines the algorithm; the message must name the same one. */

typedef struct wp_jws_algorithm_t {
    const char *name; /* "RS512": RFC 7518 section 3.3 */
    wp_bank_digest_t digest;
} wp_jws_algorithm_t;

/* NULL if no algorithm has this name. */
const wp_jws_algorithm_t *wp_jws_algorithm_find(const char *name);

/* A message and what its signature covers. */
typedef struct wp_jws_t {
    const wp_jws_algorithm_t *algorithm;
    const char *url; /* the full address of the request; an answer has that of its request */
    const char *kid; /* key id of the signer */
    wp_instant_t now;
    int age;          /* maximum age of a signature, in seconds */
    const char *body; /* "" if there is none */
    apr_size_t length;
} wp_jws_t;

/* The value of the header, in pool; NULL if OpenSSL fails. */
const char *wp_jws_make(const wp_sign_key_t *key, const wp_jws_t *message, apr_pool_t *pool);

/* The key of keys (wp_sign_key_t *) that made the signature; NULL if none did, or if the signature is not
 * over this message. */
const wp_sign_key_t *wp_jws_verify(const apr_array_header_t *keys, const wp_jws_t *message, const char *signature,
                                   apr_pool_t *pool);

#endif
