/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/limits.h"

#include <string.h>

#include "base/banned.h"

#define KIND(id, name, initial, least, most, seconds, what) [id] = {name, initial, least, most, seconds},
const wp_limit_kind_t wp_limit_kinds[WP_LIMIT_COUNT] = {WP_LIMITS(KIND)};
#undef KIND

void wp_limits_default(wp_limits_t *limits)
{
    for (int i = 0; i < WP_LIMIT_COUNT; i++)
        limits->most[i] = wp_limit_kinds[i].initial;
}

bool wp_limit_find(const char *name, wp_limit_t *limit)
{
    for (int i = 0; i < WP_LIMIT_COUNT; i++) {
        if (strcmp(wp_limit_kinds[i].name, name) == 0) {
            *limit = (wp_limit_t)i;
            return true;
        }
    }
    return false;
}
