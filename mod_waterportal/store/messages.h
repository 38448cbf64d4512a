/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_STORE_MESSAGES_H
#define WP_STORE_MESSAGES_H

#include "data/db.h"
#include "domain/message_state.h"

/* The rows of the outbox as a sender sees them. Several senders may work at the same time: each has what it leased, by
 * a conditional change of one row at a time, in the order of their ids, so that two senders never wait for each other
 * in a circle, on SQLite as on PostgreSQL. */

typedef struct wp_outbox_row_t {
    const char *id, *kind, *channel, *recipient, *language;
    const char *arguments;  /* a JSON object */
    const char *created_at; /* an instant */
    const char *expires_at; /* useless from this instant on; NULL: never */
    const char *state;      /* "waiting" or "deferred", when it was leased */
    int tries;              /* that did not succeed */
    int repeats;            /* times that its sender ended during a transmission */
} wp_outbox_row_t;

typedef struct wp_outbox_claim_t {
    const char *lease;       /* an id of the sender's own, a new one for each claim */
    const char *now, *until; /* instants */
    bool email, sms;         /* which channels */
    int most;                /* rows */
} wp_outbox_claim_t;

/* Leases what may be sent now, the most urgent first. rows: wp_outbox_row_t, in the unit's pool; there may be fewer
 * than *due, because other senders were quicker. */
apr_status_t wp_outbox_claim(wp_db_t *db, const wp_outbox_claim_t *claim, apr_array_header_t **rows, int *due);

typedef struct wp_outbox_move_t {
    const char *message, *lease;
    wp_message_state_t from;
    wp_message_event_t event;
    const char *until;  /* keeps the lease until then; NULL: gives it up */
    const char *due;    /* not before this instant; NULL: as it was */
    bool tried;         /* counts as a try that did not succeed */
    bool forget;        /* its arguments are removed */
    const char *reason; /* a code, or NULL */
    const char *answer; /* of the server; NULL: as it was */
} wp_outbox_move_t;

/* One step of a message. *moved false: it is not the sender's any more, because its lease ran out, and it stays as it
 * is. */
apr_status_t wp_outbox_move(wp_db_t *db, const wp_outbox_move_t *move, const char *now, bool *moved);

/* Takes back messages whose lease has run out: those that were not tried wait again, and those in transmission are sent
 * once more or fail (wp_message_after_crash). *count: how many. At most 500 a call. */
apr_status_t wp_outbox_sweep(wp_db_t *db, const char *now, int *count);

/* A failed message is tried again. *done false: there is no such one, or it has expired. */
apr_status_t wp_outbox_again(wp_db_t *db, const char *message, const char *now, bool *done);

/* Reasons why a message was not sent; waterportalctl prints them, docs/admin.md explains them. X(id, code) */
#define WP_OUTBOX_REASONS(X) \
    X(AWAY, "away") \
    X(BUSY, "busy") \
    X(REFUSED, "refused") \
    X(EXPIRED, "expired") \
    X(ADDRESS, "address") \
    X(KIND, "kind") \
    X(TEXT, "text") \
    X(GAVE_UP, "gave_up") \
    X(UNCLEAR, "unclear")

#define WP_OUTBOX_REASON_ID(id, code) WP_OUTBOX_##id,
typedef enum wp_outbox_reason_t { WP_OUTBOX_REASONS(WP_OUTBOX_REASON_ID) WP_OUTBOX_REASON_COUNT } wp_outbox_reason_t;
#undef WP_OUTBOX_REASON_ID

const char *wp_outbox_reason_name(wp_outbox_reason_t reason);

#endif
