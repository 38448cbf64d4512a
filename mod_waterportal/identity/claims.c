/* SPDX-License-Identifier: Apache-2.0 */
#include "identity/claims.h"

#include <apr_strings.h>
#include <stdlib.h>
#include <string.h>

#include "base/clean.h"
#include "base/utf8.h"
#include "domain/person_name.h"

#include "base/banned.h"

const char *wp_claims_text(const wp_claims_t *claims, const char *name)
{
    const char *value = name ? claims->get(claims->context, name) : NULL;
    return value && *value && wp_utf8_valid(value, strlen(value)) ? value : NULL;
}

const char *wp_claims_person_name(const wp_claims_t *claims, const char *name, apr_pool_t *pool)
{
    const char *given = wp_claims_text(claims, name);
    const char *cleaned = given ? wp_clean_name(pool, given) : NULL;
    return cleaned && wp_person_name_is(cleaned) ? cleaned : NULL;
}

wp_instant_t wp_claims_instant(const wp_claims_t *claims, const char *name)
{
    const char *given = wp_claims_text(claims, name);
    size_t digits = given ? strspn(given, "0123456789") : 0;
    return digits > 0 && digits <= 12 && given[digits] == '\0' ? strtoll(given, NULL, 10) : 0;
}

static bool is_among(const char *word, const apr_array_header_t *words)
{
    for (int i = 0; i < words->nelts; i++)
        if (strcmp(word, APR_ARRAY_IDX(words, i, const char *)) == 0)
            return true;
    return false;
}

bool wp_claims_have_word(const wp_claims_t *claims, const char *name, const apr_array_header_t *words, apr_pool_t *pool)
{
    const char *given = wp_claims_text(claims, name);
    char *rest = NULL;

    if (!given)
        return false;
    for (char *word = apr_strtok(apr_pstrdup(pool, given), ", ", &rest); word; word = apr_strtok(NULL, ", ", &rest))
        if (is_among(word, words))
            return true;
    return false;
}
