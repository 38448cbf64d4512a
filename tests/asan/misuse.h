/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_TESTS_ASAN_MISUSE_H
#define WP_TESTS_ASAN_MISUSE_H
#include <apr_pools.h>

/** Does with memory of the pool what must not be done, or (case "proper") what may be. NULL, or why it could not. */
const char *wp_misuse(const char *name, apr_pool_t *pool);

#endif
