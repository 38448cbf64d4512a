/* SPDX-License-Identifier: Apache-2.0 */
#include "base/fold.h"

#include <stdbool.h>
#include <string.h>
#include <unicase.h>
#include <uninorm.h>
#include <unistr.h>

#include "base/banned.h"

#define UTF8_MAX 4

/* U+00C0 to U+017F, where most of our text is, one letter each; a capital stands for the first letter of a pair. Many
 * of these letters have no decomposition in Unicode ("ł", "đ", "ø"). "." is left unchanged. */
static const char plain[] = "aaaaaaAceeeeiiii" /* U+00C0 */
                            "dnooooo.ouuuuyTS"
                            "aaaaaaAceeeeiiii" /* U+00E0 */
                            "dnooooo.ouuuuyTy"
                            "aaaaaaccccccccdd" /* U+0100 */
                            "ddeeeeeeeeeegggg"
                            "gggghhhhiiiiiiii" /* U+0120 */
                            "iiIIjjkkklllllll"
                            "lllnnnnnnnnnoooo" /* U+0140 */
                            "ooOOrrrrrrssssss"
                            "ssttttttuuuuuuuu" /* U+0160 */
                            "uuuuwwyyyzzzzzzs";
static const char *const pairs[] = {"ae", "ij", "oe", "ss", "th"};

#define FIRST_PLAIN 0xC0
#define CYRILLIC_YO 0x451
#define CYRILLIC_YE 0x435

static bool is_mark(ucs4_t c)
{
    return c >= 0x300 && c <= 0x36F;
}

static bool is_cyrillic(ucs4_t c)
{
    return c >= 0x400 && c <= 0x52F;
}

static bool is_plain(ucs4_t c)
{
    return c >= FIRST_PLAIN && c < FIRST_PLAIN + sizeof plain - 1 && plain[c - FIRST_PLAIN] != '.';
}

static char *put_plain(char *to, ucs4_t c)
{
    char letter = plain[c - FIRST_PLAIN];
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if (letter + ('a' - 'A') == pairs[i][0]) {
            memcpy(to, pairs[i], 2);
            return to + 2;
        }
    }
    *to = letter;
    return to + 1;
}

/* The small letter without its marks. Of the Cyrillic letters only "ё" has a mark that people omit. */
static ucs4_t without_marks(ucs4_t c)
{
    ucs4_t parts[UC_DECOMPOSITION_MAX_LENGTH];

    c = uc_tolower(c);
    if (is_cyrillic(c))
        return c == CYRILLIC_YO ? CYRILLIC_YE : c;
    while (uc_canonical_decomposition(c, parts) > 1 && is_mark(parts[1]))
        c = parts[0];
    return c;
}

/* A character that would become longer ("Ⱥ") is left unchanged. */
static char *put_other(char *to, ucs4_t c, const uint8_t *from, int length)
{
    uint8_t made[UTF8_MAX];
    ucs4_t bare = without_marks(c);
    int size = u8_uctomb(made, bare, sizeof made);

    if (is_mark(c))
        return to;
    if (is_plain(bare)) /* "ǽ" without its mark is "æ" */
        return put_plain(to, bare);
    bool fits = size > 0 && size <= length;
    memcpy(to, fits ? made : from, (size_t)(fits ? size : length));
    return to + (fits ? size : length);
}

void wp_fold(const char *text, char *to)
{
    const uint8_t *from = (const uint8_t *)text, *end = from + strlen(text);

    while (from < end) {
        ucs4_t c = *from;
        int length = c < 0x80 ? 1 : u8_mbtouc(&c, from, (size_t)(end - from));
        if (c < 0x80)
            *to++ = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
        else if (is_plain(c))
            to = put_plain(to, c);
        else
            to = put_other(to, c, from, length);
        from += length;
    }
    *to = '\0';
}
