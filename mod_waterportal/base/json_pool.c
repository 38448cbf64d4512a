/* SPDX-License-Identifier: Apache-2.0 */
#include "base/json_pool.h"

#include <apr_strings.h>
#include <stdlib.h>

#include "base/banned.h"

static apr_status_t release(void *value)
{
    json_decref(value);
    return APR_SUCCESS;
}

json_t *wp_json_parse(apr_pool_t *pool, const char *bytes, apr_size_t length, json_error_t *where)
{
    json_t *value = json_loadb(bytes, length, JSON_REJECT_DUPLICATES, where);

    if (value)
        apr_pool_cleanup_register(pool, value, release, apr_pool_cleanup_null);
    return value;
}

json_t *wp_json_parse_file(apr_pool_t *pool, const wp_file_t *file, const char *path, const char **error)
{
    json_error_t where;
    json_t *value = wp_json_parse(pool, file->bytes, file->length, &where);

    if (!value)
        *error = apr_psprintf(pool, "%s:%d: %s", path, where.line, where.text);
    return value;
}

apr_table_t *wp_json_texts(apr_pool_t *pool, const json_t *object)
{
    apr_table_t *texts = apr_table_make(pool, 2);
    const char *name;
    json_t *value;

    json_object_foreach((json_t *)object, name, value)
    {
        if (json_is_string(value))
            apr_table_set(texts, name, json_string_value(value));
    }
    return texts;
}

const char *wp_json_text(apr_pool_t *pool, json_t *value)
{
    char *text = value ? json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY) : NULL;
    const char *copy = text ? apr_pstrdup(pool, text) : NULL;

    free(text);
    json_decref(value);
    return copy;
}
