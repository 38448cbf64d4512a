/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "domain/rights.h"

#include "base/banned.h"

static void rights_have_names(void **state)
{
    (void)state;
    assert_int_equal(wp_rights_named("readings"), 1);
    assert_int_equal(wp_rights_named("delegate"), 64);
    assert_int_equal(wp_rights_named("readings+submit"), 3);
    assert_int_equal(wp_rights_named("pay+pay"), WP_RIGHT_PAY);
    assert_int_equal(wp_rights_named("any"), 127);
    static const char *const wrong[] = {"",    "+",       "pay+", "+pay", "pay++submit",
                                        "Pay", "payment", "pa",   "8",    "pay submit"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(wp_rights_named(wrong[i]), 0);
}

/* Bits stand in the views of databases that are in use. */
static void no_right_ever_changes_its_bit(void **state)
{
    (void)state;
    assert_int_equal(WP_RIGHT_READINGS, 1);
    assert_int_equal(WP_RIGHT_SUBMIT, 2);
    assert_int_equal(WP_RIGHT_INVOICES, 4);
    assert_int_equal(WP_RIGHT_PAY, 8);
    assert_int_equal(WP_RIGHT_CONTRACT, 16);
    assert_int_equal(WP_RIGHT_APPLICATIONS, 32);
    assert_int_equal(WP_RIGHT_DELEGATE, 64);
}

static void nobody_passes_on_the_right_to_give_rights(void **state)
{
    (void)state;
    static const char *const levels[] = {"read", "submit", "pay", "full"};
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        assert_int_not_equal(wp_level_rights(levels[i]), 0);
        assert_false(wp_level_rights(levels[i]) & WP_RIGHT_DELEGATE);
    }
    assert_int_equal(wp_level_rights("all"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rights_have_names),
        cmocka_unit_test(no_right_ever_changes_its_bit),
        cmocka_unit_test(nobody_passes_on_the_right_to_give_rights),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
