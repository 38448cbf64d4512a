/* SPDX-License-Identifier: Apache-2.0 */
#include "base/clean.h"

#include <apr_strings.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>

#include "base/banned.h"

#define MINUS_SIGN            0x2212
#define ZERO_WIDTH_NON_JOINER 0x200C
#define ZERO_WIDTH_JOINER     0x200D
#define NEXT_LINE             0x85
#define UTF8_MAX              4
#define EXPAND_MAX            4 /* code points; anything longer is a whole word in one character, which nobody types */

/* A text being cleaned: what is left to read, and what has been written. */
typedef struct cleaning_t {
    wp_clean_t how;
    const uint8_t *from, *begin, *end;
    uint8_t *to;
} cleaning_t;

static bool is_ascii(const char *text)
{
    for (; *text; text++) {
        if ((unsigned char)*text >= 0x80)
            return false;
    }
    return true;
}

static bool is_line_end(ucs4_t c)
{
    return c == NEXT_LINE || uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Zl | UC_CATEGORY_MASK_Zp);
}

static bool is_ignorable(ucs4_t c)
{
    return (c >= 0x80 && c < 0xA0) || uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Cf) ||
           uc_is_property_default_ignorable_code_point(c);
}

/* Marks that belong to no letter: an enclosing keycap or circle. */
static bool is_enclosing(ucs4_t c)
{
    return uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Me);
}

static bool is_space(ucs4_t c)
{
    return uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Zs);
}

static bool is_dash(ucs4_t c)
{
    return c == MINUS_SIGN || uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Pd);
}

/* A joiner inside a word: the characters on both sides are neither spaces nor ignorable themselves. */
static bool joins(const cleaning_t *cleaning, const uint8_t *after)
{
    ucs4_t before, behind;

    if (cleaning->to == cleaning->begin || after == cleaning->end)
        return false;
    u8_prev(&before, cleaning->to, cleaning->begin);
    u8_mbtouc(&behind, after, (size_t)(cleaning->end - after));
    return before > ' ' && behind > ' ' && !is_space(behind) && !is_ignorable(behind);
}

static bool is_kept_in_text(const cleaning_t *cleaning, ucs4_t c, const uint8_t *after)
{
    if (c == ZERO_WIDTH_JOINER || c == ZERO_WIDTH_NON_JOINER)
        return joins(cleaning, after);
    return uc_is_property_variation_selector(c) || !is_ignorable(c);
}

static void put(cleaning_t *cleaning, ucs4_t c)
{
    cleaning->to += u8_uctomb(cleaning->to, c, UTF8_MAX);
}

/* Compatibility forms that show the same character; superscripts and fractions do not. */
static bool shows_the_same(int tag)
{
    return tag == UC_DECOMP_WIDE || tag == UC_DECOMP_NARROW || tag == UC_DECOMP_FONT || tag == UC_DECOMP_SMALL;
}

/* Ligatures and signs made of letters, such as U+FB01 and U+2116; not U+2488, which is "1.". */
static bool is_all_letters(const ucs4_t *points, int count)
{
    for (int i = 0; i < count; i++) {
        if (!uc_is_property_alphabetic(points[i]))
            return false;
    }
    return true;
}

/* The characters that c shows; c itself if it is not a compatibility form. */
static int expand(ucs4_t c, ucs4_t points[UC_DECOMPOSITION_MAX_LENGTH])
{
    int tag, count = uc_decomposition(c, &tag, points);

    if (count > 0 && count <= EXPAND_MAX &&
        (shows_the_same(tag) || (tag == UC_DECOMP_COMPAT && is_all_letters(points, count))))
        return count;
    points[0] = c;
    return 1;
}

static void put_plain(cleaning_t *cleaning, ucs4_t c)
{
    int digit = uc_decimal_value(c);

    if (is_ignorable(c) || is_enclosing(c))
        return;
    if (digit >= 0)
        put(cleaning, (ucs4_t)('0' + digit));
    else
        put(cleaning, is_dash(c) ? '-' : is_space(c) ? ' ' : c);
}

static void take(cleaning_t *cleaning, ucs4_t c, const uint8_t *after)
{
    ucs4_t points[UC_DECOMPOSITION_MAX_LENGTH];

    if (is_line_end(c)) {
        put(cleaning, '\n');
        return;
    }
    if (cleaning->how == WP_CLEAN_TEXT) {
        if (is_kept_in_text(cleaning, c, after))
            put(cleaning, is_space(c) ? ' ' : c);
        return;
    }
    int count = expand(c, points);
    for (int i = 0; i < count; i++)
        put_plain(cleaning, points[i]);
}

