/* SPDX-License-Identifier: Apache-2.0 */
/* Person codes: a byte for the issuer's country, then the text. */
#include "fuzz/fuzz.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "domain/person_code.h"

#include "base/banned.h"

#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS  "0123456789"
#define BULLET  "\xE2\x80\xA2"

static const char *const countries[] = {NULL, "LV", "EE", "lt", "X", "", "L1", "LVA"};

static bool is_canonical(const char *code)
{
    static const char *const types[] = {"PNO", "PAS", "IDC", "TIN"};
    size_t length = strlen(code), known = 0;

    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        known += strncmp(code, types[i], 3) == 0;
    if (known != 1 || length < 7 || length > 6 + 32 || strspn(code + 3, LETTERS) != 2 || code[5] != '-')
        return false;
    if (strncmp(code, "PNOLV-", 6) == 0)
        return length == 6 + 11 && strspn(code + 6, DIGITS) == 11;
    return strspn(code + 6, LETTERS DIGITS "-+./") == length - 6;
}

/* Small letters and white space make no difference, the country goes unread in what names its own. */
static void check_spelling(const char *code)
{
    char typed[3 * WP_PERSON_CODE_SIZE], again[WP_PERSON_CODE_SIZE];
    size_t used = 0;

    for (size_t i = 0; code[i] != '\0'; i++) {
        memcpy(typed + used, i % 2 ? "\xC2\xA0" : " \t", 2);
        typed[used + 2] = (char)tolower((unsigned char)code[i]);
        used += 3;
    }
    typed[used] = '\0';
    for (size_t i = 0; i < sizeof countries / sizeof *countries; i++) {
        CLAIM(wp_person_code_parse(code, countries[i], again) && strcmp(again, code) == 0);
        CLAIM(wp_person_code_parse(typed, countries[i], again) && strcmp(again, code) == 0);
    }
}

/* The first and the last character may be seen, and how many there are. */
static void check_mask(const char *code)
{
    char masked[WP_PERSON_CODE_MASKED_SIZE];
    bool latvian = strncmp(code, "PNOLV-", 6) == 0;
    size_t length = strlen(code + 6), bullets = 0;
    const char *at = masked;

    wp_person_code_mask(code, masked);
    CLAIM(latvian || strncmp(masked, code, 6) == 0);
    at += latvian ? 0 : 6;
    CLAIM(length <= 4 || (*at == code[6] && masked[strlen(masked) - 1] == code[5 + length]));
    for (const char *bullet = at; (bullet = strstr(bullet, BULLET)); bullet += strlen(BULLET))
        bullets++;
    CLAIM(bullets == (length > 4 ? length - 2 : length));
    CLAIM(strlen(at) == bullets * strlen(BULLET) + (length > 4 ? 2 : 0) + latvian);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_bytes_t bytes = {data, size};
    const char *country = countries[fuzz_byte(&bytes) % (sizeof countries / sizeof *countries)];
    char *text = fuzz_text(&bytes);
    char *code = malloc(WP_PERSON_CODE_SIZE);

    if (!code)
        abort();
    if (!wp_person_code_parse(text, country, code)) {
        CLAIM(code[0] == '\0');
        CLAIM(!is_canonical(text));
        CLAIM(strlen(text) != 11 || strspn(text, DIGITS) != 11 || (country && strcmp(country, "LV") != 0));
    } else {
        CLAIM(is_canonical(code));
        check_spelling(code);
        check_mask(code);
    }
    free(code);
    free(text);
    return 0;
}
