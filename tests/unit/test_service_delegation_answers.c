/* SPDX-License-Identifier: Apache-2.0 */
/* Rights given to others: how they are answered, extended and ended. */
#include "delegation_acts.h"

#include <apr_strings.h>
#include <string.h>

#include "base/banned.h"

/* --- answers --- */

static void an_offer_is_for_its_receiver(void **state)
{
    (void)state;
    const char *id = offered("read", STRANGER);
    const wp_actor_t others[] = {town_person("anna"),  town_person("karlis"),   town_person("lasa"),
                                 town_person("vakar"), town_person("bijusi"),   town_token("svesa", WP_RIGHT_ANY),
                                 town_system(),        town_staff(WP_RIGHT_ANY)};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        assert_int_equal(act_of(others[i], accept_it, id).outcome, WP_OUTCOME_UNKNOWN);
        assert_int_equal(act_of(others[i], refuse_it, id).outcome, WP_OUTCOME_UNKNOWN);
    }
    assert_int_equal(act_of(town_person("svesa"), accept_it, "no such").outcome, WP_OUTCOME_UNKNOWN);
    wp_result_t done = act_of(town_person("svesa"), accept_it, id);
    assert_int_equal(done.outcome, WP_OUTCOME_DONE);
    assert_string_equal(done.detail, id);
    assert_string_equal(state_of(id), "active");
    assert_int_equal(logged("delegation_accepted", id), 1);
    assert_string_equal(town_ask("select actor_kind || delegation_id || contract_no from portal_audit "
                                 "where action = 'delegation_accepted'"),
                        apr_pstrcat(town.pool, "delegate", id, "10-00001", NULL));
    assert_int_equal(told("anna@example.org"), 1);
}

static void an_answer_is_given_once(void **state)
{
    (void)state;
    wp_actor_t svesa = town_person("svesa");
    const char *yes = offered("read", STRANGER);
    act_of(svesa, accept_it, yes);
    assert_int_equal(act_of(svesa, accept_it, yes).outcome, WP_OUTCOME_SAME);
    assert_int_equal(act_of(svesa, refuse_it, yes).outcome, WP_OUTCOME_CONFLICT);
    assert_string_equal(state_of(yes), "active");
    act_of(svesa, revoke_it, yes);
    const char *no = offered("read", STRANGER);
    assert_int_equal(act_of(svesa, refuse_it, no).outcome, WP_OUTCOME_DONE);
    assert_int_equal(act_of(svesa, refuse_it, no).outcome, WP_OUTCOME_SAME);
    assert_int_equal(act_of(svesa, accept_it, no).outcome, WP_OUTCOME_CONFLICT);
    assert_string_equal(state_of(no), "refused");
    assert_int_equal(logged("delegation_accepted", yes) + logged("delegation_refused", no), 2);
}

static void an_invitation_is_redeemed_by_one(void **state)
{
    (void)state;
    const char *secret = offered("full", NULL);
    assert_refused(act_of(town_person("anna"), accept_it, secret), WP_ERROR_RECEIVER_ENTITLED, "offer");
    assert_refused(act_of(town_person("viss"), accept_it, secret), WP_ERROR_RECEIVER_HAS, "offer");
    wp_actor_t first = town_person("svesa");
    first.full_name = NULL; /* the name that the giver typed remains */
    assert_int_equal(act_of(first, accept_it, secret).outcome, WP_OUTCOME_DONE);
    assert_int_equal(act_of(first, accept_it, secret).outcome, WP_OUTCOME_SAME);
    assert_int_equal(act_of(town_person("karlis"), accept_it, secret).outcome, WP_OUTCOME_UNKNOWN);
    assert_string_equal(town_ask("select receiver_code || receiver_name from portal_delegation where level = 'full' "
                                 "and delegation_id not like 'd-%'"),
                        "PNOLV-32000000004Līga");
    /* the id alone redeems nothing */
    offer_t offer = offer_of("read", NULL);
    give_as(town_person("anna"), &offer);
    assert_int_equal(act_of(town_person("karlis"), accept_it, offer.given.id).outcome, WP_OUTCOME_UNKNOWN);
}

