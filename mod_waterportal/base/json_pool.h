/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_BASE_JSON_POOL_H
#define WP_BASE_JSON_POOL_H

#include <apr_pools.h>
#include <apr_tables.h>
#include <jansson.h>

#include "base/file.h"

/* JSON whose memory belongs to a pool. */

/* No member may occur twice. The value is released with the pool. NULL if the bytes are no JSON; where may be NULL.
 */
json_t *wp_json_parse(apr_pool_t *pool, const char *bytes, apr_size_t length, json_error_t *where);

/* The content of a file that an administrator wrote, likewise. NULL, and *error is "PATH:LINE: what is wrong". */
json_t *wp_json_parse_file(apr_pool_t *pool, const wp_file_t *file, const char *path, const char **error);

/* The members of an object that are strings, as a table: {"lv": "…", "en": "…"}. Empty if it is no object. */
apr_table_t *wp_json_texts(apr_pool_t *pool, const json_t *object);

/* Writes a value compactly and releases it. NULL: out of memory, or value is NULL. */
const char *wp_json_text(apr_pool_t *pool, json_t *value);

#endif
