/* SPDX-License-Identifier: Apache-2.0 */
/* Erasure: one open request, settled once; and what becomes part of an account at a login. */
#include "service_fixture.h"

#include <apr_strings.h>

#include "service/access_token.h"
#include "service/attach.h"
#include "service/contact.h"
#include "service/erasure.h"

#include "base/banned.h"

/* --- asking --- */

static apr_status_t ask(wp_act_t *act, void *baton, wp_result_t *result)
{
    (void)baton;
    return wp_erasure_ask(act, result);
}

static apr_status_t withdraw(wp_act_t *act, void *baton, wp_result_t *result)
{
    (void)baton;
    return wp_erasure_withdraw(act, result);
}

static apr_status_t settle(wp_act_t *act, void *baton, wp_result_t *result)
{
    return wp_erasure_settle(act, baton, result);
}

static wp_outcome_t outcome_of(wp_actor_t actor, wp_once_run_t run, const char *what)
{
    return town_act(&actor, run, (void *)what).outcome;
}

static int audited(const char *action)
{
    return town_count(apr_psprintf(town.pool, "select count(*) from portal_audit where action = '%s'", action));
}

static int requests(const char *state)
{
    return town_count(apr_psprintf(town.pool, "select count(*) from portal_erasure where state = '%s'", state));
}

static const char *request(void)
{
    return town_ask("select erasure_id from portal_erasure where state = 'asked'");
}

static int rows_of(const char *account)
{
    return town_count(apr_psprintf(
        town.pool,
        "select (select count(*) from portal_person_code where account_id = '%s') + (select count(*) from "
        "portal_identity where "
        "account_id = '%s') + (select count(*) from portal_account_contract where account_id = '%s') + (select "
        "count(*) from "
        "portal_account where account_id = '%s' and (name is not null or email is not null or phone is not null))",
        account, account, account, account));
}

static void one_request_is_open_at_a_time(void **state)
{
    (void)state;
    assert_int_equal(outcome_of(town_person("anna"), withdraw, NULL), WP_OUTCOME_SAME);
    assert_int_equal(outcome_of(town_person("anna"), ask, NULL), WP_OUTCOME_DONE);
    assert_int_equal(outcome_of(town_person("anna"), ask, NULL), WP_OUTCOME_SAME);
    assert_int_equal(requests("asked"), 1);
    assert_string_equal(town_ask("select recipient from portal_outbox where kind = 'erasure_asked'"),
                        "anna@example.org");
    assert_int_equal(outcome_of(town_person("anna"), withdraw, NULL), WP_OUTCOME_DONE);
    assert_int_equal(outcome_of(town_person("anna"), withdraw, NULL), WP_OUTCOME_SAME);
    assert_int_equal(outcome_of(town_person("anna"), ask, NULL), WP_OUTCOME_DONE);
    assert_int_equal(audited("erasure_asked"), 2);
    assert_int_equal(audited("erasure_withdrawn"), 1);
}

static void each_asks_for_their_own_and_the_utility_settles(void **state)
{
    (void)state;
    wp_actor_t others[] = {town_token("anna", WP_RIGHT_ANY), town_staff(WP_RIGHT_ANY), town_system()};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        assert_int_equal(outcome_of(others[i], ask, NULL), WP_OUTCOME_REFUSED);
        assert_int_equal(outcome_of(others[i], withdraw, NULL), WP_OUTCOME_REFUSED);
    }
    outcome_of(town_person("lasa"), ask, NULL); /* a delegate's own account, not the giver's */
    assert_string_equal(town_ask("select account_id from portal_erasure"), "lasa");
    assert_int_equal(outcome_of(town_person("lasa"), settle, request()), WP_OUTCOME_REFUSED);
    assert_int_equal(outcome_of(town_token("lasa", WP_RIGHT_ANY), settle, request()), WP_OUTCOME_REFUSED);
    assert_int_equal(outcome_of(town_staff(WP_RIGHT_ANY), settle, request()), WP_OUTCOME_DONE);
    assert_int_equal(rows_of("lasa"), 0);
}

static void a_request_is_settled_once_and_whole(void **state)
{
    (void)state;
    outcome_of(town_person("anna"), ask, NULL);
    const char *id = request();
    assert_int_equal(outcome_of(town_system(), settle, "none"), WP_OUTCOME_UNKNOWN);
    assert_int_equal(outcome_of(town_system(), settle, id), WP_OUTCOME_DONE);
    assert_int_equal(rows_of("anna"), 0);
    assert_int_equal(rows_of("karlis"), 4);
    assert_string_equal(town_ask("select recipient from portal_outbox where kind = 'erasure_done'"),
                        "anna@example.org");
    assert_string_equal(town_ask("select account_id from portal_audit where action = 'erasure_done'"), "anna");
    assert_int_equal(town_count("select count(*) from portal_delegation where state = 'active'"), 0);
    assert_int_equal(outcome_of(town_system(), settle, id), WP_OUTCOME_CONFLICT);
    outcome_of(town_person("karlis"), ask, NULL);
    const char *withdrawn = request();
    outcome_of(town_person("karlis"), withdraw, NULL);
    assert_int_equal(outcome_of(town_system(), settle, withdrawn), WP_OUTCOME_CONFLICT);
    assert_int_equal(rows_of("karlis"), 4);
}

