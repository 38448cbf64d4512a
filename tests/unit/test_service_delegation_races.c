/* SPDX-License-Identifier: Apache-2.0 */
/* Rights given to others, six threads at the same moment: nothing is given, answered or extended twice. */
#include "delegation_acts.h"

#include <apr_strings.h>

#include "service/erasure.h"

#include "base/banned.h"

static const char *const people[TOWN_THREADS] = {"svesa", "karlis", "dace", "bijusi", "lasa", "iesniedz"};

static void assert_race(town_race_t race, wp_outcome_t outcome, int times)
{
    if (race.outcomes[outcome] != times)
        fail_msg("%d %s, not %d; done %d, same %d, refused %d, conflict %d, limited %d, unknown %d",
                 race.outcomes[outcome], wp_outcome_name(outcome), times, race.outcomes[WP_OUTCOME_DONE],
                 race.outcomes[WP_OUTCOME_SAME], race.outcomes[WP_OUTCOME_REFUSED], race.outcomes[WP_OUTCOME_CONFLICT],
                 race.outcomes[WP_OUTCOME_LIMITED], race.outcomes[WP_OUTCOME_UNKNOWN]);
}

static int in_state(const char *state)
{
    return town_count(apr_psprintf(town.pool,
                                   "select count(*) from portal_delegation where delegation_id not like 'd-%%' and "
                                   "state = '%s'",
                                   state));
}

static int logged_ever(const char *action)
{
    return town_count(apr_psprintf(town.pool, "select count(*) from portal_audit where action = '%s'", action));
}

/* The first race of a run is uneven, because each connection prepares its statements in it. */
#define ROUNDS 5

static void forget_round(void)
{
    town_sql("delete from portal_form_result; delete from portal_allowance; delete from portal_audit; "
             "delete from portal_delegation where delegation_id not like 'd-%'");
}

/* In each round one of six is done, and the others come out as `others`. */
static void assert_one_of_six(wp_once_run_t run, town_racer_t (*make)(apr_pool_t *pool, int number),
                              wp_outcome_t others, const char *state)
{
    for (int i = 0; i < ROUNDS; i++) {
        forget_round();
        town_race_t race = town_race(run, make);
        assert_race(race, WP_OUTCOME_DONE, 1);
        assert_race(race, others, TOWN_THREADS - 1);
        assert_int_equal(in_state(state), 1);
    }
}

/* --- and an account that is erased --- */

static apr_status_t erase_or_give(wp_act_t *act, void *baton, wp_result_t *result)
{
    return act->who->kind == WP_ACTOR_SYSTEM ? wp_erasure_settle(act, "e1", result) : give_it(act, baton, result);
}

static town_racer_t erase_who_gives(apr_pool_t *pool, int number)
{
    offer_t offer = offer_of("read", NULL);
    wp_actor_t anna = town_person("anna");

    anna.person = apr_psprintf(pool, "person %d", number); /* so that only the account and the contract are in common */
    return (town_racer_t){.actor = number % 2 ? town_system() : anna, .baton = apr_pmemdup(pool, &offer, sizeof offer)};
}

/* What is given while its giver's account is erased came before that, and was erased too; or it is not given. */
static void nothing_is_given_by_an_account_that_is_erased(void **state)
{
    (void)state;
    for (int i = 0; i < 5 * ROUNDS; i++) {
        forget_round();
        town_sql("delete from portal_erasure; "
                 "insert into portal_erasure (erasure_id, account_id, at, state) values ('e1', 'anna', '" TOWN_NOW
                 "', 'asked'); insert into portal_person_code (person_code, account_id, since) values "
                 "('PNOLV-01019012345', 'anna', '2026-01-01T00:00:00Z') on conflict (person_code) do nothing; "
                 "insert into portal_account_contract (account_id, contract_no, basis, registered_at) values "
                 "('anna', '10-00001', 'customer', '2026-01-01T00:00:00Z') on conflict (account_id, contract_no) do "
                 "nothing");
        town_race_t race = town_race(erase_or_give, erase_who_gives);
        assert_true(race.outcomes[WP_OUTCOME_DONE] > 0);
        assert_int_equal(town_count("select count(*) from portal_erasure where state = 'done'"), 1);
        assert_int_equal(in_state("offered"), 0);
        assert_int_equal(town_count("select count(*) from portal_delegation where giver_code is not null"), 0);
    }
}

