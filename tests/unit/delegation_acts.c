/* SPDX-License-Identifier: Apache-2.0 */
#include "delegation_acts.h"

#include <apr_strings.h>

#include "base/banned.h"

offer_t offer_of(const char *level, const char *receiver)
{
    return (offer_t){.wanted = {.contract = "10-00001",
                                .level = level,
                                .receiver = receiver,
                                .who = "Līga",
                                .until = "2027-05-31",
                                .seen = -1}};
}

apr_status_t give_it(wp_act_t *act, void *baton, wp_result_t *result)
{
    offer_t *offer = baton;
    return wp_delegation_give(act, &offer->wanted, &offer->given, result);
}

apr_status_t confirm_it(wp_act_t *act, void *baton, wp_result_t *result)
{
    offer_t *offer = baton;
    return wp_delegation_confirm(act, offer->given.id, &offer->given, result);
}

apr_status_t accept_it(wp_act_t *act, void *baton, wp_result_t *result)
{
    return wp_delegation_accept(act, baton, result);
}

apr_status_t refuse_it(wp_act_t *act, void *baton, wp_result_t *result)
{
    return wp_delegation_refuse(act, baton, result);
}

apr_status_t extend_it(wp_act_t *act, void *baton, wp_result_t *result)
{
    return wp_delegation_extend(act, baton, result);
}

apr_status_t revoke_it(wp_act_t *act, void *baton, wp_result_t *result)
{
    return wp_delegation_revoke(act, baton, result);
}

wp_result_t act_of(wp_actor_t actor, wp_once_run_t run, const void *baton)
{
    return town_act(&actor, run, (void *)baton);
}

wp_result_t give_as(wp_actor_t actor, offer_t *offer)
{
    return act_of(actor, give_it, offer);
}

void assert_refused(wp_result_t result, wp_error_t code, const char *field)
{
    assert_int_equal(result.outcome, WP_OUTCOME_REFUSED);
    assert_int_equal(result.code, code);
    if (field)
        assert_string_equal(result.field, field);
    else
        assert_null(result.field);
}

/* The offer is made by anna, and is there. */
const char *offered(const char *level, const char *receiver)
{
    offer_t *offer = apr_palloc(town.pool, sizeof *offer);

    *offer = offer_of(level, receiver);
    wp_actor_t anna = town_person("anna");
    anna.strong = true;
    assert_int_equal(give_as(anna, offer).outcome, WP_OUTCOME_DONE);
    if (offer->given.draft)
        assert_int_equal(act_of(anna, confirm_it, offer).outcome, WP_OUTCOME_DONE);
    return receiver ? offer->given.id : offer->given.secret;
}

const char *state_of(const char *id)
{
    return town_ask(apr_psprintf(town.pool, "select state from portal_delegation where delegation_id = '%s'", id));
}

int logged(const char *action, const char *id)
{
    return town_count(
        apr_psprintf(town.pool, "select count(*) from portal_audit where action = '%s' and detail = '%s'", action, id));
}

int told(const char *email)
{
    return town_count(apr_psprintf(town.pool, "select count(*) from portal_outbox where recipient = '%s'", email));
}
