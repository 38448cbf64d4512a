/* SPDX-License-Identifier: Apache-2.0 */
/* E-mail addresses and telephone numbers. */
#include "fuzz/fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/contact.h"

#include "base/banned.h"

#define DIGITS "0123456789"
#define ALNUM  DIGITS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

/* Takes the parts between dots one by one; false when one of them is not of the characters or not of the length. */
static bool parts_of(const char *text, size_t length, const char *characters, size_t most)
{
    for (size_t from = 0, to; from <= length; from = to + 1) {
        for (to = from; to < length && text[to] != '.';)
            to++;
        if (to == from || to - from > most || strspn(text + from, characters) < to - from)
            return false;
        if (to == length)
            return true;
    }
    return false;
}

static bool is_address(const char *text)
{
    const char *at = strchr(text, '@');
    size_t length = strlen(text);

    if (!at || length > 254 || at - text > 64 ||
        !parts_of(text, (size_t)(at - text), ALNUM "!#$%&'*+-/=?^_`{|}~", 64) ||
        !parts_of(at + 1, strlen(at + 1), ALNUM "-", 63))
        return false;
    const char *top = strrchr(at, '.');
    bool hyphens = at[1] == '-' || text[length - 1] == '-' || strstr(at, "-.") || strstr(at, ".-");
    return top && strlen(top + 1) >= 2 && strspn(top + 1, DIGITS) == 0 && !hyphens;
}

static void check_phone(const char *text)
{
    char *number = malloc(WP_PHONE_SIZE), *typed = malloc(strlen(text) + 8), again[WP_PHONE_SIZE];

    if (!number || !typed)
        abort();
    if (!wp_phone_parse(text, number)) {
        CLAIM(number[0] == '\0');
    } else {
        size_t digits = strlen(number) - 1;
        CLAIM(number[0] == '+' && digits >= 8 && digits <= 15 && strspn(number + 1, DIGITS) == digits);
        CLAIM(number[1] != '0');
        if (strncmp(number, "+371", 4) == 0)
            CLAIM(digits == 11 && strchr("2678", number[4]));
        /* every digit was typed, in this order; only the Latvian country code may be ours */
        const char *at = number + 1 + strlen(number + 1);
        for (const char *from = text + strlen(text); from > text && at > number + 1;)
            at -= *--from == at[-1];
        CLAIM(at == number + 1 || (at == number + 4 && strncmp(number, "+371", 4) == 0));
        CLAIM(wp_phone_parse(number, again) && strcmp(again, number) == 0);
        snprintf(typed, strlen(text) + 8, "\xC2\xA0%s \t", text);
        CLAIM(wp_phone_parse(typed, again) && strcmp(again, number) == 0);
    }
    free(typed);
    free(number);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_bytes_t bytes = {data, size};
    char *text = fuzz_text(&bytes);

    CLAIM(wp_email_is_valid(text) == is_address(text));
    check_phone(text);
    free(text);
    return 0;
}