typedef struct look_t {
    const char *offer, *id;
} look_t;

static apr_status_t look(wp_act_t *act, void *baton, wp_result_t *result)
{
    look_t *wanted = baton;
    return wp_delegation_read_offer(act, wanted->offer, &wanted->id, result);
}

/* What the page shows is what accepting would say, and nothing is answered by looking. */
static void an_offer_is_looked_at_as_it_would_be_answered(void **state)
{
    (void)state;
    look_t offer = {.offer = offered("read", STRANGER)}, invitation = {.offer = offered("full", NULL)};
    assert_int_equal(act_of(town_person("karlis"), look, &offer).outcome, WP_OUTCOME_UNKNOWN);
    assert_null(offer.id);
    assert_int_equal(act_of(town_person("svesa"), look, &offer).outcome, WP_OUTCOME_NONE);
    assert_string_equal(offer.id, offer.offer);
    assert_int_equal(act_of(town_person("svesa"), look, &invitation).outcome, WP_OUTCOME_NONE);
    assert_string_not_equal(invitation.id, invitation.offer);
    assert_refused(act_of(town_person("anna"), look, &invitation), WP_ERROR_RECEIVER_ENTITLED, "offer");
    assert_refused(act_of(town_person("viss"), look, &invitation), WP_ERROR_RECEIVER_HAS, "offer");
    assert_string_equal(state_of(offer.id), "offered");
    act_of(town_person("svesa"), accept_it, offer.offer);
    assert_int_equal(act_of(town_person("svesa"), look, &offer).outcome, WP_OUTCOME_SAME);
    act_of(town_person("anna"), revoke_it, offer.offer);
    assert_int_equal(act_of(town_person("svesa"), look, &offer).outcome, WP_OUTCOME_CONFLICT);
}

static void an_offer_that_is_over_is_a_conflict(void **state)
{
    (void)state;
    wp_actor_t svesa = town_person("svesa");
    const char *secret = offered("read", NULL);
    assert_int_equal(act_of(town_later(svesa, DAYS(14)), accept_it, secret).outcome, WP_OUTCOME_CONFLICT);
    assert_int_equal(act_of(town_later(svesa, DAYS(14) - 1), accept_it, secret).outcome, WP_OUTCOME_DONE);
    const char *id = offered("submit", NOBODY);
    static const wp_account_key_t login = {.issuer = "i", .subject = "s", .code = NOBODY};
    svesa.login = &login;
    assert_int_equal(act_of(town_later(svesa, DAYS(186)), accept_it, id).outcome, WP_OUTCOME_CONFLICT);
    act_of(town_person("anna"), revoke_it, id);
    assert_int_equal(act_of(svesa, accept_it, id).outcome, WP_OUTCOME_CONFLICT);
    assert_string_equal(state_of(id), "revoked");
}

/* --- extending and ending --- */

static void a_right_is_extended_by_a_holder(void **state)
{
    (void)state;
    const wp_delegation_term_t term = {"d-lasa", "2027-05-31", "2027-06-30"};
    static const struct {
        const char *account;
        wp_outcome_t outcome;
    } others[] = {{"lasa", WP_OUTCOME_REFUSED},  {"viss", WP_OUTCOME_REFUSED},   {"viens", WP_OUTCOME_REFUSED},
                  {"vakar", WP_OUTCOME_UNKNOWN}, {"karlis", WP_OUTCOME_UNKNOWN}, {"svesa", WP_OUTCOME_UNKNOWN}};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_int_equal(act_of(town_person(others[i].account), extend_it, &term).outcome, others[i].outcome);
    assert_refused(act_of(town_token("anna", WP_RIGHT_READINGS), extend_it, &term), WP_ERROR_NO_RIGHT, NULL);
    assert_int_equal(act_of(town_person("anna"), extend_it, &term).outcome, WP_OUTCOME_DONE);
    assert_int_equal(act_of(town_person("anna"), extend_it, &term).outcome, WP_OUTCOME_SAME);
    const wp_delegation_term_t stale = {"d-lasa", "2027-05-31", "2027-08-31"};
    assert_int_equal(act_of(town_person("anna"), extend_it, &stale).outcome, WP_OUTCOME_CONFLICT);
    assert_int_equal(logged("delegation_extended", "d-lasa"), 1);
}

