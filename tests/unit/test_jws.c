/* SPDX-License-Identifier: Apache-2.0 */
/* Detached JWS: what is made is what RFC 7515 and RFC 7797 say, and only that message, by that key, is believed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <apr_encode.h>
#include <apr_strings.h>

#include "key_folder.h"
#include "crypto/jws.h"

#include "base/banned.h"

#define NOW  1795348920
#define URL  "https://bank.example/public/api/v3/transactions/1/status"
#define BODY "{\"id\":\"1\",\"description\":\"Ķešāns\"}"
#define RIGHT \
    "{\"b64\":false,\"crit\":[\"b64\"],\"iat\":1795348920,\"alg\":\"RS512\",\"url\":\"" URL "\",\"kid\":\"LV:BANKA\"}"

static apr_pool_t *pool;
static wp_sign_key_t *ours, *other;
static apr_array_header_t *keys;

static int set_up(void **state)
{
    wp_sign_key_t *known;
    const char *error;
    (void)state;
    if (!key_folder_open((const char *const[]){"ours", "other", "next", NULL}, &pool))
        return -1;
    keys = apr_array_make(pool, 2, sizeof(wp_sign_key_t *));
    for (const char *const *name = (const char *const[]){"next.pub", "ours.pub", NULL}; *name; name++) {
        if (wp_sign_public_key_load(&known, pool, key_folder_file(*name), &error) != APR_SUCCESS)
            return -1;
        APR_ARRAY_PUSH(keys, wp_sign_key_t *) = known;
    }
    return wp_sign_private_key_load(&ours, pool, key_folder_file("ours.key"), &error) == APR_SUCCESS &&
                   wp_sign_private_key_load(&other, pool, key_folder_file("other.key"), &error) == APR_SUCCESS
               ? 0
               : -1;
}

static int tear_down(void **state)
{
    (void)state;
    key_folder_close();
    return 0;
}

static wp_jws_t message_of(const char *body)
{
    return (wp_jws_t){.algorithm = wp_jws_algorithm_find("RS512"),
                      .url = URL,
                      .kid = "LV:BANKA",
                      .now = NOW,
                      .age = 300,
                      .body = body,
                      .length = strlen(body)};
}

static const wp_sign_key_t *verify(const char *signature)
{
    const wp_jws_t message = message_of(BODY);
    return wp_jws_verify(keys, &message, signature, pool);
}

static const char *url_safe(const char *bytes, size_t length)
{
    return apr_pencode_base64(pool, bytes, (apr_ssize_t)length, APR_ENCODE_BASE64URL | APR_ENCODE_NOPADDING, NULL);
}

/* Signed by hand, of any header. */
static const char *signed_with(const char *header, const wp_sign_key_t *key, wp_bank_digest_t digest)
{
    const char *encoded = url_safe(header, strlen(header)), *bytes = apr_pstrcat(pool, encoded, ".", BODY, NULL);
    const wp_signed_t what = {digest, bytes, strlen(bytes)};
    apr_size_t length;
    const char *made = apr_pdecode_base64(pool, wp_sign_make(key, &what, pool), APR_ENCODE_STRING, APR_ENCODE_NONE,
                                          &length);
    return apr_pstrcat(pool, encoded, "..", url_safe(made, length), NULL);
}

static void test_what_we_make_can_be_verified(void **state)
{
    const wp_jws_t message = message_of(BODY);
    const char *made = wp_jws_make(ours, &message, pool);
    (void)state;
    assert_string_equal(made, signed_with(RIGHT, ours, WP_DIGEST_SHA512));
    assert_ptr_equal(verify(made), APR_ARRAY_IDX(keys, 1, wp_sign_key_t *));
    assert_null(strpbrk(made, "+/= \n"));
}

static void test_a_question_without_a_body(void **state)
{
    const wp_jws_t message = message_of("");
    const char *made = wp_jws_make(ours, &message, pool);
    (void)state;
    assert_non_null(wp_jws_verify(keys, &message, made, pool));
    assert_null(verify(made));
}

static void test_the_algorithm_is_that_of_the_agreement(void **state)
{
    const char *weaker = "{\"b64\":false,\"crit\":[\"b64\"],\"iat\":1795348920,\"alg\":\"RS256\",\"url\":\"" URL
                         "\",\"kid\":\"LV:BANKA\"}";
    wp_jws_t message = message_of(BODY);
    (void)state;
    assert_null(verify(signed_with(RIGHT, ours, WP_DIGEST_SHA256)));
    assert_null(verify(signed_with(weaker, ours, WP_DIGEST_SHA256)));
    message.algorithm = wp_jws_algorithm_find("RS256");
    assert_non_null(wp_jws_verify(keys, &message, signed_with(weaker, ours, WP_DIGEST_SHA256), pool));
    assert_null(wp_jws_verify(keys, &message, signed_with(RIGHT, ours, WP_DIGEST_SHA512), pool));
    for (const char *const *name = (const char *const[]){"none", "HS512", "ES512", "rs512", "", NULL}; *name; name++)
        assert_null(wp_jws_algorithm_find(*name));
    assert_null(wp_jws_algorithm_find(NULL));
}

