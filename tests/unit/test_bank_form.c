/* SPDX-License-Identifier: Apache-2.0 */
/* Bank links with real keys: what goes out can be verified, what comes in is believed only as it was signed; agreements
 * and keys. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <apr_strings.h>

#include "base/urlencoded.h"
#include "key_folder.h"
#include "bank/bank.h"

#include "base/banned.h"

static apr_pool_t *pool;

static const char *agreement_text(const char *profile, const char *more)
{
    return apr_psprintf(pool,
                        "{\"agreements\": [{\"key\": \"one\", \"way\": \"form\", \"profile\": \"%s\", "
                        "\"name_by_language\": {\"lv\": \"Banka\"}, \"our_id\": \"UDENS\","
                        " \"bank_id\": \"BANKA\", \"url\": \"https://bank.example/pay\", \"iban\": \"LV80 BANK 0000 "
                        "4351 9500 1\", \"name\": \"Ūdens\","
                        " \"key_file\": \"ours.key\", \"bank_certificate_files\": [\"bank.pub\", \"next.pub\"]%s}]}",
                        profile, more);
}

static const wp_agreement_t *agreement(const char *profile)
{
    wp_agreements_t *agreements;
    const char *error = NULL;
    key_folder_write("agreements.json", agreement_text(profile, ""));
    assert_int_equal(wp_agreements_load(&agreements, pool, key_folder_file("agreements.json"), &error), APR_SUCCESS);
    assert_null(error);
    return wp_agreement_find(agreements, "one");
}

static int set_up(void **state)
{
    (void)state;
    return key_folder_open((const char *const[]){"ours", "bank", "next", "other", NULL}, &pool) ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    key_folder_close();
    return 0;
}

/* --- a bank of its own, by the published field tables --- */

typedef struct field_t {
    const char *name, *value;
} field_t;

static const field_t vk_paid[] = {{"VK_SERVICE", "1111"},
                                  {"VK_VERSION", "008"},
                                  {"VK_SND_ID", "BANKA"},
                                  {"VK_REC_ID", "UDENS"},
                                  {"VK_STAMP", "123456789012345"},
                                  {"VK_T_NO", ""},
                                  {"VK_AMOUNT", "41.37"},
                                  {"VK_CURR", "EUR"},
                                  {"VK_REC_ACC", "LV80BANK0000435195001"},
                                  {"VK_REC_NAME", "Ūdens"},
                                  {"VK_SND_ACC", "LV61X"},
                                  {"VK_SND_NAME", "Jānis Bērziņš-Ķešāns"},
                                  {"VK_REF", ""},
                                  {"VK_MSG", "WP123456789012345 rēķini"},
                                  {"VK_T_DATETIME", "2026-11-22T15:50:00+0200"}};
static const field_t seb_accepted[] = {{"IB_SND_ID", "BANKA"},
                                       {"IB_SERVICE", "0003"},
                                       {"IB_VERSION", "001"},
                                       {"IB_PAYMENT_ID", "123456789012345"},
                                       {"IB_AMOUNT", "41.37"},
                                       {"IB_CURR", "EUR"},
                                       {"IB_REC_ID", "UDENS"},
                                       {"IB_REC_ACC", "LV80BANK0000435195001"},
                                       {"IB_REC_NAME", "Ūdens"},
                                       {"IB_PAYER_ACC", ""},
                                       {"IB_PAYER_NAME", "Jānis"},
                                       {"IB_PAYMENT_DESC", "WP1"},
                                       {"IB_PAYMENT_DATE", "22.11.2026"},
                                       {"IB_PAYMENT_TIME", "15:50:00"}};
static const field_t seb_state[] = {{"IB_SND_ID", "BANKA"},
                                    {"IB_SERVICE", "0004"},
                                    {"IB_VERSION", "001"},
                                    {"IB_REC_ID", "UDENS"},
                                    {"IB_PAYMENT_ID", "123456789012345"},
                                    {"IB_PAYMENT_DESC", "WP1"},
                                    {"IB_FROM_SERVER", "Y"},
                                    {"IB_STATUS", "ACCOMPLISHED"}};

#define COUNT(fields) (sizeof(fields) / sizeof *(fields))

/* In characters: two bytes of a Latvian letter are one. */
static int characters(const char *text)
{
    int count = 0;
    for (; *text; text++)
        count += ((unsigned char)*text & 0xC0) != 0x80;
    return count;
}

static const char *signed_text(const field_t *fields, size_t count)
{
    const char *text = "";
    for (size_t i = 0; i < count; i++)
        text = apr_psprintf(pool, "%s%03d%s", text, characters(fields[i].value), fields[i].value);
    return text;
}

