/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_BASE_SEARCH_H
#define WP_BASE_SEARCH_H

#include <apr_pools.h>
#include <stdbool.h>

/* The rule for every search field (tests/vectors/search.json has its cases).
 *
 * Each typed word must be found, in any order, in any of the texts of a thing. Texts and query are compared as folded
 * by wp_fold (base/fold.h), so that case and marks do not matter. In addition:
 *
 * - letters are found anywhere in a word: "iela" in "Šķērsiela";
 * - a number of up to three digits must match as a whole, like that of a house or flat: "3" is found in "iela 3", "3A"
 *   and "12–3", not in "13" or "30". A longer one is found anywhere in a number: "5110" in "10-45110";
 * - signs and spaces only separate words and numbers, and it does not matter which sign it is: "12-4", "12/4" and
 *   "12 - 4" are found in "12–4", "3a" in "3 A" and "3-A". The parts of one word must be adjacent: "12-4" is not found
 *   in "4, 12". Signs alone find nothing;
 * - a number that is written in several ways – of a contract, of a meter – is also found by at least four of its
 *   digits, whatever signs and spaces it has: "1045110" in "10-45110", "41 207" in "41207736". */
typedef struct wp_search_t wp_search_t;

/* typed: valid UTF-8. NULL if only white space was typed. */
wp_search_t *wp_search_make(apr_pool_t *pool, const char *typed);

/* Starts the next thing: nothing has been found in it yet. */
void wp_search_begin(wp_search_t *search);

/* Searches a text, or a number that is written in several ways, for what is still missing. NULL is no text. */
void wp_search_text(wp_search_t *search, const char *text);
void wp_search_number(wp_search_t *search, const char *number);

/* Has everything been found since wp_search_begin? */
bool wp_search_is_found(const wp_search_t *search);

/* May the query find a number? If not, numbers need not be loaded. */
bool wp_search_has_number(const wp_search_t *search);

#endif
