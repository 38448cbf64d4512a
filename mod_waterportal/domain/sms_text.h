/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DOMAIN_SMS_TEXT_H
#define WP_DOMAIN_SMS_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How a text is sent as SMS, and in how many pieces, each of which costs (3GPP TS 23.038 6.2.1, 23.040 9.2.3.24.1). In
 * the GSM 7-bit default alphabet one piece holds 160 characters, and each of several 153; the characters of its
 * extension table (€ [ ] { } | ~ ^ \ and form feed) count twice, and none is cut in two. A single other character – any
 * Latvian letter with a mark, a typographic quotation mark, a dash – turns the whole text into UCS-2: 70 UTF-16 units,
 * or 67 in each of several; a character outside the BMP counts twice. */
typedef struct wp_sms_size_t {
    bool gsm7; /* false: UCS-2 */
    size_t units;
    size_t segments; /* 0 for an empty text */
} wp_sms_size_t;

/* Units of a character in the GSM alphabet: 1, 2 or, if it is not in it, 0. */
int wp_sms_gsm7_units(uint32_t character);

/* text: valid UTF-8. */
wp_sms_size_t wp_sms_size(const char *text);

#endif
