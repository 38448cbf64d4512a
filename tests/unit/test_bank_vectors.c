/* SPDX-License-Identifier: Apache-2.0 */
/* The module against the openssl command line: what tests/vectors/make-bank-macs signed is made the same, byte for
 * byte, and believed; nothing that differs by one character is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <apr_strings.h>
#include <jansson.h>

#include "key_folder.h"
#include "bank/bank.h"

#include "base/banned.h"

#define SIGNED_MAX 8192
#define STAMP      "104857600731024" /* of all messages */

static apr_pool_t *pool;
static json_t *vectors;
static wp_sign_key_t *private_key, *public_key;
static apr_array_header_t *keys; /* the public one */

static const char *text(const json_t *object, const char *member)
{
    return json_string_value(json_object_get(object, member));
}

static int set_up(void **state)
{
    const char *error;
    (void)state;
    vectors = json_load_file(BANK_VECTORS, JSON_REJECT_DUPLICATES, NULL);
    if (!vectors || !key_folder_open((const char *const[]){NULL}, &pool))
        return -1;
    key_folder_write("test.key", text(json_object_get(vectors, "keys"), "private"));
    key_folder_write("test.pub", text(json_object_get(vectors, "keys"), "public"));
    keys = apr_array_make(pool, 1, sizeof(wp_sign_key_t *));
    if (wp_sign_private_key_load(&private_key, pool, key_folder_file("test.key"), &error) != APR_SUCCESS ||
        wp_sign_public_key_load(&public_key, pool, key_folder_file("test.pub"), &error) != APR_SUCCESS)
        return -1;
    APR_ARRAY_PUSH(keys, wp_sign_key_t *) = public_key;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    json_decref(vectors);
    key_folder_close();
    return 0;
}

static const wp_agreement_t *agreement(const char *profile)
{
    wp_agreements_t *agreements;
    const char *error;
    key_folder_write("agreements.json",
                     apr_psprintf(pool,
                                  "{\"agreements\": [{\"key\": \"one\", \"way\": \"form\", \"profile\": \"%s\", "
                                  "\"name_by_language\": {\"lv\": \"Banka\"},"
                                  " \"our_id\": \"UDENS\", \"bank_id\": \"BANKA\", \"url\": "
                                  "\"https://bank.example/pay\", \"iban\": \"LV80BANK0000435195001\","
                                  " \"name\": \"SIA „Ķekavas ūdens šķirtne āž“\", \"key_file\": \"test.key\", "
                                  "\"bank_certificate_files\": [\"test.pub\"]}]}",
                                  profile));
    assert_int_equal(wp_agreements_load(&agreements, pool, key_folder_file("agreements.json"), &error), APR_SUCCESS);
    return wp_agreement_find(agreements, "one");
}

static wp_bank_digest_t digest_of(const json_t *one)
{
    return strcmp(text(json_object_get(one, "expect"), "digest"), "sha1") == 0 ? WP_DIGEST_SHA1 : WP_DIGEST_SHA512;
}

/* Fails with the case's name. */
static void must_be_same(const char *name, const char *what, const char *got, const char *expected)
{
    if ((got == NULL) != (expected == NULL) || (got && strcmp(got, expected) != 0))
        fail_msg("%s: %s is \"%s\", not \"%s\"", name, what, got ? got : "(none)", expected ? expected : "(none)");
}

/* --- what is signed, and the MAC --- */

static const char *field_value(const json_t *fields, const char *name)
{
    size_t i;
    json_t *field;
    json_array_foreach(fields, i, field)
    {
        if (strcmp(json_string_value(json_array_get(field, 0)), name) == 0)
            return json_string_value(json_array_get(field, 1));
    }
    return NULL;
}

static wp_signed_t composed(const json_t *one)
{
    const json_t *input = json_object_get(one, "input");
    const wp_bank_profile_t *profile = wp_bank_profile_find(text(input, "profile"));
    const wp_bank_service_t *service = wp_bank_service_find(profile, text(input, "service"));
    char *bytes = apr_palloc(pool, SIGNED_MAX);
    size_t length = 0;

    for (const wp_bank_field_t *field = service->fields; field->name; field++) {
        const char *name = apr_pstrcat(pool, profile->prefix, field->name, NULL);
        if (!field->unsigned_too)
            length += wp_bank_sign_field(bytes + length, SIGNED_MAX - length - 1,
                                         field_value(json_object_get(input, "fields"), name));
        assert_true(length < SIGNED_MAX - 1);
    }
    bytes[length] = '\0';
    return (wp_signed_t){profile->digest, bytes, length};
}

