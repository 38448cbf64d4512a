/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/contract_number.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "domain/text.h"

#include "base/banned.h"

/* Digits, and separators between them. */
static bool is_made_of_digits(const char *number)
{
    bool digit = false;
    for (; *number; number++) {
        if (!wp_text_is_digit(*number) && !strchr("-/._", *number))
            return false;
        digit = digit || wp_text_is_digit(*number);
    }
    return digit;
}

static char next_digit(const char **text)
{
    while (**text && !wp_text_is_digit(**text))
        ++*text;
    return **text ? *(*text)++ : '\0';
}

static bool has_same_digits(const char *number, const char *typed)
{
    for (;;) {
        char wanted = next_digit(&number), found = next_digit(&typed);
        if (wanted != found)
            return false;
        if (wanted == '\0')
            return true;
    }
}

/* "nr.", "līguma nr.:", "#"; without a closing sign only the usual two. */
static bool is_label(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (wp_text_is_digit(text[i]))
            return false;
    }
    return strchr(".:#", text[length - 1]) ||
           (length == 2 && (memcmp(text, "nr", 2) == 0 || memcmp(text, "no", 2) == 0));
}

wp_number_match_t wp_contract_number_match(const char *number, const char *typed)
{
    size_t length = strlen(number), typed_length = strlen(typed);

    if (strcmp(number, typed) == 0)
        return WP_NUMBER_SAME;
    if (is_made_of_digits(number))
        return has_same_digits(number, typed) ? WP_NUMBER_LIKE : WP_NUMBER_OTHER;
    if (length == 0 || typed_length <= length || strcmp(typed + typed_length - length, number) != 0)
        return WP_NUMBER_OTHER;
    return is_label(typed, typed_length - length) ? WP_NUMBER_LIKE : WP_NUMBER_OTHER;
}
