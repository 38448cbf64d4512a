/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_CRYPTO_DIGEST_H
#define WP_CRYPTO_DIGEST_H

#include <apr_pools.h>

/* SHA-256 as 64 hex digits, in pool; NULL if OpenSSL fails. The digest of a text that cannot be guessed lets us
 * recognise the text without storing it. */
const char *wp_digest(apr_pool_t *pool, const void *bytes, apr_size_t length);

#endif
