/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/sign.h"

#include <apr_encode.h>
#include <apr_strings.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <string.h>
#include <time.h>

#include "base/banned.h"

#define KEY_BITS_LEAST 2048 /* NIST SP 800-131A Rev. 2, section 3: shorter keys may no longer make signatures */
#define TAG_BYTES      8
#define SIGNATURE_MAX  1024 /* bytes: an RSA key of 8192 bits */

struct wp_sign_key_t {
    EVP_PKEY *key;
    const char *tag;
    wp_instant_t ends;
};

static apr_status_t free_key(void *key)
{
    EVP_PKEY_free(key);
    return APR_SUCCESS;
}

static apr_status_t fail(const char **error, apr_pool_t *pool, const char *file, const char *what)
{
    ERR_clear_error();
    *error = apr_psprintf(pool, "%s: %s", file, what);
    return APR_EGENERAL;
}

static const char *tag_of(EVP_PKEY *key, apr_pool_t *pool)
{
    unsigned char *der = NULL, digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    int length = i2d_PUBKEY(key, &der);
    const char *tag = "";

    if (length > 0 && EVP_Digest(der, (size_t)length, digest, &size, EVP_sha256(), NULL) == 1)
        tag = apr_pencode_base16_binary(pool, digest, TAG_BYTES, APR_ENCODE_LOWER, NULL);
    OPENSSL_free(der);
    return tag;
}

/* Takes ownership of key. */
static apr_status_t make(wp_sign_key_t **made, apr_pool_t *pool, EVP_PKEY *key, wp_instant_t ends)
{
    *made = apr_pcalloc(pool, sizeof **made);
    apr_pool_cleanup_register(pool, key, free_key, apr_pool_cleanup_null);
    (*made)->key = key;
    (*made)->tag = tag_of(key, pool);
    (*made)->ends = ends;
    return APR_SUCCESS;
}

static apr_status_t check_kind(EVP_PKEY *key, apr_pool_t *pool, const char *file, const char **error)
{
    if (EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA && EVP_PKEY_get_bits(key) >= KEY_BITS_LEAST)
        return APR_SUCCESS;
    EVP_PKEY_free(key);
    return fail(error, pool, file, "not an RSA key of at least 2048 bits");
}

/* A key with a password must not prompt for it on the terminal: httpd may be starting. */
static int no_password(char *buffer, int size, int writing, void *context)
{
    (void)buffer;
    (void)size;
    (void)writing;
    (void)context;
    return -1;
}

apr_status_t wp_sign_private_key_load(wp_sign_key_t **key, apr_pool_t *pool, const char *file, const char **error)
{
    BIO *bio = BIO_new_file(file, "r");

    *key = NULL;
    if (!bio)
        return fail(error, pool, file, "cannot be read");
    EVP_PKEY *found = PEM_read_bio_PrivateKey(bio, NULL, no_password, NULL);
    BIO_free(bio);
    if (!found)
        return fail(error, pool, file, "holds no private key in PEM without a password");
    apr_status_t status = check_kind(found, pool, file, error);
    return status == APR_SUCCESS ? make(key, pool, found, 0) : status;
}

static wp_instant_t end_of(const X509 *certificate)
{
    struct tm end;
    wp_instant_t instant = 0;

    if (ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &end) == 1)
        instant = (wp_instant_t)wp_date_make(end.tm_year + 1900, end.tm_mon + 1, end.tm_mday) * 86400 +
                  end.tm_hour * 3600 + end.tm_min * 60 + end.tm_sec;
    return instant;
}

apr_status_t wp_sign_public_key_load(wp_sign_key_t **key, apr_pool_t *pool, const char *file, const char **error)
{
    BIO *bio = BIO_new_file(file, "r");
    wp_instant_t ends = 0;
    EVP_PKEY *found;

    *key = NULL;
    if (!bio)
        return fail(error, pool, file, "cannot be read");
    X509 *certificate = PEM_read_bio_X509(bio, NULL, no_password, NULL);
    if (certificate) {
        found = X509_get_pubkey(certificate);
        ends = end_of(certificate);
        X509_free(certificate);
    } else {
        ERR_clear_error();
        BIO_reset(bio);
        found = PEM_read_bio_PUBKEY(bio, NULL, no_password, NULL);
    }
    BIO_free(bio);
    if (!found)
        return fail(error, pool, file, "holds neither a certificate nor a public key in PEM");
    apr_status_t status = check_kind(found, pool, file, error);
    return status == APR_SUCCESS ? make(key, pool, found, ends) : status;
}

const char *wp_sign_key_tag(const wp_sign_key_t *key)
{
    return key->tag;
}

wp_instant_t wp_sign_key_ends(const wp_sign_key_t *key)
{
    return key->ends;
}

bool wp_sign_keys_match(const wp_sign_key_t *one, const wp_sign_key_t *other)
{
    return EVP_PKEY_eq(one->key, other->key) == 1;
}

static const EVP_MD *digest_of(wp_bank_digest_t digest)
{
    return digest == WP_DIGEST_SHA1 ? EVP_sha1() : digest == WP_DIGEST_SHA256 ? EVP_sha256() : EVP_sha512();
}

const unsigned char *wp_sign_bytes(const wp_sign_key_t *key, const wp_signed_t *what, apr_pool_t *pool,
                                   apr_size_t *size)
{
    unsigned char *signature = apr_palloc(pool, SIGNATURE_MAX);
    EVP_MD_CTX *context = EVP_MD_CTX_new();

    *size = SIGNATURE_MAX;
    bool made = context && EVP_DigestSignInit(context, NULL, digest_of(what->digest), NULL, key->key) == 1 &&
                EVP_DigestSign(context, signature, size, what->bytes, what->length) == 1;
    EVP_MD_CTX_free(context);
    ERR_clear_error();
    return made ? signature : NULL;
}

const char *wp_sign_make(const wp_sign_key_t *key, const wp_signed_t *what, apr_pool_t *pool)
{
    apr_size_t size;
    const unsigned char *signature = wp_sign_bytes(key, what, pool, &size);
    return signature ? apr_pencode_base64_binary(pool, signature, (apr_ssize_t)size, APR_ENCODE_NONE, NULL) : NULL;
}

bool wp_sign_bytes_verify(const wp_sign_key_t *key, const wp_signed_t *what, const unsigned char *signature,
                          apr_size_t size)
{
    EVP_MD_CTX *context = signature && size > 0 ? EVP_MD_CTX_new() : NULL;

    bool good = context && EVP_DigestVerifyInit(context, NULL, digest_of(what->digest), NULL, key->key) == 1 &&
                EVP_DigestVerify(context, signature, size, what->bytes, what->length) == 1;
    EVP_MD_CTX_free(context);
    ERR_clear_error();
    return good;
}

/* Strict base64: only its alphabet, padding only at the end. */
static bool is_base64(const char *text)
{
    size_t length = strlen(text),
           plain = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
    size_t padding = length - plain;

    return length > 0 && length % 4 == 0 && padding <= 2 && strspn(text + plain, "=") == padding;
}

bool wp_sign_verify(const wp_sign_key_t *key, const wp_signed_t *what, const char *signature, apr_pool_t *pool)
{
    apr_size_t size = 0;

    if (!is_base64(signature) || strlen(signature) / 4 * 3 > SIGNATURE_MAX + 2)
        return false;
    const unsigned char *decoded = apr_pdecode_base64_binary(pool, signature, APR_ENCODE_STRING, APR_ENCODE_NONE,
                                                             &size);
    return wp_sign_bytes_verify(key, what, decoded, size);
}
