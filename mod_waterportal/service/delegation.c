/* SPDX-License-Identifier: Apache-2.0 */
#include "service/delegation.h"

#include <apr_strings.h>
#include <string.h>

#include "crypto/digest.h"
#include "crypto/random.h"
#include "data/date_text.h"
#include "domain/person_code.h"
#include "service/delegation_found.h"

#include "base/banned.h"

/* Giving: what stands against a right, the draft, the offer. */

/* --- what stands against it --- */

static apr_status_t find_against(wp_act_t *act, const wp_delegation_wanted_t *wanted, wp_rows_t **rows)
{
    wp_args_t *args = wp_delegation_args(act, NULL);

    wp_args_text(args, "contract", wanted->contract);
    wp_args_text(args, "point", wanted->point);
    wp_args_text(args, "receiver", wanted->receiver);
    wp_args_text(args, "level", wanted->level);
    wp_args_text(args, "who", wanted->who);
    wp_args_text(args, "until", wanted->until);
    return wp_db_select(act->db, "delegation_against", args, rows);
}

static bool is_canonical(const char *code)
{
    char read[WP_PERSON_CODE_SIZE];
    return wp_person_code_parse(code, NULL, read) && strcmp(read, code) == 0;
}

static wp_error_t receiver_fault(const wp_rows_t *against, const wp_delegation_wanted_t *wanted)
{
    if (wanted->receiver && !is_canonical(wanted->receiver))
        return WP_ERROR_PERSON_CODE;
    if (wp_row_int(against, 0, "own") > 0)
        return WP_ERROR_RECEIVER_SELF;
    if (wp_row_int(against, 0, "entitled") > 0)
        return WP_ERROR_RECEIVER_ENTITLED;
    return wp_row_int(against, 0, "has") > 0 ? WP_ERROR_RECEIVER_HAS : WP_ERROR_NONE;
}

/* Nothing but its name tells one invitation from another. Several of one name may be meant, but not by somebody who has
 * not seen the first. */
static bool is_unseen_twin(const wp_rows_t *against, const wp_delegation_wanted_t *wanted)
{
    return !wanted->receiver && wanted->seen >= 0 && wp_row_int(against, 0, "given") > wanted->seen &&
           wp_row_int(against, 0, "twins") > 0;
}

static wp_error_t who_fault(const wp_rows_t *against, const wp_delegation_wanted_t *wanted)
{
    if (!wanted->who)
        return WP_ERROR_REQUIRED;
    if (wp_row_int(against, 0, "waiting") >= WP_DELEGATION_OFFERS)
        return WP_ERROR_OFFERS_MANY;
    return is_unseen_twin(against, wanted) ? WP_ERROR_INVITED_ALREADY : WP_ERROR_NONE;
}

static wp_error_t level_fault(const wp_delegation_wanted_t *wanted)
{
    return wanted->level && wp_level_rights(wanted->level) ? WP_ERROR_NONE : WP_ERROR_CHOICE;
}

static wp_error_t point_fault(const wp_delegation_wanted_t *wanted)
{
    return wanted->point && wanted->level && wp_delegation_is_whole(wanted->level) ? WP_ERROR_PAY_WHOLE : WP_ERROR_NONE;
}

static void add_fault(apr_array_header_t *faults, const char *field, wp_error_t code)
{
    if (code != WP_ERROR_NONE)
        APR_ARRAY_PUSH(faults, wp_result_t) = wp_result_refused(code, field);
}

static void add_faults(const wp_act_t *act, const wp_delegation_wanted_t *wanted, const wp_rows_t *against,
                       apr_array_header_t *faults)
{
    add_fault(faults, "receiver", receiver_fault(against, wanted));
    add_fault(faults, "who", who_fault(against, wanted));
    add_fault(faults, "level", level_fault(wanted));
    add_fault(faults, "point", point_fault(wanted));
    add_fault(faults, "until", wp_delegation_day_error(act, wanted->until, NULL));
}

/* Who gives a right has the contract, and is a person. */
static void demand_holder(const wp_standing_t *standing, wp_result_t *result)
{
    if (standing->kind != WP_ACTOR_CUSTOMER && standing->kind != WP_ACTOR_REPRESENTATIVE)
        *result = wp_result_refused(WP_ERROR_NO_RIGHT, NULL);
}

