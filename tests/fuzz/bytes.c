/* SPDX-License-Identifier: Apache-2.0 */
#include "fuzz/bytes.h"

#include "base/banned.h"

unsigned fuzz_byte(fuzz_bytes_t *bytes)
{
    if (bytes->left == 0)
        return 0;
    bytes->left--;
    return *bytes->at++;
}

uint64_t fuzz_number(fuzz_bytes_t *bytes, int length)
{
    uint64_t number = 0;
    for (int i = 0; i < length; i++)
        number = number << 8 | fuzz_byte(bytes);
    return number;
}

int64_t fuzz_between(fuzz_bytes_t *bytes, int64_t lowest, int64_t highest)
{
    uint64_t span = (uint64_t)highest - (uint64_t)lowest + 1;
    int length = span <= 0x100 ? 1 : span <= 0x10000 ? 2 : span <= 0x100000000 ? 4 : 8;
    return lowest + (int64_t)(fuzz_number(bytes, length) % span);
}