static void both_are_representatives(void)
{
    town_sql("update billing_representative set until = null");
}

/* --- giving --- */

static offer_t *offer_in(apr_pool_t *pool, const char *level, const char *receiver)
{
    offer_t *offer = apr_palloc(pool, sizeof *offer);

    *offer = offer_of(level, receiver);
    return offer;
}

/* Each tab has a form of its own, with its own key. */
static town_racer_t racer(apr_pool_t *pool, const char *account, offer_t *offer, int number)
{
    return (town_racer_t){.actor = town_person(account), .baton = offer, .key = apr_psprintf(pool, "k%d", number)};
}

static town_racer_t gives_the_same(apr_pool_t *pool, int number)
{
    return racer(pool, "anna", offer_in(pool, "read", STRANGER), number);
}

static void six_equal_offers_are_one(void **state)
{
    (void)state;
    assert_one_of_six(give_it, gives_the_same, WP_OUTCOME_REFUSED, "offered");
    assert_int_equal(logged_ever("delegation_offered"), 1);
}

static town_racer_t gives_a_level(apr_pool_t *pool, int number)
{
    return racer(pool, "anna", offer_in(pool, number % 2 ? "read" : "submit", STRANGER), number);
}

static void two_levels_at_once_are_one_right(void **state)
{
    (void)state;
    assert_one_of_six(give_it, gives_a_level, WP_OUTCOME_REFUSED, "offered");
}

static town_racer_t gives_for_the_company(apr_pool_t *pool, int number)
{
    offer_t *offer = offer_in(pool, "read", STRANGER);
    offer->wanted.contract = "20-00001";
    return racer(pool, number % 2 ? "karlis" : "bijusi", offer, number);
}

static void two_representatives_give_one_right(void **state)
{
    (void)state;
    both_are_representatives();
    assert_one_of_six(give_it, gives_for_the_company, WP_OUTCOME_REFUSED, "offered");
}

static int seen_before;

static town_racer_t invites_unseen(apr_pool_t *pool, int number)
{
    offer_t *offer = offer_in(pool, "read", NULL);
    offer->wanted.seen = seen_before;
    return racer(pool, "anna", offer, number);
}

static void six_equal_invitations_are_one(void **state)
{
    (void)state;
    seen_before = town_count("select count(*) from portal_delegation where contract_no = '10-00001'");
    assert_one_of_six(give_it, invites_unseen, WP_OUTCOME_REFUSED, "offered");
}

static town_racer_t gives_another(apr_pool_t *pool, int number)
{
    return racer(pool, "anna", offer_in(pool, "read", apr_psprintf(pool, "PNOLV-3200000005%d", number)), number);
}

static void offers_at_once_are_as_many_as_allowed(void **state)
{
    (void)state;
    town.limits.most[WP_LIMIT_OFFERS] = 2;
    town_race_t race = town_race(give_it, gives_another);
    assert_race(race, WP_OUTCOME_DONE, 2);
    assert_race(race, WP_OUTCOME_LIMITED, 4);
    assert_int_equal(in_state("offered"), 2);
}

static void insert_offers(int first, int count, const char *more)
{
    for (int i = first; i < first + count; i++)
        town_sql(apr_psprintf(town.pool,
                              "insert into portal_delegation (delegation_id, contract_no, giver_account, giver_code, "
                              "receiver_code, receiver_name, level, since, until, state, created_at, invite_hash, "
                              "invite_until) values ('w%d', '10-00001', 'anna', 'PNOLV-01019012345', %s)",
                              i, apr_psprintf(town.pool, more, i)));
}