static void test_the_same_bytes_are_signed_to_the_same_mac(void **state)
{
    size_t i;
    json_t *one;
    (void)state;
    json_array_foreach(json_object_get(vectors, "cases"), i, one)
    {
        const wp_signed_t what = composed(one);
        must_be_same(text(one, "name"), "what is signed", what.bytes, text(json_object_get(one, "expect"), "signed"));
        assert_int_equal(what.digest, digest_of(one));
        must_be_same(text(one, "name"), "the MAC", wp_sign_make(private_key, &what, pool), text(one, "mac"));
        assert_true(wp_sign_verify(public_key, &what, text(one, "mac"), pool));
    }
    assert_true(i >= 60);
}

static size_t character_size(const char *begin)
{
    size_t size = 1;
    while (((unsigned char)begin[size] & 0xC0) == 0x80)
        size++;
    return size;
}

/* Each character in turn becomes another or is left out. */
static void test_no_other_character_is_believed(void **state)
{
    size_t i;
    json_t *one;
    (void)state;
    json_array_foreach(json_object_get(vectors, "cases"), i, one)
    {
        const char *signed_text = text(json_object_get(one, "expect"), "signed");
        size_t length = strlen(signed_text), size = 1;
        for (size_t at = 0; at < length; at += size) {
            size = character_size(signed_text + at);
            const char *instead = at % 3 == 0 ? "" : signed_text[at] == '0' ? "1" : "0";
            char *changed = apr_psprintf(pool, "%.*s%s%s", (int)at, signed_text, instead, signed_text + at + size);
            const wp_signed_t what = {digest_of(one), changed, strlen(changed)};
            assert_false(wp_sign_verify(public_key, &what, text(one, "mac"), pool));
        }
    }
}

/* --- what banks send --- */

static wp_bank_report_t read_body(const json_t *one, const char *body)
{
    const wp_agreement_t *from = agreement(text(json_object_get(one, "input"), "profile"));
    const wp_bank_message_t message = {.bytes = body, .length = strlen(body)};
    wp_bank_report_t report;
    from->bank->read(from, &message, pool, &report);
    return report;
}

static const char *said_name(wp_bank_said_t said)
{
    static const char *const names[] = {[WP_SAID_NOTHING] = "nothing",
                                        [WP_SAID_PAID] = "paid",
                                        [WP_SAID_UNPAID] = "unpaid",
                                        [WP_SAID_FAILED] = "failed",
                                        [WP_SAID_PENDING] = "pending"};
    return names[said];
}

static void test_what_openssl_signed_is_believed(void **state)
{
    size_t i, heard = 0;
    json_t *one;
    (void)state;
    json_array_foreach(json_object_get(vectors, "cases"), i, one)
    {
        const char *name = text(one, "name");
        const json_t *expected = json_object_get(one, "report");
        if (!expected)
            continue;
        wp_bank_report_t report = read_body(one, text(one, "body"));
        heard++;
        must_be_same(name, "the refusal", wp_bank_refusal_name(report.refusal), text(expected, "refusal"));
        if (report.refusal != WP_REFUSAL_NONE)
            continue;
        must_be_same(name, "what is said", said_name(report.said), text(expected, "said"));
        must_be_same(name, "the stamp", report.stamp, text(expected, "stamp"));
        must_be_same(name, "the currency", report.currency, text(expected, "currency"));
        must_be_same(name, "the account", report.iban, text(expected, "iban"));
        must_be_same(name, "the message", report.message, text(expected, "message"));
        must_be_same(name, "the day", report.paid_on, text(expected, "paid_on"));
        must_be_same(name, "the key", report.key_tag, wp_sign_key_tag(public_key));
        assert_int_equal(report.cents, json_integer_value(json_object_get(expected, "cents")));
        assert_int_equal(report.pushed, json_is_true(json_object_get(expected, "pushed")));
    }
    assert_true(heard >= 45);
}

/* Another order's number in the body, its MAC left. */
static void test_a_mac_belongs_to_its_message(void **state)
{
    size_t i;
    json_t *one;
    (void)state;
    json_array_foreach(json_object_get(vectors, "cases"), i, one)
    {
        const char *body = text(one, "body"), *refusal = text(json_object_get(one, "report"), "refusal");
        const char *at = body ? strstr(body, STAMP) : NULL;
        if (!at || *refusal)
            continue;
        char *changed = apr_pstrdup(pool, body);
        changed[at - body + 5] = changed[at - body + 5] == '9' ? '8' : '9';
        must_be_same(text(one, "name"), "the refusal of a changed body",
                     wp_bank_refusal_name(read_body(one, changed).refusal), "bad_signature");
    }
}

