/* SPDX-License-Identifier: Apache-2.0 */
/* The reading window of the configuration: four bytes for a day, then its text. */
#include "fuzz/fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/window.h"

#include "base/banned.h"

/* Which of "1" to "31", "last" (32), "1wd" to "9wd" (33 to 41) is it? 0: none. */
static int find_day(const char *text, size_t length)
{
    char name[8];

    for (int i = 1; i <= 41; i++) {
        snprintf(name, sizeof name, i <= 31 ? "%d" : i == 32 ? "last" : "%dwd", i <= 32 ? i : i - 32);
        if (strlen(name) == length && memcmp(name, text, length) == 0)
            return i;
    }
    return 0;
}

static bool is_window(const char *text)
{
    size_t length = strcspn(text, ":");
    const char *suffix = text + length, *dash = memchr(text, '-', length);

    if (!dash || (*suffix != '\0' && strcmp(suffix, ":this") != 0 && strcmp(suffix, ":previous") != 0))
        return false;
    int first = find_day(text, (size_t)(dash - text)), last = find_day(dash + 1, (size_t)(suffix - dash - 1));
    return first > 0 && first <= 32 && last > 0 && (last <= 32 || first == 1 || first > 14);
}

static void format(const wp_window_spec_t *spec, char *text, size_t size)
{
    bool days = spec->working_day == 0;
    snprintf(text, size, "%d-%d%s%s", spec->first, days ? spec->last : spec->working_day, days ? "" : "wd",
             spec->months_before ? ":previous" : ":this");
}

static bool same_spec(const wp_window_spec_t *a, const wp_window_spec_t *b)
{
    return a->first == b->first && a->last == b->last && a->working_day == b->working_day &&
           a->months_later == b->months_later && a->months_before == b->months_before;
}

static void check_day(const wp_window_spec_t *spec, wp_date_t day)
{
    wp_window_t window = wp_window_at(spec, wp_riga_day_start(day));
    wp_window_t evening = wp_window_at(spec, wp_riga_day_start(day + 1) - 1);
    wp_window_t next = wp_window_at(spec, wp_riga_day_start(window.next_from));
    wp_window_t last = wp_window_at(spec, wp_riga_day_start(window.next_from - 1));

    CLAIM(window.open == evening.open && window.from == evening.from && strcmp(window.key, evening.key) == 0);
    CLAIM(window.from <= day && day < window.next_from);
    CLAIM(window.from <= window.until && window.until < window.next_from && window.next_from <= window.next_until);
    CLAIM(window.open == (day <= window.until) && window.days_left == (window.open ? window.until - day : 0));
    CLAIM(next.open && next.from == window.next_from && next.until == window.next_until);
    CLAIM(strcmp(next.key, window.key) > 0);
    CLAIM(last.from == window.from && strcmp(last.key, window.key) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_bytes_t bytes = {data, size};
    wp_date_t day = (wp_date_t)fuzz_between(&bytes, wp_date_make(1990, 1, 1), wp_date_make(2400, 1, 1));
    char *text = fuzz_text(&bytes), again[64];
    wp_window_spec_t spec = {.first = 77}, back;

    CLAIM(wp_window_parse(text, &spec) == is_window(text));
    if (spec.first == 77) {
        free(text);
        return 0;
    }
    format(&spec, again, sizeof again);
    CLAIM(wp_window_parse(again, &back) && same_spec(&spec, &back));
    check_day(&spec, day);
    free(text);
    return 0;
}
