/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DOMAIN_MESSAGE_STATE_H
#define WP_DOMAIN_MESSAGE_STATE_H

#include <stdbool.h>

/* The life of a message in the outbox.
 *
 *   waiting ──→ leased ──→ transmitting ──→ handed ──→ delivered | bounced
 *      ↑         │  ↑         │      └────→ failed | suppressed
 *      └─────────┘  └ deferred ┘
 *
 * A sender leases messages for some time, and marks each one as being transmitted before it speaks to a server. Handing
 * over is at least once: a sender that ends between the server's yes and its own commit leaves a message in
 * transmission, and nobody can know whether the server has it. It is sent once more, with the same Message-ID, if its
 * kind says so (domain/message_kind.h); found in that state again, it fails. */
typedef enum wp_message_state_t {
    WP_MESSAGE_WAITING,      /* nobody has tried it */
    WP_MESSAGE_LEASED,       /* a sender has it */
    WP_MESSAGE_TRANSMITTING, /* a server is being told */
    WP_MESSAGE_DEFERRED,     /* was tried; will be tried again */
    WP_MESSAGE_HANDED,       /* the server took it over */
    WP_MESSAGE_FAILED,       /* will not be tried again */
    WP_MESSAGE_SUPPRESSED,   /* is not to be sent: its address is suspended */
    WP_MESSAGE_DELIVERED,    /* a receipt says it arrived */
    WP_MESSAGE_BOUNCED,      /* it came back */
    WP_MESSAGE_STATES
} wp_message_state_t;

typedef enum wp_message_event_t {
    WP_MESSAGE_LEASE,
    WP_MESSAGE_RELEASE, /* given back untried, or its lease ran out before it was tried */
    WP_MESSAGE_BEGIN,   /* transmission begins */
    WP_MESSAGE_TAKEN,   /* the server said yes */
    WP_MESSAGE_LATER,   /* it said: not now */
    WP_MESSAGE_NEVER,   /* it said no; or the message cannot be sent at all */
    WP_MESSAGE_SILENCE, /* the lease ran out during the transmission, and it may be tried once more */
    WP_MESSAGE_SUPPRESS,
    WP_MESSAGE_RECEIPT,
    WP_MESSAGE_RETURN,
    WP_MESSAGE_AGAIN, /* a person wants a failed one to be tried again */
    WP_MESSAGE_EVENTS
} wp_message_event_t;

/* False, and *to is the current state: the event cannot happen to a message in this state. */
bool wp_message_next(wp_message_state_t state, wp_message_event_t event, wp_message_state_t *to);

/* It has not been sent, and nobody has given it up. */
bool wp_message_is_open(wp_message_state_t state);

/* "waiting", … as in the database. */
const char *wp_message_state_name(wp_message_state_t state);
/* False and WP_MESSAGE_STATES for any other text. */
bool wp_message_state_parse(const char *name, wp_message_state_t *state);

#define WP_MESSAGE_RETRIES 27 /* after 1, 5 and 15 minutes, then every hour for a day */

/* Seconds until the next try after so many failed ones (1 after the first); 0: no more tries. */
int wp_message_retry_s(int tries);

/* How a message is found whose sender ended during the transmission. repeats: how often that was so before. */
wp_message_event_t wp_message_after_crash(bool again, int repeats);

#endif
