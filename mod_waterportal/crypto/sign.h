/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_CRYPTO_SIGN_H
#define WP_CRYPTO_SIGN_H

#include <apr_pools.h>
#include <stdbool.h>

#include "domain/bank_message.h"
#include "domain/date.h"

/* Banks' signatures: RSA PKCS #1 v1.5 (RFC 8017 section 8.2). */

typedef struct wp_sign_key_t wp_sign_key_t;

/* Reads a private key, a certificate or a public key in PEM: RSA of at least 2048 bits. *error says what is wrong with
 * the file. */
apr_status_t wp_sign_private_key_load(wp_sign_key_t **key, apr_pool_t *pool, const char *file, const char **error);
apr_status_t wp_sign_public_key_load(wp_sign_key_t **key, apr_pool_t *pool, const char *file, const char **error);

/* The first 16 hex digits of the SHA-256 of the public key's DER: identifies keys in logs. */
const char *wp_sign_key_tag(const wp_sign_key_t *key);

/* When the certificate expires; 0 for a bare key. */
wp_instant_t wp_sign_key_ends(const wp_sign_key_t *key);

bool wp_sign_keys_match(const wp_sign_key_t *one, const wp_sign_key_t *other);

/* The bytes to sign, and the digest to use. */
typedef struct wp_signed_t {
    wp_bank_digest_t digest;
    const void *bytes;
    apr_size_t length;
} wp_signed_t;

/* The signature, in pool; NULL if OpenSSL fails. *size: its length in bytes. */
const unsigned char *wp_sign_bytes(const wp_sign_key_t *key, const wp_signed_t *what, apr_pool_t *pool,
                                   apr_size_t *size);

/* True if the signature is valid. NULL is not. */
bool wp_sign_bytes_verify(const wp_sign_key_t *key, const wp_signed_t *what, const unsigned char *signature,
                          apr_size_t size);

/* The same in base64 with padding. */
const char *wp_sign_make(const wp_sign_key_t *key, const wp_signed_t *what, apr_pool_t *pool);

/* signature: base64; any character outside its alphabet makes the result false. */
bool wp_sign_verify(const wp_sign_key_t *key, const wp_signed_t *what, const char *signature, apr_pool_t *pool);

#endif
