/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DOMAIN_PERSON_CODE_H
#define WP_DOMAIN_PERSON_CODE_H

#include <stdbool.h>

/* The canonical form is the semantics identifier of ETSI EN 319 412-1, 5.1.3: type of identity (PNO personal number,
 * PAS passport, IDC identity card, TIN tax number), country (ISO 3166-1), hyphen, identifier: "PNOLV-01019012345".
 *
 * The type is part of the code: a passport, card or tax number never equals a personal number, whatever its digits.
 * Someone known by such a code must have the same one in billing. The number of a document ends with the document; its
 * successor is a change of code (docs/identity.md).
 *
 * Of a Latvian personal number only eleven digits are required: codes issued since 2017-07-01 contain neither birth
 * date nor the old check digit, and a person may change an old code once. */
#define WP_PERSON_CODE_SIZE        40                        /* with NUL; identifiers of up to 32 characters */
#define WP_PERSON_CODE_MASKED_SIZE (3 * WP_PERSON_CODE_SIZE) /* a bullet takes three bytes */

/* Makes the canonical form of what an issuer or a person gives: with or without type and country, in any case, with or
 * without white space. country is the issuer's, for texts that name none; NULL is "LV". A Latvian number may have its
 * hyphen after the sixth digit and "LV" or "LV-" before it. The country in a semantics identifier takes precedence over
 * country. A Latvian tax number is spelt like the personal number. Identifiers of other countries and types are kept
 * unchanged, in capitals: 1 to 32 letters, digits, "-", "+", ".", "/". False and code "" for everything else. */
bool wp_person_code_parse(const char *text, const char *country, char code[WP_PERSON_CODE_SIZE]);

/* For display: first and last character, "3•••••-••••7" for PNOLV, "PNOEE-3•••••••••9" for others; of up to four
 * characters nothing is shown. code is canonical, or NULL: "". */
void wp_person_code_mask(const char *code, char masked[WP_PERSON_CODE_MASKED_SIZE]);

#endif