static void test_a_key_that_is_not_agreed_upon(void **state)
{
    (void)state;
    assert_null(verify(signed_with(RIGHT, other, WP_DIGEST_SHA512)));
}

/* Each is signed with the right key: it is what it says that is wrong. */
static void test_headers_of_another_message(void **state)
{
    static const char *const cases[][2] = {{"\"b64\":false,", ""},
                                           {"\"b64\":false", "\"b64\":true"},
                                           {"\"b64\":false", "\"b64\":0"},
                                           {"[\"b64\"]", "[]"},
                                           {"[\"b64\"]", "\"b64\""},
                                           {"[\"b64\"]", "[\"b64\",\"exp\"]"},
                                           {"[\"b64\"]", "[\"exp\"]"},
                                           {"[\"b64\"]", "[1]"},
                                           {"\"crit\":[\"b64\"],", ""},
                                           {"1795348920", "\"1795348920\""},
                                           {"1795348920", "1795348619"},
                                           {"1795348920", "1795349221"},
                                           {"1795348920", "-9223372036854775808"},
                                           {"1795348920", "9223372036854775807"},
                                           {"1795348920", "1795348920.0"},
                                           {"1795348920", "99999999999999999999"},
                                           {"\"iat\":1795348920,", ""},
                                           {"RS512", "none"},
                                           {"RS512", "HS512"},
                                           {"\"alg\":\"RS512\",", ""},
                                           {"\"RS512\"", "null"},
                                           {"/status", "/statu"},
                                           {"https", "http"},
                                           {"LV:BANKA", "LV:BANKB"},
                                           {"LV:BANKA", "LV:BANKA\\u0000"},
                                           {",\"kid\":\"LV:BANKA\"", ""},
                                           {"}", ",\"alg\":\"RS512\"}"},
                                           {"{", "[{"},
                                           {"{", ""}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *at = strstr(RIGHT, cases[i][0]);
        assert_non_null(at);
        const char *header = apr_pstrcat(pool, apr_pstrmemdup(pool, RIGHT, (apr_size_t)(at - RIGHT)), cases[i][1],
                                         at + strlen(cases[i][0]), NULL);
        assert_null(verify(signed_with(header, ours, WP_DIGEST_SHA512)));
    }
    assert_non_null(verify(
        signed_with("{\"extra\":1,\"b64\":false,\"crit\":[\"b64\"],\"iat\":1795348620,\"alg\":\"RS512\",\"url\":\"" URL
                    "\",\"kid\":\"LV:BANKA\"}",
                    ours, WP_DIGEST_SHA512)));
}

static void test_any_letter_breaks_it(void **state)
{
    const char *right = signed_with(RIGHT, ours, WP_DIGEST_SHA512);
    wp_jws_t message = message_of(BODY);
    (void)state;
    /* the last letter carries bits that no byte has */
    for (size_t i = 0; i + 1 < strlen(right); i++) {
        char *changed = apr_pstrdup(pool, right);
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        assert_null(verify(changed));
    }
    for (size_t i = 0; i < strlen(BODY); i++) {
        char *changed = apr_pstrdup(pool, BODY);
        changed[i] = (char)(changed[i] ^ 1);
        message.body = changed;
        assert_null(wp_jws_verify(keys, &message, right, pool));
    }
}

static void test_what_is_no_signature(void **state)
{
    const char *right = signed_with(RIGHT, ours, WP_DIGEST_SHA512), *dots = strstr(right, "..");
    (void)state;
    for (const char *const *text =
             (const char *const[]){"", ".", "..", "a", "a.", "a..", "..a", "a.b.c", "a...b", "a..b..c", "=..=", NULL};
         *text; text++)
        assert_null(verify(*text));
    assert_null(verify(apr_pstrcat(pool, right, "=", NULL)));
    assert_null(verify(apr_pstrcat(pool, right, ".", NULL)));
    assert_null(verify(apr_pstrcat(pool, " ", right, NULL)));
    assert_null(
        verify(apr_pstrcat(pool, url_safe(RIGHT, strlen(RIGHT)), ".", url_safe(BODY, strlen(BODY)), dots + 1, NULL)));
    char *header = apr_palloc(pool, 5001);
    memset(header, ' ', 5000);
    memcpy(header, RIGHT, strlen(RIGHT));
    header[5000] = '\0';
    assert_null(verify(signed_with(header, ours, WP_DIGEST_SHA512)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_we_make_can_be_verified),
        cmocka_unit_test(test_a_question_without_a_body),
        cmocka_unit_test(test_the_algorithm_is_that_of_the_agreement),
        cmocka_unit_test(test_a_key_that_is_not_agreed_upon),
        cmocka_unit_test(test_headers_of_another_message),
        cmocka_unit_test(test_any_letter_breaks_it),
        cmocka_unit_test(test_what_is_no_signature),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
