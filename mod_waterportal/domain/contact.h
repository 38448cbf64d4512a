/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DOMAIN_CONTACT_H
#define WP_DOMAIN_CONTACT_H

#include <stdbool.h>

/* An address that mail can be sent to, as people have them: RFC 5321 without quoted local parts, comments and address
 * literals; at most 254 bytes, local part at most 64 (RFC 5321, 4.5.3.1); a domain of at least two labels of letters, digits
 * and hyphens (RFC 1123). Letters beyond ASCII are accepted on both sides (RFC 6531). Whether somebody reads it only a
 * confirmation shows. */
bool wp_email_is_valid(const char *text);

#define WP_PHONE_SIZE 17 /* "+" and at most 15 digits (ITU-T E.164) */

/* Reads a telephone number with spaces, hyphens, dots, brackets; "+" or "00" before the country code. Eight digits that begin
 * with 2 or 6 are Latvian and get +371. number gets E.164; false, and then "", for anything else. */
bool wp_phone_parse(const char *text, char number[WP_PHONE_SIZE]);

#endif
