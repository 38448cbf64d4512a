/* SPDX-License-Identifier: Apache-2.0 */
#include "town/random.h"

#include "base/banned.h"

static uint64_t mix(uint64_t z)
{
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static uint64_t next(wp_demo_random_t *random)
{
    random->state += UINT64_C(0x9e3779b97f4a7c15);
    return mix(random->state);
}

wp_demo_random_t wp_demo_random_make(uint64_t seed, uint64_t stream)
{
    return (wp_demo_random_t){.state = mix(mix(seed) + stream)};
}

int64_t wp_demo_random_between(wp_demo_random_t *random, int64_t low, int64_t high)
{
    uint64_t span = (uint64_t)(high - low) + 1;
    return low + (int64_t)(((next(random) >> 32) * span) >> 32);
}

bool wp_demo_random_chance(wp_demo_random_t *random, int permille)
{
    return wp_demo_random_between(random, 0, 999) < permille;
}
