/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DOMAIN_DECIMAL_H
#define WP_DOMAIN_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WP_DECIMAL_DIGITS_MAX 12 /* before the comma */
#define WP_DECIMAL_PLACES_MAX 3

typedef enum wp_decimal_verdict_t { WP_DECIMAL_OK, WP_DECIMAL_EMPTY, WP_DECIMAL_NOT_A_NUMBER } wp_decimal_verdict_t;

typedef struct wp_decimal_t {
    int64_t value; /* without sign, in units of 10^-`places`; exact only if both counts are within limits */
    int digits;    /* before the comma, without leading zeros; at most WP_DECIMAL_DIGITS_MAX + 1 */
    int places;    /* after the comma, as typed; at most WP_DECIMAL_PLACES_MAX + 1 */
    bool negative; /* a minus was typed; true for "-0" too */
} wp_decimal_t;

/* Numbers as people type them, for volumes and money alike: an optional minus ("-" or U+2212), digits, then at most one
 * decimal comma or dot with at least one digit on both sides. Surrounding white space is skipped. Space, U+00A0, U+2009
 * and U+202F may separate thousands, and then must separate all groups of three. Any number of leading zeros is
 * accepted. places (0 to WP_DECIMAL_PLACES_MAX): the unit of number->value is 10^-places. */
wp_decimal_verdict_t wp_decimal_parse(const char *text, size_t length, int places, wp_decimal_t *number);

#endif
