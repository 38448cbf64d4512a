/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DOMAIN_PERSON_NAME_H
#define WP_DOMAIN_PERSON_NAME_H

#include <stdbool.h>
#include <stddef.h>

/* Names as issuers give them: for greeting a person, and for one question – may two names belong to one person? */

#define WP_PERSON_NAME_MAX 200 /* bytes; anything longer is not a name */

/* Is it somebody's name? It has at most WP_PERSON_NAME_MAX bytes and does not look like an issuer's object or list
 * turned into text: "{…", "[…", and "Anna,Ilze" – a comma without a space, as mod_auth_openidc joins lists. text: the
 * result of wp_clean_name (base/clean.h), which knows what a letter is. */
bool wp_person_name_is(const char *text);

/* May both names belong to one person? All words of one – separated by spaces, hyphens, commas, full stops and
 * apostrophes – must occur in the other, in any order: "Bērziņa Anna" is "Anna Bērziņa", and so is "Anna Marija
 * Bērziņa-Ozola". Fewer than two common words prove nothing, unless the names have no others. Both must be folded by
 * wp_fold (base/fold.h), so that case and marks do not matter; combining marks (U+0300 to U+036F) are skipped. NULL or
 * "" agrees with nothing. */
bool wp_person_names_agree(const char *one, const char *other);

#endif
