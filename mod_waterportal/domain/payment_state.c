/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/payment_state.h"

#include <string.h>

#include "base/banned.h"

/* Groups of states that react alike to a piece of news. */
enum {
    NEW = 1 << WP_PAYMENT_CREATED,
    AWAY = 1 << WP_PAYMENT_REDIRECTED,
    PENDING = 1 << WP_PAYMENT_PENDING,
    OPEN = NEW | AWAY | PENDING,
    GIVEN_UP = 1 << WP_PAYMENT_CANCELLED | 1 << WP_PAYMENT_FAILED | 1 << WP_PAYMENT_EXPIRED,
    CONFIRMED = 1 << WP_PAYMENT_CONFIRMED,
    RECONCILED = 1 << WP_PAYMENT_RECONCILED,
    PAID = CONFIRMED | RECONCILED,
    REVIEW = 1 << WP_PAYMENT_REVIEW,
    REVERSED = 1 << WP_PAYMENT_REVERSED
};

/* For each piece of news: the states it moves, the state they move to, and the states in which it is nothing new. */
typedef struct rule_t {
    unsigned moves;
    wp_payment_state_t to;
    unsigned known;
    unsigned posts;    /* of the states it moves: those that are not posted yet */
    unsigned reverses; /* those whose items count */
} rule_t;

static const rule_t rules[WP_NEWS_KINDS] = {
    [WP_NEWS_LEFT] = {NEW, WP_PAYMENT_REDIRECTED, AWAY | PENDING, 0, 0},
    [WP_NEWS_PENDING] = {NEW | AWAY, WP_PAYMENT_PENDING, PENDING, 0, 0},
    /* a payment made again after the bank took one back counts; so does one that the bank alone tells of, once the one
     * on the statement was taken back */
    [WP_NEWS_PAID] = {OPEN | GIVEN_UP | RECONCILED | REVERSED, WP_PAYMENT_CONFIRMED, CONFIRMED,
                      OPEN | GIVEN_UP | REVERSED, 0},
    [WP_NEWS_PAID_OTHERWISE] = {OPEN | GIVEN_UP, WP_PAYMENT_REVIEW, REVIEW, 0, 0},
    [WP_NEWS_CANCELLED] = {OPEN, WP_PAYMENT_CANCELLED, 1 << WP_PAYMENT_CANCELLED, 0, 0},
    [WP_NEWS_FAILED] = {OPEN, WP_PAYMENT_FAILED, 1 << WP_PAYMENT_FAILED, 0, 0},
    [WP_NEWS_EXPIRED] = {OPEN, WP_PAYMENT_EXPIRED, 1 << WP_PAYMENT_EXPIRED, 0, 0},
    /* the ordered sum has arrived, which also settles what was under review */
    [WP_NEWS_STATEMENT] = {OPEN | GIVEN_UP | REVIEW | CONFIRMED | REVERSED, WP_PAYMENT_RECONCILED, RECONCILED,
                           OPEN | GIVEN_UP | REVIEW | REVERSED, 0},
    /* also before anything else was heard: the newest entry may stand first on a statement */
    [WP_NEWS_REVERSED] = {OPEN | GIVEN_UP | REVIEW | PAID, WP_PAYMENT_REVERSED, REVERSED, 0, PAID},
};

wp_payment_move_t wp_payment_next(wp_payment_state_t state, wp_payment_news_t news)
{
    const rule_t *rule = &rules[news];
    unsigned here = 1U << state;

    if (!(rule->moves & here))
        return (wp_payment_move_t){.to = state, .repeats = rule->known & here};
    return (wp_payment_move_t){.to = rule->to,
                               .moves = true,
                               .posts = rule->posts & here,
                               .late = (rule->posts & here) && (GIVEN_UP & here),
                               .reverses = rule->reverses & here};
}

bool wp_payment_is_open(wp_payment_state_t state)
{
    return OPEN & 1U << state;
}

static const char *const names[WP_PAYMENT_STATES] =
    {[WP_PAYMENT_CREATED] = "created",     [WP_PAYMENT_REDIRECTED] = "redirected", [WP_PAYMENT_PENDING] = "pending",
     [WP_PAYMENT_CONFIRMED] = "confirmed", [WP_PAYMENT_RECONCILED] = "reconciled", [WP_PAYMENT_CANCELLED] = "cancelled",
     [WP_PAYMENT_FAILED] = "failed",       [WP_PAYMENT_EXPIRED] = "expired",       [WP_PAYMENT_REVIEW] = "review",
     [WP_PAYMENT_REVERSED] = "reversed"};

const char *wp_payment_state_name(wp_payment_state_t state)
{
    return names[state];
}

bool wp_payment_state_parse(const char *name, wp_payment_state_t *state)
{
    for (*state = 0; *state < WP_PAYMENT_STATES; ++*state) {
        if (name && strcmp(names[*state], name) == 0)
            return true;
    }
    return false;
}
