/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/person_code.h"

#include <stdio.h>
#include <string.h>

#include "base/banned.h"

#define LATVIAN_DIGITS 11
#define CODE_LENGTH_MAX 30

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_country(const char *text)
{
    return is_upper(text[0]) && is_upper(text[1]);
}

/* Eleven digits, with or without a hyphen after the sixth. */
static bool read_latvian(const char *text, char digits[LATVIAN_DIGITS + 1])
{
    int count = 0;
    for (; *text; text++) {
        if (*text == '-' && count == 6 && text[-1] != '-')
            continue;
        if (!is_digit(*text) || count == LATVIAN_DIGITS)
            return false;
        digits[count++] = *text;
    }
    digits[count] = '\0';
    return count == LATVIAN_DIGITS;
}

static bool is_foreign_code(const char *text)
{
    size_t length = strlen(text);
    return length >= 3 && length <= CODE_LENGTH_MAX && text[0] != '-' &&
           strspn(text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-") == length;
}

bool wp_person_code_parse(const char *text, const char *country, char code[WP_PERSON_CODE_SIZE])
{
    char of[3] = "LV";
    char digits[LATVIAN_DIGITS + 1];

    code[0] = '\0';
    if (country && (!is_country(country) || country[2] != '\0'))
        return false;
    if (country)
        memcpy(of, country, 2);
    if (strncmp(text, "PNO", 3) == 0 && is_country(text + 3) && text[5] == '-') {
        memcpy(of, text + 3, 2);
        text += 6;
    } else if (is_country(text) && is_digit(text[2])) {
        memcpy(of, text, 2);
        text += 2;
    }
    bool latvian = strcmp(of, "LV") == 0;
    if (latvian ? !read_latvian(text, digits) : !is_foreign_code(text))
        return false;
    snprintf(code, WP_PERSON_CODE_SIZE, "PNO%s-%s", of, latvian ? digits : text);
    return true;
}

void wp_person_code_mask(const char *code, char masked[WP_PERSON_CODE_MASKED_SIZE])
{
    const char *own = code ? strchr(code, '-') : NULL;
    size_t length = own ? strlen(own + 1) : 0;

    masked[0] = '\0';
    if (length >= 3)
        snprintf(masked, WP_PERSON_CODE_MASKED_SIZE, "%c•••••-••••%c", own[1], own[length]);
}
