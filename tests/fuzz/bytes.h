/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_TESTS_FUZZ_BYTES_H
#define WP_TESTS_FUZZ_BYTES_H

#include <stddef.h>
#include <stdint.h>

/* The input, taken from the front. What is over reads as zeros. */
typedef struct fuzz_bytes_t {
    const uint8_t *at;
    size_t left;
} fuzz_bytes_t;

unsigned fuzz_byte(fuzz_bytes_t *bytes);
/* length bytes, the first one the highest */
uint64_t fuzz_number(fuzz_bytes_t *bytes, int length);
/* From lowest to highest; takes as many bytes as that needs. */
int64_t fuzz_between(fuzz_bytes_t *bytes, int64_t lowest, int64_t highest);

#endif
