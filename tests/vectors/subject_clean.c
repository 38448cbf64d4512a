/* SPDX-License-Identifier: Apache-2.0 */
#include "vectors/subjects.h"

#include <apr_general.h>
#include <apr_pools.h>
#include <string.h>

#include "base/clean.h"
#include "domain/contract_number.h"

#include "base/banned.h"

typedef struct way_t {
    const char *name;
    wp_clean_t how;
} way_t;

static const way_t ways[] = {{"text", WP_CLEAN_TEXT},
                             {"plain", WP_CLEAN_PLAIN},
                             {"money", WP_CLEAN_MONEY},
                             {"volume", WP_CLEAN_VOLUME}};

static apr_pool_t *make_pool(void)
{
    apr_pool_t *pool;
    apr_initialize(); /* as often as it likes */
    apr_pool_create(&pool, NULL);
    return pool;
}

static json_t *cleaned(const char *text, wp_clean_t how)
{
    apr_pool_t *pool = make_pool();
    json_t *answer = json_pack("{s:s}", "text", wp_clean(pool, text, how));
    apr_pool_destroy(pool);
    return answer;
}

/* {text, how: "text", "plain", "money" or "volume"} → {text} */
json_t *wp_subject_clean(const json_t *input)
{
    const char *text, *how;

    if (json_unpack((json_t *)input, "{s:s, s:s}", "text", &text, "how", &how) < 0)
        return NULL;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        if (strcmp(ways[i].name, how) == 0)
            return cleaned(text, ways[i].how);
    }
    return NULL;
}

/* {text} → {text}: what a reading is before it is parsed, in the browser too */
json_t *wp_subject_clean_volume(const json_t *input)
{
    const char *text = json_string_value(json_object_get(input, "text"));
    return text ? cleaned(text, WP_CLEAN_VOLUME) : NULL;
}

/* {number, typed} → {match: "other", "like" or "same"} */
json_t *wp_subject_contract_number(const json_t *input)
{
    static const char *const names[] =
        {[WP_NUMBER_OTHER] = "other", [WP_NUMBER_LIKE] = "like", [WP_NUMBER_SAME] = "same"};
    const char *number, *typed;

    if (json_unpack((json_t *)input, "{s:s, s:s}", "number", &number, "typed", &typed) < 0)
        return NULL;
    apr_pool_t *pool = make_pool();
    wp_number_match_t match = wp_contract_number_match(wp_clean_key(pool, number), wp_clean_key(pool, typed));
    apr_pool_destroy(pool);
    return json_pack("{s:s}", "match", names[match]);
}
