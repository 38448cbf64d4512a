/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_TESTS_FUZZ_READING_LAWS_H
#define WP_TESTS_FUZZ_READING_LAWS_H

#include "fuzz/bytes.h"

/* What holds for the verdict on any reading, whatever came before it. The bytes make a policy, a meter, its life (a
 * real counter that runs, turns over and is exchanged; or entries at random) and what is typed. NULL, or the law that
 * does not hold. */
const char *reading_law_broken(fuzz_bytes_t *bytes);

#endif
