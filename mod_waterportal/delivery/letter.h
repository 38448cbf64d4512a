/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DELIVERY_LETTER_H
#define WP_DELIVERY_LETTER_H

#include <apr_pools.h>

/* An e-mail (RFC 5322), built by GMime: text and HTML as alternatives. */
typedef struct wp_letter_t {
    const char *from_name, *from; /* the site's name and address */
    const char *to;               /* an address that wp_email_is_valid() */
    const char *subject, *text, *html;
    const char *id;       /* of the message: the left part of its Message-ID, the same at every try */
    const char *language; /* Content-Language */
    long long date;       /* seconds since 1970 */
} wp_letter_t;

/* The bytes to send, with CRLF line ends, in pool; NULL if GMime fails. Header fields cannot be added by what is in the
 * members: each is encoded (RFC 2047) and holds no line end. */
const char *wp_letter_write(apr_pool_t *pool, const wp_letter_t *letter, apr_size_t *length);

/* The part of an address behind its "@". */
const char *wp_letter_domain(const char *address);

#endif
