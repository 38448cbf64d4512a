/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_BASE_FOLD_H
#define WP_BASE_FOLD_H

/* For comparing as people type: small letters without marks, "Brīvības" → "brivibas", "Jürgen" → "jurgen". Ligatures
 * come apart ("Straße" → "strasse"), and "ё" is "е", as it is usually written; "й" stays, which is a letter of its own.
 * Any script; what has neither small letters nor marks stays. A mark that stands apart (U+0300 to U+036F) is dropped:
 * text that may be decomposed goes through wp_clean (base/clean.h) first, which composes "й".
 * to: at least strlen(text) + 1 bytes; the result is never longer. text: valid UTF-8. */
void wp_fold(const char *text, char *to);

#endif
