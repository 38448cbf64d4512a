/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_SERVICE_DELEGATION_FOUND_H
#define WP_SERVICE_DELEGATION_FOUND_H

#include "service/delegation.h"

/* What the services about rights (service/delegation.h) share: the right as it is, and who is told of a change. */

typedef enum wp_delegation_state_t {
    WP_DELEGATION_DRAFT,
    WP_DELEGATION_OFFERED,
    WP_DELEGATION_ACTIVE,
    WP_DELEGATION_REFUSED,
    WP_DELEGATION_REVOKED,
    WP_DELEGATION_LAPSED, /* a draft or an offer that came to nothing */
    WP_DELEGATION_ENDED   /* its last day has passed, or its giver no longer has the contract */
} wp_delegation_state_t;

typedef struct wp_delegation_t {
    const char *id, *contract, *point, *level, *until;
    const char *receiver; /* a person code; NULL: an invitation that nobody has redeemed */
    const char *who;      /* the receiver's name */
    bool mine;            /* the actor gave it */
    bool theirs;          /* it is for the actor, and no draft */
    bool by_secret;       /* it was named by its invitation's secret */
    wp_delegation_state_t state;
} wp_delegation_t;

/* In a write unit: waits until nobody else changes rights on the contract, and keeps others waiting until the unit is
 * over. UNKNOWN: nobody has registered the contract. */
apr_status_t wp_delegation_hold(wp_act_t *act, const char *contract, wp_result_t *result);

/* The same for the contract of a right, and then the right as it is. name: its id, or an invitation's secret. UNKNOWN:
 * there is none. */
apr_status_t wp_delegation_find(wp_act_t *act, const char *name, wp_delegation_t *found, wp_result_t *result);

/* The right as it is for the moment, in a unit of work of either kind: only for showing. */
apr_status_t wp_delegation_look(wp_act_t *act, const char *name, wp_delegation_t *found, wp_result_t *result);

/* The values of act's statements about rights: the act's own, :delegation and :day_ago. */
wp_args_t *wp_delegation_args(const wp_act_t *act, const char *id);

typedef enum { WP_TELL_RECEIVER, WP_TELL_GIVER } wp_tell_t;

/* Queues a message about the right to one of the two, if the portal knows an address and neither limit on messages
 * between customers is reached; the receiver sees it at the next login anyway. change: "offered", "accepted",
 * "refused", "extended", "revoked". */
apr_status_t wp_delegation_tell(wp_act_t *act, const char *id, wp_tell_t whom, const char *change);

#endif