/* --- what we send --- */

static wp_order_t order_of(const json_t *order)
{
    return (wp_order_t){.stamp = text(order, "stamp"),
                        .cents = json_integer_value(json_object_get(order, "cents")),
                        .message = text(order, "message"),
                        .language = text(order, "language"),
                        .return_url = text(order, "return_url"),
                        .notify_url = "",
                        .now = json_integer_value(json_object_get(order, "now"))};
}

static void test_an_order_is_what_openssl_would_send(void **state)
{
    size_t i, k, orders = 0;
    json_t *one, *field;
    (void)state;
    json_array_foreach(json_object_get(vectors, "cases"), i, one)
    {
        const json_t *fields = json_object_get(json_object_get(one, "input"), "fields");
        if (!json_object_get(one, "order"))
            continue;
        const wp_agreement_t *to = agreement(text(json_object_get(one, "input"), "profile"));
        const wp_order_t order = order_of(json_object_get(one, "order"));
        wp_departure_t departure;
        int sent = 1;
        assert_int_equal(to->bank->begin(to, &order, pool, &departure), APR_SUCCESS);
        must_be_same(text(one, "name"), "the MAC", apr_table_get(departure.fields, text(one, "mac_field")),
                     text(one, "mac"));
        json_array_foreach(fields, k, field)
        {
            const char *name = json_string_value(json_array_get(field, 0)),
                       *value = json_string_value(json_array_get(field, 1));
            must_be_same(text(one, "name"), name, apr_table_get(departure.fields, name), *value ? value : NULL);
            sent += *value != '\0';
        }
        assert_int_equal(apr_table_elts(departure.fields)->nelts, sent);
        orders++;
    }
    assert_true(orders >= 11);
}

/* --- detached JWS --- */

static wp_jws_t jws_of(const json_t *one)
{
    return (wp_jws_t){.algorithm = wp_jws_algorithm_find(text(one, "algorithm")),
                      .url = text(one, "url"),
                      .kid = text(one, "kid"),
                      .now = json_integer_value(json_object_get(one, "now")),
                      .age = 300,
                      .body = text(one, "body"),
                      .length = strlen(text(one, "body"))};
}

static void test_a_jws_is_what_openssl_makes(void **state)
{
    size_t i;
    json_t *one;
    (void)state;
    json_array_foreach(json_object_get(vectors, "jws"), i, one)
    {
        const wp_jws_t message = jws_of(one);
        if (json_is_true(json_object_get(one, "made")))
            must_be_same(text(one, "name"), "the JWS", wp_jws_make(private_key, &message, pool),
                         text(one, "signature"));
        if (wp_jws_verify(keys, &message, text(one, "signature"), pool) != public_key)
            fail_msg("%s %s is not believed", text(one, "algorithm"), text(one, "name"));
    }
    assert_int_equal(i, 8);
}

static void test_no_other_jws_is_believed(void **state)
{
    size_t i;
    json_t *one;
    (void)state;
    json_array_foreach(json_object_get(vectors, "jws"), i, one)
    {
        const char *signature = text(one, "signature");
        wp_jws_t message = jws_of(one);
        for (size_t at = 0; at + 1 < strlen(signature); at++) { /* the last letter carries bits that no byte has */
            char *changed = apr_pstrdup(pool, signature);
            changed[at] = changed[at] == 'A' ? 'B' : 'A';
            assert_null(wp_jws_verify(keys, &message, changed, pool));
        }
        for (size_t at = 0; at < message.length; at++) {
            char *changed = apr_pstrdup(pool, text(one, "body"));
            changed[at] = (char)(changed[at] ^ 1);
            message.body = changed;
            assert_null(wp_jws_verify(keys, &message, signature, pool));
        }
        message = jws_of(one);
        message.algorithm = wp_jws_algorithm_find(strcmp(text(one, "algorithm"), "RS256") == 0 ? "RS512" : "RS256");
        assert_null(wp_jws_verify(keys, &message, signature, pool));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_same_bytes_are_signed_to_the_same_mac),
        cmocka_unit_test(test_no_other_character_is_believed),
        cmocka_unit_test(test_what_openssl_signed_is_believed),
        cmocka_unit_test(test_a_mac_belongs_to_its_message),
        cmocka_unit_test(test_an_order_is_what_openssl_would_send),
        cmocka_unit_test(test_a_jws_is_what_openssl_makes),
        cmocka_unit_test(test_no_other_jws_is_believed),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
