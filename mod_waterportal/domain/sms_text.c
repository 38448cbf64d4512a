/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/sms_text.h"

#include "base/banned.h"

/* 3GPP TS 23.038, 6.2.1: what is not ASCII, and what of ASCII is missing or in the extension table. */
static const uint16_t beyond_ascii[] = {0xA3,  0xA5,  0xE8,  0xE9,  0xF9,  0xEC,  0xF2,  0xC7,  0xD8,  0xF8,
                                        0xC5,  0xE5,  0x394, 0x3A6, 0x393, 0x39B, 0x3A9, 0x3A0, 0x3A8, 0x3A3,
                                        0x398, 0x39E, 0xC6,  0xE6,  0xDF,  0xC9,  0xA4,  0xA1,  0xC4,  0xD6,
                                        0xD1,  0xDC,  0xA7,  0xBF,  0xE4,  0xF6,  0xF1,  0xFC,  0xE0};
static const char extended[] = "\f^{}\\[~]|";

#define EURO          0x20AC
#define BACKTICK      0x60 /* the only printable character of ASCII that is in neither table */
#define FIRST_ASTRAL  0x10000
#define GSM7_ONE      160
#define GSM7_MANY     153
#define UCS2_ONE      70
#define UCS2_MANY     67
#define FIRST_PRINTED 0x20
#define LAST_PRINTED  0x7E

static bool is_extended(uint32_t character)
{
    for (const char *one = extended; *one != '\0'; one++) {
        if (character == (uint32_t)*one)
            return true;
    }
    return character == EURO;
}

int wp_sms_gsm7_units(uint32_t character)
{
    if (is_extended(character))
        return 2;
    if (character == '\n' || character == '\r')
        return 1;
    if (character >= FIRST_PRINTED && character <= LAST_PRINTED)
        return character != BACKTICK;
    for (size_t i = 0; i < sizeof beyond_ascii / sizeof *beyond_ascii; i++) {
        if (beyond_ascii[i] == character)
            return 1;
    }
    return 0;
}

/* The character at text, which is moved behind it. */
static uint32_t next_character(const char **text)
{
    const unsigned char *from = (const unsigned char *)*text;
    int more = *from < 0x80 ? 0 : *from < 0xE0 ? 1 : *from < 0xF0 ? 2 : 3;
    uint32_t character = more ? *from & (0x3FU >> more) : *from;

    for (int i = 1; i <= more && from[i] != '\0'; i++)
        character = character << 6 | (from[i] & 0x3FU);
    for (int i = 0; i <= more && **text != '\0'; i++)
        ++*text;
    return character;
}

static int units_of(uint32_t character, bool gsm7)
{
    return gsm7 ? wp_sms_gsm7_units(character) : character < FIRST_ASTRAL ? 1 : 2;
}

/* A character of two units is not cut: it begins the next piece. */
static size_t count_segments(const char *text, bool gsm7)
{
    const size_t room = gsm7 ? GSM7_MANY : UCS2_MANY;
    size_t segments = 1, used = 0;

    while (*text != '\0') {
        size_t units = (size_t)units_of(next_character(&text), gsm7);
        if (used + units > room) {
            segments++;
            used = 0;
        }
        used += units;
    }
    return segments;
}

wp_sms_size_t wp_sms_size(const char *text)
{
    wp_sms_size_t size = {.gsm7 = true};

    for (const char *at = text; *at != '\0';)
        size.gsm7 = wp_sms_gsm7_units(next_character(&at)) > 0 && size.gsm7;
    for (const char *at = text; *at != '\0';)
        size.units += (size_t)units_of(next_character(&at), size.gsm7);
    if (size.units > 0)
        size.segments = size.units <= (size.gsm7 ? GSM7_ONE : UCS2_ONE) ? 1 : count_segments(text, size.gsm7);
    return size;
}
