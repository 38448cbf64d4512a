/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_BASE_UTF8_H
#define WP_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>

/* Strict UTF-8 (RFC 3629: no overlong form, no surrogate, nothing above U+10FFFF) restricted to the characters
 * that XML 1.0 allows (production [2] Char: no control characters but tab, LF, CR; no U+FFFE, U+FFFF). */

/* The length in bytes (1 to 4) of the valid character at text, or 0 if there is none. left: bytes that may be read. */
size_t wp_utf8_next(const char *text, size_t left);

/* True if all length bytes are such characters. */
bool wp_utf8_valid(const char *text, size_t length);

/* The number of characters (not bytes) in a valid text. */
size_t wp_utf8_count(const char *text, size_t length);

#endif
