/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/person_code.h"

#include <stdio.h>
#include <string.h>

#include "domain/text.h"

#include "base/banned.h"

#define PREFIX_LENGTH  6 /* "PNOLV-" */
#define LATVIAN_DIGITS 11
#define LATVIAN_HYPHEN 6 /* 010190-12345 */

static bool has_prefix(const char *text)
{
    static const char *const types[] = {"PNO", "PAS", "IDC", "TIN"};
    if (strlen(text) <= PREFIX_LENGTH || !wp_text_is_letter(text[3]) || !wp_text_is_letter(text[4]) || text[5] != '-')
        return false;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (memcmp(text, types[i], 3) == 0)
            return true;
    return false;
}

static bool is_country(const char *text)
{
    return strlen(text) == 2 && wp_text_is_letter(text[0]) && wp_text_is_letter(text[1]);
}

/* Writes the eleven digits of "01019012345" or "010190-12345"; false when text is neither. */
static bool latvian_digits(const char *text, char *digits)
{
    size_t count = 0;
    for (size_t i = 0; text[i] != '\0'; i++) {
        if (text[i] == '-' && i == LATVIAN_HYPHEN)
            continue;
        if (!wp_text_is_digit(text[i]) || count == LATVIAN_DIGITS)
            return false;
        digits[count++] = text[i];
    }
    digits[count] = '\0';
    return count == LATVIAN_DIGITS;
}

static bool latvian(const char *prefix, const char *text, char code[WP_PERSON_CODE_SIZE])
{
    if (text[0] == 'L' && text[1] == 'V')
        text += text[2] == '-' ? 3 : 2;
    memcpy(code, prefix, PREFIX_LENGTH);
    return latvian_digits(text, code + PREFIX_LENGTH);
}

/* Personal number and tax number: both have eleven digits and are spelt alike. */
static bool is_latvian_number(const char *text)
{
    return memcmp(text, "PNOLV-", PREFIX_LENGTH) == 0 || memcmp(text, "TINLV-", PREFIX_LENGTH) == 0;
}

static bool foreign(const char *prefix, const char *identifier, char code[WP_PERSON_CODE_SIZE])
{
    size_t length = strlen(identifier);
    if (length == 0 || length > 32)
        return false;
    for (size_t i = 0; i < length; i++)
        if (!wp_text_is_digit(identifier[i]) && !wp_text_is_letter(identifier[i]) && !strchr("-+./", identifier[i]))
            return false;
    memcpy(code, prefix, PREFIX_LENGTH);
    memcpy(code + PREFIX_LENGTH, identifier, length + 1);
    return true;
}

static bool canonical(const char *text, const char *country, char code[WP_PERSON_CODE_SIZE])
{
    if (has_prefix(text))
        return is_latvian_number(text) ? latvian(text, text + PREFIX_LENGTH, code)
                                       : foreign(text, text + PREFIX_LENGTH, code);
    if (!is_country(country))
        return false;

    char prefix[] = {'P', 'N', 'O', wp_text_upper(country[0]), wp_text_upper(country[1]), '-'};
    if (memcmp(prefix, "PNOLV-", PREFIX_LENGTH) == 0)
        return latvian(prefix, text, code);
    return foreign(prefix, text, code);
}

bool wp_person_code_parse(const char *text, const char *country, char code[WP_PERSON_CODE_SIZE])
{
    char plain[WP_PERSON_CODE_SIZE + 1]; /* one more: PNOLV-010190-12345 loses a hyphen */
    bool fits = wp_text_squeeze(text, strlen(text), plain, sizeof plain);

    for (char *c = plain; *c != '\0'; c++)
        *c = wp_text_upper(*c);
    if (fits && canonical(plain, country ? country : "LV", code))
        return true;
    code[0] = '\0';
    return false;
}

void wp_person_code_mask(const char *code, char masked[WP_PERSON_CODE_MASKED_SIZE])
{
    static const char bullet[] = "\xE2\x80\xA2";
    masked[0] = '\0';
    if (!code)
        return;

    const char *identifier = code + PREFIX_LENGTH;
    size_t length = strlen(identifier);
    bool is_latvian = memcmp(code, "PNOLV-", PREFIX_LENGTH) == 0;
    size_t used = 0;

    if (!is_latvian) {
        memcpy(masked, code, PREFIX_LENGTH);
        used = PREFIX_LENGTH;
    }
    for (size_t i = 0; i < length; i++) {
        bool shown = length > 4 && (i == 0 || i == length - 1);
        const char *hyphen = is_latvian && i == LATVIAN_HYPHEN ? "-" : "";
        int step = shown ? snprintf(masked + used, WP_PERSON_CODE_MASKED_SIZE - used, "%s%c", hyphen, identifier[i])
                         : snprintf(masked + used, WP_PERSON_CODE_MASKED_SIZE - used, "%s%s", hyphen, bullet);
        used += (size_t)step;
    }
    masked[used] = '\0';
}