static void a_term_has_bounds(void **state)
{
    (void)state;
    static const struct {
        const char *until;
        wp_error_t code;
    } cases[] = {{"2026-11-27", WP_ERROR_UNTIL_PAST},      {"2029-11-28", WP_ERROR_UNTIL_FAR},
                 {"2027-05-31", WP_ERROR_UNTIL_NOT_LATER}, {"2027-05-30", WP_ERROR_UNTIL_NOT_LATER},
                 {"soon", WP_ERROR_UNTIL_REQUIRED},        {NULL, WP_ERROR_UNTIL_REQUIRED}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const wp_delegation_term_t term = {"d-lasa", "2027-05-31", cases[i].until};
        assert_refused(act_of(town_person("anna"), extend_it, &term), cases[i].code, "until");
    }
    const wp_delegation_term_t gone = {"d-vakar", "2026-11-26", "2027-05-31"};
    assert_int_equal(act_of(town_person("anna"), extend_it, &gone).outcome, WP_OUTCOME_CONFLICT);
    const wp_delegation_term_t none = {"no such", "2026-11-26", "2027-05-31"};
    assert_int_equal(act_of(town_person("anna"), extend_it, &none).outcome, WP_OUTCOME_UNKNOWN);
}

static void a_strong_right_is_extended_with_an_eid(void **state)
{
    (void)state;
    static const char *const strong[] = {"d-maksa", "d-viss"};
    for (size_t i = 0; i < 2; i++) {
        const wp_delegation_term_t term = {strong[i], "2027-05-31", "2027-06-30"};
        wp_actor_t anna = town_person("anna");
        assert_refused(act_of(anna, extend_it, &term), WP_ERROR_STEP_UP, NULL);
        anna.strong = true;
        assert_int_equal(act_of(anna, extend_it, &term).outcome, WP_OUTCOME_DONE);
    }
}

static void giver_and_receiver_end_a_right(void **state)
{
    (void)state;
    town_sql("update portal_account set email = account_id || '@example.org'");
    assert_int_equal(act_of(town_person("anna"), revoke_it, "d-lasa").outcome, WP_OUTCOME_DONE);
    assert_int_equal(act_of(town_person("anna"), revoke_it, "d-lasa").outcome, WP_OUTCOME_SAME);
    assert_int_equal(told("lasa@example.org"), 1);
    assert_int_equal(act_of(town_person("viss"), revoke_it, "d-viss").outcome, WP_OUTCOME_DONE);
    assert_int_equal(told("anna@example.org"), 1);
    assert_string_equal(town_ask("select actor_kind from portal_audit where detail = 'd-viss'"), "delegate");
    assert_int_equal(act_of(town_staff(WP_RIGHT_ANY), revoke_it, "d-maksa").outcome, WP_OUTCOME_DONE);
    assert_int_equal(act_of(town_person("anna"), revoke_it, "d-vakar").outcome, WP_OUTCOME_CONFLICT);
    assert_string_equal(state_of("d-vakar"), "active");
}

