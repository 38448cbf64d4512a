/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "domain/text.h"

#include "base/banned.h"

static void words_are_found_as_people_type_them(void **state)
{
    (void)state;
    static const char text[] = "Čiekuru iela 3–12, Rīga 10-45110";
    static const char *const found[] = {"",          " ",    "čiekuru", "CIEKURU", "ciekuru 3",
                                        "riga čIEK", "3-12", "3—12",    "45110"};
    static const char *const missing[] = {"ciekurs", "ciekuru 9", "45110 45111", "%", "_", "3–13", "ielariga", "\xFF"};
    for (size_t i = 0; i < sizeof found / sizeof *found; i++)
        assert_true(wp_text_has_words(text, found[i]));
    for (size_t i = 0; i < sizeof missing / sizeof *missing; i++)
        assert_false(wp_text_has_words(text, missing[i]));
    assert_false(wp_text_has_words("", "a"));
    assert_true(wp_text_has_words("Ģ Ķ Ļ Ņ Š Ū Ž Ā Ē Ī Ō Ŗ", "g k l n s u z a e i o r"));
    assert_true(wp_text_has_words("Brīvības\u00a0gatve 214", "brivibas gatve"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(words_are_found_as_people_type_them)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
