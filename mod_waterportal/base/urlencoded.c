/* SPDX-License-Identifier: Apache-2.0 */
#include "base/urlencoded.h"

#include <apr_strings.h>
#include <string.h>

#include "base/utf8.h"

#include "base/banned.h"

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/* What is decoded besides %XX. */
enum {
    PLUS = 1, /* "+" is a space, as forms encode it */
    FOLD = 2  /* CRLF and CR become LF */
};

/* Decodes one name, value or segment, up to end. NULL if an escape is broken or the result is not XML
 * characters in UTF-8. */
static char *decode(apr_pool_t *pool, const char *text, const char *end, int how)
{
    bool fold = how & FOLD;
    char *out = apr_palloc(pool, (apr_size_t)(end - text) + 1);
    apr_size_t length = 0;
    bool after_return = false;

    for (; text < end; text++) {
        char c = *text == '+' && (how & PLUS) ? ' ' : *text;
        if (c == '%') {
            int high = end - text > 2 ? hex_digit(text[1]) : -1;
            int low = high >= 0 ? hex_digit(text[2]) : -1;
            if (low < 0)
                return NULL;
            c = (char)(high * 16 + low);
            text += 2;
        }
        if (c != '\n' || !after_return)
            out[length++] = fold && c == '\r' ? '\n' : c;
        after_return = fold && c == '\r';
    }
    out[length] = '\0';
    return wp_utf8_valid(out, length) ? out : NULL;
}

static apr_status_t push_pair(apr_array_header_t *pairs, const char *text, const char *end, int how)
{
    const char *equals = memchr(text, '=', (apr_size_t)(end - text));
    wp_pair_t pair = {.name = decode(pairs->pool, text, equals ? equals : end, how),
                      .value = equals ? decode(pairs->pool, equals + 1, end, how) : ""};

    if (!pair.name || !pair.value || pairs->nelts == WP_PAIRS_MAX)
        return APR_EGENERAL;
    APR_ARRAY_PUSH(pairs, wp_pair_t) = pair;
    return APR_SUCCESS;
}

static apr_status_t parse(apr_array_header_t **pairs, apr_pool_t *pool, const char *text, apr_size_t length, int how)
{
    const char *end = text + length;

    *pairs = apr_array_make(pool, 16, sizeof(wp_pair_t));
    while (text < end) {
        const char *stop = memchr(text, '&', (apr_size_t)(end - text));
        if (!stop)
            stop = end;
        if (stop > text && push_pair(*pairs, text, stop, how) != APR_SUCCESS)
            return APR_EGENERAL;
        text = stop + 1;
    }
    return APR_SUCCESS;
}

apr_status_t wp_pairs_parse(apr_array_header_t **pairs, apr_pool_t *pool, const char *text, apr_size_t length)
{
    return parse(pairs, pool, text, length, PLUS | FOLD);
}

apr_status_t wp_pairs_parse_exact(apr_array_header_t **pairs, apr_pool_t *pool, const char *text, apr_size_t length)
{
    return parse(pairs, pool, text, length, PLUS);
}

const char *wp_urldecode(apr_pool_t *pool, const char *segment, apr_size_t length)
{
    return decode(pool, segment, segment + length, 0);
}

const char *wp_escape(apr_pool_t *pool, const char *text, const char *kept, char mark)
{
    static const char digits[] = "0123456789ABCDEF";
    char *out = apr_palloc(pool, strlen(text) * 3 + 1);
    char *to = out;

    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || strchr(kept, c)) {
            *to++ = (char)c;
        } else {
            *to++ = mark;
            *to++ = digits[c >> 4];
            *to++ = digits[c & 15];
        }
    }
    *to = '\0';
    return out;
}

const char *wp_urlencode(apr_pool_t *pool, const char *text)
{
    return wp_escape(pool, text, "-._~", '%');
}
