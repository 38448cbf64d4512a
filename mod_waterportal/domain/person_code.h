/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DOMAIN_PERSON_CODE_H
#define WP_DOMAIN_PERSON_CODE_H

#include <stdbool.h>

/* A person code in its canonical form: the semantics identifier of ETSI EN 319 412-1, 5.1.3, "PNO" + country + "-" + code,
 * without the hyphen that Latvian codes are often written with: "PNOLV-01019012345".
 * Codes issued since 2017-07-01 begin with 3 and carry no birth date; an old code may be exchanged once. So nothing is read
 * from a code, no checksum is asked for, and it is never a primary key. */
#define WP_PERSON_CODE_SIZE 40
#define WP_PERSON_CODE_MASKED_SIZE 48 /* of the masked form, in bytes */

/* Accepts "PNOLV-010190-12345", "PNOLV-01019012345", "LV010190-12345", "010190-12345", "01019012345"; country ("LV", or
 * NULL for Latvia) counts for codes that carry none. A Latvian code is 11 digits; of another country 3 to 30 letters, digits
 * and hyphens, kept as they are. False for anything else, and then code is "". */
bool wp_person_code_parse(const char *text, const char *country, char code[WP_PERSON_CODE_SIZE]);

/* For showing a person their own code: "3•••••-••••7", the first and the last character. "" for NULL. */
void wp_person_code_mask(const char *code, char masked[WP_PERSON_CODE_MASKED_SIZE]);

#endif
