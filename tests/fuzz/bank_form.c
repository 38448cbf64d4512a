/* SPDX-License-Identifier: Apache-2.0 */
/* What a browser brings as a bank's message: nothing that the bank did not sign is believed, whatever it is; the amount
 * and day readers. */
#include "fuzz/fuzz.h"

#include <apr_strings.h>
#include <string.h>

#include "domain/bank_message.h"
#include "domain/date.h"
#include "domain/money.h"
#include "fuzz/keys.h"
#include "bank/bank.h"

#include "base/banned.h"

static const char *const profiles[] = {"vk-008", "vk-009", "seb-elink", "seb-elink-plain"};

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
    wp_agreement_t agreement = {.key = "one",
                                .bank = wp_bank_find("form"),
                                .our_id = "UDENS",
                                .bank_id = "BANKA",
                                .bank_keys = keys,
                                .profile = wp_bank_profile_find(profiles[size > 0 ? data[0] % 4 : 0])};
    wp_bank_report_t report;

    APR_ARRAY_PUSH(keys, wp_sign_key_t *) = fuzz_public_key(); /* nobody signs with its other half */
    if (size > 0) {
        char *bytes = apr_pstrmemdup(pool, (const char *)data + 1, size - 1);
        const wp_bank_message_t message = {.bytes = bytes, .length = size - 1};
        agreement.bank->read(&agreement, &message, pool, &report);
        CLAIM(report.refusal != WP_REFUSAL_NONE && report.said == WP_SAID_NOTHING && report.cents == 0);
        CLAIM(*wp_bank_refusal_name(report.refusal) != '\0');
        check_values(bytes);
    }
    fuzz_pool_close(pool);
    return 0;
}
