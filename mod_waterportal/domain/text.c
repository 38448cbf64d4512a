/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/text.h"

#include <string.h>

#include "base/banned.h"

bool wp_text_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool wp_text_is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

char wp_text_upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

size_t wp_text_space(const char *text, size_t left)
{
    static const char *const spaces[] = {" ", "\t", "\r", "\n", "\xC2\xA0", "\xE2\x80\x89", "\xE2\x80\xAF"};
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++) {
        size_t length = strlen(spaces[i]);
        if (length <= left && memcmp(text, spaces[i], length) == 0)
            return length;
    }
    return 0;
}

bool wp_text_squeeze(const char *text, size_t length, char *out, size_t size)
{
    size_t used = 0;
    for (size_t at = 0; at < length;) {
        size_t space = wp_text_space(text + at, length - at);
        if (space == 0 && (used + 1 >= size || text[at] == '\0')) {
            out[0] = '\0';
            return false;
        }
        if (space == 0)
            out[used++] = text[at];
        at += space == 0 ? 1 : space;
    }
    out[used] = '\0';
    return true;
}

bool wp_text_is_one_of(const char *text, const char *const *list)
{
    while (*list && strcmp(*list, text) != 0)
        list++;
    return *list != NULL;
}
