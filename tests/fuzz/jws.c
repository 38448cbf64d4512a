/* SPDX-License-Identifier: Apache-2.0 */
/* The header that carries a bank's signature: as it is (the first byte is even), or a header of JWS that the right key
 * really signed (odd). The first never is believed; of the second only what is of this message, whatever else it
 * says. */
#include "fuzz/fuzz.h"

#include <apr_encode.h>
#include <apr_strings.h>
#include <jansson.h>
#include <string.h>

#include "fuzz/keys.h"
#include "crypto/jws.h"

#include "base/banned.h"

#define BODY "{}"
#define NOW  1795348920

static const char *url_safe(apr_pool_t *pool, const void *bytes, size_t length)
{
    return apr_pencode_base64(pool, bytes, (apr_ssize_t)length, APR_ENCODE_BASE64URL | APR_ENCODE_NOPADDING, NULL);
}

static const char *sign(apr_pool_t *pool, const char *header)
{
    const char *encoded = *header ? url_safe(pool, header, strlen(header)) : "",
               *bytes = apr_pstrcat(pool, encoded, "." BODY, NULL);
    const wp_signed_t what = {WP_DIGEST_SHA512, bytes, strlen(bytes)};
    apr_size_t length;
    const char *made = apr_pdecode_base64(pool, wp_sign_make(fuzz_private_key(), &what, pool), APR_ENCODE_STRING,
                                          APR_ENCODE_NONE, &length);
    return apr_pstrcat(pool, encoded, "..", url_safe(pool, made, length), NULL);
}

static bool holds(const json_t *header, const char *member, const char *value)
{
    const char *found = json_string_value(json_object_get(header, member));
    return found && strcmp(found, value) == 0;
}

static void check_believed(const char *text)
{
    json_t *header = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    json_int_t made = json_integer_value(json_object_get(header, "iat"));

    CLAIM(header && holds(header, "alg", "RS512") && holds(header, "url", "https://b.example/") &&
          holds(header, "kid", "LV:B"));
    CLAIM(made >= NOW - 300 && made <= NOW + 300 && json_is_false(json_object_get(header, "b64")));
    CLAIM(json_array_size(json_object_get(header, "crit")) == 1);
    json_decref(header);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    apr_pool_t *pool = fuzz_pool_open();
    apr_array_header_t *keys = apr_array_make(pool, 1, sizeof(wp_sign_key_t *));
    const char *text = apr_pstrmemdup(pool, (const char *)data + 1, size - 1);
    const wp_jws_t message = {.algorithm = wp_jws_algorithm_find("RS512"),
                              .url = "https://b.example/",
                              .kid = "LV:B",
                              .now = NOW,
                              .age = 300,
                              .body = BODY,
                              .length = strlen(BODY)};

    APR_ARRAY_PUSH(keys, wp_sign_key_t *) = fuzz_public_key();
    if (data[0] % 2 == 0)
        CLAIM(wp_jws_verify(keys, &message, text, pool) == NULL);
    else if (wp_jws_verify(keys, &message, sign(pool, text), pool))
        check_believed(text);
    fuzz_pool_close(pool);
    return 0;
}
