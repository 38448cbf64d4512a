/* SPDX-License-Identifier: Apache-2.0 */
#include "data/random_id.h"

#include <apr_general.h>

#include "base/banned.h"

const char *wp_random_id(apr_pool_t *pool)
{
    static const char alphabet[] = "abcdefghijklmnopqrstuvwxyz234567";
    unsigned char bytes[WP_ID_LENGTH];
    char *id = apr_palloc(pool, WP_ID_LENGTH + 1);

    if (apr_generate_random_bytes(bytes, sizeof bytes) != APR_SUCCESS)
        return NULL;
    for (int i = 0; i < WP_ID_LENGTH; i++)
        id[i] = alphabet[bytes[i] & 31];
    id[WP_ID_LENGTH] = '\0';
    return id;
}
