/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_CRYPTO_SECRET_H
#define WP_CRYPTO_SECRET_H

#include <apr_pools.h>
#include <stdbool.h>

/* Keys made from WaterPortalSecretFile (shared by all nodes) by HKDF-SHA256 (RFC 5869), one per purpose. While a secret
 * is changed there are more: another one, from which nothing is made but whose things are accepted
 * (WaterPortalOtherSecretFile), and the first one, whose tags are kept in the database and stay as they were
 * (WaterPortalPersonSecretFile). */
typedef struct wp_secret_t wp_secret_t;

typedef enum {
    WP_PURPOSE_PERSON,
    WP_PURPOSE_FORM,
    WP_PURPOSE_LOGIN,
    WP_PURPOSE_PARK,
    WP_PURPOSE_BODY,
    WP_PURPOSE_CODE,
    WP_PURPOSE_ONCE,
    WP_PURPOSE_COUNT
} wp_purpose_t;

#define WP_SECRET_MIN_BYTES 32

/* Reads the file: at least 32 bytes, not readable by others. *error says what is wrong and the mend. */
apr_status_t wp_secret_load(wp_secret_t **secret, apr_pool_t *pool, const char *file, const char **error);

/* Has secret accept what was made with other, and make the tags that are kept – of persons, and of what was typed –
 * with first. Both may be NULL: no other one, and its own. They must live as long as secret. */
void wp_secret_join(wp_secret_t *secret, const wp_secret_t *other, const wp_secret_t *first);

/* HMAC-SHA256 over text, as 32 hex digits (128 bits). */
const char *wp_secret_tag(const wp_secret_t *secret, wp_purpose_t purpose, apr_pool_t *pool, const char *text);
bool wp_secret_tag_is(const wp_secret_t *secret, wp_purpose_t purpose, apr_pool_t *pool, const char *text,
                      const char *tag);

/* AES-256-GCM; bound names what the sealed text belongs to and must be the same when it is opened. base64url text. */
const char *wp_secret_seal(const wp_secret_t *secret, wp_purpose_t purpose, apr_pool_t *pool, const char *plain,
                           const char *bound);
/* NULL when it is not ours, was changed, or belongs to something else. */
const char *wp_secret_open(const wp_secret_t *secret, wp_purpose_t purpose, apr_pool_t *pool, const char *sealed,
                           const char *bound);

#endif
