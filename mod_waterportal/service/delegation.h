/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_SERVICE_DELEGATION_H
#define WP_SERVICE_DELEGATION_H

#include "domain/delegation.h"
#include "service/act.h"

/* Rights on a contract that its holder gives to somebody else.
 *
 *   give ──────────────────► offered ── accept ──► active ── extend, revoke
 *     └─► draft ── confirm ──┘     └─── refuse, revoke; lapses
 *
 * Only a holder gives: whoever holds a right by delegation cannot pass it on, and neither a program nor the utility
 * gives rights in a holder's name. Levels that include paying begin as a draft, which the same person confirms right
 * after a login with an eID. Whatever changes the rights on one contract takes turns, so that two at once see each
 * other. What a right allows, and that it is over once its giver no longer has the contract, is the view
 * portal_access's (sql/store/portal.sql). All of them write the audit log and notify the other side.
 *
 * result->detail is the right's id wherever something was done, or was so before. */

typedef struct wp_delegation_wanted_t {
    const char *contract;
    const char *point;    /* one metering point; NULL: the whole contract */
    const char *level;    /* of wp_delegation_levels */
    const char *receiver; /* a canonical person code; NULL: whoever redeems the invitation */
    const char *who;      /* by which name the giver knows the receiver; also tells invitations apart */
    const char *until;    /* the last day, YYYY-MM-DD */
    int seen; /* wp_delegation_seen() as the giver saw it: an equal invitation made since is then a refusal. -1: whoever
                 asks keeps no such number, and equal invitations are several */
} wp_delegation_wanted_t;

/* What came of giving or confirming. */
typedef struct wp_delegation_given_t {
    const char *id;
    bool draft; /* it waits for wp_delegation_confirm() */
    const char
        *secret; /* of the invitation: only its hash is stored, so whoever asks must pass it on now; NULL: none */
} wp_delegation_given_t;

/* What is wrong with the last day of a right that is given today, or extended (was: its last day so far; otherwise
 * NULL): UNTIL_REQUIRED, UNTIL_PAST, UNTIL_FAR, UNTIL_NOT_LATER; NONE: nothing. until: YYYY-MM-DD, or NULL. */
wp_error_t wp_delegation_day_error(const wp_act_t *act, const char *until, const char *was);

/* Everything that is wrong with it, for showing: wp_result_t, REFUSED, at most one an argument. In a unit of work of
 * either kind; only the write unit's answer counts, and wp_delegation_give() decides by the same function. UNKNOWN in
 * *result: the contract, or its point, is none of the actor's. */
apr_status_t wp_delegation_check(wp_act_t *act, const wp_delegation_wanted_t *wanted, apr_array_header_t **faults,
                                 wp_result_t *result);

/* How many rights were ever given on the contract: with each one given it grows. */
apr_status_t wp_delegation_seen(wp_act_t *act, const char *contract, int *seen);

/* REFUSED: NO_RIGHT (field NULL), or as wp_delegation_check() says. SAME: the draft of this content. LIMITED by
 * WP_LIMIT_OFFERS. */
apr_status_t wp_delegation_give(wp_act_t *act, const wp_delegation_wanted_t *wanted, wp_delegation_given_t *given,
                                wp_result_t *result);

/* The giver's own draft becomes an offer. REFUSED: STEP_UP (field NULL) unless the actor has just shown an eID; or what
 * stands against it by now. SAME: it was confirmed before; its secret is not shown again. */
apr_status_t wp_delegation_confirm(wp_act_t *act, const char *id, wp_delegation_given_t *given, wp_result_t *result);

/* offer: the id of an offer to the actor, or the secret of an invitation that nobody has redeemed. An actor without an
 * account gets one first, in the same unit. UNKNOWN alike: no such offer, somebody else's, redeemed by somebody else.
 * CONFLICT: it lapsed, was revoked, or the actor answered otherwise. SAME: answered so before. REFUSED, field "offer":
 * RECEIVER_ENTITLED, the actor has the contract anyway; RECEIVER_HAS, or has this right by another offer. */
apr_status_t wp_delegation_accept(wp_act_t *act, const char *offer, wp_result_t *result);
apr_status_t wp_delegation_refuse(wp_act_t *act, const char *offer, wp_result_t *result);

/* What accepting would say now, for showing the offer: *id, and NONE in *result, if it would be done. In a unit of work
 * of either kind. */
apr_status_t wp_delegation_read_offer(wp_act_t *act, const char *offer, const char **id, wp_result_t *result);

typedef struct wp_delegation_term_t {
    const char *id;
    const char *was;   /* the last day as the giver saw it */
    const char *until; /* the new one */
} wp_delegation_term_t;

/* By a holder of the contract. REFUSED: "until", or STEP_UP for a strong level. SAME: it lasts until that day already.
 * CONFLICT: it lasts until another day than was, or is no longer in force. LIMITED by WP_LIMIT_OFFERS. */
apr_status_t wp_delegation_extend(wp_act_t *act, const wp_delegation_term_t *term, wp_result_t *result);

/* By a holder of the contract, or by its receiver, who gives up an accepted right. No limit: an end is never held up.
 * SAME: it was revoked before. CONFLICT: it is over for another reason. */
apr_status_t wp_delegation_revoke(wp_act_t *act, const char *id, wp_result_t *result);

#endif
