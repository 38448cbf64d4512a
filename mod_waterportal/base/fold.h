/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_BASE_FOLD_H
#define WP_BASE_FOLD_H

/* For searching as people type: small letters without marks, "Brīvības" → "brivibas". Latin letters up to U+017F and
 * the Cyrillic alphabet; everything else stays. to: at least strlen(text) + 1 bytes. text: valid UTF-8. */
void wp_fold(const char *text, char *to);

#endif
