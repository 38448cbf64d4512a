/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/jws.h"

#include <apr_encode.h>
#include <apr_strings.h>
#include <string.h>

#include "base/json_pool.h"

#include "base/banned.h"

#define CLOCK_SECONDS 300  /* how far another clock may be ahead of ours */
#define SIGNATURE_MAX 2048 /* bytes of an encoded signature: RSA of 8192 bits has 1,366 */
#define HEADER_MAX    2048 /* bytes of an encoded header: an address and a few words */

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

const wp_jws_algorithm_t *wp_jws_algorithm_find(const char *name)
{
    static const wp_jws_algorithm_t known[] = {{"RS256", WP_DIGEST_SHA256}, {"RS512", WP_DIGEST_SHA512}};

    for (size_t i = 0; name && i < sizeof known / sizeof *known; i++) {
        if (strcmp(known[i].name, name) == 0)
            return &known[i];
    }
    return NULL;
}

/* RFC 7797 section 5: the encoded header, ".", the body unchanged. */
static wp_signed_t signed_bytes(const wp_jws_t *message, const char *header, apr_pool_t *pool)
{
    size_t first = strlen(header) + 1;
    char *bytes = apr_palloc(pool, first + message->length + 1);

    memcpy(bytes, header, first - 1);
    bytes[first - 1] = '.';
    if (message->length)
        memcpy(bytes + first, message->body, message->length);
    return (wp_signed_t){message->algorithm->digest, bytes, first + message->length};
}

static const char *encode(apr_pool_t *pool, const char *bytes, size_t length)
{
    return apr_pencode_base64(pool, bytes, (apr_ssize_t)length, APR_ENCODE_BASE64URL | APR_ENCODE_NOPADDING, NULL);
}

static const char *make_header(const wp_jws_t *message, apr_pool_t *pool)
{
    json_t *header = json_pack("{s:b, s:[s], s:I, s:s, s:s, s:s}", "b64", 0, "crit", "b64", "iat",
                               (json_int_t)message->now, "alg", message->algorithm->name, "url", message->url, "kid",
                               message->kid);
    const char *text = wp_json_text(pool, header);
    return text ? encode(pool, text, strlen(text)) : NULL;
}

const char *wp_jws_make(const wp_sign_key_t *key, const wp_jws_t *message, apr_pool_t *pool)
{
    const char *header = make_header(message, pool);
    if (!header)
        return NULL;
    const wp_signed_t what = signed_bytes(message, header, pool);
    apr_size_t size;
    const unsigned char *signature = wp_sign_bytes(key, &what, pool, &size);
    if (!signature)
        return NULL;
    return apr_pstrcat(pool, header, "..", encode(pool, (const char *)signature, size), NULL);
}

static bool says(const json_t *header, const char *member, const char *wanted)
{
    const char *value = json_string_value(json_object_get(header, member));
    return value && strcmp(value, wanted) == 0;
}

/* A critical member that we do not know could change what is signed: RFC 7515 section 4.1.11. */
static bool is_of_message(const json_t *header, const wp_jws_t *message)
{
    const json_t *critical = json_object_get(header, "crit"), *made = json_object_get(header, "iat");
    const char *only = json_string_value(json_array_get(critical, 0));
    json_int_t at = json_integer_value(made), now = (json_int_t)message->now;

    return says(header, "alg", message->algorithm->name) && json_is_false(json_object_get(header, "b64")) &&
           json_array_size(critical) == 1 && only && strcmp(only, "b64") == 0 && says(header, "url", message->url) &&
           says(header, "kid", message->kid) && json_is_integer(made) && at <= now + CLOCK_SECONDS &&
           at >= now - message->age;
}

static bool header_is_right(const char *encoded, const wp_jws_t *message, apr_pool_t *pool)
{
    apr_size_t length = 0;
    const char *text = apr_pdecode_base64(pool, encoded, APR_ENCODE_STRING, APR_ENCODE_NONE, &length);
    json_t *header = text ? wp_json_parse(pool, text, length, NULL) : NULL;
    return header && is_of_message(header, message);
}

const wp_sign_key_t *wp_jws_verify(const apr_array_header_t *keys, const wp_jws_t *message, const char *signature,
                                   apr_pool_t *pool)
{
    size_t first = strspn(signature, alphabet),
           second = strlen(signature) < first + 2 ? 0 : strspn(signature + first + 2, alphabet);

    if (first == 0 || first > HEADER_MAX || second == 0 || second % 4 == 1 || second > SIGNATURE_MAX ||
        strncmp(signature + first, "..", 2) != 0 || signature[first + 2 + second])
        return NULL;
    const char *header = apr_pstrmemdup(pool, signature, first);
    if (!header_is_right(header, message, pool))
        return NULL;
    const wp_signed_t what = signed_bytes(message, header, pool);
    apr_size_t size = 0;
    const unsigned char *made = apr_pdecode_base64_binary(pool, signature + first + 2, APR_ENCODE_STRING,
                                                          APR_ENCODE_NONE, &size);
    for (int i = 0; i < keys->nelts; i++) {
        const wp_sign_key_t *key = APR_ARRAY_IDX(keys, i, wp_sign_key_t *);
        if (wp_sign_bytes_verify(key, &what, made, size))
            return key;
    }
    return NULL;
}
