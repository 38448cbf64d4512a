/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/secret.h"

#include <apr_encode.h>
#include <apr_strings.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <openssl/core_names.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "crypto/random.h"

#include "base/banned.h"

#define KEY_BYTES   32
#define NONCE_BYTES 12
#define MAC_BYTES   16   /* of GCM */
#define TAG_BYTES   16   /* of a truncated HMAC */
#define BYTES_USED  4096 /* of the file at most */
#define KINDS_MIN   8    /* distinct byte values */

struct wp_secret_t {
    unsigned char keys[WP_PURPOSE_COUNT][KEY_BYTES];
    const wp_secret_t *other, *first; /* or NULL (wp_secret_join) */
    EVP_MAC_CTX
    *macs[WP_PURPOSE_COUNT]; /* keyed; each tag uses a copy, because fetching HMAC anew took three times as long */
};

static const char *const purposes[WP_PURPOSE_COUNT] =
    {[WP_PURPOSE_PERSON] = "person", [WP_PURPOSE_FORM] = "form",    [WP_PURPOSE_LOGIN] = "login",
     [WP_PURPOSE_PARK] = "park",     [WP_PURPOSE_BODY] = "body",    [WP_PURPOSE_CODE] = "code",
     [WP_PURPOSE_ONCE] = "once",     [WP_PURPOSE_BOUNCE] = "bounce"};

/* HKDF-SHA256, RFC 5869, without salt, because the file is already uniformly random. */
static bool derive(unsigned char key[KEY_BYTES], const unsigned char *input, apr_size_t length, const char *purpose)
{
    EVP_KDF *kdf = EVP_KDF_fetch(NULL, "HKDF", NULL);
    EVP_KDF_CTX *context = kdf ? EVP_KDF_CTX_new(kdf) : NULL;
    const char *info = purpose;
    OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, (char *)"SHA256", 0),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, (void *)input, length),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, (void *)info, strlen(info)),
        OSSL_PARAM_construct_end(),
    };
    bool ok = context && EVP_KDF_derive(context, key, KEY_BYTES, params) > 0;
    EVP_KDF_CTX_free(context);
    EVP_KDF_free(kdf);
    return ok;
}

static apr_status_t free_mac(void *context)
{
    EVP_MAC_CTX_free(context);
    return APR_SUCCESS;
}

static EVP_MAC_CTX *mac_make(apr_pool_t *pool, const unsigned char key[KEY_BYTES])
{
    EVP_MAC *mac = EVP_MAC_fetch(NULL, "HMAC", NULL);
    EVP_MAC_CTX *context = mac ? EVP_MAC_CTX_new(mac) : NULL;
    OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, (char *)"SHA256", 0),
        OSSL_PARAM_construct_end(),
    };

    EVP_MAC_free(mac);
    apr_pool_cleanup_register(pool, context, free_mac, apr_pool_cleanup_null);
    return context && EVP_MAC_init(context, key, KEY_BYTES, params) == 1 ? context : NULL;
}

static apr_status_t read_file(wp_file_t *file, apr_pool_t *pool, const char *name, const char **error)
{
    apr_status_t status = wp_file_read(file, pool, name, error);

    if (file->protection & (APR_WREAD | APR_WWRITE | APR_GWRITE)) {
        *error = apr_psprintf(pool, "%s can be read by everybody or written by its group: chmod 0640 it", name);
        status = APR_EGENERAL;
    }
    file->length = file->length < BYTES_USED ? file->length : BYTES_USED;
    return status;
}

/* After a power failure a file can have its full length but contain zeros, and everybody would know the keys. 32 random
 * bytes, or their hexadecimal digits, practically never have fewer than 8 distinct values. */
static bool is_monotonous(const unsigned char *bytes, apr_size_t length)
{
    bool seen[256] = {false};
    int kinds = 0;

    for (apr_size_t i = 0; i < length; i++) {
        kinds += !seen[bytes[i]];
        seen[bytes[i]] = true;
    }
    return kinds < KINDS_MIN;
}

apr_status_t wp_secret_load(wp_secret_t **secret, apr_pool_t *pool, const char *file, const char **error)
{
    wp_file_t read;
    apr_status_t status = read_file(&read, pool, file, error);
    unsigned char *bytes = (unsigned char *)read.bytes;
    apr_size_t length = read.length;

    *secret = NULL;
    if (status != APR_SUCCESS)
        return status;
    if (length < WP_SECRET_MIN_BYTES) {
        *error = apr_psprintf(pool,
                              "%s has %" APR_SIZE_T_FMT
                              " bytes, at least %d are needed: head -c 48 /dev/urandom | base64",
                              file, length, WP_SECRET_MIN_BYTES);
        return APR_EGENERAL;
    }
    if (is_monotonous(bytes, length)) {
        *error = apr_psprintf(pool, "%s is not random: head -c 48 /dev/urandom | base64", file);
        return APR_EGENERAL;
    }
    wp_secret_t *made = apr_pcalloc(pool, sizeof *made);
    for (int i = 0; i < WP_PURPOSE_COUNT; i++) {
        if (!derive(made->keys[i], bytes, length, purposes[i]) || !(made->macs[i] = mac_make(pool, made->keys[i]))) {
            *error = "OpenSSL has no HKDF or HMAC: is a provider missing?";
            return APR_EGENERAL;
        }
    }
    OPENSSL_cleanse(bytes, length);
    *secret = made;
    return APR_SUCCESS;
}

void wp_secret_join(wp_secret_t *secret, const wp_secret_t *other, const wp_secret_t *first)
{
    secret->other = other;
    secret->first = first;
}

