/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_BASE_URLENCODED_H
#define WP_BASE_URLENCODED_H

#include <apr_pools.h>
#include <apr_tables.h>

/* A decoded urlencoded text (WHATWG URL, application/x-www-form-urlencoded): names and values in order. */
typedef struct wp_pair_t {
    const char *name, *value;
} wp_pair_t;

#define WP_PAIRS_MAX 400

/* Strict: "%" must be followed by two hex digits, the result must be valid UTF-8 of XML characters (base/utf8.h), and
 * there may be at most WP_PAIRS_MAX pairs. CRLF and CR become LF, so that encoding the result again gives the same
 * text. APR_EGENERAL for anything else. */
apr_status_t wp_pairs_parse(apr_array_header_t **pairs, apr_pool_t *pool, const char *text, apr_size_t length);
/* The same, but keeps line ends as they came: for text that is signed. */
apr_status_t wp_pairs_parse_exact(apr_array_header_t **pairs, apr_pool_t *pool, const char *text, apr_size_t length);

/* Every byte except letters, digits and those of kept becomes the mark and two hex digits; in pool. */
const char *wp_escape(apr_pool_t *pool, const char *text, const char *kept, char mark);

/* Encodes one value, or one segment of a path: everything except letters, digits and "-._~" (RFC 3986, 2.3) becomes
 * %XX, "/" too. */
const char *wp_urlencode(apr_pool_t *pool, const char *text);

/* Decodes one segment of a path: only %XX is decoded; "+" stays "+". NULL on the errors above. */
const char *wp_urldecode(apr_pool_t *pool, const char *segment, apr_size_t length);

#endif
