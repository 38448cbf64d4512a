/* SPDX-License-Identifier: Apache-2.0 */
/* What is signed of a bank's message (docs/vectors.md). The MACs of the same cases: tests/unit/test_bank_vectors.c. */
#include "vectors/subjects.h"

#include <string.h>

#include "domain/bank_message.h"

#include "base/banned.h"

#define SIGNED_MAX 8192

static json_t *ask_field(const json_t *fields, const char *prefix, const char *name)
{
    size_t i;
    json_t *field;
    json_array_foreach(fields, i, field)
    {
        const char *given = json_string_value(json_array_get(field, 0));
        if (given && strncmp(given, prefix, strlen(prefix)) == 0 && strcmp(given + strlen(prefix), name) == 0)
            return json_array_get(field, 1);
    }
    return NULL;
}

/* {profile, service, fields: [[name, value]…]} → {signed, digest, too_long: [name…]} */
json_t *wp_subject_bank_message(const json_t *input)
{
    static const char *const digests[] = {"sha1", "sha256", "sha512"};
    const char *name = json_string_value(json_object_get(input, "profile")),
               *code = json_string_value(json_object_get(input, "service"));
    const json_t *fields = json_object_get(input, "fields");
    const wp_bank_profile_t *profile = name ? wp_bank_profile_find(name) : NULL;
    const wp_bank_service_t *service = profile && code ? wp_bank_service_find(profile, code) : NULL;
    char text[SIGNED_MAX];
    size_t length = 0;

    if (!service || !json_is_array(fields))
        return NULL;
    json_t *too_long = json_array();
    for (const wp_bank_field_t *field = service->fields; field->name; field++) {
        const char *value = json_string_value(ask_field(fields, profile->prefix, field->name));
        if (wp_bank_trim(value).characters > (size_t)field->max)
            json_array_append_new(too_long, json_string(field->name));
        if (!field->unsigned_too)
            length += wp_bank_sign_field(text + length, sizeof text - length, value);
        if (length > sizeof text) {
            json_decref(too_long);
            return NULL;
        }
    }
    return json_pack("{s:s%, s:s, s:o}", "signed", text, length, "digest", digests[profile->digest], "too_long",
                     too_long);
}
