/* SPDX-License-Identifier: Apache-2.0 */
/* The reading rules: bytes become a meter's life and what is typed; reading_laws.h says what must hold. */
#include "fuzz/fuzz.h"

#include <stdio.h>

#include "fuzz/reading_laws.h"

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_bytes_t bytes = {data, size};
    const char *broken = reading_law_broken(&bytes);

    if (broken)
        fprintf(stderr, "%s\n", broken);
    CLAIM(broken == NULL);
    return 0;
}