static const char *signed_body(const field_t *fields, size_t count, const char *mac, const char *key_file,
                               wp_bank_digest_t digest)
{
    wp_sign_key_t *key;
    const char *error, *body = "", *text = signed_text(fields, count);
    assert_int_equal(wp_sign_private_key_load(&key, pool, key_folder_file(key_file), &error), APR_SUCCESS);
    const wp_signed_t what = {digest, text, strlen(text)};
    for (size_t i = 0; i < count; i++)
        body = apr_pstrcat(pool, body, fields[i].name, "=", wp_urlencode(pool, fields[i].value), "&", NULL);
    return apr_pstrcat(pool, body, mac, "=", wp_urlencode(pool, wp_sign_make(key, &what, pool)), NULL);
}

static wp_bank_report_t read_body(const wp_agreement_t *from, const char *body)
{
    const wp_bank_message_t message = {.bytes = body, .length = strlen(body)};
    wp_bank_report_t report;
    from->bank->read(from, &message, pool, &report);
    return report;
}

static const char *replaced(const char *body, const char *old, const char *new)
{
    const char *at = strstr(body, old);
    assert_non_null(at);
    return apr_pstrcat(pool, apr_pstrmemdup(pool, body, (apr_size_t)(at - body)), new, at + strlen(old), NULL);
}

/* --- tests --- */

static void test_an_order_is_signed_field_by_field(void **state)
{
    static const char *const order[] = {"SERVICE", "VERSION", "SND_ID", "STAMP",  "AMOUNT",  "CURR",
                                        "REF",     "MSG",     "RETURN", "CANCEL", "DATETIME"};
    const wp_agreement_t *bank = agreement("vk-009");
    const wp_order_t what = {.stamp = "123456789012345",
                             .cents = 4137,
                             .message = "WP123456789012345 rēķini",
                             .language = "lv",
                             .return_url = "https://portal.example/portal/pay/one/return",
                             .notify_url = "",
                             .now = 1795348920};
    wp_departure_t departure;
    wp_sign_key_t *ours;
    const char *error, *text = "";
    (void)state;

    assert_int_equal(bank->bank->begin(bank, &what, pool, &departure), APR_SUCCESS);
    assert_string_equal(departure.url, "https://bank.example/pay");
    for (size_t i = 0; i < COUNT(order); i++) {
        const char *value = apr_table_get(departure.fields, apr_pstrcat(pool, "VK_", order[i], NULL));
        text = apr_psprintf(pool, "%s%03d%s", text, value ? characters(value) : 0, value ? value : "");
    }
    assert_non_null(strstr(text, "0041012")); /* four characters */
    assert_string_equal(apr_table_get(departure.fields, "VK_AMOUNT"), "41.37");
    assert_string_equal(apr_table_get(departure.fields, "VK_DATETIME"), "2026-11-22T14:02:00+0200");
    assert_int_equal(wp_sign_public_key_load(&ours, pool, key_folder_file("ours.pub"), &error), APR_SUCCESS);
    const wp_signed_t signed_part = {WP_DIGEST_SHA512, text, strlen(text)};
    assert_true(wp_sign_verify(ours, &signed_part, apr_table_get(departure.fields, "VK_MAC"), pool));
}

static void test_what_is_too_long_for_the_bank_is_not_sent(void **state)
{
    const wp_agreement_t *bank = agreement("vk-008");
    char message[120];
    wp_departure_t departure;
    wp_order_t what =
        {.stamp = "1", .cents = 1, .message = message, .language = "en", .return_url = "https://x", .notify_url = ""};
    (void)state;
    memset(message, 'x', sizeof message);
    message[95] = '\0';
    assert_int_equal(bank->bank->begin(bank, &what, pool, &departure), APR_SUCCESS);
    message[95] = 'x';
    message[96] = '\0';
    assert_int_equal(bank->bank->begin(bank, &what, pool, &departure), APR_EGENERAL);
}

