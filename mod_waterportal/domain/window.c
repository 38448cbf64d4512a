/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/window.h"

#include <stdio.h>
#include <string.h>

#include "domain/text.h"

#include "base/banned.h"

#define LAST_DAY 31
#define HALF_MONTH \
    14 /* a window that ends by then serves the month before; one with a working day begins on day 1 or \
        * after it */

/* Skips one of the words; false if text does not continue with any. */
static bool skip_word(const char **text, const char *word)
{
    size_t length = strlen(word);
    if (strncmp(*text, word, length) != 0)
        return false;
    *text += length;
    return true;
}

/* Skips a number from 1 to highest without leading zeros; 0 if there is none. */
static int skip_number(const char **text, int highest)
{
    int number = 0;
    if (**text == '0')
        return 0;
    for (; wp_text_is_digit(**text); (*text)++) {
        number = number * 10 + (**text - '0');
        if (number > highest)
            return 0;
    }
    return number;
}

static int skip_day(const char **text)
{
    return skip_word(text, "last") ? LAST_DAY : skip_number(text, LAST_DAY);
}

static bool parse_days(const char **text, wp_window_spec_t *spec)
{
    spec->first = skip_day(text);
    if (spec->first == 0 || !skip_word(text, "-"))
        return false;
    spec->last = skip_day(text);
    if (spec->last == 0)
        return false;
    if (!skip_word(text, "wd")) {
        spec->months_later = spec->last < spec->first;
        return true;
    }
    spec->working_day = spec->last;
    spec->last = 0;
    spec->months_later = spec->first > 1;
    return spec->working_day <= 9 && (spec->first == 1 || spec->first > HALF_MONTH);
}

static bool parse_month(const char **text, wp_window_spec_t *spec)
{
    if (**text == '\0') {
        spec->months_before = spec->months_later == 0 && spec->last <= HALF_MONTH;
        return true;
    }
    spec->months_before = skip_word(text, ":previous");
    return spec->months_before || skip_word(text, ":this");
}

bool wp_window_parse(const char *text, wp_window_spec_t *spec)
{
    wp_window_spec_t read = {0};
    if (!parse_days(&text, &read) || !parse_month(&text, &read) || *text != '\0')
        return false;
    *spec = read;
    return true;
}

/* Months are counted from year 0, so that the next and the previous month differ by one. */
static int month_of(wp_date_t date)
{
    wp_civil_t c = wp_date_split(date);
    return c.year * 12 + c.month - 1;
}

static wp_date_t day_of(int month, int day)
{
    int days = wp_date_days_in_month(month / 12, month % 12 + 1);
    return wp_date_make(month / 12, month % 12 + 1, day < days ? day : days);
}

static wp_date_t working_day_of(int month, int count)
{
    wp_date_t date = day_of(month, 1);
    for (count -= wp_date_is_working_day(date); count > 0; count -= wp_date_is_working_day(date))
        date++;
    return date;
}

static wp_date_t first_of(const wp_window_spec_t *spec, int month)
{
    return day_of(month, spec->first);
}

static wp_date_t last_of(const wp_window_spec_t *spec, int month)
{
    int end = month + spec->months_later;
    wp_date_t last = spec->working_day > 0 ? working_day_of(end, spec->working_day) : day_of(end, spec->last);
    wp_date_t next = first_of(spec, month + 1);
    return last < next ? last : next - 1;
}

wp_window_t wp_window_at(const wp_window_spec_t *spec, wp_instant_t now)
{
    wp_date_t today = wp_riga_date(now);
    int month = month_of(today);
    if (first_of(spec, month) > today)
        month--;

    wp_window_t window = {.from = first_of(spec, month),
                          .until = last_of(spec, month),
                          .next_from = first_of(spec, month + 1),
                          .next_until = last_of(spec, month + 1)};
    window.open = today <= window.until;
    window.days_left = window.open ? window.until - today : 0;
    unsigned billed = (unsigned)(month - spec->months_before);
    snprintf(window.key, sizeof window.key, "%04u-%02u", billed / 12 % 10000, billed % 12 + 1);
    return window;
}
