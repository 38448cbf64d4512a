/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/contact.h"

#include <stdio.h>
#include <string.h>

#include "base/banned.h"

#define EMAIL_MAX 254
#define LOCAL_MAX 64
#define LABEL_MAX 63
#define PHONE_DIGITS_MIN 8
#define PHONE_DIGITS_MAX 15

static bool is_alnum(unsigned char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
}

/* atoms joined by single dots */
static bool is_local(const char *text, size_t length)
{
    if (length == 0 || length > LOCAL_MAX || text[0] == '.' || text[length - 1] == '.')
        return false;
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '.' && text[i + 1] == '.')
            return false;
        if (!is_alnum((unsigned char)text[i]) && !strchr(".!#$%&'*+/=?^_`{|}~-", text[i]))
            return false;
    }
    return true;
}

static bool is_label(const char *text, size_t length)
{
    if (length == 0 || length > LABEL_MAX || text[0] == '-' || text[length - 1] == '-')
        return false;
    for (size_t i = 0; i < length; i++) {
        if (!is_alnum((unsigned char)text[i]) && text[i] != '-')
            return false;
    }
    return true;
}

static bool is_domain(const char *text)
{
    int labels = 0;
    size_t length = 0;

    for (;; text += length + 1) {
        length = strcspn(text, ".");
        if (!is_label(text, length))
            return false;
        labels++;
        if (text[length] == '\0')
            break;
    }
    return labels >= 2 && length >= 2 && strspn(text, "0123456789") < length;
}

bool wp_email_is_valid(const char *text)
{
    const char *at = strrchr(text, '@');
    return at && strlen(text) <= EMAIL_MAX && is_local(text, (size_t)(at - text)) && is_domain(at + 1);
}

/* Digits only, in digits; false when something else than separators stands between them. */
static bool read_digits(const char *text, char digits[PHONE_DIGITS_MAX + 3])
{
    size_t count = 0;
    for (; *text; text++) {
        if (strchr(" -.()/", *text))
            continue;
        if (*text < '0' || *text > '9' || count == PHONE_DIGITS_MAX + 2)
            return false;
        digits[count++] = *text;
    }
    digits[count] = '\0';
    return true;
}

bool wp_phone_parse(const char *text, char number[WP_PHONE_SIZE])
{
    char digits[PHONE_DIGITS_MAX + 3];
    const char *own = digits;
    bool international = *text == '+';

    number[0] = '\0';
    if (!read_digits(text + international, digits))
        return false;
    if (!international && strncmp(digits, "00", 2) == 0) {
        international = true;
        own += 2;
    }
    if (!international && strlen(own) == 8 && (own[0] == '2' || own[0] == '6')) {
        snprintf(number, WP_PHONE_SIZE, "+371%.8s", own);
        return true;
    }
    size_t length = strlen(own);
    bool latvian = strncmp(own, "371", 3) == 0;
    if (!international || own[0] == '0' || length < PHONE_DIGITS_MIN || length > PHONE_DIGITS_MAX || (latvian && length != 11))
        return false;
    snprintf(number, WP_PHONE_SIZE, "+%.15s", own);
    return true;
}
