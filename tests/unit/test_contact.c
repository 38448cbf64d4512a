/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "domain/contact.h"

#include "base/banned.h"

#define DOTS "\xE2\x80\xA2\xE2\x80\xA2\xE2\x80\xA2"

static void masks(void **state)
{
    static const struct {
        const char *address, *masked;
    } cases[] = {
        {"kada@example.lv", "k" DOTS "@example.lv"},
        {"a@b.lv", "a" DOTS "@b.lv"},
        {"+37120000143", "+371" DOTS "43"},
        {"112", DOTS},
        {"", DOTS},
        {"@", "@" DOTS "@"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char masked[WP_CONTACT_MASKED_SIZE];
        wp_contact_mask(cases[i].address, masked);
        assert_string_equal(masked, cases[i].masked);
    }
}

static void the_longest_address_fits(void **state)
{
    char address[WP_EMAIL_MAX + 1], masked[WP_CONTACT_MASKED_SIZE];
    (void)state;
    memset(address, 'x', sizeof address - 1);
    address[1] = '@';
    address[sizeof address - 1] = '\0';
    wp_contact_mask(address, masked);
    assert_int_equal(strlen(masked), WP_EMAIL_MAX + strlen(DOTS));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(masks), cmocka_unit_test(the_longest_address_fits)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
