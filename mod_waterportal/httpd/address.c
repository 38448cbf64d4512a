/* SPDX-License-Identifier: Apache-2.0 */
#include "httpd/glue.h"

#include <apr_strings.h>
#include <http_protocol.h>
#include <string.h>

#include "base/urlencoded.h"

#include "base/banned.h"

/* Addresses contain ids from billing, and "2019/1234" is one of them: "/contracts/2019%2F1234". httpd decodes an
 * address once for all modules and answers "%2F" with 404 (AllowEncodedSlashes Off) or turns it into another segment
 * (On). So the path is saved before that, normalised but still encoded, and only "%2F" is escaped once more: in r->uri
 * it remains three characters, it reaches no place (<Location>) that could not be reached without it, and the setting
 * of AllowEncodedSlashes does not matter. */

#define KEPT "waterportal-path" /* in r->notes */

/* Every "%2F" becomes "%252F". */
static char *protect_slashes(apr_pool_t *pool, const char *path)
{
    char *made = apr_palloc(pool, strlen(path) * 2 + 1), *to = made;

    for (; *path; path++) {
        *to++ = *path;
        if (path[0] == '%' && path[1] == '2' && (path[2] == 'F' || path[2] == 'f')) {
            *to++ = '2';
            *to++ = '5';
        }
    }
    *to = '\0';
    return made;
}

void wp_glue_keep_address(request_rec *r)
{
    apr_table_setn(r->notes, KEPT, apr_pstrdup(r->pool, r->parsed_uri.path));
    r->uri = r->parsed_uri.path = protect_slashes(r->pool, r->parsed_uri.path);
}

/* Another module (mod_rewrite) may have given the request another address since; that one then applies. */
static bool is_still(request_rec *r, const char *path)
{
    char *decoded = protect_slashes(r->pool, path);
    return ap_unescape_url(decoded) == OK && strcmp(decoded, r->uri) == 0;
}

/* Appends the segment up to the next slash. */
static const char *add_segment(apr_pool_t *pool, const char *address, const char *segment, size_t length, bool encoded)
{
    const char *plain = encoded ? wp_urldecode(pool, segment, length) : apr_pstrmemdup(pool, segment, length);
    return plain ? apr_pstrcat(pool, address, "/", wp_urlencode(pool, plain), NULL) : NULL;
}

const char *wp_glue_address(request_rec *r)
{
    const char *kept = apr_table_get(r->notes, KEPT), *address = "";
    bool encoded = kept && is_still(r, kept);
    const char *at = encoded ? kept : r->uri;

    while (address && *at == '/') {
        size_t length = strcspn(++at, "/");
        address = add_segment(r->pool, address, at, length, encoded);
        at += length;
    }
    return address;
}
