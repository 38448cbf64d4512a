/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_BANK_WIRE_H
#define WP_BANK_WIRE_H

#include <apr_pools.h>

/* The HTTP client. It asks a bank's server one question, over HTTPS only: its certificate is verified, no redirect is
 * followed, and the answer arrives within 8 seconds or not at all. */

typedef struct wp_wire_question_t {
    const char *url;
    const char *body;      /* JSON; NULL: GET */
    const char *signature; /* sent as x-jws-signature */
    const char *ca_file;   /* replaces the system's certificate authorities, or NULL */
} wp_wire_question_t;

typedef struct wp_wire_answer_t {
    long status;      /* HTTP status; 0: no answer */
    const char *body; /* at most 256 KiB, NUL-terminated */
    apr_size_t length;
    const char *signature; /* x-jws-signature, or NULL */
    const char *why;       /* why there was no answer, in libcurl's words: "Connection timed out …" */
} wp_wire_answer_t;

/* Never fails: the answer says what went wrong. Its texts are in pool. */
void wp_wire_ask(const wp_wire_question_t *question, apr_pool_t *pool, wp_wire_answer_t *answer);

#endif
