/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DOMAIN_VOLUME_H
#define WP_DOMAIN_VOLUME_H

#include <stddef.h>
#include <stdint.h>

/* Volumes are int64 litres. People and meters use cubic metres: 1 m³ is 1000 litres. */
#define WP_LITRES_PER_M3       1000
#define WP_VOLUME_DIGITS_MAX   9  /* before the comma; 999 999 999,999 m³ fits an int64 with room for sums */
#define WP_VOLUME_DECIMALS_MAX 3  /* a litre is the smallest step */
#define WP_VOLUME_SIZE         24 /* "-9223372036854775.807" and NUL */

typedef enum wp_volume_verdict_t {
    WP_VOLUME_OK,
    WP_VOLUME_EMPTY,        /* only white space: the person leaves this meter for later */
    WP_VOLUME_NOT_A_NUMBER, /* anything that is not exactly one number */
    WP_VOLUME_NEGATIVE,     /* a number with a minus sign, even "-0": no counter shows one */
    WP_VOLUME_TOO_MANY_DIGITS,
    WP_VOLUME_TOO_MANY_DECIMALS
} wp_volume_verdict_t;

/* Reads the counter value that a person typed for a meter that shows `digits` (1 to 9) before the comma and `decimals`
 * (0 to 3) after it; values outside these ranges are clamped. text need not end with NUL nor be valid UTF-8.
 *
 * A number is digits, then at most one decimal comma or dot with at least one digit on both sides. Surrounding white
 * space is skipped. Space, U+00A0, U+2009 and U+202F may separate thousands, and then must separate all groups of three
 * ("1 202,219"). Leading zeros are part of the dial: they are dropped before digits are counted. Decimals are counted
 * as typed, so "130,0" is refused for a meter without decimals: the dial has no such place, and "1.000" may have been
 * meant as a thousand. Missing decimals are filled with zeros. If there are too many digits and too many decimals, the
 * digits are reported, and both only for a text that is a number. *litres is 0 unless the result is WP_VOLUME_OK. */
wp_volume_verdict_t wp_volume_parse(const char *text, size_t length, int digits, int decimals, int64_t *litres);

/* The canonical text: cubic metres with a dot and exactly `decimals` decimals, no separators, "-" before a negative
 * value ("1202.219", "130"). Places that the meter does not show are cut off, as on its dial. */
void wp_volume_format(int64_t litres, int decimals, char text[WP_VOLUME_SIZE]);

/* "ok", "empty", "not_a_number", "negative", "too_many_digits", "too_many_decimals": the keys of the messages. */
const char *wp_volume_verdict_name(wp_volume_verdict_t verdict);

#endif
