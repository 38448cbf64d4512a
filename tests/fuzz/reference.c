/* SPDX-License-Identifier: Apache-2.0 */
/* IBAN, creditor references and 7-3-1 references. The model moves the head and divides the whole long number by 97. */
#include "fuzz/fuzz.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "domain/reference.h"

#include "base/banned.h"

static const char *const spaces[] = {" ", "\t", "\r", "\n", "\xC2\xA0", "\xE2\x80\x89", "\xE2\x80\xAF"};

/* Without white space and in capitals; NULL when it holds a NUL. Freed by the caller. */
static char *plain(const char *text, size_t length)
{
    char *out = malloc(length + 1);
    size_t used = 0;

    if (!out)
        abort();
    for (size_t at = 0; at < length;) {
        size_t space = 0;
        for (size_t i = 0; i < sizeof spaces / sizeof *spaces && space == 0; i++)
            if (strlen(spaces[i]) <= length - at && memcmp(text + at, spaces[i], strlen(spaces[i])) == 0)
                space = strlen(spaces[i]);
        if (space == 0)
            out[used++] = (char)toupper((unsigned char)text[at]);
        at += space == 0 ? 1 : space;
    }
    out[used] = '\0';
    if (strlen(out) == used)
        return out;
    free(out);
    return NULL;
}

static bool of(const char *text, size_t least, size_t most, const char *characters)
{
    size_t length = strspn(text, characters);
    return text[length] == '\0' && length >= least && length <= most;
}

#define DIGITS  "0123456789"
#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

/* The digits of text[4…] and text[0…3] with letters as 10 to 35, divided on paper. */
static int rest97(const char *text)
{
    char number[256];
    size_t used = 0, length = strlen(text);
    int rest = 0;

    for (size_t i = 0; i < length; i++) {
        const char *letter = strchr(LETTERS, text[(i + 4) % length]);
        int value = letter ? (int)(letter - LETTERS) + 10 : text[(i + 4) % length] - '0';
        if (value >= 10)
            number[used++] = (char)('0' + value / 10);
        number[used++] = (char)('0' + value % 10);
    }
    for (size_t i = 0; i < used; i++)
        rest = (rest * 10 + number[i] - '0') % 97;
    return rest;
}

static bool has_check(const char *text)
{
    char two[3] = {text[2], text[3], '\0'};
    long check = strtol(two, NULL, 10);
    return check >= 2 && check <= 98 && rest97(text) == 1;
}

static bool has_head(const char *text)
{
    return strlen(text) > 4 && strspn(text, LETTERS) == 2 && strspn(text + 2, DIGITS) >= 2;
}

static bool iban_shape(const char *text)
{
    if (!text || !has_head(text) || strncmp(text, "RF", 2) == 0)
        return false;
    if (strncmp(text, "LV", 2) == 0)
        return strspn(text + 4, LETTERS) >= 4 && of(text + 4, 17, 17, DIGITS LETTERS);
    if (strncmp(text, "LT", 2) == 0 || strncmp(text, "EE", 2) == 0)
        return of(text + 4, 16, 16, DIGITS);
    return of(text + 4, 11, 30, DIGITS LETTERS);
}

static bool rf_shape(const char *text)
{
    return text && has_head(text) && strncmp(text, "RF", 2) == 0 && of(text + 4, 1, 21, DIGITS LETTERS);
}

static bool check_731(const char *text)
{
    static const int weights[] = {7, 3, 1};
    size_t body = strlen(text) - 1;
    int sum = text[body] - '0';
    for (size_t i = 0; i < body; i++)
        sum += weights[i % 3] * (text[body - 1 - i] - '0');
    return sum % 10 == 0;
}

static void check(wp_reference_verdict_t verdict, bool shape, bool agrees, const char *out, const char *text)
{
    CLAIM(verdict == (!shape ? WP_REFERENCE_MALFORMED : agrees ? WP_REFERENCE_OK : WP_REFERENCE_WRONG_CHECK));
    CLAIM(strcmp(out, verdict == WP_REFERENCE_OK ? text : "") == 0);
}

static void check_made(const char *text)
{
    char rf[WP_RF_SIZE], reference[WP_CHECK731_SIZE], again[WP_RF_SIZE];
    char *body = plain(text, strlen(text));

    CLAIM(wp_rf_make(text, rf) == of(body, 1, WP_RF_BODY_MAX, DIGITS LETTERS));
    CLAIM(rf[0] == '\0' || (strcmp(rf + 4, body) == 0 && has_check(rf) &&
                            wp_rf_parse(rf, strlen(rf), again) == WP_REFERENCE_OK && strcmp(rf, again) == 0));
    CLAIM(wp_check731_make(text, reference) == of(text, 1, 19, DIGITS));
    CLAIM(reference[0] == '\0' || (strncmp(reference, text, strlen(text)) == 0 && check_731(reference)));
    free(body);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_bytes_t bytes = {data, size};
    char iban[WP_IBAN_SIZE], rf[WP_RF_SIZE], reference[WP_CHECK731_SIZE];
    char *text = malloc(size > 0 ? size : 1); /* no NUL behind it */

    if (!text)
        abort();
    memcpy(text, data, size);
    char *squeezed = plain(text, size);
    bool shape = iban_shape(squeezed);
    check(wp_iban_parse(text, size, iban), shape, shape && has_check(squeezed), iban, squeezed);
    shape = rf_shape(squeezed);
    check(wp_rf_parse(text, size, rf), shape, shape && has_check(squeezed), rf, squeezed);
    shape = squeezed && of(squeezed, 2, 20, DIGITS);
    check(wp_check731_parse(text, size, reference), shape, shape && check_731(squeezed), reference, squeezed);
    free(squeezed);
    free(text);

    char *body = fuzz_text(&bytes);
    check_made(body);
    free(body);
    return 0;
}