static void test_a_paid_message_is_read(void **state)
{
    const wp_agreement_t *bank = agreement("vk-008");
    const char *body = signed_body(vk_paid, COUNT(vk_paid), "VK_MAC", "bank.key", WP_DIGEST_SHA1);
    wp_bank_report_t report = read_body(bank, apr_pstrcat(pool, body, "&VK_AUTO=Y&VK_ENCODING=UTF-8&other=1", NULL));
    (void)state;
    assert_int_equal(report.refusal, WP_REFUSAL_NONE);
    assert_int_equal(report.said, WP_SAID_PAID);
    assert_int_equal(report.cents, 4137);
    assert_string_equal(report.stamp, "123456789012345");
    assert_string_equal(report.iban, "LV80BANK0000435195001");
    assert_string_equal(report.paid_on, "2026-11-22");
    assert_true(report.pushed);
    assert_int_equal(strlen(report.key_tag), 16);
    assert_int_equal(read_body(bank, apr_pstrcat(pool, body, "&VK_ENCODING=utf-8", NULL)).refusal, WP_REFUSAL_NONE);
    assert_int_equal(read_body(bank, signed_body(vk_paid, COUNT(vk_paid), "VK_MAC", "next.key", WP_DIGEST_SHA1))
                         .refusal,
                     WP_REFUSAL_NONE);
    assert_int_equal(read_body(bank, signed_body(vk_paid, COUNT(vk_paid), "VK_MAC", "other.key", WP_DIGEST_SHA1))
                         .refusal,
                     WP_REFUSAL_BAD_SIGNATURE);
    assert_int_equal(read_body(bank, signed_body(vk_paid, COUNT(vk_paid), "VK_MAC", "bank.key", WP_DIGEST_SHA512))
                         .refusal,
                     WP_REFUSAL_BAD_SIGNATURE);
}

/* A payer wrote two lines: they are signed as they were sent. */
static void test_line_ends_are_signed_as_they_are(void **state)
{
    const wp_agreement_t *bank = agreement("vk-008");
    (void)state;
    for (const char *const *name = (const char *const[]){"Jānis\r\nBērziņš", "Jānis\nBērziņš", "Jānis\rBērziņš", NULL};
         *name; name++) {
        field_t fields[COUNT(vk_paid)];
        memcpy(fields, vk_paid, sizeof fields);
        fields[11].value = *name;
        assert_int_equal(read_body(bank, signed_body(fields, COUNT(fields), "VK_MAC", "bank.key", WP_DIGEST_SHA1))
                             .refusal,
                         WP_REFUSAL_NONE);
    }
}

/* Every bit of every signed value. */
static void test_any_bit_breaks_it(void **state)
{
    const wp_agreement_t *bank = agreement("vk-008");
    field_t fields[COUNT(vk_paid)];
    int tried = 0;
    (void)state;

    for (size_t f = 0; f < COUNT(vk_paid); f++) {
        for (size_t bit = 0; bit < strlen(vk_paid[f].value) * 8; bit += 3, tried++) {
            char *changed = apr_pstrdup(pool, vk_paid[f].value);
            const char *body = signed_body(vk_paid, COUNT(vk_paid), "VK_MAC", "bank.key", WP_DIGEST_SHA1);
            changed[bit / 8] = (char)(changed[bit / 8] ^ 1 << bit % 8);
            memcpy(fields, vk_paid, sizeof fields);
            body = replaced(body,
                            apr_pstrcat(pool, fields[f].name, "=", wp_urlencode(pool, vk_paid[f].value), "&", NULL),
                            apr_pstrcat(pool, fields[f].name, "=", wp_urlencode(pool, changed), "&", NULL));
            wp_bank_report_t report = read_body(bank, body);
            assert_int_not_equal(report.refusal, WP_REFUSAL_NONE);
            assert_int_equal(report.said, WP_SAID_NOTHING);
        }
    }
    assert_true(tried > 300);
}

static void test_signed_but_not_for_us(void **state)
{
    static const struct {
        const char *name, *value;
        wp_bank_refusal_t refusal;
    } cases[] =
        {{"VK_VERSION", "009", WP_REFUSAL_WRONG_VERSION},   {"VK_SND_ID", "BANKX", WP_REFUSAL_WRONG_SENDER},
         {"VK_REC_ID", "X", WP_REFUSAL_WRONG_RECEIVER},     {"VK_AMOUNT", "41,37", WP_REFUSAL_WRONG_VALUE},
         {"VK_AMOUNT", "-41.37", WP_REFUSAL_WRONG_VALUE},   {"VK_AMOUNT", "0.00", WP_REFUSAL_WRONG_VALUE},
         {"VK_AMOUNT", "41.375", WP_REFUSAL_WRONG_VALUE},   {"VK_T_DATETIME", "yesterday", WP_REFUSAL_WRONG_VALUE},
         {"VK_STAMP", "", WP_REFUSAL_MISSING_FIELD},        {"VK_SERVICE", "1012", WP_REFUSAL_UNKNOWN_SERVICE},
         {"VK_SERVICE", "9999", WP_REFUSAL_UNKNOWN_SERVICE}};
    const wp_agreement_t *bank = agreement("vk-008");
    (void)state;
    for (size_t c = 0; c < COUNT(cases); c++) {
        field_t fields[COUNT(vk_paid)];
        memcpy(fields, vk_paid, sizeof fields);
        for (size_t f = 0; f < COUNT(fields); f++)
            if (strcmp(fields[f].name, cases[c].name) == 0)
                fields[f].value = cases[c].value;
        assert_int_equal(read_body(bank, signed_body(fields, COUNT(fields), "VK_MAC", "bank.key", WP_DIGEST_SHA1))
                             .refusal,
                         cases[c].refusal);
    }
}

