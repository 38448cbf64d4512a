/* SPDX-License-Identifier: Apache-2.0 */
#include "vectors/subjects.h"

#include <apr_general.h>
#include <stdlib.h>
#include <string.h>

#include "base/clean.h"
#include "base/fold.h"
#include "domain/person_name.h"

#include "base/banned.h"

static char *room_for(const char *text)
{
    char *room = malloc(strlen(text) + 1);
    if (!room)
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
    if (!text)
        return NULL;

    apr_pool_t *pool;
    apr_initialize(); /* as often as it likes */
    apr_pool_create(&pool, NULL);
    const char *name = wp_clean_name(pool, text);
    bool is_name = name && wp_person_name_is(name);
    json_t *answer = json_object();
    json_object_set_new(answer, "name", is_name ? json_string(name) : json_null());
    if (other)
        json_object_set_new(answer, "agree", json_boolean(agree(text, other)));
    apr_pool_destroy(pool);
    return answer;
}
