/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_CRYPTO_SECRET_H
#define WP_CRYPTO_SECRET_H

#include <apr_pools.h>
#include <stdbool.h>

/* Keys derived from WaterPortalSecretFile (shared by all nodes) by HKDF-SHA256 (RFC 5869), one per purpose. While
 * the secret is being changed there are more: another one, which makes nothing but whose tags and seals are still
 * accepted (WaterPortalOtherSecretFile), and the first one, whose tags are stored in the database and must stay
 * the same (WaterPortalPersonSecretFile). */
typedef struct wp_secret_t wp_secret_t;

typedef enum {
    WP_PURPOSE_PERSON,
    WP_PURPOSE_FORM,
    WP_PURPOSE_LOGIN,
    WP_PURPOSE_PARK,
    WP_PURPOSE_BODY,
    WP_PURPOSE_CODE,
    WP_PURPOSE_ONCE,
    WP_PURPOSE_BOUNCE,
    WP_PURPOSE_COUNT
} wp_purpose_t;

#define WP_SECRET_MIN_BYTES 32

/* Reads the file: at least 32 bytes, not readable by others. *error says what is wrong and how to fix it. */
apr_status_t wp_secret_load(wp_secret_t **secret, apr_pool_t *pool, const char *file, const char **error);

/* Makes secret accept what was made with other, and makes the tags that are stored – of persons, and of what was typed
 * – with first. Both may be NULL: then nothing else is accepted, and secret makes its own tags. They must live as long
 * as secret. */
void wp_secret_join(wp_secret_t *secret, const wp_secret_t *other, const wp_secret_t *first);

/* HMAC-SHA256 over text, as 32 hex digits (128 bits). */
const char *wp_secret_tag(const wp_secret_t *secret, wp_purpose_t purpose, apr_pool_t *pool, const char *text);
bool wp_secret_tag_is(const wp_secret_t *secret, wp_purpose_t purpose, apr_pool_t *pool, const char *text,
                      const char *tag);

/* AES-256-GCM, as base64url text. bound names what the sealed text belongs to; opening it requires the same. */
const char *wp_secret_seal(const wp_secret_t *secret, wp_purpose_t purpose, apr_pool_t *pool, const char *plain,
                           const char *bound);
/* NULL if the text is not ours, was changed, or belongs to something else. */
const char *wp_secret_open(const wp_secret_t *secret, wp_purpose_t purpose, apr_pool_t *pool, const char *sealed,
                           const char *bound);

#endif