static void test_what_is_no_message(void **state)
{
    const wp_agreement_t *bank = agreement("vk-008");
    const char *body = signed_body(vk_paid, COUNT(vk_paid), "VK_MAC", "bank.key", WP_DIGEST_SHA1);
    (void)state;
    assert_int_equal(read_body(bank, "%zz").refusal, WP_REFUSAL_UNREADABLE);
    assert_int_equal(read_body(bank, "VK_SERVICE=1111&VK_MSG=%FF").refusal, WP_REFUSAL_UNREADABLE);
    assert_int_equal(read_body(bank, "").refusal, WP_REFUSAL_UNKNOWN_SERVICE);
    assert_int_equal(read_body(bank, apr_pstrcat(pool, body, "&VK_AMOUNT=41.37", NULL)).refusal,
                     WP_REFUSAL_REPEATED_FIELD);
    assert_int_equal(read_body(bank, apr_pstrcat(pool, body, "&VK_ENCODING=ISO-8859-13", NULL)).refusal,
                     WP_REFUSAL_WRONG_CHARSET);
    assert_int_equal(read_body(bank, replaced(body, "VK_MAC=", "VK_MAX=")).refusal, WP_REFUSAL_UNSIGNED);
    assert_int_equal(
        read_body(
            bank,
            replaced(
                body, "VK_MSG=WP",
                "VK_MSG="
                "WPxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"))
            .refusal,
        WP_REFUSAL_TOO_LONG);
}

static void test_seb_says_it_in_two_steps(void **state)
{
    const wp_agreement_t *bank = agreement("seb-elink");
    wp_bank_report_t report = read_body(bank, signed_body(seb_accepted, COUNT(seb_accepted), "IB_CRC", "bank.key",
                                                          WP_DIGEST_SHA1));
    field_t cancelled[COUNT(seb_state)];
    (void)state;
    assert_int_equal(report.refusal, WP_REFUSAL_NONE);
    assert_int_equal(report.said, WP_SAID_PENDING);
    assert_int_equal(report.cents, 4137);
    assert_string_equal(report.paid_on, "2026-11-22");
    report = read_body(bank, signed_body(seb_state, COUNT(seb_state), "IB_CRC", "bank.key", WP_DIGEST_SHA1));
    assert_int_equal(report.said, WP_SAID_PAID);
    assert_true(report.pushed);
    memcpy(cancelled, seb_state, sizeof cancelled);
    cancelled[COUNT(cancelled) - 1].value = "CANCELLED";
    assert_int_equal(read_body(bank, signed_body(cancelled, COUNT(cancelled), "IB_CRC", "bank.key", WP_DIGEST_SHA1))
                         .said,
                     WP_SAID_UNPAID);
    cancelled[COUNT(cancelled) - 1].value = "MAYBE";
    assert_int_equal(read_body(bank, signed_body(cancelled, COUNT(cancelled), "IB_CRC", "bank.key", WP_DIGEST_SHA1))
                         .refusal,
                     WP_REFUSAL_WRONG_VALUE);
}

