/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_NOTIFY_OUTBOX_H
#define WP_NOTIFY_OUTBOX_H

#include "data/db.h"

/* A message is a row, written in the transaction of its cause and sent later by another process: what is rolled
 * back is never sent, and what is committed is sent at least once. There is one row for each kind, subject (and
 * period) and recipient. */

typedef struct wp_message_arg_t {
    const char *name, *text;
} wp_message_arg_t;

typedef struct wp_message_t {
    const char *kind;      /* names the text: "contact_code" (domain/message_kind.h) */
    const char *channel;   /* "email" or "sms" */
    const char *recipient; /* the address */
    const char *subject;   /* the id of the thing it is about */
    const char *period;    /* tells several messages about one subject apart; NULL if there is only one */
    const char *language;
    const wp_message_arg_t *arguments; /* the placeholders of the text; ends with a NULL name; may be NULL */
    const char *account;    /* whose message it is: shown to this account, erased with it; NULL: found by its subject */
    const char *not_before; /* an instant: not during the night; NULL: at once */
} wp_message_t;

/* Queues the message in the running write transaction, once: adding the same kind, recipient, subject and period again
 * changes nothing. A message with a code expires after its argument "minutes". now: an instant. */
apr_status_t wp_outbox_add(wp_db_t *db, const wp_message_t *message, const char *now);

#endif