static void twenty_wait_at_most(void **state)
{
    (void)state;
    insert_offers(0, 18,
                  "'PNOLV-320000006%02d', 'x', 'read', '2026-06-01', '2027-05-31', 'offered', "
                  "'2026-11-01T00:00:00Z', null, null");
    town_race_t race = town_race(give_it, gives_another);
    assert_race(race, WP_OUTCOME_DONE, 2);
    assert_race(race, WP_OUTCOME_REFUSED, 4);
    assert_int_equal(in_state("offered"), 20);
}

/* --- drafts --- */

static town_racer_t drafts_the_same(apr_pool_t *pool, int number)
{
    return racer(pool, "anna", offer_in(pool, "full", STRANGER), number);
}

static void six_equal_drafts_are_one(void **state)
{
    (void)state;
    assert_one_of_six(give_it, drafts_the_same, WP_OUTCOME_SAME, "draft");
}

static void insert_drafts(int count)
{
    insert_offers(0, count,
                  "'" STRANGER "', 'x%d', 'full', '2026-06-01', '2027-05-31', 'draft', "
                  "'2026-11-27T09:00:00Z', null, null");
}

static town_racer_t confirms(apr_pool_t *pool, const char *id, int number)
{
    offer_t *offer = offer_in(pool, "full", STRANGER);
    offer->given.id = id;
    town_racer_t made = racer(pool, "anna", offer, number);
    made.actor.strong = true;
    return made;
}

static town_racer_t confirms_the_same(apr_pool_t *pool, int number)
{
    return confirms(pool, "w0", number);
}

static town_racer_t confirms_its_own(apr_pool_t *pool, int number)
{
    return confirms(pool, apr_psprintf(pool, "w%d", number), number);
}

static void a_draft_is_confirmed_once(void **state)
{
    (void)state;
    insert_drafts(1);
    town_race_t race = town_race(confirm_it, confirms_the_same);
    assert_race(race, WP_OUTCOME_DONE, 1);
    assert_race(race, WP_OUTCOME_SAME, 5);
    assert_int_equal(logged_ever("delegation_offered"), 1);
}

static void six_drafts_for_one_person_become_one_offer(void **state)
{
    (void)state;
    insert_drafts(6);
    town_race_t race = town_race(confirm_it, confirms_its_own);
    assert_race(race, WP_OUTCOME_DONE, 1);
    assert_race(race, WP_OUTCOME_REFUSED, 5);
    assert_int_equal(in_state("offered"), 1);
}

/* --- answers --- */

typedef struct named_t {
    const char *name;
    bool other; /* refuse instead of accept; revoke instead of accept */
} named_t;

static apr_status_t answer(wp_act_t *act, void *baton, wp_result_t *result)
{
    const named_t *named = baton;
    return named->other ? wp_delegation_refuse(act, named->name, result)
                        : wp_delegation_accept(act, named->name, result);
}

static apr_status_t answer_or_revoke(wp_act_t *act, void *baton, wp_result_t *result)
{
    const named_t *named = baton;
    return named->other ? wp_delegation_revoke(act, named->name, result)
                        : wp_delegation_accept(act, named->name, result);
}

static town_racer_t answers(apr_pool_t *pool, const char *account, const char *name, bool other)
{
    named_t *named = apr_palloc(pool, sizeof *named);

    *named = (named_t){name, other};
    return (town_racer_t){.actor = town_person(account), .baton = named};
}

static void insert_offer(void)
{
    insert_offers(0, 1,
                  "'" STRANGER "', 'x%d', 'read', '2026-06-01', '2027-05-31', 'offered', "
                  "'2026-11-27T09:00:00Z', null, null");
}

static town_racer_t accepts(apr_pool_t *pool, int number)
{
    (void)number;
    return answers(pool, "svesa", "w0", false);
}

static void an_offer_is_accepted_once(void **state)
{
    (void)state;
    insert_offer();
    town_race_t race = town_race(answer, accepts);
    assert_race(race, WP_OUTCOME_DONE, 1);
    assert_race(race, WP_OUTCOME_SAME, 5);
    assert_int_equal(logged_ever("delegation_accepted"), 1);
}

static town_racer_t accepts_or_refuses(apr_pool_t *pool, int number)
{
    return answers(pool, "svesa", "w0", number % 2);
}

