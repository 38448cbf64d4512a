/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_BASE_URLENCODED_H
#define WP_BASE_URLENCODED_H

#include <apr_pools.h>
#include <apr_tables.h>

/* An urlencoded text (WHATWG URL, application/x-www-form-urlencoded), decoded: names and values in order. */
typedef struct wp_pair_t {
    const char *name, *value;
} wp_pair_t;

#define WP_PAIRS_MAX 400

/* Strict: "%" must be followed by two hex digits, the result must be valid UTF-8 of XML characters (base/utf8.h), at
 * most WP_PAIRS_MAX pairs. CRLF and CR become LF, so that what is encoded again reads the same. APR_EGENERAL for
 * anything else. */
apr_status_t wp_pairs_parse(apr_array_header_t **pairs, apr_pool_t *pool, const char *text, apr_size_t length);
/* The same with line ends as they came: of what somebody signed. */
apr_status_t wp_pairs_parse_exact(apr_array_header_t **pairs, apr_pool_t *pool, const char *text, apr_size_t length);

/* One value, or one segment of a path: everything but letters, digits and "-._~" (RFC 3986, 2.3) as %XX, "/" too. */
const char *wp_urlencode(apr_pool_t *pool, const char *text);

/* One segment of a path as it was sent: only %XX means another character, "+" does not. NULL as above. */
const char *wp_urldecode(apr_pool_t *pool, const char *segment, apr_size_t length);

#endif
