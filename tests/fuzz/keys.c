/* SPDX-License-Identifier: Apache-2.0 */
#include "fuzz/keys.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/banned.h"

typedef apr_status_t load_t(wp_sign_key_t **key, apr_pool_t *pool, const char *file, const char **error);

static apr_pool_t *key_pool;
static EVP_PKEY *pair;

static void free_keys(void)
{
    apr_pool_destroy(key_pool);
    EVP_PKEY_free(pair);
}

static wp_sign_key_t *take(load_t *load, int (*write)(FILE *file))
{
    char name[] = "/tmp/wp-fuzz-XXXXXX";
    wp_sign_key_t *key = NULL;
    const char *error;

    if (!pair &&
        (apr_pool_create(&key_pool, NULL) != APR_SUCCESS || !(pair = EVP_RSA_gen(2048)) || atexit(free_keys) != 0))
        abort();
    int descriptor = mkstemp(name);
    FILE *file = descriptor >= 0 ? fdopen(descriptor, "w") : NULL;
    if (!file || write(file) != 1 || fclose(file) != 0 || load(&key, key_pool, name, &error) != APR_SUCCESS)
        abort();
    unlink(name);
    return key;
}

static int write_private(FILE *file)
{
    return PEM_write_PrivateKey(file, pair, NULL, NULL, 0, NULL, NULL);
}

static int write_public(FILE *file)
{
    return PEM_write_PUBKEY(file, pair);
}

const wp_sign_key_t *fuzz_private_key(void)
{
    static const wp_sign_key_t *key;
    return key ? key : (key = take(wp_sign_private_key_load, write_private));
}

wp_sign_key_t *fuzz_public_key(void)
{
    static wp_sign_key_t *key;
    return key ? key : (key = take(wp_sign_public_key_load, write_public));
}
