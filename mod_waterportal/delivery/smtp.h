/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DELIVERY_SMTP_H
#define WP_DELIVERY_SMTP_H

#include <apr_pools.h>
#include <stdbool.h>

/* Hands letters to the utility's mail server (libcurl; RFC 5321). One connection serves as many letters as the server
 * allows. Certificates are verified. */
typedef struct wp_smtp_t wp_smtp_t;

typedef struct wp_smtp_options_t {
    const char *url;     /* smtp://host[:port]: STARTTLS is required; smtps://…: TLS from the first byte */
    bool plain;          /* no TLS: the server is on this machine */
    const char *login;   /* "user:password", or NULL */
    const char *ca_file; /* replaces the system's certificate authorities, or NULL */
    const char *helo;    /* how we call ourselves: a domain */
    int timeout_s;       /* for one letter */
} wp_smtp_options_t;

/* NULL: libcurl cannot. Closed with pool. */
wp_smtp_t *wp_smtp_open(apr_pool_t *pool, const wp_smtp_options_t *options);

typedef enum wp_smtp_outcome_t {
    WP_SMTP_ACCEPTED, /* the server has answered the letter with 250 */
    WP_SMTP_NOT_NOW,  /* it refused this letter with 4xx */
    WP_SMTP_REFUSED,  /* it refused this recipient or this letter with 5xx */
    WP_SMTP_CUT,      /* the connection ended after the letter was begun: nobody knows */
    WP_SMTP_AWAY      /* no connection, no TLS, no login, or the sender is not accepted: not this letter's fault */
} wp_smtp_outcome_t;

typedef struct wp_smtp_answer_t {
    wp_smtp_outcome_t outcome;
    const char *text; /* the last line that the server said, or libcurl's reason; without addresses; in pool */
} wp_smtp_answer_t;

typedef struct wp_envelope_t {
    const char *from, *to; /* addresses that wp_email_is_valid() */
    const char *letter;    /* as wp_letter_write() made it */
    apr_size_t length;
} wp_envelope_t;

wp_smtp_answer_t wp_smtp_send(wp_smtp_t *smtp, apr_pool_t *pool, const wp_envelope_t *envelope);

/* Text of a server for a log or a list: printable, at most 160 bytes, every word with "@" replaced by "...". In pool.
 */
const char *wp_answer_text(apr_pool_t *pool, const char *text, apr_size_t length);

#endif
