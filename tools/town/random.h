/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_TOWN_RANDOM_H
#define WP_TOWN_RANDOM_H

#include <stdbool.h>
#include <stdint.h>

/* A small generator whose numbers are the same on every machine and for ever (SplitMix64, Steele, Lea and Flood 2014).
 * Each customer has a separate stream, so customer 17 is the same whether 200 or 100,000 are made. Not for secrets. */
typedef struct wp_demo_random_t {
    uint64_t state;
} wp_demo_random_t;

wp_demo_random_t wp_demo_random_make(uint64_t seed, uint64_t stream);

/* Uniformly distributed from low to high, both inclusive; high ≥ low, and their distance is below 2^32. */
int64_t wp_demo_random_between(wp_demo_random_t *random, int64_t low, int64_t high);

/* True in this many of a thousand cases. */
bool wp_demo_random_chance(wp_demo_random_t *random, int permille);

#endif
