/* SPDX-License-Identifier: Apache-2.0 */
/* Mistakes for the sanitizers to find, one case a process: after the report it ends. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include <apr_hash.h>
#include <apr_strings.h>
#include <apr_tables.h>

#include "misuse.h"

static volatile char sink;
static volatile int most = INT_MAX;

/* through a volatile pointer, so that the compiler and UBSan do not see some of the mistakes before AddressSanitizer
 * does */
static void take(const char *at)
{
    const char *volatile hidden = at;
    sink = *hidden;
}

static void put(char *at)
{
    char *volatile hidden = at;
    *hidden = sink;
}

/* lengths that are multiples of 8, so that nothing but the next allocation stands behind */
static void overflow(apr_pool_t *pool)
{
    char *text = apr_pcalloc(pool, 24);
    memset(apr_palloc(pool, 24), 'x', 24);
    put(text + 24);
}

static void underflow(apr_pool_t *pool)
{
    take((char *)apr_palloc(pool, 8) - 1);
}

static void copy(apr_pool_t *pool)
{
    take(apr_pstrdup(pool, "1234567") + 8);
}

static void print(apr_pool_t *pool)
{
    take(apr_psprintf(pool, "%s-%d", "12345", 7) + 8);
}

static void array(apr_pool_t *pool)
{
    apr_array_header_t *list = apr_array_make(pool, 2, sizeof(apr_int64_t));
    APR_ARRAY_PUSH(list, apr_int64_t) = 1;
    take((char *)&APR_ARRAY_IDX(list, 2, apr_int64_t));
}

static void cleared(apr_pool_t *pool)
{
    apr_pool_t *inner;
    apr_pool_create(&inner, pool);
    const char *text = apr_pstrdup(inner, "text");
    apr_pool_clear(inner);
    take(text);
}

static void destroyed_with_parent(apr_pool_t *pool)
{
    apr_pool_t *parent, *inner;
    apr_pool_create(&parent, pool);
    apr_pool_create(&inner, parent);
    const char *text = apr_psprintf(inner, "%s", "text");
    apr_pool_destroy(parent);
    take(text);
}

static void stack(apr_pool_t *pool)
{
    char few[8] = {0};
    take(few);
    take(few + strlen(apr_pstrdup(pool, "12345678")));
}

static void leak(apr_pool_t *pool)
{
    char *text = malloc(strlen(apr_pstrdup(pool, "left behind")) + 1);
    put(text);
}

static void undefined(apr_pool_t *pool)
{
    (void)pool;
    most++;
}

static apr_status_t last_look(void *data)
{
    apr_pool_t *pool = data;
    void *kept;
    apr_pool_userdata_get(&kept, "kept", pool);
    take(apr_pstrcat(pool, kept, " and more", NULL));
    return APR_SUCCESS;
}

/* What pools promise: memory lives until the cleanups are done, and a pool that was cleared can be used again. */
static void proper(apr_pool_t *pool)
{
    apr_pool_t *inner, *child;
    apr_pool_create(&inner, pool);
    for (int round = 0; round < 3; round++) {
        apr_pool_cleanup_register(inner, inner, last_look, apr_pool_cleanup_null);
        apr_pool_userdata_set(apr_psprintf(inner, "%0500d", round), "kept", NULL, inner);
        apr_table_t *table = apr_table_make(inner, 1);
        apr_hash_t *hash = apr_hash_make(inner);
        for (int i = 0; i < 100; i++) {
            const char *text = apr_psprintf(inner, "%" APR_INT64_T_FMT " %pp", (apr_int64_t)i, (void *)inner);
            apr_table_addn(table, text, text);
            apr_hash_set(hash, text, APR_HASH_KEY_STRING, text);
        }
        apr_pool_create(&child, inner);
        apr_pool_cleanup_register(child, inner, last_look, apr_pool_cleanup_null);
        apr_pool_clear(inner);
    }
    apr_pool_destroy(inner);
}

static const struct {
    const char *name;
    void (*act)(apr_pool_t *pool);
} cases[] = {
    {"overflow", overflow}, {"underflow", underflow},
    {"copy", copy},         {"print", print},
    {"array", array},       {"cleared", cleared},
    {"stack", stack},       {"destroyed-with-parent", destroyed_with_parent},
    {"proper", proper},     {"undefined", undefined},
    {"leak", leak},
};

const char *wp_misuse(const char *name, apr_pool_t *pool)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (strcmp(cases[i].name, name) == 0) {
            cases[i].act(pool);
            return NULL;
        }
    }
    return "no such case";
}
