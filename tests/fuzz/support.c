/* SPDX-License-Identifier: Apache-2.0 */
/* What all targets use: claims, texts, a watched pool. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* RTLD_NEXT */
#endif
#include "fuzz/fuzz.h"

#include <apr_general.h>
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

void fuzz_broken(const char *file, int line, const char *claim)
{
    fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, claim);
    abort();
}

char *fuzz_text(fuzz_bytes_t *bytes)
{
    size_t length = strnlen((const char *)bytes->at, bytes->left);
    char *text = malloc(length + 1);
    if (!text)
        abort();
    memcpy(text, bytes->at, length);
    text[length] = '\0';
    return text;
}

typedef struct block_t {
    struct block_t *next;
    void *memory;
} block_t;

static apr_pool_t *watched;
static block_t *blocks;

/* Stands before APR's own: inside of its large nodes the sanitizer sees nothing. */
void *apr_palloc(apr_pool_t *pool, apr_size_t size)
{
    static void *(*real)(apr_pool_t *, apr_size_t);

    if (!watched || pool != watched) {
        if (!real)
            *(void **)&real = dlsym(RTLD_NEXT, "apr_palloc");
        return real(pool, size);
    }
    block_t *block = malloc(sizeof *block);
    void *memory = malloc(size > 0 ? size : 1);
    if (!block || !memory)
        abort();
    *block = (block_t){blocks, memory};
    blocks = block;
    return memory;
}

apr_pool_t *fuzz_pool_open(void)
{
    static bool begun;
    apr_pool_t *pool;

    if (!begun && apr_initialize() != APR_SUCCESS)
        abort();
    begun = true;
    if (apr_pool_create(&pool, NULL) != APR_SUCCESS)
        abort();
    watched = pool;
    return pool;
}

void fuzz_pool_close(apr_pool_t *pool)
{
    apr_pool_destroy(pool); /* its cleanups still stand in the blocks */
    watched = NULL;
    while (blocks) {
        block_t *next = blocks->next;
        free(blocks->memory);
        free(blocks);
        blocks = next;
    }
}