static void not_while_money_is_under_way(void **state)
{
    (void)state;
    wp_actor_t system = town_system();
    outcome_of(town_person("anna"), ask, NULL);
    town_sql("insert into portal_payment (payment_id, account_id, agreement, stamp, amount_c, account_iban, message, "
             "state, late, "
             "created_at, changed_at, expires_at) values ('p1', 'anna', 'bank', '1', 100, 'LV00', 'WP1', 'pending', 0, "
             "'2026-11-27T09:00:00Z', '2026-11-27T09:00:00Z', '2026-11-28T09:00:00Z')");
    wp_result_t result = town_act(&system, settle, (void *)request());
    assert_int_equal(result.outcome, WP_OUTCOME_REFUSED);
    assert_int_equal(result.code, WP_ERROR_PAYING_ALREADY);
    assert_int_equal(requests("asked"), 1);
    assert_int_equal(rows_of("anna"), 5);
    town_sql("update portal_payment set state = 'confirmed'");
    assert_int_equal(outcome_of(system, settle, request()), WP_OUTCOME_DONE);
    town_sql("delete from portal_payment");
}

/* Whoever is logged in while the account is erased leaves nothing in it. */
static void an_erased_account_takes_nothing_more(void **state)
{
    (void)state;
    outcome_of(town_person("anna"), ask, NULL);
    outcome_of(town_system(), settle, request());
    assert_int_equal(outcome_of(town_person("anna"), ask, NULL), WP_OUTCOME_UNKNOWN);
    assert_int_equal(outcome_of(town_person("anna"), withdraw, NULL), WP_OUTCOME_UNKNOWN);
    assert_int_equal(requests("asked"), 0);
}

static town_racer_t anna_asks(apr_pool_t *pool, int number)
{
    (void)pool, (void)number;
    return (town_racer_t){.actor = town_person("anna")};
}

static void six_requests_are_one(void **state)
{
    (void)state;
    town_race_t race = town_race(ask, anna_asks);
    assert_int_equal(race.outcomes[WP_OUTCOME_DONE], 1);
    assert_int_equal(race.outcomes[WP_OUTCOME_SAME], TOWN_THREADS - 1);
    assert_int_equal(requests("asked"), 1);
    assert_int_equal(town_count("select count(*) from portal_outbox"), 1);
    race = town_race(withdraw, anna_asks);
    assert_int_equal(race.outcomes[WP_OUTCOME_DONE], 1);
    assert_int_equal(race.outcomes[WP_OUTCOME_SAME], TOWN_THREADS - 1);
    assert_int_equal(audited("erasure_withdrawn"), 1);
}

static const char *raced;

static town_racer_t system_settles(apr_pool_t *pool, int number)
{
    (void)pool, (void)number;
    return (town_racer_t){.actor = town_system(), .baton = (void *)raced};
}

static void six_settlements_are_one(void **state)
{
    (void)state;
    outcome_of(town_person("anna"), ask, NULL);
    raced = request();
    town_race_t race = town_race(settle, system_settles);
    assert_int_equal(race.outcomes[WP_OUTCOME_DONE], 1);
    assert_int_equal(race.outcomes[WP_OUTCOME_CONFLICT], TOWN_THREADS - 1);
    assert_int_equal(audited("erasure_done"), 1);
    assert_int_equal(rows_of("anna"), 0);
}

/* Settled by the utility while the person withdraws: one of the two has happened, and whole. */
static apr_status_t settle_or_withdraw(wp_act_t *act, void *baton, wp_result_t *result)
{
    return act->who->kind == WP_ACTOR_SYSTEM ? settle(act, baton, result) : withdraw(act, baton, result);
}

static town_racer_t both(apr_pool_t *pool, int number)
{
    return number % 2 ? system_settles(pool, number) : anna_asks(pool, number);
}

static void settled_or_withdrawn_and_never_both(void **state)
{
    (void)state;
    outcome_of(town_person("anna"), ask, NULL);
    raced = request();
    town_race_t race = town_race(settle_or_withdraw, both);
    assert_int_equal(race.outcomes[WP_OUTCOME_DONE], 1);
    assert_int_equal(audited("erasure_done") + audited("erasure_withdrawn"), 1);
    assert_int_equal(requests("done"), audited("erasure_done"));
    assert_int_equal(rows_of("anna"), audited("erasure_done") ? 0 : 5);
}

