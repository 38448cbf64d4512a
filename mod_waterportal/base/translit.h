/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_BASE_TRANSLIT_H
#define WP_BASE_TRANSLIT_H

#include <apr_pools.h>

/* Text without what an SMS cannot hold cheaply: letters lose their marks ("Jānis Bērziņš" → "Janis Berzins", by
 * Unicode's canonical decomposition), and letters that cannot be decomposed become the usual ones ("ł" → "l");
 * typographic quotation marks, dashes, the ellipsis, superscript digits and all kinds of spaces become plain ones.
 * Anything else is unchanged, other scripts too. text: valid UTF-8; if it is not, NULL. In pool. */
const char *wp_translit(apr_pool_t *pool, const char *text);

#endif
