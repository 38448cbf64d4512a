/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_TESTS_UNIT_RANDOM_H
#define WP_TESTS_UNIT_RANDOM_H

#include <stdint.h>

/* The same numbers in every run (SplitMix64, S. Vigna): a property that fails once fails again. */
typedef struct random_t {
    uint64_t state;
} random_t;

static inline uint64_t random_next(random_t *r)
{
    uint64_t z = r->state += 0x9E3779B97F4A7C15;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return z ^ (z >> 31);
}

/* lowest to highest, both may come */
static inline int64_t random_between(random_t *r, int64_t lowest, int64_t highest)
{
    return lowest + (int64_t)(random_next(r) % (uint64_t)(highest - lowest + 1));
}

#endif