/* Purposes whose tags stay in the database longer than any form or login lives. */
static bool is_kept(wp_purpose_t purpose)
{
    return purpose == WP_PURPOSE_PERSON || purpose == WP_PURPOSE_BODY;
}

const char *wp_secret_tag(const wp_secret_t *secret, wp_purpose_t purpose, apr_pool_t *pool, const char *text)
{
    if (secret->first && is_kept(purpose))
        secret = secret->first;
    unsigned char mac[EVP_MAX_MD_SIZE];
    size_t length = 0;
    EVP_MAC_CTX *context = EVP_MAC_CTX_dup(secret->macs[purpose]);

    /* without memory no tag can be made, and one that can be guessed would be worse than none */
    if (!context || EVP_MAC_update(context, (const unsigned char *)text, strlen(text)) != 1 ||
        EVP_MAC_final(context, mac, &length, sizeof mac) != 1 || length < TAG_BYTES)
        abort();
    EVP_MAC_CTX_free(context);
    return apr_pencode_base16_binary(pool, mac, TAG_BYTES, APR_ENCODE_LOWER, NULL);
}

bool wp_secret_tag_is(const wp_secret_t *secret, wp_purpose_t purpose, apr_pool_t *pool, const char *text,
                      const char *tag)
{
    if (!tag || strlen(tag) != TAG_BYTES * 2)
        return false;
    return CRYPTO_memcmp(wp_secret_tag(secret, purpose, pool, text), tag, TAG_BYTES * 2) == 0 ||
           (secret->other && wp_secret_tag_is(secret->other, purpose, pool, text, tag));
}

static apr_status_t free_cipher(void *context)
{
    EVP_CIPHER_CTX_free(context);
    return APR_SUCCESS;
}

static EVP_CIPHER_CTX *cipher_make(apr_pool_t *pool)
{
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    apr_pool_cleanup_register(pool, context, free_cipher, apr_pool_cleanup_null);
    return context;
}

/* Strict: what is not of the alphabet, and one letter too many, is none of ours. */
static const unsigned char *from_base64url(apr_pool_t *pool, const char *text, int *length)
{
    apr_size_t digits = strlen(text), size = 0;

    if (strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") != digits || digits % 4 == 1)
        return NULL;
    const unsigned char *bytes = apr_pdecode_base64_binary(pool, text, (apr_ssize_t)digits, APR_ENCODE_NONE, &size);
    *length = (int)size;
    return bytes;
}

/* sealed = nonce, ciphertext, mac */
const char *wp_secret_seal(const wp_secret_t *secret, wp_purpose_t purpose, apr_pool_t *pool, const char *plain,
                           const char *bound)
{
    int length = (int)strlen(plain), written = 0, tail = 0, ignored = 0;
    unsigned char *out = apr_palloc(pool, (apr_size_t)length + NONCE_BYTES + MAC_BYTES);
    EVP_CIPHER_CTX *c = cipher_make(pool);

    wp_random_bytes(out, NONCE_BYTES);
    if (!c || EVP_EncryptInit_ex(c, EVP_aes_256_gcm(), NULL, secret->keys[purpose], out) != 1 ||
        EVP_EncryptUpdate(c, NULL, &ignored, (const unsigned char *)bound, (int)strlen(bound)) != 1 ||
        EVP_EncryptUpdate(c, out + NONCE_BYTES, &written, (const unsigned char *)plain, length) != 1 ||
        EVP_EncryptFinal_ex(c, out + NONCE_BYTES + written, &tail) != 1 ||
        EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_GCM_GET_TAG, MAC_BYTES, out + NONCE_BYTES + length) != 1)
        return NULL;
    return apr_pencode_base64_binary(pool, out, length + NONCE_BYTES + MAC_BYTES,
                                     APR_ENCODE_BASE64URL | APR_ENCODE_NOPADDING, NULL);
}

static const char *open_own(const wp_secret_t *secret, wp_purpose_t purpose, apr_pool_t *pool, const char *sealed,
                            const char *bound)
{
    int total = 0, written = 0, tail = 0, ignored = 0;
    const unsigned char *bytes = from_base64url(pool, sealed, &total);
    if (!bytes || total < NONCE_BYTES + MAC_BYTES)
        return NULL;

    int length = total - NONCE_BYTES - MAC_BYTES;
    char *plain = apr_palloc(pool, (apr_size_t)length + 1);
    EVP_CIPHER_CTX *c = cipher_make(pool);
    if (!c || EVP_DecryptInit_ex(c, EVP_aes_256_gcm(), NULL, secret->keys[purpose], bytes) != 1 ||
        EVP_DecryptUpdate(c, NULL, &ignored, (const unsigned char *)bound, (int)strlen(bound)) != 1 ||
        EVP_DecryptUpdate(c, (unsigned char *)plain, &written, bytes + NONCE_BYTES, length) != 1 ||
        EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_GCM_SET_TAG, MAC_BYTES, (void *)(bytes + NONCE_BYTES + length)) != 1 ||
        EVP_DecryptFinal_ex(c, (unsigned char *)plain + written, &tail) != 1)
        return NULL;
    plain[length] = '\0';
    return plain;
}

const char *wp_secret_open(const wp_secret_t *secret, wp_purpose_t purpose, apr_pool_t *pool, const char *sealed,
                           const char *bound)
{
    const char *plain = open_own(secret, purpose, pool, sealed, bound);
    return plain || !secret->other ? plain : open_own(secret->other, purpose, pool, sealed, bound);
}
