/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_BASE_FOLD_H
#define WP_BASE_FOLD_H

/* Folds text for comparing it as people type: small letters without marks, "Brīvības" → "brivibas", "Jürgen" →
 * "jurgen". Ligatures are split ("Straße" → "strasse"), and "ё" becomes "е", as it is usually written; "й" is kept,
 * because it is a letter in its own right. Works for any script; characters without small letters or marks are
 * unchanged. A separate combining mark (U+0300 to U+036F) is dropped, so text that may be decomposed must first pass
 * wp_clean (base/clean.h), which composes "й". to: at least strlen(text) + 1 bytes; the result is never longer. text:
 * valid UTF-8. */
void wp_fold(const char *text, char *to);

#endif
