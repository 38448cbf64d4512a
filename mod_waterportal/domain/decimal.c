/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/decimal.h"

#include <string.h>

#include "domain/text.h"

#include "base/banned.h"

typedef struct cursor_t {
    const char *at, *end;
} cursor_t;

static size_t space_length(const cursor_t *c)
{
    return wp_text_space(c->at, (size_t)(c->end - c->at));
}

/* A line break or tab inside a number means that two things were pasted. */
static size_t separator_length(const cursor_t *c)
{
    return c->at < c->end && (*c->at == ' ' || (unsigned char)*c->at >= 0x80) ? space_length(c) : 0;
}

static void skip_space(cursor_t *c)
{
    for (size_t step = space_length(c); step > 0; step = space_length(c))
        c->at += step;
}

static bool skip_minus(cursor_t *c)
{
    static const char *const signs[] = {"-", "\xE2\x88\x92"}; /* U+2212 comes from typographers and some keyboards */
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t length = strlen(signs[i]);
        if ((size_t)(c->end - c->at) >= length && memcmp(c->at, signs[i], length) == 0) {
            c->at += length;
            return true;
        }
    }
    return false;
}

/* Reads a run of digits and returns their number; digits beyond the limit are counted, but do not change the value. */
static size_t parse_run(cursor_t *c, wp_decimal_t *n)
{
    const char *start = c->at;
    for (; c->at < c->end && wp_text_is_digit(*c->at); c->at++) {
        n->digits += n->digits <= WP_DECIMAL_DIGITS_MAX && (n->digits > 0 || *c->at != '0');
        if (n->digits <= WP_DECIMAL_DIGITS_MAX)
            n->value = n->value * 10 + (*c->at - '0');
    }
    return (size_t)(c->at - start);
}

/* "1202", "00043" or "1 202 219". */
static bool parse_whole(cursor_t *c, wp_decimal_t *n)
{
    size_t run = parse_run(c, n);
    bool grouped = false;

    while (run > 0) {
        cursor_t next = {c->at + separator_length(c), c->end};
        if (next.at == c->at || next.at == next.end || !wp_text_is_digit(*next.at))
            return true;
        if (!grouped && run > 3)
            return false;
        grouped = true;
        *c = next;
        if (parse_run(c, n) != 3)
            return false;
    }
    return false;
}

static bool parse_places(cursor_t *c, int places, wp_decimal_t *n)
{
    bool sign = c->at < c->end && (*c->at == ',' || *c->at == '.');
    c->at += sign;

    const char *start = c->at;
    for (; sign && c->at < c->end && wp_text_is_digit(*c->at); c->at++) {
        if (n->places < places)
            n->value = n->value * 10 + (*c->at - '0');
        n->places += n->places <= WP_DECIMAL_PLACES_MAX;
    }
    for (int filled = n->places; filled < places; filled++)
        n->value *= 10;
    return !sign || c->at > start;
}

wp_decimal_verdict_t wp_decimal_parse(const char *text, size_t length, int places, wp_decimal_t *number)
{
    cursor_t c = {text, text + length};

    *number = (wp_decimal_t){0};
    skip_space(&c);
    if (c.at == c.end)
        return WP_DECIMAL_EMPTY;
    number->negative = skip_minus(&c);
    if (!parse_whole(&c, number) || !parse_places(&c, places, number))
        return WP_DECIMAL_NOT_A_NUMBER;
    skip_space(&c);
    return c.at == c.end ? WP_DECIMAL_OK : WP_DECIMAL_NOT_A_NUMBER;
}
