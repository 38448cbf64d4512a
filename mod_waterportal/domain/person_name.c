/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/person_name.h"

#include <string.h>

#include "domain/text.h"

#include "base/banned.h"

#define WORDS_MAX 16 /* in one name; further words are not compared */

/* --- what is a name --- */

static bool is_list(const char *text)
{
    for (const char *comma = strchr(text, ','); comma; comma = strchr(comma + 1, ','))
        if (comma[1] != ' ' && comma[1] != '\0')
            return true;
    return false;
}

bool wp_person_name_is(const char *text)
{
    return *text != '\0' && strlen(text) <= WP_PERSON_NAME_MAX && *text != '{' && *text != '[' && !is_list(text);
}

/* --- whether two are one person's --- */

typedef struct words_t {
    char text[WP_PERSON_NAME_MAX + 2];
    const char *word[WORDS_MAX];
    size_t count;
    bool whole; /* no word was left out */
} words_t;

static bool is_mark(const char *text)
{
    const unsigned char *c = (const unsigned char *)text;
    return (c[0] == 0xCC && c[1] >= 0x80) || (c[0] == 0xCD && c[1] >= 0x80 && c[1] <= 0xAF);
}

/* The bytes of a word separator, or 0: spaces, "-", ",", ".", "'" and U+2010 to U+2019, which are dashes and quotes. */
static size_t parting(const char *text)
{
    const unsigned char *c = (const unsigned char *)text;
    if (strchr("-,.'", *text))
        return 1;
    return c[0] == 0xE2 && c[1] == 0x80 && c[2] >= 0x90 && c[2] <= 0x99 ? 3 : wp_text_space(text, strlen(text));
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

/* Every word of few has its own match in many. */
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

    if (!one || !other)
        return false;
    split(one, &a);
    split(other, &b);
    const words_t *few = a.count <= b.count ? &a : &b, *many = a.count <= b.count ? &b : &a;
    bool enough = few->count >= 2 || (few->count == 1 && many->count == 1);
    return a.whole && b.whole && enough && is_among(few, many);
}
