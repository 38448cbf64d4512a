/* SPDX-License-Identifier: Apache-2.0 */
#include "base/utf8.h"

#include <stdint.h>

#include "base/banned.h"

typedef struct lead_t {
    unsigned char mask, value;
    size_t length;
    uint32_t lowest; /* the smallest code point of this length; anything below is an overlong form */
} lead_t;

static const lead_t leads[] = {{0x80, 0x00, 1, 0x0},
                               {0xE0, 0xC0, 2, 0x80},
                               {0xF0, 0xE0, 3, 0x800},
                               {0xF8, 0xF0, 4, 0x10000}};

static bool is_xml_char(uint32_t c)
{
    if (c < 0x20)
        return c == 0x9 || c == 0xA || c == 0xD;
    if (c >= 0xD800 && c <= 0xDFFF)
        return false;
    return c != 0xFFFE && c != 0xFFFF && c <= 0x10FFFF;
}

size_t wp_utf8_next(const char *text, size_t left)
{
    const unsigned char *bytes = (const unsigned char *)text;

    for (size_t i = 0; left > 0 && i < sizeof leads / sizeof *leads; i++) {
        const lead_t *lead = &leads[i];
        if ((bytes[0] & lead->mask) != lead->value)
            continue;
        if (lead->length > left)
            return 0;
        uint32_t code = bytes[0] & (unsigned char)~lead->mask;
        for (size_t k = 1; k < lead->length; k++) {
            if ((bytes[k] & 0xC0) != 0x80)
                return 0;
            code = (code << 6) | (bytes[k] & 0x3F);
        }
        return code >= lead->lowest && is_xml_char(code) ? lead->length : 0;
    }
    return 0;
}

bool wp_utf8_valid(const char *text, size_t length)
{
    for (size_t step; length > 0; text += step, length -= step) {
        bool plain = (unsigned char)*text - 0x20u < 0x60u; /* nearly every byte: ASCII other than control characters */
        step = plain ? 1 : wp_utf8_next(text, length);
        if (step == 0)
            return false;
    }
    return true;
}

size_t wp_utf8_count(const char *text, size_t length)
{
    size_t count = 0;
    for (size_t i = 0; i < length; i++)
        count += ((unsigned char)text[i] & 0xC0) != 0x80;
    return count;
}
