/* SPDX-License-Identifier: Apache-2.0 */
#include "vectors/subjects.h"

#include <apr_general.h>
#include <apr_pools.h>

#include "base/search.h"

#include "base/banned.h"

static bool finds(wp_search_t *search, const json_t *texts, const json_t *numbers)
{
    size_t i;
    json_t *one;

    wp_search_begin(search);
    json_array_foreach(texts, i, one) wp_search_text(search, json_string_value(one));
    json_array_foreach(numbers, i, one) wp_search_number(search, json_string_value(one));
    return wp_search_is_found(search);
}

/* {sought, texts, numbers} → {found}; nothing sought is found in everything */
json_t *wp_subject_search(const json_t *input)
{
    const char *sought;
    json_t *texts, *numbers;
    apr_pool_t *pool;

    if (json_unpack((json_t *)input, "{s:s, s:o, s:o}", "sought", &sought, "texts", &texts, "numbers", &numbers) < 0)
        return NULL;
    apr_initialize(); /* as often as it likes */
    apr_pool_create(&pool, NULL);
    wp_search_t *search = wp_search_make(pool, sought);
    json_t *answer = json_pack("{s:b}", "found", !search || finds(search, texts, numbers));
    apr_pool_destroy(pool);
    return answer;
}
