/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_NOTIFY_OUTBOX_H
#define WP_NOTIFY_OUTBOX_H

#include "data/db.h"

/* Messages are rows, written in the transaction of their cause and sent later by somebody else: what is rolled back is
 * not told, what is committed is told at least once. There is one row of a kind about a subject (and period) to a
 * recipient. */

typedef struct wp_message_arg_t {
    const char *name, *text;
} wp_message_arg_t;

typedef struct wp_message_t {
    const char *kind;      /* names the text: "contact_code" */
    const char *channel;   /* "email" or "sms" */
    const char *recipient; /* the address */
    const char *subject;   /* the id of what it is about */
    const char *period;    /* which one of several about the same; NULL when there is but one */
    const char *language;
    const wp_message_arg_t *arguments; /* the text's placeholders; ends with a NULL name; may be NULL */
} wp_message_t;

/* Puts it there, in the running write transaction; once: a second one of the same kind, recipient, subject and period
 * is the first. now: an instant. */
apr_status_t wp_outbox_add(wp_db_t *db, const wp_message_t *message, const char *now);

#endif
