/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DOMAIN_TEXT_H
#define WP_DOMAIN_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* ASCII only, whatever the locale. */
bool wp_text_is_digit(char c);
bool wp_text_is_letter(char c);
char wp_text_upper(char c);

/* The number of bytes of the white space character at text, 0 if there is none: space, tab, CR, LF, and what comes with
 * pasted text: U+00A0 no-break, U+2009 thin, U+202F narrow no-break space. left: bytes that may be read. */
size_t wp_text_space(const char *text, size_t left);

/* Copies text without its white space. False, and out is "", if the result and its NUL do not fit into size, or if text
 * contains a NUL. */
bool wp_text_squeeze(const char *text, size_t length, char *out, size_t size);

/* Is text one of the list's, which ends with NULL? */
bool wp_text_is_one_of(const char *text, const char *const *list);

#endif
