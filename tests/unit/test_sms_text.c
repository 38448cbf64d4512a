/* SPDX-License-Identifier: Apache-2.0 */
/* In how many pieces an SMS is sent, by 3GPP TS 23.038 and 23.040; and what is left of a text without marks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include <apr_general.h>
#include <apr_pools.h>

#include "base/translit.h"
#include "domain/sms_text.h"

#include "base/banned.h"

static apr_pool_t *pool;

/* count times the same character, and then the rest. */
static const char *many(const char *character, int count, const char *rest)
{
    static char text[4096];
    size_t used = 0;

    for (int i = 0; i < count; i++)
        used += (size_t)snprintf(text + used, sizeof text - used, "%s", character);
    snprintf(text + used, sizeof text - used, "%s", rest);
    return text;
}

static void expect(const char *text, bool gsm7, size_t units, size_t segments)
{
    wp_sms_size_t size = wp_sms_size(text);
    if (size.gsm7 != gsm7 || size.units != units || size.segments != segments)
        fail_msg("%.40s…: gsm7 %d, %zu units, %zu segments", text, size.gsm7, size.units, size.segments);
}

static void the_edges_of_one_piece_and_of_several(void **state)
{
    (void)state;
    expect("", true, 0, 0);
    expect(many("a", 160, ""), true, 160, 1);
    expect(many("a", 161, ""), true, 161, 2);
    expect(many("a", 306, ""), true, 306, 2);
    expect(many("a", 307, ""), true, 307, 3);
    expect(many("ā", 70, ""), false, 70, 1);
    expect(many("ā", 71, ""), false, 71, 2);
    expect(many("a", 133, "ā"), false, 134, 2);
    expect(many("a", 134, "ā"), false, 135, 3);
}

static void what_counts_twice_is_not_cut_in_two(void **state)
{
    (void)state;
    expect(many("€", 80, ""), true, 160, 1);
    expect(many("€", 80, "a"), true, 161, 2);
    expect(many("a", 152, "€aaaaaaa"), true, 161, 2);
    expect(many("€", 153, ""), true, 306, 3); /* 76 in a piece: the 153rd unit stays empty */
    expect(many("\xF0\x9F\x92\xA7", 35, ""), false, 70, 1);
    expect(many("\xF0\x9F\x92\xA7", 67, ""), false, 134, 3); /* 33 in a piece */
}

static void one_latvian_letter_changes_the_alphabet(void **state)
{
    (void)state;
    static const char *const letters[] = {"ā", "č", "ē", "ģ", "ī", "ķ", "ļ", "ņ",        "š", "ū",
                                          "ž", "Ā", "Č", "Ē", "Ģ", "Ī", "Ķ", "Ļ",        "Ņ", "Š",
                                          "Ū", "Ž", "„", "“", "–", "…", "³", "\xC2\xA0", "`", "\t"};
    static const char *const known[] = {"@",  "£", "$", "¥", "è", "é", "ù", "ì", "ò", "Ç",  "\n", "Ø", "ø",
                                        "\r", "Å", "å", "Δ", "_", "Φ", "Γ", "Λ", "Ω", "Π",  "Ψ",  "Σ", "Θ",
                                        "Ξ",  "Æ", "æ", "ß", "É", " ", "¤", "¡", "Ä", "Ö",  "Ñ",  "Ü", "§",
                                        "¿",  "ä", "ö", "ñ", "ü", "à", "~", "^", "|", "\f", "\\"};

    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        expect(letters[i], false, 1, 1);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        assert_true(wp_sms_size(known[i]).gsm7);
}

static void marks_are_dropped_and_the_rest_stays(void **state)
{
    (void)state;
    static const char *const cases[][2] = {{"", ""},
                                           {"Glāžšķūņu rūķīši dzērumā čiepj Baha koncertflīģeļu vākus",
                                            "Glazskunu rukisi dzeruma ciepj Baha koncertfligelu vakus"},
                                           {"ĀČĒĢĪĶĻŅŠŪŽ ŌŖ", "ACEGIKLNSUZ OR"},
                                           {"a\xCC\x84", "a"}, /* decomposed */
                                           {"Łódź, Đorđe, Ægir, Straße", "Lodz, Dorde, Ægir, Straße"},
                                           {"„Ūdens” – 12 m³…", "\"Udens\" - 12 m3..."},
                                           {"8–17, 1\xC2\xA0"
                                            "234\xE2\x80\xAF"
                                            "567",
                                            "8-17, 1 234 567"},
                                           {"‘a’ «b» −5", "'a' \"b\" -5"},
                                           {"Рига \xF0\x9F\x92\xA7 €", "Рига \xF0\x9F\x92\xA7 €"},
                                           {"{code} [x]", "{code} [x]"}};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(wp_translit(pool, cases[i][0]), cases[i][1]);
    assert_null(wp_translit(pool, "\xFF"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_edges_of_one_piece_and_of_several),
                                       cmocka_unit_test(what_counts_twice_is_not_cut_in_two),
                                       cmocka_unit_test(one_latvian_letter_changes_the_alphabet),
                                       cmocka_unit_test(marks_are_dropped_and_the_rest_stays)};
    int failed;

    apr_initialize();
    apr_pool_create(&pool, NULL);
    failed = cmocka_run_group_tests_name("SMS text", tests, NULL, NULL);
    apr_terminate();
    return failed;
}
