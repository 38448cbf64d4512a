/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/digest.h"

#include <apr_encode.h>
#include <openssl/evp.h>

#include "base/banned.h"

const char *wp_digest(apr_pool_t *pool, const void *bytes, apr_size_t length)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;

    if (EVP_Digest(bytes, length, digest, &size, EVP_sha256(), NULL) != 1)
        return NULL;
    return apr_pencode_base16_binary(pool, digest, size, APR_ENCODE_LOWER, NULL);
}
