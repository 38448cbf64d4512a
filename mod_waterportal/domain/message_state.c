/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/message_state.h"

#include <string.h>

#include "base/banned.h"

enum {
    WAITING = 1 << WP_MESSAGE_WAITING,
    LEASED = 1 << WP_MESSAGE_LEASED,
    TRANSMITTING = 1 << WP_MESSAGE_TRANSMITTING,
    DEFERRED = 1 << WP_MESSAGE_DEFERRED,
    HANDED = 1 << WP_MESSAGE_HANDED,
    DELIVERED = 1 << WP_MESSAGE_DELIVERED,
    FAILED = 1 << WP_MESSAGE_FAILED,
    OPEN = WAITING | LEASED | TRANSMITTING | DEFERRED
};

/* For each event: the states in which it can happen, and the state that follows. */
static const struct {
    unsigned from;
    wp_message_state_t to;
} rules[WP_MESSAGE_EVENTS] = {
    [WP_MESSAGE_LEASE] = {WAITING | DEFERRED, WP_MESSAGE_LEASED},
    [WP_MESSAGE_RELEASE] = {LEASED, WP_MESSAGE_WAITING},
    [WP_MESSAGE_BEGIN] = {LEASED, WP_MESSAGE_TRANSMITTING},
    [WP_MESSAGE_TAKEN] = {TRANSMITTING, WP_MESSAGE_HANDED},
    [WP_MESSAGE_LATER] = {TRANSMITTING, WP_MESSAGE_DEFERRED},
    [WP_MESSAGE_NEVER] = {OPEN, WP_MESSAGE_FAILED},
    [WP_MESSAGE_SILENCE] = {TRANSMITTING, WP_MESSAGE_DEFERRED},
    [WP_MESSAGE_SUPPRESS] = {OPEN, WP_MESSAGE_SUPPRESSED},
    [WP_MESSAGE_RECEIPT] = {HANDED, WP_MESSAGE_DELIVERED},
    /* a server further on may say no after another one said yes */
    [WP_MESSAGE_RETURN] = {HANDED | DELIVERED, WP_MESSAGE_BOUNCED},
    [WP_MESSAGE_AGAIN] = {FAILED, WP_MESSAGE_WAITING},
};

static const char *const names[WP_MESSAGE_STATES] = {[WP_MESSAGE_WAITING] = "waiting",
                                                     [WP_MESSAGE_LEASED] = "leased",
                                                     [WP_MESSAGE_TRANSMITTING] = "transmitting",
                                                     [WP_MESSAGE_DEFERRED] = "deferred",
                                                     [WP_MESSAGE_HANDED] = "handed",
                                                     [WP_MESSAGE_FAILED] = "failed",
                                                     [WP_MESSAGE_SUPPRESSED] = "suppressed",
                                                     [WP_MESSAGE_DELIVERED] = "delivered",
                                                     [WP_MESSAGE_BOUNCED] = "bounced"};

bool wp_message_next(wp_message_state_t state, wp_message_event_t event, wp_message_state_t *to)
{
    bool moves = rules[event].from & 1U << state;
    *to = moves ? rules[event].to : state;
    return moves;
}

bool wp_message_is_open(wp_message_state_t state)
{
    return OPEN & 1U << state;
}

const char *wp_message_state_name(wp_message_state_t state)
{
    return names[state];
}

bool wp_message_state_parse(const char *name, wp_message_state_t *state)
{
    for (*state = 0; *state < WP_MESSAGE_STATES; ++*state) {
        if (name && strcmp(names[*state], name) == 0)
            return true;
    }
    return false;
}

int wp_message_retry_s(int tries)
{
    static const int minutes[] = {1, 5, 15};
    const int first = sizeof minutes / sizeof *minutes;

    if (tries < 1 || tries > WP_MESSAGE_RETRIES)
        return 0;
    return tries <= first ? minutes[tries - 1] * 60 : 3600;
}

wp_message_event_t wp_message_after_crash(bool again, int repeats)
{
    return again && repeats == 0 ? WP_MESSAGE_SILENCE : WP_MESSAGE_NEVER;
}