/* Erased while its person makes tokens and changes the address: nothing of theirs is left. */
static apr_status_t settle_or_use(wp_act_t *act, void *baton, wp_result_t *result)
{
    const wp_access_token_wanted_t token = {.name = "Excel", .scopes = {true}};
    const wp_contact_wanted_t contact = {"email", "new@example.org"};
    wp_access_token_made_t made;
    bool open;

    if (act->who->kind == WP_ACTOR_SYSTEM)
        return settle(act, baton, result);
    apr_status_t status = wp_access_token_make(act, &token, &made, result);
    return status == APR_SUCCESS && !wp_result_is_against(result) ? wp_contact_propose(act, &contact, &open, result)
                                                                  : status;
}

static town_racer_t one_settles(apr_pool_t *pool, int number)
{
    return number == 3 ? system_settles(pool, number) : anna_asks(pool, number);
}

static void nothing_is_left_of_what_was_done_meanwhile(void **state)
{
    (void)state;
    outcome_of(town_person("anna"), ask, NULL);
    raced = request();
    town_race(settle_or_use, one_settles);
    assert_int_equal(rows_of("anna"), 0);
    assert_int_equal(town_count("select count(*) from portal_token"), 0);
    assert_int_equal(town_count("select count(*) from portal_contact_change"), 0);
    assert_int_equal(town_count("select count(*) from portal_outbox where kind <> 'erasure_done'"), 0);
}

/* --- at a login --- */

typedef struct attaching_t {
    wp_attach_t wanted;
    wp_attached_t attached;
} attaching_t;

static apr_status_t attach(wp_act_t *act, void *baton, wp_result_t *result)
{
    attaching_t *attaching = baton;
    return wp_attach(act, &attaching->wanted, &attaching->attached, result);
}

static const attaching_t at_eid = {
    .wanted = {"anna", {"https://eid.example", "anna-eid", "PNOLV-01019012345"}, "Anna Bērziņa"}};
static const attaching_t new_code = {
    .wanted = {"anna", {"https://bank.example", "anna", "PNOLV-32000000031"}, "Bērziņa Anna"}};

static wp_result_t attached(attaching_t *attaching)
{
    wp_actor_t anna = town_person("anna");
    return town_act(&anna, attach, attaching);
}

static void a_further_login_is_recorded_and_told(void **state)
{
    (void)state;
    attaching_t attaching = at_eid;
    town_sql("insert into portal_contact_change (change_id, account_id, channel, value, code_hash, tries, state, "
             "created_at, "
             "expires_at) values ('c1', 'anna', 'email', 'anna@example.org', '', 0, 'done', '2026-01-01T00:00:00Z', "
             "'2026-01-01T00:00:00Z')");
    assert_int_equal(attached(&attaching).outcome, WP_OUTCOME_DONE);
    assert_int_equal(attaching.attached, WP_ATTACHED_LOGIN);
    assert_string_equal(town_ask("select kind from portal_outbox"), "login_added");
    assert_int_equal(attached(&attaching).outcome, WP_OUTCOME_SAME);
    assert_int_equal(audited("identity_attached"), 1);
}

static void a_code_changes_once_and_then_people_decide(void **state)
{
    (void)state;
    attaching_t attaching = new_code, again = new_code;
    again.wanted.key.code = "PNOLV-32000000032";
    assert_int_equal(attached(&attaching).outcome, WP_OUTCOME_DONE);
    assert_int_equal(attaching.attached, WP_ATTACHED_CODE);
    wp_result_t result = attached(&again);
    assert_int_equal(result.outcome, WP_OUTCOME_REFUSED);
    assert_int_equal(result.code, WP_ERROR_PERSON_CODE);
    assert_string_equal(town_ask("select reason from portal_case"), "second_change");
    assert_int_equal(town_count("select count(*) from portal_person_code where account_id = 'anna'"), 2);
}

static void another_name_is_a_case(void **state)
{
    (void)state;
    attaching_t attaching = new_code;
    attaching.wanted.name = "Kārlis Ozols";
    assert_int_equal(attached(&attaching).outcome, WP_OUTCOME_REFUSED);
    assert_string_equal(town_ask("select reason from portal_case"), "name_differs");
    attaching.wanted.name = NULL;
    assert_int_equal(attached(&attaching).outcome, WP_OUTCOME_REFUSED);
    assert_int_equal(town_count("select count(*) from portal_case"), 1);
}

