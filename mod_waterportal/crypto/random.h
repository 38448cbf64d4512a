/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_CRYPTO_RANDOM_H
#define WP_CRYPTO_RANDOM_H

#include <apr_pools.h>

/* All randomness of the portal comes from here (base/banned.h), so that the status is checked in one place: if the
 * system's generator fails, the process ends. Continuing without it would issue ids that can be guessed. */

#define WP_ID_LENGTH 26

/* Fills bytes with length random bytes from the system's generator. Never fails. */
void wp_random_bytes(void *bytes, apr_size_t length);

/* length characters of a-z and 2-7 (RFC 4648 base 32, lower case), 5 random bits each. In pool. */
const char *wp_random_text(apr_pool_t *pool, apr_size_t length);

/* A new id: 26 such characters, 130 bits. It cannot be guessed when used in an address, and is unique without a query
 * to the database. */
const char *wp_random_id(apr_pool_t *pool);

/* count decimal digits, each equally likely. In pool. */
const char *wp_random_digits(apr_pool_t *pool, apr_size_t count);

#endif
