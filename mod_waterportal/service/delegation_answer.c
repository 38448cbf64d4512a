/* SPDX-License-Identifier: Apache-2.0 */
#include "service/delegation_found.h"

#include <string.h>

#include "base/banned.h"

/* The receiver's answer to an offer or an invitation. */

typedef struct answer_t {
    wp_delegation_state_t state; /* what the right becomes */
    const char *name, *change;   /* of that state; and for the message */
    wp_did_t did;
} answer_t;

static const answer_t accepts = {WP_DELEGATION_ACTIVE, "active", "accepted", WP_DID_DELEGATION_ACCEPTED};
static const answer_t refuses = {WP_DELEGATION_REFUSED, "refused", "refused", WP_DID_DELEGATION_REFUSED};

/* Whose secret it is does not matter until somebody has redeemed it; an id is good for its receiver only. */
static bool is_for_actor(const wp_act_t *act, const wp_delegation_t *found)
{
    bool person = act->who->login && act->who->login->code;
    return person && (found->theirs || (found->by_secret && !found->receiver));
}

static void judge_state(const wp_delegation_t *found, const answer_t *answer, wp_result_t *result)
{
    if (found->state == answer->state && found->theirs)
        *result = (wp_result_t){.outcome = WP_OUTCOME_SAME, .detail = found->id};
    else if (found->state != WP_DELEGATION_OFFERED)
        *result = wp_result_of(WP_OUTCOME_CONFLICT);
}

static apr_status_t judge_need(wp_act_t *act, const wp_delegation_t *found, const answer_t *answer, wp_result_t *result)
{
    wp_rows_t *rows;
    apr_status_t status = wp_db_select(act->db, "delegation_needless", wp_delegation_args(act, found->id), &rows);

    if (status != APR_SUCCESS)
        return status;
    if (wp_row_int(rows, 0, "own") > 0)
        *result = wp_result_refused(WP_ERROR_RECEIVER_ENTITLED, "offer");
    else if (wp_row_int(rows, 0, "same") > 0 && answer->state == WP_DELEGATION_ACTIVE)
        *result = wp_result_refused(WP_ERROR_RECEIVER_HAS, "offer");
    return APR_SUCCESS;
}

static apr_status_t settle(wp_act_t *act, const wp_delegation_t *found, const answer_t *answer, wp_result_t *result)
{
    wp_args_t *args = wp_delegation_args(act, found->id);
    int settled = 0;

    wp_args_text(args, "state", answer->name);
    wp_args_text(args, "full_name", act->who->full_name); /* none: the name that the giver typed remains */
    apr_status_t status = wp_db_change(act->db, "delegation_answer", args, &settled);
    *result = settled > 0 ? wp_result_done(found->id) : wp_result_of(WP_OUTCOME_CONFLICT);
    return status;
}

/* The receiver answers as a delegate, so the contract's holders find it in their log. */
static apr_status_t record(wp_act_t *act, const wp_delegation_t *found, const answer_t *answer)
{
    const wp_standing_t standing = {.contract = found->contract, .kind = WP_ACTOR_DELEGATE, .delegation = found->id};
    apr_status_t status = wp_act_audit(act, &standing, answer->did, found->id);
    return status == APR_SUCCESS ? wp_delegation_tell(act, found->id, WP_TELL_GIVER, answer->change) : status;
}

static apr_status_t judge(wp_act_t *act, const wp_delegation_t *found, const answer_t *answer, wp_result_t *result)
{
    if (!is_for_actor(act, found))
        *result = wp_result_of(WP_OUTCOME_UNKNOWN);
    else
        judge_state(found, answer, result);
    return result->outcome == WP_OUTCOME_NONE ? judge_need(act, found, answer, result) : APR_SUCCESS;
}

static apr_status_t answer_with(wp_act_t *act, const char *offer, const answer_t *answer, wp_result_t *result)
{
    wp_delegation_t found;
    apr_status_t status = wp_delegation_find(act, offer, &found, result);

    if (status != APR_SUCCESS || wp_result_is_against(result))
        return status;
    status = judge(act, &found, answer, result);
    if (status != APR_SUCCESS || result->outcome != WP_OUTCOME_NONE)
        return status;
    status = settle(act, &found, answer, result);
    return status == APR_SUCCESS && !wp_result_is_against(result) ? record(act, &found, answer) : status;
}

apr_status_t wp_delegation_read_offer(wp_act_t *act, const char *offer, const char **id, wp_result_t *result)
{
    wp_delegation_t found;
    apr_status_t status = wp_delegation_look(act, offer, &found, result);

    *id = NULL;
    if (status != APR_SUCCESS || wp_result_is_against(result))
        return status;
    status = judge(act, &found, &accepts, result);
    if (status == APR_SUCCESS && result->outcome == WP_OUTCOME_NONE)
        *id = found.id;
    return status;
}

apr_status_t wp_delegation_accept(wp_act_t *act, const char *offer, wp_result_t *result)
{
    return answer_with(act, offer, &accepts, result);
}

apr_status_t wp_delegation_refuse(wp_act_t *act, const char *offer, wp_result_t *result)
{
    return answer_with(act, offer, &refuses, result);
}
