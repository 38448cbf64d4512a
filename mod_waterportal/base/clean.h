/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_BASE_CLEAN_H
#define WP_BASE_CLEAN_H

#include <apr_pools.h>
#include <stddef.h>

/* What people paste is not what they see: bills, mails and office programs add marks that nobody intends. Every
 * entrance – forms, filters, addresses, the API – cleans its input before a rule of the domain reads it.
 * htdocs/js/reading-rules.js does the same to a reading (tests/vectors/clean.json covers both). */
typedef enum {
    /* Text that is kept as written: a name. Unicode normal form C. Format characters (category Cf: U+200B, U+202A,
     * U+00AD, the byte order mark …), other ignorable characters and U+0080 to U+009F are removed, except variation
     * selectors and, inside a word, U+200C and U+200D, which some scripts and emoji need. Any space becomes U+0020. */
    WP_CLEAN_TEXT,
    /* Text that is compared or computed with: a number, a code, an amount, an address, a search term. In addition,
     * every ignorable character is removed; dashes and the minus sign become "-"; digits of any script become ASCII
     * digits; full-width, small and mathematical forms and ligatures become the letters they show. Superscripts and
     * fractions are kept: "12²" is not 122. */
    WP_CLEAN_PLAIN,
    WP_CLEAN_MONEY, /* plain, without the currency before or after it: "€ 10,50", "10.50 EUR" */
    WP_CLEAN_VOLUME /* plain, without the unit after it: "1202,219 m³" */
} wp_clean_t;

/* text: valid UTF-8. Tabs and line ends (Unicode's become U+000A) are kept, because they show that several things were
 * pasted. The result is in pool, or is text itself if nothing changes; it may be longer than text. */
const char *wp_clean(apr_pool_t *pool, const char *text, wp_clean_t how);

/* A name: WP_CLEAN_TEXT with single spaces between words and none around them. NULL if it has no letter of any script:
 * digits, signs, a blank pattern or a mark alone do not look like a name to anybody. */
const char *wp_clean_name(apr_pool_t *pool, const char *text);

/* For comparing numbers that people copy: WP_CLEAN_PLAIN, case-folded (Unicode), without white space. */
const char *wp_clean_key(apr_pool_t *pool, const char *text);

#endif
