/* SPDX-License-Identifier: Apache-2.0 */
#include "key_folder.h"

#include <apr_file_info.h>
#include <apr_general.h>
#include <apr_strings.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/banned.h"

static apr_pool_t *own;
static char folder[] = "/tmp/wp-keys-XXXXXX";

const char *key_folder_file(const char *name)
{
    return apr_pstrcat(own, folder, "/", name, NULL);
}

void key_folder_write(const char *name, const char *text)
{
    FILE *out = fopen(key_folder_file(name), "w");
    if (!out || fputs(text, out) < 0 || fclose(out) != 0)
        abort();
}

static int write_pair(const char *name)
{
    EVP_PKEY *key = EVP_RSA_gen(2048);
    FILE *secret = fopen(key_folder_file(apr_pstrcat(own, name, ".key", NULL)), "w");
    FILE *open = fopen(key_folder_file(apr_pstrcat(own, name, ".pub", NULL)), "w");
    int written = key && secret && open && PEM_write_PrivateKey(secret, key, NULL, NULL, 0, NULL, NULL) == 1 &&
                  PEM_write_PUBKEY(open, key) == 1;

    if (secret)
        fclose(secret);
    if (open)
        fclose(open);
    EVP_PKEY_free(key);
    return written;
}

int key_folder_open(const char *const *names, apr_pool_t **pool)
{
    if (apr_initialize() != APR_SUCCESS || apr_pool_create(&own, NULL) != APR_SUCCESS || !mkdtemp(folder))
        return 0;
    for (; *names; names++) {
        if (!write_pair(*names))
            return 0;
    }
    *pool = own;
    return 1;
}

void key_folder_close(void)
{
    apr_finfo_t entry;
    apr_dir_t *dir;

    if (apr_dir_open(&dir, folder, own) == APR_SUCCESS) {
        while (apr_dir_read(&entry, APR_FINFO_NAME | APR_FINFO_TYPE, dir) == APR_SUCCESS) {
            if (entry.filetype == APR_REG)
                unlink(key_folder_file(entry.name));
        }
        apr_dir_close(dir);
    }
    rmdir(folder);
    apr_pool_destroy(own);
    apr_terminate();
}
