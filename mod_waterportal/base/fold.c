/* SPDX-License-Identifier: Apache-2.0 */
#include "base/fold.h"

#include <string.h>

#include "base/banned.h"

/* U+00C0 to U+017F, a letter each; "." stays as it is (signs, ligatures, letters without a plain relative). */
static const char plain[] = "aaaaaa.ceeeeiiii" /* U+00C0 */
                            ".nooooo.ouuuuy.."
                            "aaaaaa.ceeeeiiii" /* U+00E0 */
                            ".nooooo.ouuuuy.y"
                            "aaaaaaccccccccdd" /* U+0100 */
                            "ddeeeeeeeeeegggg"
                            "gggghhhhiiiiiiii" /* U+0120 */
                            "ii..jjkk.lllllll"
                            "lllnnnnnnnnnoooo" /* U+0140 */
                            "oo..rrrrrrssssss"
                            "ssttttttuuuuuuuu" /* U+0160 */
                            "uuuuwwyyyzzzzzz.";

/* Of one or two bytes; 0x80, which has no plain relative, for a byte of anything longer. */
static unsigned code_point(const unsigned char *text)
{
    if (text[0] < 0x80)
        return text[0];
    return text[0] >= 0xC0 && text[0] < 0xE0 ? (text[0] & 0x1FU) << 6 | (text[1] & 0x3FU) : 0x80;
}

/* А to Я and Ѐ to Џ have their small letters 32 and 80 places further. */
static unsigned small_cyrillic(unsigned point)
{
    if (point >= 0x410 && point <= 0x42F)
        return point + 32;
    return point >= 0x400 && point <= 0x40F ? point + 80 : point;
}

void wp_fold(const char *text, char *to)
{
    const unsigned char *from = (const unsigned char *)text;

    while (*from) {
        unsigned point = code_point(from);
        if (point < 0x80) {
            *to++ = (char)(point >= 'A' && point <= 'Z' ? point + ('a' - 'A') : point);
            from++;
        } else if (point >= 0xC0 && point <= 0x17F && plain[point - 0xC0] != '.') {
            *to++ = plain[point - 0xC0];
            from += 2;
        } else if (*from >= 0xC0 && *from < 0xE0) {
            unsigned folded = small_cyrillic(point);
            *to++ = (char)(0xC0 | folded >> 6);
            *to++ = (char)(0x80 | (folded & 0x3F));
            from += 2;
        } else {
            *to++ = (char)*from++;
        }
    }
    *to = '\0';
}