static void one_answer_counts(void **state)
{
    (void)state;
    insert_offer();
    town_race_t race = town_race(answer, accepts_or_refuses);
    assert_race(race, WP_OUTCOME_DONE, 1);
    assert_race(race, WP_OUTCOME_SAME, 2);
    assert_race(race, WP_OUTCOME_CONFLICT, 3);
    assert_int_equal(logged_ever("delegation_accepted") + logged_ever("delegation_refused"), 1);
    assert_int_equal(in_state("active"), logged_ever("delegation_accepted"));
}

static town_racer_t accepts_or_revokes(apr_pool_t *pool, int number)
{
    return answers(pool, number % 2 ? "svesa" : "anna", "w0", number % 2 == 0);
}

/* Whichever comes first, the right is over afterwards, and the log says what happened. */
static void an_end_wins_over_an_answer(void **state)
{
    (void)state;
    insert_offer();
    town_race_t race = town_race(answer_or_revoke, accepts_or_revokes);
    assert_int_equal(in_state("revoked"), 1);
    assert_int_equal(logged_ever("delegation_revoked"), 1);
    assert_race(race, WP_OUTCOME_DONE, 1 + logged_ever("delegation_accepted"));
    assert_true(logged_ever("delegation_accepted") <= 1);
}

static const char secret[] = "abcdefghijklmnopqrstuvwxyz";
#define SECRET_HASH "71c480df93d6ae2f1efad1447c66c9525e316218cf51fc8d9ed832f2daf18b73"

static town_racer_t redeems(apr_pool_t *pool, int number)
{
    return answers(pool, people[number], secret, false);
}

static void an_invitation_is_redeemed_by_one(void **state)
{
    (void)state;
    insert_offers(0, 1,
                  "null, 'x%d', 'full', '2026-06-01', '2027-05-31', 'offered', '2026-11-27T09:00:00Z', '" SECRET_HASH
                  "', '2026-12-11T09:00:00Z'");
    town_race_t race = town_race(answer, redeems);
    assert_race(race, WP_OUTCOME_DONE, 1);
    assert_race(race, WP_OUTCOME_UNKNOWN, 5);
    assert_int_equal(in_state("active"), 1);
    assert_int_equal(logged_ever("delegation_accepted"), 1);
}

static const char *hashes[TOWN_THREADS];
static offer_t invitations[TOWN_THREADS];

static town_racer_t redeems_its_own(apr_pool_t *pool, int number)
{
    return answers(pool, "svesa", hashes[number], false);
}

/* Six links that were sent to one person are one right. */
static void equal_invitations_are_one_right(void **state)
{
    (void)state;
    wp_actor_t anna = town_person("anna");
    for (int i = 0; i < TOWN_THREADS; i++) {
        invitations[i] = *offer_in(town.pool, "read", NULL);
        assert_int_equal(town_act(&anna, give_it, &invitations[i]).outcome, WP_OUTCOME_DONE);
        hashes[i] = invitations[i].given.secret;
    }
    town_race_t race = town_race(answer, redeems_its_own);
    assert_race(race, WP_OUTCOME_DONE, 1);
    assert_race(race, WP_OUTCOME_REFUSED, 5);
    assert_int_equal(in_state("active"), 1);
}

/* --- extending and ending --- */

static town_racer_t extends_to(apr_pool_t *pool, const char *until)
{
    wp_delegation_term_t *term = apr_palloc(pool, sizeof *term);

    *term = (wp_delegation_term_t){"d-lasa", "2027-05-31", until};
    return (town_racer_t){.actor = town_person("anna"), .baton = term};
}

static town_racer_t extends(apr_pool_t *pool, int number)
{
    (void)number;
    return extends_to(pool, "2027-06-30");
}

static town_racer_t extends_otherwise(apr_pool_t *pool, int number)
{
    return extends_to(pool, apr_psprintf(pool, "2027-06-%02d", number + 10));
}

static void a_right_is_extended_once(void **state)
{
    (void)state;
    town_race_t race = town_race(extend_it, extends);
    assert_race(race, WP_OUTCOME_DONE, 1);
    assert_race(race, WP_OUTCOME_SAME, 5);
    assert_int_equal(logged_ever("delegation_extended"), 1);
}

