/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_BASE_CLEAN_H
#define WP_BASE_CLEAN_H

#include <apr_pools.h>
#include <stddef.h>

/* What people paste is not what they see: bills, mails and office programs add marks that nobody means. Every door –
 * forms, filters, addresses, the API – cleans what was typed before a rule of the domain reads it.
 * htdocs/js/reading-rules.js does the same to a reading (tests/vectors/clean.json holds both together). */
typedef enum {
    /* What is kept as written: a name. In Unicode normal form C; format characters (category Cf: U+200B, U+202A,
     * U+00AD, the byte order mark …), other ignorable ones and U+0080 to U+009F are gone, but for U+200C and U+200D
     * inside a word, which some scripts and emoji need, and variation selectors; any space is U+0020. */
    WP_CLEAN_TEXT,
    /* What is compared or computed with: a number, a code, an amount, an address, a word to search. Besides, every
     * ignorable character is gone; dashes and the minus sign are "-"; digits of any script are ASCII's; full-width,
     * small and mathematical forms and ligatures are the letters they show. Superscripts and fractions stay what they
     * are: "12²" is not 122. */
    WP_CLEAN_PLAIN,
    WP_CLEAN_MONEY, /* plain, without the currency before or behind it: "€ 10,50", "10.50 EUR" */
    WP_CLEAN_VOLUME /* plain, without the unit behind it: "1202,219 m³" */
} wp_clean_t;

/* text: valid UTF-8. Tabs and line ends (Unicode's are U+000A then) stay where they are: they say that several things
 * were pasted. In pool, or text itself when there is nothing to do; the result may be longer than text. */
const char *wp_clean(apr_pool_t *pool, const char *text, wp_clean_t how);

/* A name: WP_CLEAN_TEXT, single spaces between its words and none around. NULL when there is no letter in it, of any
 * script: nobody would see a name in digits, signs, a blank pattern or a mark alone. */
const char *wp_clean_name(apr_pool_t *pool, const char *text);

/* For comparing numbers that people copy: WP_CLEAN_PLAIN, in one case (Unicode's case folding), without white space. */
const char *wp_clean_key(apr_pool_t *pool, const char *text);

#endif
