/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/person_name.h"

#include <string.h>

#include "domain/text.h"

#include "base/banned.h"

#define WORDS_MAX 16 /* of one name; more are not compared */

/* --- what is a name --- */

/* The bytes of the character at text that nobody sees and that parts no words, 0 when it is none: soft hyphen, zero width space and
 * joiners, marks and embeddings of direction, word joiner, byte order mark. */
static size_t invisible(const char *text)
{
    static const char *const first[] = {"\xC2\xAD", "\xE2\x80\x8B", "\xE2\x80\x8C", "\xE2\x80\x8D", "\xE2\x80\x8E", "\xE2\x80\x8F",
                                        "\xE2\x80\xAA", "\xE2\x80\xAB", "\xE2\x80\xAC", "\xE2\x80\xAD", "\xE2\x80\xAE", "\xE2\x81\xA0",
                                        "\xE2\x81\xA6", "\xE2\x81\xA7", "\xE2\x81\xA8", "\xE2\x81\xA9", "\xEF\xBB\xBF"};
    for (size_t i = 0; i < sizeof first / sizeof *first; i++) {
        size_t length = strlen(first[i]);
        if (strncmp(text, first[i], length) == 0)
            return length;
    }
    return 0;
}

/* White space, and the kinds of it that wp_text_space does not know: U+2000 to U+200A, U+2028, U+2029, U+205F, U+3000. */
static size_t blank(const char *text)
{
    const unsigned char *c = (const unsigned char *)text;
    size_t plain = wp_text_space(text, strlen(text));

    if (plain > 0)
        return plain;
    if (c[0] == 0xE2 && c[1] == 0x80 && ((c[2] >= 0x80 && c[2] <= 0x8A) || c[2] == 0xA8 || c[2] == 0xA9))
        return 3;
    return strncmp(text, "\xE2\x81\x9F", 3) == 0 || strncmp(text, "\xE3\x80\x80", 3) == 0 ? 3 : 0;
}

static void fold_spaces(const char *text, char *to)
{
    bool gap = false, begun = false;

    while (*text != '\0') {
        size_t space = blank(text), hidden = space > 0 ? 0 : invisible(text);
        gap = gap || space > 0;
        if (space + hidden > 0) {
            text += space + hidden;
            continue;
        }
        if (gap && begun)
            *to++ = ' ';
        gap = false;
        begun = true;
        *to++ = *text++;
    }
    *to = '\0';
}

/* Any letter that is not of ASCII is two bytes or more above it; signs of those blocks without a letter are no worry here. */
static bool has_letter(const char *text)
{
    for (; *text != '\0'; text++)
        if (wp_text_is_letter(*text) || (unsigned char)*text >= 0xC3)
            return true;
    return false;
}

static bool is_list(const char *text)
{
    for (const char *comma = strchr(text, ','); comma != NULL; comma = strchr(comma + 1, ','))
        if (comma[1] != ' ' && comma[1] != '\0')
            return true;
    return false;
}

bool wp_person_name_clean(const char *text, char *to)
{
    fold_spaces(text, to);
    if (has_letter(to) && strlen(to) <= WP_PERSON_NAME_MAX && to[0] != '{' && to[0] != '[' && !is_list(to))
        return true;
    to[0] = '\0';
    return false;
}

/* --- whether two are one person's --- */

typedef struct words_t {
    char text[WP_PERSON_NAME_MAX + 2];
    const char *word[WORDS_MAX];
    size_t count;
    bool whole; /* nothing was left out */
} words_t;

static bool is_mark(const char *text)
{
    const unsigned char *c = (const unsigned char *)text;
    return (c[0] == 0xCC && c[1] >= 0x80) || (c[0] == 0xCD && c[1] >= 0x80 && c[1] <= 0xAF);
}

/* The bytes of what parts words, or 0: besides spaces "-", ",", ".", "'" and U+2010 to U+2019, which are dashes and quotes. */
static size_t parting(const char *text)
{
    const unsigned char *c = (const unsigned char *)text;
    if (strchr("-,.'", *text) != NULL)
        return 1;
    return c[0] == 0xE2 && c[1] == 0x80 && c[2] >= 0x90 && c[2] <= 0x99 ? 3 : blank(text);
}

static void split(const char *name, words_t *words)
{
    char *to = words->text;
    bool within = false;

    words->count = 0;
    words->whole = strlen(name) <= WP_PERSON_NAME_MAX;
    for (const char *at = name; words->whole && *at != '\0';) {
        size_t part = parting(at), skip = is_mark(at) ? 2 : part;
        if (part > 0 && within)
            *to++ = '\0';
        within = within && part == 0;
        if (skip > 0) {
            at += skip;
            continue;
        }
        if (!within) {
            words->whole = words->count < WORDS_MAX;
            if (words->whole)
                words->word[words->count++] = to;
        }
        within = true;
        *to++ = *at++;
    }
    *to = '\0';
}

/* Every word of few has a partner of its own in many. */
static bool is_among(const words_t *few, const words_t *many)
{
    bool taken[WORDS_MAX] = {false};

    for (size_t i = 0; i < few->count; i++) {
        size_t k = 0;
        while (k < many->count && (taken[k] || strcmp(few->word[i], many->word[k]) != 0))
            k++;
        if (k == many->count)
            return false;
        taken[k] = true;
    }
    return true;
}

bool wp_person_names_agree(const char *one, const char *other)
{
    words_t a, b;

    if (one == NULL || other == NULL)
        return false;
    split(one, &a);
    split(other, &b);
    const words_t *few = a.count <= b.count ? &a : &b, *many = a.count <= b.count ? &b : &a;
    bool enough = few->count >= 2 || (few->count == 1 && many->count == 1);
    return a.whole && b.whole && enough && is_among(few, many);
}
