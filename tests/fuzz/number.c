/* SPDX-License-Identifier: Apache-2.0 */
/* Volumes and amounts as typed: a byte for the meter, then the text. The model cuts the text at the comma and at the
 * separators, where the parser walks over it. */
#include "fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "domain/money.h"
#include "domain/volume.h"

#include "base/banned.h"

static const char *const spaces[] = {" ", "\xC2\xA0", "\xE2\x80\x89", "\xE2\x80\xAF", "\t", "\r", "\n"};
#define SEPARATORS 4 /* of them may stand inside a number */

typedef struct slice_t {
    const char *text;
    size_t length;
} slice_t;

typedef struct model_t {
    bool empty, number, negative;
    char digits[64]; /* before the comma, no leading zeros */
    char places[64]; /* behind it */
    size_t digit_count, place_count;
} model_t;

static bool cut_front(slice_t *s, const char *what)
{
    size_t length = strlen(what);
    if (s->length < length || memcmp(s->text, what, length) != 0)
        return false;
    *s = (slice_t){s->text + length, s->length - length};
    return true;
}

static bool cut_back(slice_t *s, const char *what)
{
    size_t length = strlen(what);
    if (s->length < length || memcmp(s->text + s->length - length, what, length) != 0)
        return false;
    s->length -= length;
    return true;
}

static slice_t trim(slice_t s)
{
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces;)
        i = cut_front(&s, spaces[i]) || cut_back(&s, spaces[i]) ? 0 : i + 1;
    return s;
}

static size_t count_digits(slice_t s)
{
    size_t count = 0;
    while (count < s.length && strchr("0123456789", s.text[count]) && s.text[count] != '\0')
        count++;
    return count;
}

static void add_digits(char *to, size_t *count, slice_t from, bool zeros)
{
    for (size_t i = 0; i < from.length; i++) {
        if (*count == 0 && from.text[i] == '0' && !zeros)
            continue;
        if (*count < 20)
            to[*count] = from.text[i];
        (*count)++;
    }
}

static bool read_groups(model_t *m, slice_t whole)
{
    for (int groups = 0;; groups++) {
        slice_t group = {whole.text, count_digits(whole)};
        whole = (slice_t){whole.text + group.length, whole.length - group.length};
        bool last = whole.length == 0;
        if (group.length == 0 || (groups > 0 && group.length != 3) || (groups == 0 && !last && group.length > 3))
            return false;
        add_digits(m->digits, &m->digit_count, group, false);
        if (last)
            return true;
        bool cut = false;
        for (size_t i = 0; i < SEPARATORS && !cut; i++)
            cut = cut_front(&whole, spaces[i]);
        if (!cut)
            return false;
    }
}

static model_t read_model(slice_t text)
{
    model_t m = {.digits = ""};
    slice_t s = trim(text);

    m.empty = s.length == 0;
    m.negative = cut_front(&s, "-") || cut_front(&s, "\xE2\x88\x92");
    size_t comma = 0;
    while (comma < s.length && s.text[comma] != ',' && s.text[comma] != '.')
        comma++;
    slice_t whole = {s.text, comma}, places = {s.text + comma, s.length - comma};
    m.number = !m.empty && read_groups(&m, whole);
    if (places.length > 0) {
        places = (slice_t){places.text + 1, places.length - 1};
        m.number = m.number && places.length > 0 && count_digits(places) == places.length;
        add_digits(m.places, &m.place_count, places, true);
    }
    return m;
}

/* The number in units of the last of `places`. */
static int64_t model_value(const model_t *m, size_t places)
{
    char text[64] = "0";
    memcpy(text, m->digits, m->digit_count);
    for (size_t i = 0; i < places; i++)
        text[m->digit_count + i] = i < m->place_count ? m->places[i] : '0';
    text[m->digit_count + places] = '\0';
    return strtoll(text, NULL, 10);
}

static void check_volume(slice_t text, const model_t *m, int digits, int decimals)
{
    int64_t litres = -1;
    wp_volume_verdict_t verdict = wp_volume_parse(text.text, text.length, digits, decimals, &litres);
    wp_volume_verdict_t expected = m->empty                            ? WP_VOLUME_EMPTY
                                   : !m->number                        ? WP_VOLUME_NOT_A_NUMBER
                                   : m->negative                       ? WP_VOLUME_NEGATIVE
                                   : m->digit_count > (size_t)digits   ? WP_VOLUME_TOO_MANY_DIGITS
                                   : m->place_count > (size_t)decimals ? WP_VOLUME_TOO_MANY_DECIMALS
                                                                       : WP_VOLUME_OK;
    CLAIM(verdict == expected);
    CLAIM(litres == (verdict == WP_VOLUME_OK ? model_value(m, 3) : 0));
    if (verdict != WP_VOLUME_OK)
        return;

    char formatted[WP_VOLUME_SIZE];
    int64_t back = -1;
    wp_volume_format(litres, decimals, formatted);
    CLAIM(wp_volume_parse(formatted, strlen(formatted), digits, decimals, &back) == WP_VOLUME_OK);
    CLAIM(back == litres);
}

static void check_money(slice_t text, const model_t *m)
{
    int64_t cents = -1, back = -1;
    char formatted[WP_MONEY_SIZE];
    bool valid = wp_money_parse(text.text, text.length, &cents);

    CLAIM(valid == (m->number && m->digit_count <= WP_MONEY_DIGITS_MAX && m->place_count <= 2));
    CLAIM(cents == (!valid ? 0 : m->negative ? -model_value(m, 2) : model_value(m, 2)));
    wp_money_format(cents, formatted);
    CLAIM(wp_money_parse(formatted, strlen(formatted), &back) && back == cents);
}

/* Comma or dot and white space around make no difference. */
static void check_spelling(slice_t text, int digits, int decimals)
{
    int64_t litres, other;
    wp_volume_verdict_t verdict = wp_volume_parse(text.text, text.length, digits, decimals, &litres);
    char *copy = malloc(text.length + 6);

    if (!copy)
        abort();
    memcpy(copy, " \xC2\xA0", 3);
    memcpy(copy + 3, text.text, text.length);
    memcpy(copy + 3 + text.length, "\xE2\x80\xAF", 3);
    for (size_t i = 0; i < text.length; i++)
        copy[3 + i] = text.text[i] == ',' ? '.' : text.text[i] == '.' ? ',' : text.text[i];
    CLAIM(wp_volume_parse(copy, text.length + 6, digits, decimals, &other) == verdict);
    CLAIM(other == litres);
    free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_bytes_t bytes = {data, size};
    int digits = (int)fuzz_byte(&bytes) % 36;
    int decimals = digits / 9;
    char *copy = malloc(bytes.left > 0 ? bytes.left : 1);

    digits = digits % 9 + 1;
    if (!copy)
        abort();
    memcpy(copy, bytes.at, bytes.left);
    slice_t text = {copy, bytes.left}; /* no NUL behind it */
    model_t model = read_model(text);
    check_volume(text, &model, digits, decimals);
    check_money(text, &model);
    check_spelling(text, digits, decimals);
    free(copy);
    return 0;
}
