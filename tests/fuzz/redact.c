/* SPDX-License-Identifier: Apache-2.0 */
/* A driver's message and what a person typed, each up to its NUL. The model asks of every byte whether a value covers
 * it. */
#include "fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "data/args.h"

#include "base/banned.h"

#define ELLIPSIS   "…"
#define VALUES_MAX 8

typedef struct values_t {
    char *texts[VALUES_MAX];
    int count;
} values_t;

static bool counts(const char *value)
{
    return wp_utf8_count(value, strlen(value)) >= 3;
}

/* Does an occurrence of a value cover the byte at text[at]? */
static bool covered(const char *text, size_t at, const values_t *values)
{
    for (int i = 0; i < values->count; i++) {
        size_t length = strlen(values->texts[i]);
        for (size_t back = 0; counts(values->texts[i]) && back < length && back <= at; back++)
            if (strncmp(text + at - back, values->texts[i], length) == 0)
                return true;
    }
    return false;
}

static void check_model(const char *text, const char *shown, const values_t *values)
{
    bool before = false;

    for (size_t i = 0; text[i]; i++) {
        bool hidden = covered(text, i, values);
        if (!hidden)
            CLAIM(*shown++ == text[i]);
        else if (!before) {
            CLAIM(strncmp(shown, ELLIPSIS, strlen(ELLIPSIS)) == 0);
            shown += strlen(ELLIPSIS);
        }
        before = hidden;
    }
    CLAIM(*shown == '\0');
}

static void next(fuzz_bytes_t *bytes, char **text)
{
    *text = fuzz_text(bytes);
    size_t taken = strlen(*text) + 1;
    taken = taken < bytes->left ? taken : bytes->left;
    bytes->at += taken;
    bytes->left -= taken;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    apr_pool_t *pool = fuzz_pool_open();
    fuzz_bytes_t bytes = {data, size < 600 ? size : 600};
    values_t values = {.count = 0};
    wp_args_t *parent = wp_args_make(pool, NULL), *args = wp_args_make(pool, parent);
    char *text;

    next(&bytes, &text);
    wp_args_int(args, "number", 123);
    wp_args_text(args, "nothing", NULL);
    while (bytes.left > 0 && values.count < VALUES_MAX) {
        char **value = &values.texts[values.count++];
        next(&bytes, value);
        wp_args_text(values.count % 2 ? args : parent, "value", *value);
    }
    const char *shown = wp_args_redact(args, pool, text);
    check_model(text, shown, &values);
    CLAIM(strlen(shown) <= strlen(text));
    for (int i = 0; i < values.count; i++) {
        CLAIM(!counts(values.texts[i]) || strstr(values.texts[i], ELLIPSIS) || !strstr(shown, values.texts[i]));
        free(values.texts[i]);
    }
    free(text);
    fuzz_pool_close(pool);
    return 0;
}
