/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/fold.h"

#include "base/banned.h"

static void searching_forgives_marks_and_capitals(void **state)
{
    static const char *const cases[][2] = {
        {"Brīvības gatve 214", "brivibas gatve 214"},
        {"ĀČĒĢĪĶĻŅŠŪŽ āčēģīķļņšūž Ōō Ŗŗ", "acegiklnsuz acegiklnsuz oo rr"},
        {"Žąsų g. Õismäe Łódź ÀÿÑ", "zasu g. oismae lodz ayn"},
        {"Ÿ ŵŶ Ÿ ſ", "y wy y ſ"},
        {"Ёлка ЯМА щука Џ", "ёлка яма щука џ"},
        {"20–00300, “x” 三 😀 ×÷ßæ", "20–00300, “x” 三 😀 ×÷ßæ"},
        {"", ""},
    };
    char folded[120];
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        wp_fold(cases[i][0], folded);
        assert_string_equal(folded, cases[i][1]);
        assert_true(strlen(folded) <= strlen(cases[i][0]));
        char again[120];
        wp_fold(folded, again);
        assert_string_equal(again, folded);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(searching_forgives_marks_and_capitals)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
