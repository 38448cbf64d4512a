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

typedef struct folded_t {
    const char *from;
    char to;
} folded_t;

static const folded_t folded[] = {
    {"Ā", 'a'}, {"ā", 'a'}, {"Č", 'c'}, {"č", 'c'}, {"Ē", 'e'}, {"ē", 'e'}, {"Ģ", 'g'}, {"ģ", 'g'},
    {"Ī", 'i'}, {"ī", 'i'}, {"Ķ", 'k'}, {"ķ", 'k'}, {"Ļ", 'l'}, {"ļ", 'l'}, {"Ņ", 'n'}, {"ņ", 'n'},
    {"Ō", 'o'}, {"ō", 'o'}, {"Ŗ", 'r'}, {"ŗ", 'r'}, {"Š", 's'}, {"š", 's'}, {"Ū", 'u'}, {"ū", 'u'},
    {"Ž", 'z'}, {"ž", 'z'}, {"–", '-'}, {"—", '-'}, {"‑", '-'},
};

/* The next character as it is compared, text moved behind it; '\0' at the end, ' ' for any white space. */
static char next_folded(const char **text)
{
    size_t left = strlen(*text), space = wp_text_space(*text, left);
    if (space > 0) {
        *text += space;
        return ' ';
    }
    for (size_t i = 0; (unsigned char)**text > 0x7F && i < sizeof folded / sizeof *folded; i++) {
        size_t length = strlen(folded[i].from);
        if (strncmp(*text, folded[i].from, length) == 0) {
            *text += length;
            return folded[i].to;
        }
    }
    char c = **text;
    *text += c != '\0';
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Does the text go on with the first word of `word`? */
static bool begins_with(const char *text, const char *word)
{
    for (;;) {
        char wanted = next_folded(&word);
        if (wanted == '\0' || wanted == ' ')
            return true;
        if (next_folded(&text) != wanted)
            return false;
    }
}

static bool has_word(const char *text, const char *word)
{
    for (;;) {
        if (begins_with(text, word))
            return true;
        if (next_folded(&text) == '\0')
            return false;
    }
}

bool wp_text_has_words(const char *text, const char *wanted)
{
    bool within = false;
    for (const char *at = wanted; *at != '\0';) {
        const char *word = at;
        char c = next_folded(&at);
        if (c != ' ' && !within && !has_word(text, word))
            return false;
        within = c != ' ';
    }
    return true;
}
