/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DOMAIN_PERSON_NAME_H
#define WP_DOMAIN_PERSON_NAME_H

#include <stdbool.h>
#include <stddef.h>

/* Names as issuers give them: for greeting a person, and for one question – may two names be one person's? */

#define WP_PERSON_NAME_MAX 200 /* bytes; longer ones are no names */

/* Is it the name of somebody? It has at most WP_PERSON_NAME_MAX bytes and is not what an issuer's object or list looks
 * like as text: "{…", "[…", and "Anna,Ilze" – a comma without a space, as mod_auth_openidc joins lists. text: as
 * wp_clean_name (base/clean.h) gives it, which knows what a letter is. */
bool wp_person_name_is(const char *text);

/* May both be names of one person? The words of one – parted by spaces, hyphens, commas, full stops and apostrophes –
 * are all among those of the other, in any order: "Bērziņa Anna" is "Anna Bērziņa", and so is "Anna Marija
 * Bērziņa-Ozola". Fewer than two words in common prove nothing, unless the names have no others. Texts as wp_fold
 * (base/fold.h) leaves them, so that capitals and marks do not count; combining marks (U+0300 to U+036F) are passed
 * over. NULL or "" agrees with nothing. */
bool wp_person_names_agree(const char *one, const char *other);

#endif
