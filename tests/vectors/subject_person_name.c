/* SPDX-License-Identifier: Apache-2.0 */
#include "vectors/subjects.h"

#include <stdlib.h>
#include <string.h>

#include "base/fold.h"
#include "domain/person_name.h"

#include "base/banned.h"

static char *room_for(const char *text)
{
    char *room = malloc(strlen(text) + 1);
    if (room == NULL)
        abort();
    return room;
}

static bool agree(const char *one, const char *other)
{
    char *a = room_for(one), *b = room_for(other);
    wp_fold(one, a);
    wp_fold(other, b);
    bool answer = wp_person_names_agree(a, b);
    free(a);
    free(b);
    return answer;
}

/* {text} → {name}, null when it is none; with other: {text, other} → {name, agree} */
json_t *wp_subject_person_name(const json_t *input)
{
    const char *text = json_string_value(json_object_get(input, "text"));
    const char *other = json_string_value(json_object_get(input, "other"));
    if (text == NULL)
        return NULL;

    char *name = room_for(text);
    bool is_name = wp_person_name_clean(text, name);
    json_t *answer = json_object();
    json_object_set_new(answer, "name", is_name ? json_string(name) : json_null());
    if (other != NULL)
        json_object_set_new(answer, "agree", json_boolean(agree(text, other)));
    free(name);
    return answer;
}
