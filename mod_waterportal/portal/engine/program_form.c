/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/engine/exchange.h"

#include <apr_strings.h>
#include <string.h>
#include <strings.h>

#include "base/json_pool.h"
#include "base/utf8.h"

#include "base/banned.h"

/* The forms of programs: JSON is another way to write the same form, and Idempotency-Key another way to send its key.
 * Everything after that – the fields, the checks, saving once – is as for a person's form. */

#define JSON_TYPE "application/json"
#define CONTRACT  "contract"
#define DRY_RUN   "dry_run"

typedef struct reader_t {
    wp_exchange_t *exchange;
    const wp_form_def_t *def;
    const char *at;  /* JSON Pointer of the object that is read: "", "/readings/0" */
    const char *key; /* of the repeated fields in it, or NULL */
} reader_t;

bool wp_program_sends_json(const wp_request_t *request)
{
    size_t length = sizeof JSON_TYPE - 1;
    const char *type = request->content_type;
    return type && strncasecmp(type, JSON_TYPE, length) == 0 && strchr(";\t ", type[length]);
}

/* RFC 6901: "~" and "/" in a name are written "~0" and "~1". */
static const char *pointer_token(apr_pool_t *pool, const char *member)
{
    char *token = apr_palloc(pool, 2 * strlen(member) + 1), *to = token;

    for (const char *c = member; *c; c++) {
        bool escaped = *c == '~' || *c == '/';
        *to++ = escaped ? '~' : *c;
        if (escaped)
            *to++ = *c == '~' ? '0' : '1';
    }
    *to = '\0';
    return token;
}

static bool wrong(const reader_t *reader, const char *member)
{
    apr_pool_t *pool = reader->exchange->page.pool;
    reader->exchange->wrong_at = apr_pstrcat(pool, reader->at, "/", pointer_token(pool, member), NULL);
    return false;
}

static void add_pair(const reader_t *reader, const char *name, const char *value)
{
    APR_ARRAY_PUSH(reader->exchange->body, wp_pair_t) = (wp_pair_t){name, value};
}

static const wp_field_t *find_field(const reader_t *reader, const char *member)
{
    char *name = apr_pstrdup(reader->exchange->page.pool, member);

    for (char *c = strchr(name, '_'); c; c = strchr(c, '_'))
        *c = '-';
    for (const wp_field_t *field = reader->def->fields; field->name; field++) {
        if (strcmp(field->name, name) == 0 && field->each == (reader->key != NULL))
            return field;
    }
    return NULL;
}

/* NULL: not a value of this type. */
static const char *text_of(apr_pool_t *pool, const wp_field_t *field, const json_t *value)
{
    switch (field->type) {
    case WP_FIELD_TICK:
        return json_is_boolean(value) ? (json_is_true(value) ? "1" : "") : NULL;
    case WP_FIELD_COUNT:
    case WP_FIELD_LITRES:
        return json_is_integer(value) ? apr_psprintf(pool, "%" APR_INT64_T_FMT, (apr_int64_t)json_integer_value(value))
                                      : NULL;
    default:
        return json_is_string(value) && wp_utf8_valid(json_string_value(value), json_string_length(value))
                   ? json_string_value(value)
                   : NULL;
    }
}

static bool read_field(const reader_t *reader, const char *member, const json_t *value)
{
    apr_pool_t *pool = reader->exchange->page.pool;
    const wp_field_t *field = find_field(reader, member);
    const char *text = field ? text_of(pool, field, value) : NULL;

    if (field && json_is_null(value))
        return true;
    if (!text)
        return wrong(reader, member);
    add_pair(reader, reader->key ? apr_pstrcat(pool, field->name, ".", reader->key, NULL) : field->name, text);
    if (strcmp(field->name, CONTRACT) == 0)
        apr_table_setn(reader->exchange->inputs.values, CONTRACT, text);
    return true;
}

/* Has an earlier object the same key? Then it is not clear which of the two is meant. */
static bool is_repeated(const reader_t *reader, const json_t *list, size_t number)
{
    const json_t *key = json_object_get(json_array_get(list, number), reader->def->key);
    bool repeated = false;

    for (size_t i = 0; i < number && !repeated; i++)
        repeated = key && json_equal(json_object_get(json_array_get(list, i), reader->def->key), key);
    return repeated;
}

/* An object of the list, with what is said about its key. */
static bool read_entry(reader_t reader, const json_t *list, size_t number)
{
    json_t *entry = json_array_get(list, number);
    apr_pool_t *pool = reader.exchange->page.pool;
    const char *member;
    json_t *value;
    bool good = true;

    reader.at = apr_psprintf(pool, "/%s/%d", reader.def->list, (int)number);
    reader.key = json_string_value(json_object_get(entry, reader.def->key));
    if (!reader.key || !wp_utf8_valid(reader.key, strlen(reader.key)) || is_repeated(&reader, list, number))
        return wrong(&reader, reader.def->key);
    json_object_foreach(entry, member, value)
    {
        if (good && strcmp(member, reader.def->key) != 0)
            good = read_field(&reader, member, value);
    }
    return good;
}

static bool read_list(const reader_t *reader, const json_t *list)
{
    bool good = json_is_array(list) || wrong(reader, reader->def->list);

    for (size_t i = 0; i < json_array_size(list) && good; i++)
        good = read_entry(*reader, list, i);
    return good;
}

static bool read_member(const reader_t *reader, const char *member, const json_t *value)
{
    if (reader->def->list && strcmp(member, reader->def->list) == 0)
        return read_list(reader, value);
    if (strcmp(member, DRY_RUN) != 0)
        return read_field(reader, member, value);
    if (!json_is_boolean(value))
        return wrong(reader, member);
    if (json_is_true(value))
        add_pair(reader, "do", "compute");
    return true;
}

/* RFC 9110 has no such header; programs write the key as it is, or as a quoted string (RFC 8941). */
static const char *key_of(const wp_request_t *request)
{
    const char *key = request->idempotency_key;
    size_t length = key ? strlen(key) : 0;
    bool quoted = length >= 2 && key[0] == '"' && key[length - 1] == '"';
    return quoted ? apr_pstrmemdup(request->pool, key + 1, length - 2) : key;
}

bool wp_program_form_read(wp_exchange_t *exchange)
{
    const wp_page_t *page = &exchange->page;
    const reader_t reader = {.exchange = exchange, .def = page->route->form, .at = ""};
    json_t *root = wp_json_parse(page->pool, page->request->body->bytes, page->request->body->length, NULL);
    bool good = json_is_object(root);
    const char *member;
    json_t *value;

    exchange->body = apr_array_make(page->pool, 16, sizeof(wp_pair_t));
    add_pair(&reader, "form-key", key_of(page->request));
    json_object_foreach(root, member, value)
    {
        if (good)
            good = read_member(&reader, member, value);
    }
    if (good && page->route->contract == WP_CONTRACT_REQUIRED && !wp_page_input(page, CONTRACT))
        good = wrong(&reader, CONTRACT);
    return good;
}
