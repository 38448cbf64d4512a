/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/reading/policy.h"

#include <string.h>

#include "base/banned.h"

#define ROW(member, name, initial, least, most, unit, meaning) \
    {name, offsetof(wp_reading_policy_t, member), initial, least, most, unit, meaning},
const wp_reading_policy_field_t wp_reading_policy_fields[] = {WP_READING_POLICY(ROW){.name = NULL}};
#undef ROW

#define INITIAL(member, name, initial, least, most, unit, meaning) .member = (initial),
const wp_reading_policy_t wp_reading_policy_default = {WP_READING_POLICY(INITIAL)};
#undef INITIAL

const wp_reading_policy_field_t *wp_reading_policy_find(const char *name)
{
    for (const wp_reading_policy_field_t *field = wp_reading_policy_fields; field->name; field++)
        if (strcmp(field->name, name) == 0)
            return field;
    return NULL;
}

bool wp_reading_policy_set(wp_reading_policy_t *policy, const wp_reading_policy_field_t *field, long value)
{
    if (value < field->least || value > field->most)
        return false;
    *(int *)((char *)policy + field->offset) = (int)value;
    return true;
}