static void one_new_day_counts(void **state)
{
    (void)state;
    town_race_t race = town_race(extend_it, extends_otherwise);
    assert_race(race, WP_OUTCOME_DONE, 1);
    assert_race(race, WP_OUTCOME_CONFLICT, 5);
    assert_int_equal(logged_ever("delegation_extended"), 1);
}

static apr_status_t revoke_named(wp_act_t *act, void *baton, wp_result_t *result)
{
    return wp_delegation_revoke(act, ((named_t *)baton)->name, result);
}

static town_racer_t revokes(apr_pool_t *pool, int number)
{
    return answers(pool, number % 2 ? "anna" : "lasa", "d-lasa", true);
}

static void a_right_ends_once(void **state)
{
    (void)state;
    town_race_t race = town_race(revoke_named, revokes);
    assert_race(race, WP_OUTCOME_DONE, 1);
    assert_race(race, WP_OUTCOME_SAME, 5);
    assert_int_equal(logged_ever("delegation_revoked"), 1);
}

/* --- messages --- */

static void insert_six_for_a_mailbox(void)
{
    town_sql("update portal_account set email = 'svesa@example.org' where account_id = 'svesa'");
    insert_offers(0, 6,
                  "'" STRANGER "', 'x%d', 'read', '2026-06-01', '2027-05-31', 'offered', "
                  "'2026-11-27T09:00:00Z', null, null");
    town_sql("update portal_delegation set contract_no = '10-00002' where delegation_id in ('w3', 'w4', 'w5')");
}

static town_racer_t revokes_its_own(apr_pool_t *pool, int number)
{
    return answers(pool, "anna", apr_psprintf(pool, "w%d", number), true);
}

static void messages_at_once_are_as_many_as_allowed(void **state)
{
    (void)state;
    insert_six_for_a_mailbox();
    town.limits.most[WP_LIMIT_MESSAGES] = 2;
    assert_race(town_race(revoke_named, revokes_its_own), WP_OUTCOME_DONE, 6);
    assert_int_equal(told("svesa@example.org"), 2);
}

static town_racer_t revokes_as_another(apr_pool_t *pool, int number)
{
    town_racer_t made = revokes_its_own(pool, number);
    made.actor.person = apr_psprintf(pool, "login %d", number);
    return made;
}

static void a_mailbox_gets_as_many_as_allowed(void **state)
{
    (void)state;
    insert_six_for_a_mailbox();
    town.limits.most[WP_LIMIT_MAILBOX] = 3;
    assert_race(town_race(revoke_named, revokes_as_another), WP_OUTCOME_DONE, 6);
    assert_int_equal(told("svesa@example.org"), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_given_by_an_account_that_is_erased),
        cmocka_unit_test(six_equal_offers_are_one),
        cmocka_unit_test(two_levels_at_once_are_one_right),
        cmocka_unit_test(two_representatives_give_one_right),
        cmocka_unit_test(six_equal_invitations_are_one),
        cmocka_unit_test(offers_at_once_are_as_many_as_allowed),
        cmocka_unit_test(twenty_wait_at_most),
        cmocka_unit_test(six_equal_drafts_are_one),
        cmocka_unit_test(a_draft_is_confirmed_once),
        cmocka_unit_test(six_drafts_for_one_person_become_one_offer),
        cmocka_unit_test(an_offer_is_accepted_once),
        cmocka_unit_test(one_answer_counts),
        cmocka_unit_test(an_end_wins_over_an_answer),
        cmocka_unit_test(an_invitation_is_redeemed_by_one),
        cmocka_unit_test(equal_invitations_are_one_right),
        cmocka_unit_test(a_right_is_extended_once),
        cmocka_unit_test(one_new_day_counts),
        cmocka_unit_test(a_right_ends_once),
        cmocka_unit_test(messages_at_once_are_as_many_as_allowed),
        cmocka_unit_test(a_mailbox_gets_as_many_as_allowed),
    };
    return SERVICE_TESTS("rights given at once", tests);
}