static void nobody_else_ends_it(void **state)
{
    (void)state;
    assert_refused(act_of(town_person("viss"), revoke_it, "d-lasa"), WP_ERROR_NO_RIGHT, NULL);
    assert_refused(act_of(town_person("viens"), revoke_it, "d-lasa"), WP_ERROR_NO_RIGHT, NULL);
    assert_refused(act_of(town_token("lasa", WP_RIGHT_ANY), revoke_it, "d-lasa"), WP_ERROR_NO_RIGHT, NULL);
    assert_refused(act_of(town_staff(WP_RIGHT_READINGS), revoke_it, "d-lasa"), WP_ERROR_NO_RIGHT, NULL);
    static const char *const others[] = {"svesa", "karlis", "vakar", "bijusi"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_int_equal(act_of(town_person(others[i]), revoke_it, "d-lasa").outcome, WP_OUTCOME_UNKNOWN);
    assert_string_equal(state_of("d-lasa"), "active");
    /* an offer is answered, not revoked, by its receiver */
    assert_int_equal(act_of(town_person("svesa"), revoke_it, offered("read", STRANGER)).outcome, WP_OUTCOME_UNKNOWN);
}

/* --- limits --- */

static void giving_and_extending_are_counted_and_ending_is_not(void **state)
{
    (void)state;
    town.limits.most[WP_LIMIT_OFFERS] = 2;
    const wp_delegation_term_t term = {"d-lasa", "2027-05-31", "2027-06-30"};
    offer_t offer = offer_of("read", NOBODY), invitation = offer_of("read", NULL);
    assert_int_equal(give_as(town_person("anna"), &offer).outcome, WP_OUTCOME_DONE);
    assert_int_equal(act_of(town_person("anna"), extend_it, &term).outcome, WP_OUTCOME_DONE);
    wp_result_t limited = give_as(town_person("anna"), &invitation);
    assert_int_equal(limited.outcome, WP_OUTCOME_LIMITED);
    assert_int_equal(limited.retry_at, town.clock.now + DAYS(1) / 2);
    const wp_delegation_term_t more = {"d-lasa", "2027-06-30", "2027-07-31"};
    assert_int_equal(act_of(town_person("anna"), extend_it, &more).outcome, WP_OUTCOME_LIMITED);
    assert_int_equal(act_of(town_person("anna"), revoke_it, offer.given.id).outcome, WP_OUTCOME_DONE);
}

static void a_mailbox_is_not_filled_and_nothing_is_held_up(void **state)
{
    (void)state;
    town_sql("update portal_account set email = 'svesa@example.org' where account_id = 'svesa'");
    town.limits.most[WP_LIMIT_MESSAGES] = 1;
    for (int i = 0; i < 3; i++)
        assert_int_equal(act_of(town_person("anna"), revoke_it, offered("read", STRANGER)).outcome, WP_OUTCOME_DONE);
    assert_int_equal(told("svesa@example.org"), 1);
    town.limits.most[WP_LIMIT_MAILBOX] = 1;
    offer_t offer = offer_of("read", STRANGER);
    offer.wanted.contract = "20-00001";
    assert_int_equal(give_as(town_person("karlis"), &offer).outcome, WP_OUTCOME_DONE);
    assert_int_equal(told("svesa@example.org"), 1);
}

/* Nobody was told of it, so for its receiver there is none. */
static void a_draft_is_its_givers(void **state)
{
    (void)state;
    offer_t offer = offer_of("full", STRANGER);
    give_as(town_person("anna"), &offer);
    assert_string_equal(state_of(offer.given.id), "draft");
    assert_int_equal(act_of(town_person("svesa"), revoke_it, offer.given.id).outcome, WP_OUTCOME_UNKNOWN);
    assert_int_equal(act_of(town_person("svesa"), accept_it, offer.given.id).outcome, WP_OUTCOME_UNKNOWN);
    assert_string_equal(state_of(offer.given.id), "draft");
    assert_int_equal(act_of(town_person("anna"), revoke_it, offer.given.id).outcome, WP_OUTCOME_DONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_offer_is_for_its_receiver),
        cmocka_unit_test(an_answer_is_given_once),
        cmocka_unit_test(an_invitation_is_redeemed_by_one),
        cmocka_unit_test(an_offer_is_looked_at_as_it_would_be_answered),
        cmocka_unit_test(an_offer_that_is_over_is_a_conflict),
        cmocka_unit_test(a_right_is_extended_by_a_holder),
        cmocka_unit_test(a_term_has_bounds),
        cmocka_unit_test(a_strong_right_is_extended_with_an_eid),
        cmocka_unit_test(giver_and_receiver_end_a_right),
        cmocka_unit_test(nobody_else_ends_it),
        cmocka_unit_test(giving_and_extending_are_counted_and_ending_is_not),
        cmocka_unit_test(a_mailbox_is_not_filled_and_nothing_is_held_up),
        cmocka_unit_test(a_draft_is_its_givers),
    };
    return SERVICE_TESTS("rights answered", tests);
}
