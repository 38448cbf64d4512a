/* SPDX-License-Identifier: Apache-2.0 */
#include "data/args.h"

#include <apr_strings.h>
#include <string.h>

#include "base/utf8.h"

#include "base/banned.h"

#define ELLIPSIS          "…"
#define SHORTEST_REDACTED 3 /* characters: a shorter value says nothing about anybody, and occurs in every message */

typedef enum { VALUE_NULL, VALUE_TEXT, VALUE_INT } kind_t;

typedef struct value_t {
    struct value_t *next;
    const char *name;
    kind_t kind;
    const char *text;
    apr_int64_t number;
} value_t;

struct wp_args_t {
    apr_pool_t *pool;
    const wp_args_t *parent;
    value_t *first;
};

wp_args_t *wp_args_make(apr_pool_t *pool, const wp_args_t *parent)
{
    wp_args_t *args = apr_palloc(pool, sizeof *args);
    *args = (wp_args_t){pool, parent, NULL};
    return args;
}

/* The newest value of a name wins, so a value may be bound again. */
static value_t *push(wp_args_t *args, const char *name, kind_t kind)
{
    value_t *value = apr_palloc(args->pool, sizeof *value);
    *value = (value_t){.next = args->first, .name = name, .kind = kind};
    args->first = value;
    return value;
}

void wp_args_text(wp_args_t *args, const char *name, const char *value)
{
    push(args, name, value ? VALUE_TEXT : VALUE_NULL)->text = value;
}

void wp_args_int(wp_args_t *args, const char *name, int64_t value)
{
    push(args, name, VALUE_INT)->number = value;
}

static const value_t *find(const wp_args_t *args, const char *name)
{
    for (; args; args = args->parent)
        for (const value_t *value = args->first; value; value = value->next)
            if (strcmp(value->name, name) == 0)
                return value;
    return NULL;
}

const char *wp_args_get(const wp_args_t *args, const char *name)
{
    const value_t *value = find(args, name);
    return value ? value->text : NULL;
}

const void **wp_args_values(const wp_args_t *args, apr_pool_t *pool, const wp_query_t *query, const char **missing)
{
    int count = query->positions->nelts;
    const void **values = apr_palloc(pool, (apr_size_t)(count + 1) * sizeof *values);

    for (int i = 0; i < count; i++) {
        const wp_named_type_t *arg = &APR_ARRAY_IDX(query->args, APR_ARRAY_IDX(query->positions, i, int),
                                                    wp_named_type_t);
        const value_t *value = find(args, arg->name);
        if (!value || (value->kind != VALUE_NULL && (value->kind == VALUE_INT) != wp_type_is_int(arg->type))) {
            *missing = arg->name;
            return NULL;
        }
        if (value->kind == VALUE_NULL)
            values[i] = NULL;
        else
            values[i] = value->kind == VALUE_INT ? (const void *)&value->number : value->text;
    }
    return values;
}

/* Marks in hidden every byte of text that belongs to an occurrence of value. */
static void hide(const char *text, const char *value, char *hidden)
{
    size_t length = strlen(value);

    if (wp_utf8_count(value, length) < SHORTEST_REDACTED)
        return;
    for (const char *found = strstr(text, value); found; found = strstr(found + 1, value))
        memset(hidden + (found - text), 1, length);
}

/* Each hidden run becomes one ellipsis. A run has at least three bytes, as many as the ellipsis, so the
 * text never grows. */
static const char *write_shown(apr_pool_t *pool, const char *text, const char *hidden)
{
    char *shown = apr_palloc(pool, strlen(text) + 1), *to = shown;

    for (size_t i = 0; text[i]; i++) {
        if (!hidden[i])
            *to++ = text[i];
        else if (i == 0 || !hidden[i - 1])
            to = apr_cpystrn(to, ELLIPSIS, sizeof ELLIPSIS);
    }
    *to = '\0';
    return shown;
}

/* Searches the original text, never the text being written: an ellipsis that a person typed would be found in its own
 * replacement for ever. */
const char *wp_args_redact(const wp_args_t *args, apr_pool_t *pool, const char *text)
{
    char *hidden = apr_pcalloc(pool, strlen(text) + 1);

    for (; args; args = args->parent)
        for (const value_t *value = args->first; value; value = value->next)
            if (value->kind == VALUE_TEXT)
                hide(text, value->text, hidden);
    return write_shown(pool, text, hidden);
}
