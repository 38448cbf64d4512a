/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DATA_RANDOM_ID_H
#define WP_DATA_RANDOM_ID_H

#include <apr_pools.h>

#define WP_ID_LENGTH 20

/* A new id: 20 characters of a-z and 2-7 (RFC 4648 base 32, lower case), 100 random bits of the system's generator: not
 * to be guessed where it stands in an address, and unique without asking the database. In pool; NULL when the system
 * has no randomness. */
const char *wp_random_id(apr_pool_t *pool);

#endif