/* Since the page was read, another account got the code, people moved the login there, or the account was erased. */
static void what_the_page_saw_is_looked_at_again(void **state)
{
    (void)state;
    attaching_t attaching = new_code, login = at_eid, taken = new_code;
    taken.wanted.key.code = "PNOLV-32000000002";
    taken.wanted.name = "Kārlis Ozols";
    assert_int_equal(attached(&taken).outcome, WP_OUTCOME_CONFLICT);
    assert_int_equal(town_count("select count(*) from portal_case"), 0);
    town_sql("update portal_identity set account_id = 'karlis' where subject = 'anna'");
    assert_int_equal(attached(&attaching).outcome, WP_OUTCOME_CONFLICT);
    town_sql("delete from portal_person_code where account_id = 'anna'");
    assert_int_equal(attached(&login).outcome, WP_OUTCOME_CONFLICT);
    assert_int_equal(town_count("select count(*) from portal_person_code where person_code = 'PNOLV-32000000031'"), 0);
    assert_int_equal(town_count("select count(*) from portal_identity where subject = 'anna-eid'"), 0);
}

static apr_status_t decide(wp_act_t *act, void *baton, wp_result_t *result)
{
    const attaching_t *attaching = baton;
    bool code = attaching == &new_code;
    return (code ? wp_attach_code : wp_attach_moved)(act, &attaching->wanted, result);
}

static void what_people_decided_may_be_overtaken(void **state)
{
    (void)state;
    wp_actor_t system = town_system();
    attaching_t moved = {.wanted = {"karlis", {"https://bank.example", "anna", NULL}, "Anna Bērziņa"}};
    attaching_t gone = {.wanted = {"karlis", {"https://bank.example", "none", NULL}, NULL}};
    assert_int_equal(town_act(&system, decide, (void *)&new_code).outcome, WP_OUTCOME_DONE);
    assert_int_equal(town_act(&system, decide, (void *)&new_code).outcome, WP_OUTCOME_CONFLICT);
    assert_int_equal(town_act(&system, decide, &moved).outcome, WP_OUTCOME_DONE);
    assert_int_equal(town_act(&system, decide, &gone).outcome, WP_OUTCOME_CONFLICT);
    assert_string_equal(town_ask("select account_id from portal_identity where subject = 'anna'"), "karlis");
    assert_string_equal(town_ask("select account_id from portal_audit where action = 'code_changed'"), "anna");
    assert_string_equal(town_ask("select actor_kind from portal_audit where account_id = 'karlis'"), "system");
}

static town_racer_t codes_at_once(apr_pool_t *pool, int number)
{
    attaching_t *attaching = apr_pmemdup(pool, &new_code, sizeof new_code);

    attaching->wanted.key.code = apr_psprintf(pool, "PNOLV-3200000004%d", number);
    return (town_racer_t){.actor = town_person("anna"), .baton = attaching};
}

static void six_new_codes_at_once_are_one_change(void **state)
{
    (void)state;
    town_race_t race = town_race(attach, codes_at_once);
    assert_int_equal(race.outcomes[WP_OUTCOME_DONE], 1);
    assert_int_equal(race.outcomes[WP_OUTCOME_REFUSED], TOWN_THREADS - 1);
    assert_int_equal(town_count("select count(*) from portal_person_code where account_id = 'anna'"), 2);
    assert_int_equal(audited("code_changed"), 1);
}

static town_racer_t logins_at_once(apr_pool_t *pool, int number)
{
    (void)number;
    return (town_racer_t){.actor = town_person("anna"), .baton = apr_pmemdup(pool, &at_eid, sizeof at_eid)};
}

static void six_first_pages_of_a_login_record_it_once(void **state)
{
    (void)state;
    town_race_t race = town_race(attach, logins_at_once);
    assert_int_equal(race.outcomes[WP_OUTCOME_DONE], 1);
    assert_int_equal(race.outcomes[WP_OUTCOME_SAME], TOWN_THREADS - 1);
    assert_int_equal(audited("identity_attached"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_request_is_open_at_a_time),
        cmocka_unit_test(each_asks_for_their_own_and_the_utility_settles),
        cmocka_unit_test(a_request_is_settled_once_and_whole),
        cmocka_unit_test(not_while_money_is_under_way),
        cmocka_unit_test(an_erased_account_takes_nothing_more),
        cmocka_unit_test(six_requests_are_one),
        cmocka_unit_test(six_settlements_are_one),
        cmocka_unit_test(settled_or_withdrawn_and_never_both),
        cmocka_unit_test(nothing_is_left_of_what_was_done_meanwhile),
        cmocka_unit_test(a_further_login_is_recorded_and_told),
        cmocka_unit_test(a_code_changes_once_and_then_people_decide),
        cmocka_unit_test(another_name_is_a_case),
        cmocka_unit_test(what_the_page_saw_is_looked_at_again),
        cmocka_unit_test(what_people_decided_may_be_overtaken),
        cmocka_unit_test(six_new_codes_at_once_are_one_change),
        cmocka_unit_test(six_first_pages_of_a_login_record_it_once),
    };
    return SERVICE_TESTS("erasure and logins", tests);
}
