/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include <unistr.h>

#include "base/fold.h"

#include "base/banned.h"

static void searching_forgives_marks_and_capitals(void **state)
{
    static const char *const cases[][2] = {
        {"Brīvības gatve 214", "brivibas gatve 214"},
        {"ĀČĒĢĪĶĻŅŠŪŽ āčēģīķļņšūž Ōō Ŗŗ", "acegiklnsuz acegiklnsuz oo rr"},
        {"Žąsų g. Õismäe Łódź ÀÿÑ", "zasu g. oismae lodz ayn"},
        {"Ÿ ŵŶ Ÿ ſ", "y wy y s"},
        {"Jürgen Müller, Straße, Æsop Œuvre Þór Ðóra ĳ Ŋ ĸ", "jurgen muller, strasse, aesop oeuvre thor dora ij n k"},
        {"улица Мира, ЁЛКА ЯМА щука Џ", "улица мира, елка яма щука џ"},
        {"Андрей Ї Ґ", "андрей ї ґ"},
        {"Nguyễn Ἀθῆναι ΆΛΦΑ Ǎ", "nguyen αθηναι αλφα a"},
        {"Ju\u0304rmala", "jurmala"},
        {"20–00300, “x” 三 😀 ×÷ Ⱥ", "20–00300, “x” 三 😀 ×÷ Ⱥ"},
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

/* The room that callers give is as long as their text, for every character there is; folding once is enough. */
static void no_character_grows(void **state)
{
    (void)state;
    for (ucs4_t c = 1; c < 0x110000; c++) {
        char text[8] = "", folded[8], again[8];
        if (u8_uctomb((uint8_t *)text, c, sizeof text) < 0)
            continue; /* a surrogate */
        wp_fold(text, folded);
        assert_true(strlen(folded) <= strlen(text));
        wp_fold(folded, again);
        assert_string_equal(again, folded);
    }
}

/* A byte that is no character's stays. */
static void what_is_no_utf8_is_left_alone(void **state)
{
    char folded[8];
    (void)state;
    wp_fold("A\xFF\x80\xC5", folded);
    assert_string_equal(folded, "a\xFF\x80\xC5");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(searching_forgives_marks_and_capitals),
                                       cmocka_unit_test(no_character_grows),
                                       cmocka_unit_test(what_is_no_utf8_is_left_alone)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
