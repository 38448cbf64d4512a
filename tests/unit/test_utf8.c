/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/utf8.h"

#include "base/banned.h"

static void accepts_what_xml_accepts(void **state)
{
    (void)state;
    static const char *const good[] = {"",
                                       "a\tb\r\n",
                                       "\x7f",
                                       "āčēģīķļņšūž",
                                       "€",
                                       "\xf0\x9f\x92\xa7",
                                       "\xed\x9f\xbf",
                                       "\xee\x80\x80",
                                       "\xf4\x8f\xbf\xbf"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(wp_utf8_valid(good[i], strlen(good[i])));
}

static void refuses_the_rest(void **state)
{
    (void)state;
    static const char *const bad[] = {"\x01",
                                      "\x1f",
                                      "\x0b",
                                      "\x80",
                                      "\xc0\xaf",
                                      "\xc1\xbf",
                                      "\xe0\x80\xaf",
                                      "\xe0\x9f\xbf",
                                      "\xf0\x80\x80\xaf",
                                      "\xf0\x8f\xbf\xbf",
                                      "\xed\xa0\x80",
                                      "\xed\xbf\xbf",
                                      "\xef\xbf\xbe",
                                      "\xef\xbf\xbf",
                                      "\xf4\x90\x80\x80",
                                      "\xf8\x88\x80\x80\x80",
                                      "\xfe",
                                      "\xff",
                                      "\xc4",
                                      "\xe2\x82",
                                      "\xf0\x9f\x92",
                                      "a\xc4",
                                      "\xc4z"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(wp_utf8_valid(bad[i], strlen(bad[i])));
    assert_false(wp_utf8_valid("a\0b", 3));
}

static void counts_characters(void **state)
{
    (void)state;
    assert_int_equal(wp_utf8_count("Bērziņa", strlen("Bērziņa")), 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(accepts_what_xml_accepts), cmocka_unit_test(refuses_the_rest),
                                       cmocka_unit_test(counts_characters)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
