/* SPDX-License-Identifier: Apache-2.0 */
#include "base/translit.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>

#include "base/banned.h"

#define UTF8_MAX  4
#define PLAIN_MAX 3 /* the longest text in the table */

/* What has no decomposition, in the order of the characters. */
typedef struct row_t {
    ucs4_t character;
    const char *plain;
} row_t;

static const row_t table[] = {{0xA0, " "},     {0xAB, "\""},   {0xB2, "2"},    {0xB3, "3"},    {0xB9, "1"},
                              {0xBB, "\""},    {0xD0, "D"},    {0xD7, "x"},    {0xF0, "d"},    {0x110, "D"},
                              {0x111, "d"},    {0x131, "i"},   {0x141, "L"},   {0x142, "l"},   {0x152, "OE"},
                              {0x153, "oe"},   {0x2010, "-"},  {0x2011, "-"},  {0x2012, "-"},  {0x2013, "-"},
                              {0x2014, "-"},   {0x2015, "-"},  {0x2018, "'"},  {0x2019, "'"},  {0x201A, "'"},
                              {0x201B, "'"},   {0x201C, "\""}, {0x201D, "\""}, {0x201E, "\""}, {0x201F, "\""},
                              {0x2026, "..."}, {0x2039, "'"},  {0x203A, "'"},  {0x2212, "-"}};

static int compare(const void *wanted, const void *row)
{
    ucs4_t character = *(const ucs4_t *)wanted, other = ((const row_t *)row)->character;
    return character < other ? -1 : character > other;
}

static const char *plain_of(ucs4_t character)
{
    const row_t *row = bsearch(&character, table, sizeof table / sizeof *table, sizeof *table, compare);

    if (row)
        return row->plain;
    return uc_is_general_category(character, UC_SPACE_SEPARATOR) ? " " : NULL;
}

static char *put(char *to, ucs4_t character)
{
    uint8_t bytes[UTF8_MAX];
    const char *plain = plain_of(character);
    int length = plain ? (int)strlen(plain) : u8_uctomb(bytes, character, sizeof bytes);

    memcpy(to, plain ? plain : (const char *)bytes, (size_t)length);
    return to + length;
}

const char *wp_translit(apr_pool_t *pool, const char *text)
{
    size_t length, apart_length = 0;

    if (u8_check((const uint8_t *)text, strlen(text)))
        return NULL;
    uint8_t *apart = u8_normalize(UNINORM_NFD, (const uint8_t *)text, strlen(text), NULL, &apart_length);

    if (!apart)
        return NULL;
    /* a character of two bytes or more becomes at most three */
    char *made = apr_palloc(pool, apart_length * 2 + PLAIN_MAX), *to = made;
    for (const uint8_t *from = apart; from < apart + apart_length; from += length) {
        ucs4_t character;
        length = (size_t)u8_mbtouc(&character, from, (size_t)(apart + apart_length - from));
        if (!uc_is_general_category(character, UC_NON_SPACING_MARK))
            to = put(to, character);
    }
    *to = '\0';
    free(apart);
    return made;
}
