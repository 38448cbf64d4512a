/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_NOTIFY_OUTBOX_H
#define WP_NOTIFY_OUTBOX_H

#include <apr_tables.h>

#include "data/db.h"

/* A message to be sent: a row written in the transaction of its cause, so that there is none without the other. Words come
 * from the catalogue when it is sent: here are the kind of text and what its placeholders are. */
typedef struct wp_message_t {
    const char *kind;       /* "delegation_offered" */
    const char *channel;    /* "email", "sms" */
    const char *recipient;  /* the address or number */
    const char *subject;    /* what it is about: an id of the portal's */
    const char *period;     /* which one of several about the same; "" when there is but one */
    const char *language;   /* of the recipient */
    apr_table_t *arguments; /* by placeholder; may be NULL */
} wp_message_t;

/* Adds it, in the running write transaction; the same message (kind, recipient, subject, period) once only.
 * page_args: binds :now. */
apr_status_t wp_outbox_add(wp_db_t *db, const wp_args_t *page_args, const wp_message_t *message);

#endif