/* Takes ownership of what libunistring allocated. */
static const char *kept(apr_pool_t *pool, uint8_t *made, size_t length, const char *otherwise)
{
    const char *text = made ? apr_pstrmemdup(pool, (const char *)made, length) : otherwise;
    free(made);
    return text;
}

static const char *normal(apr_pool_t *pool, const uint8_t *text, size_t length)
{
    size_t made_length;
    uint8_t *made = u8_normalize(UNINORM_NFC, text, length, NULL, &made_length);
    return kept(pool, made, made_length, apr_pstrmemdup(pool, (const char *)text, length));
}

static const char *characters(apr_pool_t *pool, const char *text, wp_clean_t how)
{
    size_t length = strlen(text);

    if (is_ascii(text))
        return text;
    cleaning_t cleaning = {.how = how, .from = (const uint8_t *)text, .end = (const uint8_t *)text + length};
    uint8_t *room = apr_palloc(pool, length * EXPAND_MAX * UTF8_MAX + 1);
    cleaning.begin = cleaning.to = room;
    while (cleaning.from < cleaning.end) {
        ucs4_t c;
        int step = u8_mbtouc(&c, cleaning.from, (size_t)(cleaning.end - cleaning.from));
        cleaning.from += step;
        take(&cleaning, c, cleaning.from);
    }
    return normal(pool, room, (size_t)(cleaning.to - room));
}

#define BLANKS " \t\r\n"

/* Spellings of the units, in the order in which they are tried. */
static const char *const currencies[] = {"\xE2\x82\xAC", "EURO", "EIRO", "EUR", NULL};
static const char *const cubic_metres[] = {"m\xC2\xB3", "m3", "\xE3\x8E\xA5", NULL};

static size_t unit_at(const char *text, size_t length, const char *unit, bool behind)
{
    size_t size = strlen(unit);
    if (size >= length)
        return 0;
    return strncasecmp(behind ? text + length - size : text, unit, size) == 0 ? size : 0;
}

static const char *trimmed(apr_pool_t *pool, const char *text, size_t length)
{
    size_t blank = strspn(text, BLANKS);

    blank = blank < length ? blank : length;
    text += blank;
    length -= blank;
    while (length > 0 && strchr(BLANKS, text[length - 1]))
        length--;
    return apr_pstrmemdup(pool, text, length);
}

/* Removes one unit, on one side. */
static const char *without_unit(apr_pool_t *pool, const char *text, const char *const *units, bool also_before)
{
    text = trimmed(pool, text, strlen(text));
    size_t length = strlen(text);

    for (; *units; units++) {
        size_t behind = unit_at(text, length, *units, true);
        size_t before = also_before ? unit_at(text, length, *units, false) : 0;
        if (behind > 0)
            return trimmed(pool, text, length - behind);
        if (before > 0)
            return trimmed(pool, text + before, length - before);
    }
    return text;
}

const char *wp_clean(apr_pool_t *pool, const char *text, wp_clean_t how)
{
    const char *clean = characters(pool, text, how);

    if (how == WP_CLEAN_MONEY)
        return without_unit(pool, clean, currencies, true);
    return how == WP_CLEAN_VOLUME ? without_unit(pool, clean, cubic_metres, false) : clean;
}

static bool has_letter(const char *text)
{
    ucs4_t c;

    for (const uint8_t *at = u8_next(&c, (const uint8_t *)text); at; at = u8_next(&c, at)) {
        if (uc_is_general_category_withtable(c, UC_CATEGORY_MASK_L))
            return true;
    }
    return false;
}

const char *wp_clean_name(apr_pool_t *pool, const char *text)
{
    text = wp_clean(pool, text, WP_CLEAN_TEXT);
    char *out = apr_palloc(pool, strlen(text) + 1), *to = out;

    for (text += strspn(text, BLANKS); *text; text += strspn(text, BLANKS)) {
        size_t word = strcspn(text, BLANKS);
        if (to > out)
            *to++ = ' ';
        memcpy(to, text, word);
        to += word;
        text += word;
    }
    *to = '\0';
    return has_letter(out) ? out : NULL;
}

static const char *without_space(apr_pool_t *pool, const char *text)
{
    char *out = apr_palloc(pool, strlen(text) + 1), *to = out;

    for (; *text; text++) {
        if (!strchr(BLANKS, *text))
            *to++ = *text;
    }
    *to = '\0';
    return out;
}

const char *wp_clean_key(apr_pool_t *pool, const char *text)
{
    const char *plain = without_space(pool, wp_clean(pool, text, WP_CLEAN_PLAIN));
    size_t length;
    uint8_t *made = u8_casefold((const uint8_t *)plain, strlen(plain), NULL, UNINORM_NFC, NULL, &length);
    return kept(pool, made, length, plain);
}
