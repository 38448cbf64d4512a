/* SPDX-License-Identifier: Apache-2.0 */
#include "service/delegation_found.h"

#include <string.h>

#include "base/banned.h"

/* A right that was given lasts longer, or ends. */

/* --- extending --- */

static bool is_open(const wp_delegation_t *found)
{
    return found->state == WP_DELEGATION_OFFERED || found->state == WP_DELEGATION_ACTIVE;
}

static void judge_term(const wp_act_t *act, const wp_delegation_t *found, const wp_delegation_term_t *term,
                       wp_result_t *result)
{
    wp_error_t fault = wp_delegation_day_error(act, term->until, found->until);
    bool moved = strcmp(found->until, term->was) != 0;

    if (!is_open(found))
        *result = wp_result_of(WP_OUTCOME_CONFLICT);
    else if (moved && term->until && strcmp(found->until, term->until) == 0)
        *result = (wp_result_t){.outcome = WP_OUTCOME_SAME, .detail = found->id};
    else if (moved)
        *result = wp_result_of(WP_OUTCOME_CONFLICT);
    else if (wp_delegation_is_strong(found->level) && !act->who->strong)
        *result = wp_result_refused(WP_ERROR_STEP_UP, NULL);
    else if (fault != WP_ERROR_NONE)
        *result = wp_result_refused(fault, "until");
}

static apr_status_t prolong(wp_act_t *act, const wp_delegation_t *found, const wp_delegation_term_t *term,
                            wp_result_t *result)
{
    wp_args_t *args = wp_delegation_args(act, found->id);
    int prolonged = 0;

    wp_args_text(args, "was", term->was);
    wp_args_text(args, "until", term->until);
    apr_status_t status = wp_db_change(act->db, "delegation_prolong", args, &prolonged);
    *result = prolonged > 0 ? wp_result_done(found->id) : wp_result_of(WP_OUTCOME_CONFLICT);
    return status;
}

static apr_status_t extend(wp_act_t *act, const wp_delegation_t *found, const wp_delegation_term_t *term,
                           wp_result_t *result)
{
    wp_standing_t standing;
    apr_status_t status = wp_act_stand(act, found->contract, WP_RIGHT_DELEGATE, &standing, result);

    if (status == APR_SUCCESS && !wp_result_is_against(result))
        judge_term(act, found, term, result);
    if (status == APR_SUCCESS && result->outcome == WP_OUTCOME_NONE)
        status = wp_act_count(act, WP_LIMIT_OFFERS, NULL, result);
    if (status != APR_SUCCESS || result->outcome != WP_OUTCOME_NONE)
        return status;
    status = prolong(act, found, term, result);
    if (status == APR_SUCCESS && !wp_result_is_against(result))
        status = wp_act_audit(act, &standing, WP_DID_DELEGATION_EXTENDED, found->id);
    if (status == APR_SUCCESS && !wp_result_is_against(result))
        status = wp_delegation_tell(act, found->id, WP_TELL_RECEIVER, "extended");
    return status;
}

apr_status_t wp_delegation_extend(wp_act_t *act, const wp_delegation_term_t *term, wp_result_t *result)
{
    wp_delegation_t found;
    apr_status_t status = wp_delegation_find(act, term->id, &found, result);
    return status == APR_SUCCESS && !wp_result_is_against(result) ? extend(act, &found, term, result) : status;
}

/* --- revoking --- */

/* In which role: as a holder of the contract, or as the receiver of a right that was accepted. */
static apr_status_t find_role(wp_act_t *act, const wp_delegation_t *found, wp_standing_t *standing, wp_result_t *result)
{
    wp_result_t holder = wp_result_of(WP_OUTCOME_NONE);
    apr_status_t status = wp_act_stand(act, found->contract, WP_RIGHT_DELEGATE, standing, &holder);

    if (status != APR_SUCCESS || !wp_result_is_against(&holder))
        return status;
    bool receiver = act->who->login && found->theirs && found->state != WP_DELEGATION_OFFERED;
    if (receiver)
        *standing = (wp_standing_t){.contract = found->contract, .kind = WP_ACTOR_DELEGATE, .delegation = found->id};
    else
        *result = holder;
    return APR_SUCCESS;
}

static void judge_end(const wp_delegation_t *found, wp_result_t *result)
{
    if (found->state == WP_DELEGATION_REVOKED)
        *result = (wp_result_t){.outcome = WP_OUTCOME_SAME, .detail = found->id};
    else if (found->state != WP_DELEGATION_DRAFT && !is_open(found))
        *result = wp_result_of(WP_OUTCOME_CONFLICT);
}

static apr_status_t end(wp_act_t *act, const wp_delegation_t *found, wp_result_t *result)
{
    wp_args_t *args = wp_delegation_args(act, found->id);
    int ended = 0;
    apr_status_t status = wp_db_change(act->db, "delegation_end", args, &ended);

    *result = ended > 0 ? wp_result_done(found->id) : wp_result_of(WP_OUTCOME_CONFLICT);
    return status;
}

/* Nobody was told of a draft. */
static apr_status_t record(wp_act_t *act, const wp_delegation_t *found, const wp_standing_t *standing)
{
    bool by_receiver = standing->delegation && strcmp(standing->delegation, found->id) == 0;
    apr_status_t status = wp_act_audit(act, standing, WP_DID_DELEGATION_REVOKED, found->id);

    if (status != APR_SUCCESS || found->state == WP_DELEGATION_DRAFT)
        return status;
    return wp_delegation_tell(act, found->id, by_receiver ? WP_TELL_GIVER : WP_TELL_RECEIVER, "revoked");
}

apr_status_t wp_delegation_revoke(wp_act_t *act, const char *id, wp_result_t *result)
{
    wp_standing_t standing;
    wp_delegation_t found;
    apr_status_t status = wp_delegation_find(act, id, &found, result);

    if (status == APR_SUCCESS && !wp_result_is_against(result))
        status = find_role(act, &found, &standing, result);
    if (status == APR_SUCCESS && !wp_result_is_against(result))
        judge_end(&found, result);
    if (status != APR_SUCCESS || result->outcome != WP_OUTCOME_NONE)
        return status;
    status = end(act, &found, result);
    return status == APR_SUCCESS && !wp_result_is_against(result) ? record(act, &found, &standing) : status;
}
