/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_NOTIFY_DISPATCH_H
#define WP_NOTIFY_DISPATCH_H

#include "domain/date.h"
#include "store/messages.h"

/* Empties the outbox: leases messages, has each carried to a server, and records what came of it. As many senders as
 * there are processes may work at the same time. No connection to the database is held while a server is spoken to:
 * what became of one message and that the next one is being transmitted is one short transaction. So a sender that is
 * killed leaves at most one message of which nobody knows whether it was handed over (domain/message_state.h). */

/* What came of one message. */
typedef enum wp_carried_t {
    WP_CARRIED_TAKEN, /* the server accepted it */
    WP_CARRIED_LATER, /* not now: it is tried again later; for the reason UNCLEAR as after a crash */
    WP_CARRIED_NEVER, /* no: trying again would not help */
    WP_CARRIED_AWAY   /* the server does not answer, or accepts nothing from us: other messages would fare the same */
} wp_carried_t;

typedef struct wp_carriage_t {
    wp_carried_t carried;
    wp_outbox_reason_t reason; /* unless it was taken */
    const char *answer;        /* what the server said, or NULL */
} wp_carriage_t;

/* Carries one message, in pool, within the time that the sender's lease allows. */
typedef wp_carriage_t (*wp_carry_t)(void *context, apr_pool_t *pool, const wp_outbox_row_t *row);

typedef struct wp_dispatch_t {
    wp_db_source_t *source;
    wp_carry_t carry;
    void *context;
    bool email, sms;           /* the channels that can be used */
    int lease_s;               /* for how long messages are leased; carry() must be quicker */
    wp_instant_t (*now)(void); /* the time of day */
    volatile const int *stop;  /* not 0: end after the current message, and give back the rest; may be NULL */
    const wp_log_t *log;
} wp_dispatch_t;

/* What a round did. */
typedef struct wp_dispatch_tally_t {
    int taken, later, never, swept;
    bool email_away, sms_away; /* its server did not answer: the channel was left alone for the rest of the round */
} wp_dispatch_tally_t;

/* Sends what is due, until nothing is, a server is away, or stop is set. Otherwise the status of the database. */
apr_status_t wp_dispatch_round(const wp_dispatch_t *sender, apr_pool_t *pool, wp_dispatch_tally_t *tally);

#endif
