/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/contact.h"

#include <stdio.h>
#include <string.h>

#include "domain/text.h"

#include "base/banned.h"

#define LOCAL_MAX      64
#define LABEL_MAX      63
#define E164_MIN       8 /* the shortest numbers, including country code */
#define E164_MAX       15
#define LATVIAN_DIGITS 8

static bool is_alnum(char c)
{
    return wp_text_is_letter(c) || wp_text_is_digit(c);
}

static bool is_atext(char c)
{
    return c != '\0' && (is_alnum(c) || strchr("!#$%&'*+-/=?^_`{|}~", c));
}

static bool is_dot_atom(const char *text, size_t length)
{
    if (length == 0 || length > LOCAL_MAX)
        return false;
    for (size_t i = 0; i < length; i++) {
        bool inner_dot = text[i] == '.' && i > 0 && i < length - 1 && text[i - 1] != '.';
        if (!inner_dot && !is_atext(text[i]))
            return false;
    }
    return true;
}

static bool is_label(const char *text, size_t length)
{
    if (length == 0 || length > LABEL_MAX || text[0] == '-' || text[length - 1] == '-')
        return false;
    for (size_t i = 0; i < length; i++)
        if (!is_alnum(text[i]) && text[i] != '-')
            return false;
    return true;
}

static bool is_host_name(const char *text)
{
    const char *label = text;
    for (const char *dot = strchr(label, '.'); dot; dot = strchr(label, '.')) {
        if (!is_label(label, (size_t)(dot - label)))
            return false;
        label = dot + 1;
    }
    size_t length = strlen(label);
    return label > text && length >= 2 && is_label(label, length) && wp_text_is_letter(label[0]);
}

bool wp_email_is_valid(const char *text)
{
    const char *at = strrchr(text, '@');
    return at && strlen(text) <= WP_EMAIL_MAX && is_dot_atom(text, (size_t)(at - text)) && is_host_name(at + 1);
}

/* Keeps the digits; separators may stand between them, brackets only as one pair. */
static bool collect_digits(const char *text, char digits[E164_MAX + 1])
{
    size_t count = 0;
    int opened = 0;
    int closed = 0;
    for (; *text != '\0'; text++) {
        if (wp_text_is_digit(*text)) {
            if (count == E164_MAX)
                return false;
            digits[count++] = *text;
        } else if (*text == '(' && opened++ == 0) {
            continue;
        } else if (*text == ')' && opened == 1 && closed++ == 0) {
            continue;
        } else if (count == 0 || !strchr("-/.", *text)) {
            return false;
        }
    }
    digits[count] = '\0';
    return opened == closed && count > 0;
}

static bool is_latvian(const char *digits)
{
    return strlen(digits) == LATVIAN_DIGITS && strchr("2678", digits[0]);
}

static bool is_international(const char *digits)
{
    if (strncmp(digits, "371", 3) == 0)
        return is_latvian(digits + 3);
    return strlen(digits) >= E164_MIN && digits[0] != '0';
}

/* "(+371)26123456": the brackets mark what is dialled only from abroad. */
static void open_prefix(char *plain)
{
    char *close = strncmp(plain, "(+", 2) == 0 || strncmp(plain, "(00", 3) == 0 ? strchr(plain, ')') : NULL;

    if (!close)
        return;
    memmove(close, close + 1, strlen(close + 1) + 1);
    memmove(plain, plain + 1, strlen(plain + 1) + 1);
}

bool wp_phone_parse(const char *text, char number[WP_PHONE_SIZE])
{
    char plain[64];
    char digits[E164_MAX + 1];

    number[0] = '\0';
    if (!wp_text_squeeze(text, strlen(text), plain, sizeof plain) || strstr(plain, "(0)"))
        return false;
    open_prefix(plain);
    size_t prefix = plain[0] == '+' ? 1 : strncmp(plain, "00", 2) == 0 ? 2 : 0;
    if (!collect_digits(plain + prefix, digits))
        return false;

    bool domestic = prefix == 0 && is_latvian(digits);
    bool with_country = prefix == 0 && strncmp(digits, "371", 3) == 0;
    if (!domestic && !((prefix > 0 || with_country) && is_international(digits)))
        return false;

    const char *country = domestic ? "+371" : "+";
    memcpy(number, country, strlen(country));
    memcpy(number + strlen(country), digits, strlen(digits) + 1);
    return true;
}

void wp_contact_mask(const char *address, char masked[WP_CONTACT_MASKED_SIZE])
{
    const char *at = strchr(address, '@');
    size_t length = strlen(address);
    const char *end = at ? at : length > 6 ? address + length - 2 : "";
    int begin = at ? 1 : length > 6 ? 4 : 0;

    snprintf(masked, WP_CONTACT_MASKED_SIZE, "%.*s\xE2\x80\xA2\xE2\x80\xA2\xE2\x80\xA2%s", begin, address, end);
}
