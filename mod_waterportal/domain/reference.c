/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/reference.h"

#include <stdio.h>
#include <string.h>

#include "domain/text.h"

#include "base/banned.h"

#define HEAD 4 /* country or "RF", and two check digits: moved to the end for the check */

/* Two letters and two digits. */
static bool has_head(const char *text)
{
    return wp_text_is_letter(text[0]) && wp_text_is_letter(text[1]) && wp_text_is_digit(text[2]) &&
           wp_text_is_digit(text[3]);
}

/* Does the text have exactly the kinds of characters of the pattern? n digit, a letter, c either. */
static bool matches(const char *text, const char *pattern)
{
    for (; *pattern != '\0'; text++, pattern++) {
        bool digit = wp_text_is_digit(*text);
        bool letter = wp_text_is_letter(*text);
        if ((*pattern == 'n' && !digit) || (*pattern == 'a' && !letter) || (*pattern == 'c' && !digit && !letter))
            return false;
    }
    return *text == '\0';
}

static bool all(const char *text, bool letters)
{
    for (; *text != '\0'; text++)
        if (!wp_text_is_digit(*text) && !(letters && wp_text_is_letter(*text)))
            return false;
    return true;
}

static unsigned mod97(unsigned so_far, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        bool digit = wp_text_is_digit(text[i]);
        unsigned value = (unsigned)(digit ? text[i] - '0' : text[i] - 'A' + 10);
        so_far = (so_far * (digit ? 10 : 100) + value) % 97;
    }
    return so_far;
}

/* ISO 7064 MOD 97-10 with the head moved to the end; 00, 01 and 99 would be accepted like 97, 98 and 02. */
static bool check_agrees(const char *text)
{
    unsigned written = (unsigned)(text[2] - '0') * 10 + (unsigned)(text[3] - '0');
    unsigned rest = mod97(mod97(0, text + HEAD, strlen(text) - HEAD), text, HEAD);
    return rest == 1 && written >= 2 && written <= 98;
}

static bool squeeze_upper(const char *text, size_t length, char *out, size_t size)
{
    if (!wp_text_squeeze(text, length, out, size))
        return false;
    for (char *c = out; *c != '\0'; c++)
        *c = wp_text_upper(*c);
    return true;
}

/* Sets out to "" unless ok. */
static wp_reference_verdict_t verdict_of(bool well_formed, bool agrees, char *out)
{
    if (!well_formed || !agrees)
        out[0] = '\0';
    return !well_formed ? WP_REFERENCE_MALFORMED : agrees ? WP_REFERENCE_OK : WP_REFERENCE_WRONG_CHECK;
}

static bool is_iban(const char *text)
{
    static const struct {
        const char *country, *pattern;
    } known[] = {{"LV", "aaaaccccccccccccc"}, {"LT", "nnnnnnnnnnnnnnnn"}, {"EE", "nnnnnnnnnnnnnnnn"}};

    if (!has_head(text) || strncmp(text, "RF", 2) == 0)
        return false;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strncmp(text, known[i].country, 2) == 0)
            return matches(text + HEAD, known[i].pattern);
    return strlen(text) >= HEAD + 11 && all(text + HEAD, true);
}

wp_reference_verdict_t wp_iban_parse(const char *text, size_t length, char iban[WP_IBAN_SIZE])
{
    bool well_formed = squeeze_upper(text, length, iban, WP_IBAN_SIZE) && is_iban(iban);
    return verdict_of(well_formed, well_formed && check_agrees(iban), iban);
}

wp_reference_verdict_t wp_rf_parse(const char *text, size_t length, char rf[WP_RF_SIZE])
{
    bool well_formed = squeeze_upper(text, length, rf, WP_RF_SIZE) && has_head(rf) && strncmp(rf, "RF", 2) == 0 &&
                       strlen(rf) > HEAD && all(rf + HEAD, true);
    return verdict_of(well_formed, well_formed && check_agrees(rf), rf);
}

bool wp_rf_make(const char *body, char rf[WP_RF_SIZE])
{
    char plain[WP_RF_BODY_MAX + 1];

    rf[0] = '\0';
    if (!squeeze_upper(body, strlen(body), plain, sizeof plain) || plain[0] == '\0' || !all(plain, true))
        return false;
    unsigned check = 98 - mod97(mod97(0, plain, strlen(plain)), "RF00", HEAD);
    snprintf(rf, WP_RF_SIZE, "RF%02u%s", check % 100, plain);
    return true;
}

static char check_731(const char *digits, size_t length)
{
    static const int weights[] = {7, 3, 1};
    int sum = 0;
    for (size_t i = 0; i < length; i++)
        sum += (digits[length - 1 - i] - '0') * weights[i % 3];
    return (char)('0' + (10 - sum % 10) % 10);
}

wp_reference_verdict_t wp_check731_parse(const char *text, size_t length, char reference[WP_CHECK731_SIZE])
{
    bool well_formed = wp_text_squeeze(text, length, reference, WP_CHECK731_SIZE) && strlen(reference) >= 2 &&
                       all(reference, false);
    size_t body = well_formed ? strlen(reference) - 1 : 0;
    return verdict_of(well_formed, well_formed && check_731(reference, body) == reference[body], reference);
}

bool wp_check731_make(const char *digits, char reference[WP_CHECK731_SIZE])
{
    size_t length = strlen(digits);

    reference[0] = '\0';
    if (length == 0 || length > WP_CHECK731_SIZE - 2 || !all(digits, false))
        return false;
    memcpy(reference, digits, length);
    reference[length] = check_731(digits, length);
    reference[length + 1] = '\0';
    return true;
}

const char *wp_reference_verdict_name(wp_reference_verdict_t verdict)
{
    static const char *const names[] =
        {[WP_REFERENCE_OK] = "ok", [WP_REFERENCE_MALFORMED] = "malformed", [WP_REFERENCE_WRONG_CHECK] = "wrong_check"};
    return names[verdict];
}
