/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_TESTS_FUZZ_KEYS_H
#define WP_TESTS_FUZZ_KEYS_H

#include "crypto/sign.h"

/* The halves of one pair, made at the first call; they live as long as the process. After fuzz_pool_open. */
const wp_sign_key_t *fuzz_private_key(void);
wp_sign_key_t *fuzz_public_key(void);

#endif
