/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "domain/billing_id.h"

#include "base/banned.h"

#define TEN "āāāāāāāāāā"

static void ids_are_text_as_the_utility_has_it(void **state)
{
    static const char *const good[] = {"10-45127",     "2019/1234", "Ū-1234",     "A B",
                                       "12/345",       "a",         "...",        "%",
                                       "?#&+;'\"\\<>", "\u200b",    "a\u00a0b",   "№ 1",
                                       ".a",           "水",        "\U0001f4a7", TEN TEN TEN TEN TEN TEN "āāāā"};
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_int_equal(wp_billing_id_check(good[i]), WP_BILLING_ID_GOOD);
}

static void what_cannot_work_or_be_seen_is_none(void **state)
{
    static const struct {
        const char *id;
        wp_billing_id_verdict_t verdict;
    } bad[] = {
        {"", WP_BILLING_ID_EMPTY},           {".", WP_BILLING_ID_DOTS},
        {"..", WP_BILLING_ID_DOTS},          {" a", WP_BILLING_ID_BLANK},
        {"a ", WP_BILLING_ID_BLANK},         {" ", WP_BILLING_ID_BLANK},
        {"\u00a0a", WP_BILLING_ID_BLANK},    {"a\u2009", WP_BILLING_ID_BLANK},
        {"a\u202f", WP_BILLING_ID_BLANK},    {"a\tb", WP_BILLING_ID_CONTROL},
        {"a\nb", WP_BILLING_ID_CONTROL},     {"a\r", WP_BILLING_ID_CONTROL},
        {"\x7F", WP_BILLING_ID_CONTROL},     {"\xC2\x80", WP_BILLING_ID_CONTROL},
        {"\xC2\x9F", WP_BILLING_ID_CONTROL}, {"a\u2028b", WP_BILLING_ID_CONTROL},
        {"a\u2029b", WP_BILLING_ID_CONTROL}, {TEN TEN TEN TEN TEN TEN "āāāāā", WP_BILLING_ID_LONG},
    };
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(wp_billing_id_check(bad[i].id), bad[i].verdict);
        assert_non_null(wp_billing_id_reason(bad[i].verdict));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_are_text_as_the_utility_has_it),
        cmocka_unit_test(what_cannot_work_or_be_seen_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
