/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_TESTS_FUZZ_H
#define WP_TESTS_FUZZ_H

#include <apr_pools.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fuzz/bytes.h"

/* A target is one file with LLVMFuzzerTestOneInput(): it puts bytes to a parser and claims what must hold of the
 * answer. `make check` replays tests/fuzz/corpus/<target>/ (replay.c), `make fuzz` lets libFuzzer look for more. */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Ends the program with the claim's text when it does not hold. */
#define CLAIM(condition) ((condition) ? (void)0 : fuzz_broken(__FILE__, __LINE__, #condition))
void fuzz_broken(const char *file, int line, const char *claim) __attribute__((noreturn));

/* A copy of the rest up to its first NUL, of exactly its size, so that reading past it is found. Freed by the
 * caller. */
char *fuzz_text(fuzz_bytes_t *bytes);

/* A pool whose allocations are single blocks of the heap, which the address sanitizer watches one by one. One at a
 * time; for this thread's own tests only. */
apr_pool_t *fuzz_pool_open(void);
void fuzz_pool_close(apr_pool_t *pool);

#endif
