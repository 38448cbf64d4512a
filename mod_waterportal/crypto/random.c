/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/random.h"

#include <apr_general.h>
#include <stdlib.h>

#include "base/banned.h"

#undef apr_generate_random_bytes /* banned everywhere else */

/* the largest multiple of ten that a byte holds; bytes from here up would make some digits likelier */
#define DIGIT_BELOW 250

void wp_random_bytes(void *bytes, apr_size_t length)
{
    if (apr_generate_random_bytes(bytes, length) != APR_SUCCESS)
        abort();
}

const char *wp_random_text(apr_pool_t *pool, apr_size_t length)
{
    static const char alphabet[] = "abcdefghijklmnopqrstuvwxyz234567";
    char *text = apr_palloc(pool, length + 1);

    wp_random_bytes(text, length);
    for (apr_size_t i = 0; i < length; i++)
        text[i] = alphabet[(unsigned char)text[i] & 31];
    text[length] = '\0';
    return text;
}

const char *wp_random_id(apr_pool_t *pool)
{
    return wp_random_text(pool, WP_ID_LENGTH);
}

const char *wp_random_digits(apr_pool_t *pool, apr_size_t count)
{
    char *digits = apr_palloc(pool, count + 1);

    for (apr_size_t made = 0; made < count;) {
        unsigned char byte;
        wp_random_bytes(&byte, sizeof byte);
        if (byte < DIGIT_BELOW)
            digits[made++] = (char)('0' + byte % 10);
    }
    digits[count] = '\0';
    return digits;
}
