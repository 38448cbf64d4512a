/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DOMAIN_CONTACT_H
#define WP_DOMAIN_CONTACT_H

#include <stdbool.h>

#define WP_EMAIL_MAX  254 /* bytes: RFC 5321 4.5.3.1.3 less the angle brackets */
#define WP_PHONE_SIZE 17  /* "+", 15 digits (ITU-T E.164) and NUL */

/* An address of an ordinary mailbox: dot-atom (RFC 5322 3.2.3) of 1 to 64 characters, "@", a host name of two or more
 * labels (RFC 1123: letters, digits, inner hyphens, 1 to 63 each) whose last one begins with a letter. Quoted local
 * parts, comments, address literals and non-ASCII letters are refused, because the utility's mail server might not
 * reach them. Nothing is trimmed. */
bool wp_email_is_valid(const char *text);

/* Converts what people type to E.164. White space, "-", "/", "." and "(…)" between the digits are skipped; "00"
 * means "+", and the country may be in brackets: "(+371) 26123456". Without a prefix the number is Latvian: 8
 * digits beginning with 2 (mobile), 6 (fixed), 7 or 8, optionally with 371 before them. After "+" come 8 to 15
 * digits, not beginning with 0; "(0)" is refused, because it is not dialled after a "+". False and number ""
 * for everything else. */
bool wp_phone_parse(const char *text, char number[WP_PHONE_SIZE]);

#define WP_CONTACT_MASKED_SIZE (WP_EMAIL_MAX + 16)

/* Enough of an address for its owner to recognise it, for lists that others see: "k•••@example.lv", "+371•••43". */
void wp_contact_mask(const char *address, char masked[WP_CONTACT_MASKED_SIZE]);

#endif