/* What there is, and what is wrong with the right according to it. *rows and *faults are NULL if *result decides. */
static apr_status_t examine(wp_act_t *act, const wp_delegation_wanted_t *wanted, wp_rows_t **against,
                            apr_array_header_t **faults, wp_result_t *result)
{
    apr_status_t status = find_against(act, wanted, against);

    *faults = NULL;
    if (status != APR_SUCCESS)
        return status;
    if (wanted->point && wp_row_int(*against, 0, "point") == 0) {
        *result = wp_result_of(WP_OUTCOME_UNKNOWN);
        return APR_SUCCESS;
    }
    *faults = apr_array_make(wp_act_pool(act), 4, sizeof(wp_result_t));
    add_faults(act, wanted, *against, *faults);
    return APR_SUCCESS;
}

static apr_status_t stand_as_holder(wp_act_t *act, const char *contract, wp_standing_t *standing, wp_result_t *result)
{
    apr_status_t status = wp_act_stand(act, contract, WP_RIGHT_DELEGATE, standing, result);

    if (status == APR_SUCCESS && !wp_result_is_against(result))
        demand_holder(standing, result);
    return status;
}

apr_status_t wp_delegation_check(wp_act_t *act, const wp_delegation_wanted_t *wanted, apr_array_header_t **faults,
                                 wp_result_t *result)
{
    wp_standing_t standing;
    wp_rows_t *against;
    apr_status_t status = stand_as_holder(act, wanted->contract, &standing, result);

    *faults = NULL;
    if (status != APR_SUCCESS || wp_result_is_against(result))
        return status;
    return examine(act, wanted, &against, faults, result);
}

apr_status_t wp_delegation_seen(wp_act_t *act, const char *contract, int *seen)
{
    wp_rows_t *rows;
    apr_status_t status = find_against(act, &(wp_delegation_wanted_t){.contract = contract}, &rows);
    *seen = status == APR_SUCCESS ? (int)wp_row_int(rows, 0, "given") : 0;
    return status;
}

/* --- giving --- */

/* What a right is written with: the statement's values, and the secret of its invitation. */
static wp_args_t *new_invitation(const wp_act_t *act, bool invite, wp_delegation_given_t *given)
{
    apr_pool_t *pool = wp_act_pool(act);
    wp_args_t *args = wp_delegation_args(act, given->id);
    wp_instant_t until = act->who->clock.now + WP_DELEGATION_INVITE_SECONDS;

    given->secret = invite ? wp_random_id(pool) : NULL;
    wp_args_text(args, "invite_hash", invite ? wp_digest(pool, given->secret, strlen(given->secret)) : NULL);
    wp_args_text(args, "invite_until", invite ? wp_instant_text(pool, until) : NULL);
    return args;
}

static apr_status_t insert(wp_act_t *act, const wp_delegation_wanted_t *wanted, wp_delegation_given_t *given)
{
    given->id = wp_random_id(wp_act_pool(act));
    wp_args_t *args = new_invitation(act, !wanted->receiver && !given->draft, given);
    wp_args_text(args, "contract", wanted->contract);
    wp_args_text(args, "point", wanted->point);
    wp_args_text(args, "receiver", wanted->receiver);
    wp_args_text(args, "who", wanted->who);
    wp_args_text(args, "level", wanted->level);
    wp_args_text(args, "until", wanted->until);
    wp_args_text(args, "state", given->draft ? "draft" : "offered");
    return wp_db_change(act->db, "delegation_insert", args, NULL);
}

static apr_status_t record(wp_act_t *act, const wp_standing_t *standing, const wp_delegation_given_t *given)
{
    const wp_did_t did = given->draft ? WP_DID_DELEGATION_DRAFTED : WP_DID_DELEGATION_OFFERED;
    apr_status_t status = wp_act_audit(act, standing, did, given->id);
    return status == APR_SUCCESS && !given->draft ? wp_delegation_tell(act, given->id, WP_TELL_RECEIVER, "offered")
                                                  : status;
}

static apr_status_t write_new(wp_act_t *act, const wp_delegation_wanted_t *wanted, const wp_standing_t *standing,
                              wp_delegation_given_t *given, wp_result_t *result)
{
    apr_status_t status = wp_act_count(act, WP_LIMIT_OFFERS, NULL, result);

    if (status != APR_SUCCESS || wp_result_is_against(result))
        return status;
    status = insert(act, wanted, given);
    if (status == APR_SUCCESS)
        status = record(act, standing, given);
    *result = wp_result_done(given->id);
    return status;
}

