/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_BANK_WIRE_H
#define WP_BANK_WIRE_H

#include <apr_pools.h>

/* One question to a bank's server, over HTTPS only: its certificate is verified, no redirection is followed, and the
 * answer is there within 8 seconds or not at all. */

typedef struct wp_wire_question_t {
    const char *url;
    const char *body;      /* JSON; NULL: GET */
    const char *signature; /* goes out as x-jws-signature */
    const char *ca_file;   /* instead of the system's certificate authorities, or NULL */
} wp_wire_question_t;

typedef struct wp_wire_answer_t {
    long status;      /* of HTTP; 0: there was no answer */
    const char *body; /* at most 256 KiB, with a zero behind it */
    apr_size_t length;
    const char *signature; /* x-jws-signature, or NULL */
    const char *why;       /* there was no answer: libcurl's words, "Connection timed out …" */
} wp_wire_answer_t;

/* Never fails: what went wrong is in the answer, whose texts are in pool. */
void wp_wire_ask(const wp_wire_question_t *question, apr_pool_t *pool, wp_wire_answer_t *answer);

#endif
