/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_BASE_SEARCH_H
#define WP_BASE_SEARCH_H

#include <apr_pools.h>
#include <stdbool.h>

/* The rule of every field that searches (tests/vectors/search.json has its cases).
 *
 * Typed words are looked for one by one: each must be found, in any order, in whichever text of a thing. A text and
 * what was typed are compared as wp_fold (base/fold.h) leaves them, so that capitals and marks do not count. Then
 *
 * - letters are found anywhere in a word: "iela" in "Šķērsiela";
 * - a number of up to three digits is that number, as of a house or a flat: "3" is found in "iela 3", "3A" and "12–3",
 *   not in "13" or "30". A longer one is found anywhere in a number: "5110" in "10-45110";
 * - signs and spaces only part words from numbers, and which sign it is does not matter: "12-4", "12/4" and "12 - 4"
 * are found in "12–4", "3a" in "3 A" and "3-A". Of a word, all must stand together: "12-4" is not found in "4, 12".
 * Signs alone find nothing;
 * - a number with its own ways to be written – of a contract, of a meter – is besides found by four of its digits or
 * more, wherever it has signs and spaces: "1045110" in "10-45110", "41 207" in "41207736". */
typedef struct wp_search_t wp_search_t;

/* typed: valid UTF-8. NULL when nothing but white space is typed. */
wp_search_t *wp_search_make(apr_pool_t *pool, const char *typed);

/* Begins with the next thing, of which nothing has been found. */
void wp_search_begin(wp_search_t *search);

/* Looks for what is still missing in a text, in a number with its own ways to be written. NULL is no text. */
void wp_search_text(wp_search_t *search, const char *text);
void wp_search_number(wp_search_t *search, const char *number);

/* Was everything found since wp_search_begin? */
bool wp_search_is_found(const wp_search_t *search);

/* May a number be found by what is typed? If not, nobody needs to look numbers up. */
bool wp_search_has_number(const wp_search_t *search);

#endif