/* Nothing is in the way: it becomes a draft or an offer, unless the same draft is there. */
static apr_status_t give(wp_act_t *act, const wp_delegation_wanted_t *wanted, const wp_standing_t *standing,
                         wp_delegation_given_t *given, wp_result_t *result)
{
    apr_array_header_t *faults;
    wp_rows_t *against;
    apr_status_t status = examine(act, wanted, &against, &faults, result);

    if (status != APR_SUCCESS || wp_result_is_against(result))
        return status;
    if (faults->nelts > 0) {
        *result = APR_ARRAY_IDX(faults, 0, wp_result_t);
        return APR_SUCCESS;
    }
    given->draft = wp_delegation_is_strong(wanted->level);
    given->id = given->draft ? wp_row_text(against, 0, "draft") : NULL;
    if (!given->id)
        return write_new(act, wanted, standing, given, result);
    *result = (wp_result_t){.outcome = WP_OUTCOME_SAME, .detail = given->id};
    return APR_SUCCESS;
}

apr_status_t wp_delegation_give(wp_act_t *act, const wp_delegation_wanted_t *wanted, wp_delegation_given_t *given,
                                wp_result_t *result)
{
    wp_standing_t standing;
    apr_status_t status = wp_delegation_hold(act, wanted->contract, result);

    *given = (wp_delegation_given_t){.id = NULL};
    if (status == APR_SUCCESS && !wp_result_is_against(result))
        status = stand_as_holder(act, wanted->contract, &standing, result);
    if (status == APR_SUCCESS && !wp_result_is_against(result))
        status = give(act, wanted, &standing, given, result);
    return status;
}

/* --- confirming --- */

static apr_status_t offer_draft(wp_act_t *act, const wp_delegation_t *found, wp_delegation_given_t *given,
                                wp_result_t *result)
{
    int offered = 0;
    apr_status_t status = wp_db_change(act->db, "delegation_offer", new_invitation(act, !found->receiver, given),
                                       &offered);
    *result = offered > 0 ? wp_result_done(given->id) : wp_result_of(WP_OUTCOME_CONFLICT);
    return status;
}

/* Since it was drafted, the receiver may have got another right, or become a holder. */
static apr_status_t examine_draft(wp_act_t *act, const wp_delegation_t *found, wp_result_t *result)
{
    const wp_delegation_wanted_t wanted = {.contract = found->contract,
                                           .point = found->point,
                                           .level = found->level,
                                           .receiver = found->receiver,
                                           .who = found->who,
                                           .until = found->until,
                                           .seen = -1};
    apr_array_header_t *faults;
    wp_rows_t *against;
    apr_status_t status = examine(act, &wanted, &against, &faults, result);

    if (status == APR_SUCCESS && faults && faults->nelts > 0)
        *result = APR_ARRAY_IDX(faults, 0, wp_result_t);
    return status;
}

/* Only a draft of the actor's own leads on; its state decides otherwise. */
static void judge_draft(const wp_act_t *act, const wp_delegation_t *found, wp_result_t *result)
{
    bool confirmed = found->state == WP_DELEGATION_OFFERED || found->state == WP_DELEGATION_ACTIVE;

    if (!found->mine)
        *result = wp_result_of(WP_OUTCOME_UNKNOWN);
    else if (confirmed)
        *result = (wp_result_t){.outcome = WP_OUTCOME_SAME, .detail = found->id};
    else if (found->state != WP_DELEGATION_DRAFT)
        *result = wp_result_of(WP_OUTCOME_CONFLICT);
    else if (!act->who->strong)
        *result = wp_result_refused(WP_ERROR_STEP_UP, NULL);
}

static apr_status_t confirm(wp_act_t *act, const wp_delegation_t *found, wp_delegation_given_t *given,
                            wp_result_t *result)
{
    wp_standing_t standing;
    apr_status_t status = stand_as_holder(act, found->contract, &standing, result);

    if (status == APR_SUCCESS && !wp_result_is_against(result))
        judge_draft(act, found, result);
    if (status == APR_SUCCESS && result->outcome == WP_OUTCOME_NONE)
        status = examine_draft(act, found, result);
    if (status != APR_SUCCESS || result->outcome != WP_OUTCOME_NONE)
        return status;
    status = offer_draft(act, found, given, result);
    return status == APR_SUCCESS && !wp_result_is_against(result) ? record(act, &standing, given) : status;
}

apr_status_t wp_delegation_confirm(wp_act_t *act, const char *id, wp_delegation_given_t *given, wp_result_t *result)
{
    wp_delegation_t found;
    apr_status_t status = wp_delegation_find(act, id, &found, result);

    *given = (wp_delegation_given_t){.id = id};
    if (status != APR_SUCCESS || wp_result_is_against(result))
        return status;
    return confirm(act, &found, given, result);
}