static void test_agreements_that_are_none(void **state)
{
    static const char *const cases[][2] = {{", \"iban\": \"LV80BANK\"", "duplicate"},
                                           {", \"colour\": \"red\"", "no member"},
                                           {", \"minutes\": 0", "minutes"},
                                           {", \"minutes\": \"1\"", "minutes"},
                                           {", \"certificate_file\": \"other.pub\"", NULL},
                                           {", \"certificate_file\": \"none.pem\"", "cannot be read"},
                                           {", \"bic\": \"X\"", NULL}};
    wp_agreements_t *agreements;
    const char *error;
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        error = "";
        key_folder_write("agreements.json", agreement_text("vk-008", cases[i][0]));
        apr_status_t status = wp_agreements_load(&agreements, pool, key_folder_file("agreements.json"), &error);
        assert_int_equal(status == APR_SUCCESS, cases[i][1] == NULL);
        if (cases[i][1])
            assert_non_null(strstr(error, cases[i][1]));
    }
    for (const char *const *text = (const char *const[]){"", "{", "[]", "{\"agreements\": []}", "{\"agreements\": [1]}",
                                                         "{\"agreements\": [{}]}", NULL};
         *text; text++) {
        key_folder_write("agreements.json", *text);
        assert_int_not_equal(wp_agreements_load(&agreements, pool, key_folder_file("agreements.json"), &error),
                             APR_SUCCESS);
        assert_null(agreements);
    }
    key_folder_write("agreements.json", agreement_text("vk-007", ""));
    assert_int_not_equal(wp_agreements_load(&agreements, pool, key_folder_file("agreements.json"), &error),
                         APR_SUCCESS);
    assert_non_null(strstr(error, "profile"));
    assert_null(wp_agreement_find(NULL, "one"));
}

static const char *api_text(const char *more)
{
    return apr_psprintf(pool,
                        "{\"agreements\": [{\"key\": \"one\", \"way\": \"swedbank\", \"name_by_language\": {\"lv\": "
                        "\"Banka\"}, \"our_id\": \"LV:U\","
                        " \"bank_id\": \"LV:B\", \"url\": \"https://bank.example/api/\", \"iban\": "
                        "\"LV80BANK0000435195001\", \"name\": \"Ūdens\","
                        " \"key_file\": \"ours.key\", \"bank_certificate_files\": [\"bank.pub\"]%s}]}",
                        more);
}

static void test_an_agreement_of_an_api(void **state)
{
    static const char *const wrong[][2] = {{"", "bic"},
                                           {", \"bic\": \"demo/../x\"", "bic"},
                                           {", \"bic\": \"DEMOLV22\", \"algorithm\": \"none\"", "algorithm"},
                                           {", \"bic\": \"DEMOLV22\", \"algorithm\": \"HS512\"", "algorithm"},
                                           {", \"bic\": \"DEMOLV22\", \"algorithm\": \"rs512\"", "algorithm"}};
    wp_agreements_t *agreements;
    const char *error;
    (void)state;
    key_folder_write("agreements.json", api_text(", \"bic\": \"DEMOLV22\", \"ca_file\": \"ca.pem\""));
    assert_int_equal(wp_agreements_load(&agreements, pool, key_folder_file("agreements.json"), &error), APR_SUCCESS);
    const wp_agreement_t *one = wp_agreement_find(agreements, "one");
    assert_string_equal(one->algorithm->name, "RS512");
    assert_string_equal(one->url, "https://bank.example/api"); /* paths are put behind it */
    assert_string_equal(one->ca_file, key_folder_file("ca.pem"));
    assert_null(one->profile);
    for (size_t i = 0; i < COUNT(wrong); i++) {
        key_folder_write("agreements.json", api_text(wrong[i][0]));
        assert_int_not_equal(wp_agreements_load(&agreements, pool, key_folder_file("agreements.json"), &error),
                             APR_SUCCESS);
        assert_non_null(strstr(error, wrong[i][1]));
    }
}

static void test_a_certificate_of_another_key_is_found(void **state)
{
    wp_agreements_t *agreements;
    const char *error;
    apr_array_header_t *problems = apr_array_make(pool, 2, sizeof(const char *));
    (void)state;
    key_folder_write("agreements.json", agreement_text("vk-008", ", \"certificate_file\": \"other.pub\""));
    assert_int_equal(wp_agreements_load(&agreements, pool, key_folder_file("agreements.json"), &error), APR_SUCCESS);
    const wp_agreement_t *one = wp_agreement_find(agreements, "one");
    wp_agreement_check(one, 1795348920, pool, problems);
    assert_int_equal(problems->nelts, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_order_is_signed_field_by_field),
        cmocka_unit_test(test_what_is_too_long_for_the_bank_is_not_sent),
        cmocka_unit_test(test_a_paid_message_is_read),
        cmocka_unit_test(test_any_bit_breaks_it),
        cmocka_unit_test(test_line_ends_are_signed_as_they_are),
        cmocka_unit_test(test_signed_but_not_for_us),
        cmocka_unit_test(test_what_is_no_message),
        cmocka_unit_test(test_seb_says_it_in_two_steps),
        cmocka_unit_test(test_agreements_that_are_none),
        cmocka_unit_test(test_an_agreement_of_an_api),
        cmocka_unit_test(test_a_certificate_of_another_key_is_found),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
