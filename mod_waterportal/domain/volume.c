/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/volume.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/banned.h"

typedef struct cursor_t {
    const char *at, *end;
} cursor_t;

typedef struct number_t {
    int64_t litres;
    int digits;   /* before the comma, without leading zeros */
    int decimals; /* as typed */
} number_t;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool starts_with(cursor_t c, const char *text)
{
    size_t length = strlen(text);
    return (size_t)(c.end - c.at) >= length && memcmp(c.at, text, length) == 0;
}

static size_t separator_length(cursor_t c)
{
    static const char *const separators[] = {" ", "\xC2\xA0", "\xE2\x80\x89", "\xE2\x80\xAF"};
    for (size_t i = 0; i < sizeof separators / sizeof *separators; i++)
        if (starts_with(c, separators[i]))
            return strlen(separators[i]);
    return 0;
}

static void skip_space(cursor_t *c)
{
    while (c->at < c->end) {
        size_t step = separator_length(*c);
        if (step == 0 && *c->at != '\t' && *c->at != '\r' && *c->at != '\n')
            return;
        c->at += step == 0 ? 1 : step;
    }
}

static bool skip_minus(cursor_t *c)
{
    static const char minus_sign[] = "\xE2\x88\x92"; /* U+2212, as typographers and some keyboards write it */
    size_t step = starts_with(*c, "-") ? 1 : starts_with(*c, minus_sign) ? strlen(minus_sign) : 0;
    c->at += step;
    return step > 0;
}

/* Reads a run of digits and returns how many; what exceeds the largest counter is counted, but not added up. */
static size_t parse_run(cursor_t *c, number_t *n)
{
    const char *start = c->at;
    for (; c->at < c->end && is_digit(*c->at); c->at++) {
        n->digits += n->digits > 0 || *c->at != '0';
        if (n->digits <= WP_VOLUME_DIGITS_MAX)
            n->litres = n->litres * 10 + (*c->at - '0');
        else
            n->digits = WP_VOLUME_DIGITS_MAX + 1;
    }
    return (size_t)(c->at - start);
}

/* "1202", "00043" or "1 202 219". */
static bool parse_whole(cursor_t *c, number_t *n)
{
    size_t run = parse_run(c, n);
    bool first = true;

    while (run > 0) {
        cursor_t next = {c->at + separator_length(*c), c->end};
        if (next.at == c->at || next.at == next.end || !is_digit(*next.at))
            return true;
        if (first && run > 3)
            return false;
        first = false;
        *c = next;
        run = parse_run(c, n);
        if (run != 3)
            return false;
    }
    return false;
}

static bool parse_decimals(cursor_t *c, number_t *n)
{
    n->litres *= WP_LITRES_PER_M3;
    if (c->at == c->end || (*c->at != ',' && *c->at != '.'))
        return true;
    c->at++;

    const char *start = c->at;
    int64_t worth = WP_LITRES_PER_M3 / 10;
    for (; c->at < c->end && is_digit(*c->at); c->at++, worth /= 10) {
        n->litres += (*c->at - '0') * worth;
        n->decimals += n->decimals <= WP_VOLUME_DECIMALS_MAX;
    }
    return c->at > start;
}

static int between(int low, int value, int high)
{
    return value < low ? low : value > high ? high : value;
}

wp_volume_verdict_t wp_volume_parse(const char *text, size_t length, int digits, int decimals, int64_t *litres)
{
    cursor_t c = {text, text + length};
    number_t n = {0};

    *litres = 0;
    skip_space(&c);
    if (c.at == c.end)
        return WP_VOLUME_EMPTY;
    bool negative = skip_minus(&c);
    if (!parse_whole(&c, &n) || !parse_decimals(&c, &n))
        return WP_VOLUME_NOT_A_NUMBER;
    skip_space(&c);
    if (c.at < c.end)
        return WP_VOLUME_NOT_A_NUMBER;
    if (negative)
        return WP_VOLUME_NEGATIVE;
    if (n.digits > between(1, digits, WP_VOLUME_DIGITS_MAX))
        return WP_VOLUME_TOO_MANY_DIGITS;
    if (n.decimals > between(0, decimals, WP_VOLUME_DECIMALS_MAX))
        return WP_VOLUME_TOO_MANY_DECIMALS;
    *litres = n.litres;
    return WP_VOLUME_OK;
}

void wp_volume_format(int64_t litres, int decimals, char text[WP_VOLUME_SIZE])
{
    static const unsigned hidden[] = {1000, 100, 10, 1}; /* litres of the last shown place */
    int places = between(0, decimals, WP_VOLUME_DECIMALS_MAX);
    uint64_t amount = litres < 0 ? 0 - (uint64_t)litres : (uint64_t)litres;
    uint64_t whole = amount / WP_LITRES_PER_M3;
    unsigned part = (unsigned)(amount % WP_LITRES_PER_M3) / hidden[places];
    const char *sign = litres < 0 && (whole > 0 || part > 0) ? "-" : "";

    if (places == 0)
        snprintf(text, WP_VOLUME_SIZE, "%s%" PRIu64, sign, whole);
    else
        snprintf(text, WP_VOLUME_SIZE, "%s%" PRIu64 ".%0*u", sign, whole, places, part);
}

const char *wp_volume_verdict_name(wp_volume_verdict_t verdict)
{
    static const char *const names[] = {"ok",       "empty",           "not_a_number",
                                        "negative", "too_many_digits", "too_many_decimals"};
    return names[verdict];
}
