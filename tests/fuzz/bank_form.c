/* SPDX-License-Identifier: Apache-2.0 */
/* What a browser brings as a bank's message: nothing that the bank did not sign is believed, whatever it is; the amount and day readers. */
#include "fuzz/fuzz.h"

#include <apr_strings.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "domain/bank_message.h"
#include "domain/date.h"
#include "domain/money.h"
#include "pay/bank.h"

#include "base/banned.h"

static const char *const profiles[] = {"vk-008", "vk-009", "seb-elink", "seb-elink-plain"};

static apr_pool_t *key_pool;

static void free_stranger(void)
{
    apr_pool_destroy(key_pool);
}

/* A key that nobody signs with; it lives as long as the process. */
static wp_sign_key_t *stranger(void)
{
    static wp_sign_key_t *key;
    char name[] = "/tmp/wp-fuzz-XXXXXX";
    const char *error;

    if (key)
        return key;
    int descriptor = mkstemp(name);
    FILE *file = descriptor >= 0 ? fdopen(descriptor, "w") : NULL;
    EVP_PKEY *made = EVP_RSA_gen(1024);
    if (!file || !made || PEM_write_PUBKEY(file, made) != 1 || fclose(file) != 0 || apr_pool_create(&key_pool, NULL) != APR_SUCCESS ||
        wp_sign_public_key_load(&key, key_pool, name, &error) != APR_SUCCESS || atexit(free_stranger) != 0)
        abort();
    unlink(name);
    EVP_PKEY_free(made);
    return key;
}

static void check_values(const char *text)
{
    int64_t cents;
    char day[WP_DATE_SIZE];
    wp_date_t date;

    if (wp_bank_amount_parse(text, &cents)) {
        char written[WP_MONEY_SIZE];
        int64_t again;
        CLAIM(cents > 0);
        wp_money_format(cents, written);
        CLAIM(wp_bank_amount_parse(written, &again) && again == cents);
    } else {
        CLAIM(cents == 0);
    }
    CLAIM(wp_bank_day_parse(text, day) ? wp_date_parse_iso(day, &date) : *day == '\0');
    wp_bank_value_t value = wp_bank_trim(text);
    CLAIM(value.characters <= value.bytes && value.bytes <= strlen(text));
    char part[8];
    size_t length = wp_bank_sign_field(part, sizeof part, text);
    CLAIM(length == 0 ? value.characters > 999 : length == value.bytes + 3);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    apr_pool_t *pool = fuzz_pool_open(); /* APR begins with the first */
    apr_array_header_t *keys = apr_array_make(pool, 1, sizeof(wp_sign_key_t *));
    wp_agreement_t agreement = {.key = "one", .bank = wp_bank_find("form"), .our_id = "UDENS", .bank_id = "BANKA", .bank_keys = keys,
                                .profile = wp_bank_profile_find(profiles[size > 0 ? data[0] % 4 : 0])};
    wp_bank_report_t report;

    APR_ARRAY_PUSH(keys, wp_sign_key_t *) = stranger();
    if (size > 0) {
        char *bytes = apr_pstrmemdup(pool, (const char *)data + 1, size - 1);
        const wp_bank_message_t message = {.bytes = bytes, .length = size - 1};
        agreement.bank->read(&agreement, &message, pool, &report);
        CLAIM(report.refusal != WP_BANK_BELIEVED && report.said == WP_SAID_NOTHING && report.cents == 0);
        CLAIM(*wp_bank_refusal_name(report.refusal) != '\0');
        check_values(bytes);
    }
    fuzz_pool_close(pool);
    return 0;
}
