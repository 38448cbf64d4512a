/* SPDX-License-Identifier: Apache-2.0 */
/* Opening an account and connecting contracts: who may, how often, and what comes of two at once. */
#include "service_fixture.h"

#include <apr_strings.h>

#include "service/account.h"

#include "base/banned.h"

/* --- people who are not registered --- */

#define NEW_CODE "PNOLV-32000000020"
static const wp_account_key_t at_bank = {"https://bank.example", "jauna", NEW_CODE};
static const wp_account_key_t at_eid = {"https://eid.example", "jauna-eid", NEW_CODE};
static const wp_account_key_t colleague = {"https://bank.example", "kolege", "PNOLV-32000000021"};

/* Two contracts of a new customer, whose numbers have the same digits; a second representative of the company. */
static void settle_newcomers(void)
{
    town_sql("insert into billing_customer (customer_no, kind, name, person_code, reg_no) values "
             "('K4', 'person', 'Jauna Kliente', '" NEW_CODE "', null);"
             "insert into billing_contract (contract_no, customer_no, premises_id, signed_on, ended_on) values "
             "('10-00004', 'K4', 'P1', '2026-01-01', null), ('30-12', 'K4', 'P1', '2026-01-01', null), "
             "('301-2', 'K4', 'P1', '2026-01-01', null);"
             "insert into billing_representative (customer_no, person_code, since, until) values "
             "('K2', 'PNOLV-32000000021', '2020-01-01', null)");
}

static wp_actor_t newcomer(const wp_account_key_t *login)
{
    return (wp_actor_t){.kind = WP_ACTOR_CUSTOMER,
                        .person = login->code, /* the tag is made of the code: the same for all logins of a person */
                        .name = "Jauna Kliente",
                        .full_name = "Jauna Kliente",
                        .login = login,
                        .may = WP_RIGHT_ANY,
                        .language = "lv",
                        .clock = town.clock};
}

static apr_status_t register_typed(wp_act_t *act, void *baton, wp_result_t *result)
{
    const wp_registration_t wanted = {.contract = baton,
                                      .person = {.email = "jauna@example.org", .phone = "+37120000020"},
                                      .consents = {{true, false, true, false, false, false}}};
    return wp_account_register(act, &wanted, result);
}

static wp_result_t registered(wp_actor_t actor, const char *typed)
{
    return town_act(&actor, register_typed, (void *)typed);
}

static int tries(const char *outcome)
{
    return town_count(
        apr_psprintf(town.pool, "select count(*) from portal_registration_try where outcome = '%s'", outcome));
}

static int audited(const char *action)
{
    return town_count(apr_psprintf(town.pool, "select count(*) from portal_audit where action = '%s'", action));
}

/* --- one after the other --- */

static void a_first_contract_opens_the_account(void **state)
{
    (void)state;
    settle_newcomers();
    wp_result_t result = registered(newcomer(&at_bank), "Nr. 1000004");
    assert_int_equal(result.outcome, WP_OUTCOME_DONE);
    assert_string_equal(result.detail, "10-00004");
    const char *account = town_ask("select account_id from portal_person_code where person_code = '" NEW_CODE "'");
    assert_string_equal(town_ask("select account_id from portal_identity where subject = 'jauna'"), account);
    assert_string_equal(town_ask("select account_id from portal_audit where action = 'contract_added'"), account);
    assert_string_equal(town_ask("select name from portal_account where email = 'jauna@example.org'"), "Jauna Kliente");
    assert_string_equal(town_ask("select basis from portal_account_contract where contract_no = '10-00004'"),
                        "customer");
    assert_int_equal(town_count("select count(*) from portal_consent"), 6);
    assert_int_equal(town_count("select count(*) from portal_consent where given = 1 and number = 1"), 2);
    assert_int_equal(town_count("select count(*) from portal_contact_change where state = 'open'"), 2);
    assert_int_equal(town_count("select count(*) from portal_outbox where kind = 'contact_code'"), 2);
    assert_int_equal(tries("matched"), 1);
}

/* Whoever typed a stranger's address does not make the portal write there again and again. */
static void an_address_that_got_too_many_codes_gets_none(void **state)
{
    (void)state;
    settle_newcomers();
    town.limits.most[WP_LIMIT_CODES] = 1;
    town_sql("insert into portal_account (account_id, language, quiet, created_at, changed_at) values "
             "('other', 'lv', '21-8', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z')");
    assert_int_equal(registered(newcomer(&colleague), "20-00001").outcome, WP_OUTCOME_DONE);
    assert_int_equal(registered(newcomer(&at_bank), "10-00004").outcome, WP_OUTCOME_DONE);
    assert_int_equal(town_count("select count(*) from portal_outbox where kind = 'contact_code'"), 2);
}

static void what_the_account_has_is_not_added_again(void **state)
{
    (void)state;
    assert_int_equal(registered(town_person("anna"), "10-00001").outcome, WP_OUTCOME_SAME);
    assert_int_equal(audited("contract_added"), 0);
    town_sql("update portal_account_contract set ended_at = '2026-02-01T00:00:00Z' where contract_no = '10-00001'");
    assert_int_equal(registered(town_person("anna"), "10-00001").outcome, WP_OUTCOME_DONE);
    assert_int_equal(audited("contract_added"), 1);
    assert_string_equal(town_ask("select registered_at from portal_account_contract where contract_no = '10-00001'"),
                        "2026-01-01T00:00:00Z");
}

static void whoever_represents_the_holder_may_too(void **state)
{
    (void)state;
    settle_newcomers();
    assert_int_equal(registered(newcomer(&colleague), "20-00001").outcome, WP_OUTCOME_DONE);
    assert_int_equal(audited("contract_added_again"), 1); /* karlis has it */
    assert_int_equal(town_count("select count(*) from portal_account_contract where basis = 'representative'"), 3);
}

/* A stranger's contract, none at all, one whose representation ended yesterday, one that has ended: one answer. */
static void what_is_not_theirs_is_not_found(void **state)
{
    (void)state;
    static const struct {
        const char *account, *typed;
    } cases[] = {{"svesa", "10-00001"}, {"svesa", "99-99999"}, {"bijusi", "20-00001"},
                 {"dace", "10-00003"},  {"lasa", "10-00001"},  {"karlis", "20-00002"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        wp_result_t result = registered(town_person(cases[i].account), cases[i].typed);
        assert_int_equal(result.outcome, WP_OUTCOME_REFUSED);
        assert_int_equal(result.code, WP_ERROR_CONTRACT_NOT_FOUND);
        assert_string_equal(result.field, "contract");
        assert_int_equal(tries("refused"), (int)i + 1); /* committed */
    }
    assert_int_equal(audited("registration_refused"), 6);
}

static void a_number_of_several_own_contracts_is_no_guess(void **state)
{
    (void)state;
    settle_newcomers();
    wp_result_t result = registered(newcomer(&at_bank), "3012");
    assert_int_equal(result.outcome, WP_OUTCOME_REFUSED);
    assert_int_equal(result.code, WP_ERROR_CONTRACT_AMBIGUOUS);
    assert_int_equal(tries("refused"), 0);
    assert_int_equal(town_count("select count(*) from portal_person_code where person_code = '" NEW_CODE "'"), 0);
    assert_string_equal(registered(newcomer(&at_bank), "301-2").detail, "301-2");
}

static void after_five_refused_the_right_one_waits_too(void **state)
{
    (void)state;
    wp_actor_t anna = town_person("anna");
    for (int i = 0; i < WP_REGISTRATION_TRIES; i++) {
        wp_actor_t then = town_later(anna, i * 60);
        assert_int_equal(registered(then, "99-99999").outcome, WP_OUTCOME_REFUSED);
    }
    wp_result_t result = registered(town_later(anna, 300), "10-00001");
    assert_int_equal(result.outcome, WP_OUTCOME_LIMITED);
    assert_int_equal(result.code, WP_ERROR_TOO_MANY_TRIES);
    assert_int_equal(result.retry_at - anna.clock.now, 3600);
    assert_int_equal(registered(town_later(anna, 3599), "10-00001").outcome, WP_OUTCOME_LIMITED);
    assert_int_equal(tries("limited"), 2);
    assert_int_equal(audited("registration_limited"), 2);
    assert_int_equal(registered(town_later(anna, 3600), "10-00001").outcome, WP_OUTCOME_SAME);
    assert_int_equal(registered(town_person("karlis"), "20-00001").outcome, WP_OUTCOME_SAME);
}

static apr_status_t register_wanted(wp_act_t *act, void *baton, wp_result_t *result)
{
    return wp_account_register(act, baton, result);
}

static void what_an_account_needs_is_asked_for(void **state)
{
    (void)state;
    wp_actor_t actor = newcomer(&at_bank);
    static const struct {
        wp_registration_t wanted;
        wp_error_t code;
        const char *field;
    } cases[] = {
        {{.contract = NULL, .person = {.email = "a@example.org"}}, WP_ERROR_CONTRACT_REQUIRED, "contract"},
        {{.contract = "10-00004"}, WP_ERROR_EMAIL_REQUIRED, "email"},
        {{.contract = "10-00004", .person = {.email = "a@example.org"}, .consents = {{false, true}}},
         WP_ERROR_PHONE_FOR_SMS,
         "phone"},
        {{.contract = "10-00004", .person = {.email = "a@example.org", .language = "xx"}}, WP_ERROR_CHOICE, "language"},
        {{.contract = "10-00004", .person = {.email = "a@example.org", .quiet = "1-2"}}, WP_ERROR_CHOICE, "quiet"},
    };
    settle_newcomers();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        wp_result_t result = town_act(&actor, register_wanted, (void *)&cases[i].wanted);
        assert_int_equal(result.outcome, WP_OUTCOME_REFUSED);
        assert_int_equal(result.code, cases[i].code);
        assert_string_equal(result.field, cases[i].field);
    }
    assert_int_equal(town_count("select count(*) from portal_account"), 11);
    assert_int_equal(town_count("select count(*) from portal_registration_try"), 0);
}

static void only_a_person_who_is_logged_in_registers(void **state)
{
    (void)state;
    wp_actor_t actors[] = {town_token("anna", WP_RIGHT_ANY), town_staff(WP_RIGHT_ANY), town_system()};
    for (size_t i = 0; i < sizeof actors / sizeof *actors; i++) {
        wp_result_t result = registered(actors[i], "10-00001");
        assert_int_equal(result.outcome, WP_OUTCOME_REFUSED);
        assert_int_equal(result.code, WP_ERROR_NO_RIGHT);
    }
    assert_int_equal(town_count("select count(*) from portal_registration_try"), 0);
    assert_int_equal(town_count("select count(*) from portal_account"), 11);
}

static void an_account_that_was_erased_gets_no_contract(void **state)
{
    (void)state;
    town_sql("delete from portal_person_code where account_id = 'anna'; delete from portal_identity where account_id = "
             "'anna';"
             "update portal_account_contract set ended_at = '2026-02-01T00:00:00Z' where account_id = 'anna'");
    assert_int_equal(registered(town_person("anna"), "10-00001").outcome, WP_OUTCOME_UNKNOWN);
    assert_int_equal(town_count(
                         "select count(*) from portal_account_contract where account_id = 'anna' and ended_at is null"),
                     0);
}

/* The page was read before another tab registered. */
static void a_tab_that_is_late_leaves_nothing(void **state)
{
    (void)state;
    settle_newcomers();
    assert_int_equal(registered(newcomer(&at_bank), "10-00004").outcome, WP_OUTCOME_DONE);
    assert_int_equal(registered(newcomer(&at_bank), "30-12").outcome, WP_OUTCOME_CONFLICT);
    assert_int_equal(registered(newcomer(&at_eid), "30-12").outcome, WP_OUTCOME_CONFLICT);
    assert_int_equal(town_count("select count(*) from portal_account"), 12);
    assert_int_equal(town_count("select count(*) from portal_account_contract where contract_no = '30-12'"), 0);
    assert_int_equal(tries("matched"), 1);
}

/* --- ending --- */

static apr_status_t end_contract(wp_act_t *act, void *baton, wp_result_t *result)
{
    return wp_account_end_contract(act, baton, result);
}

static wp_outcome_t ended(wp_actor_t actor, const char *contract)
{
    return town_act(&actor, end_contract, (void *)contract).outcome;
}

static int ways_to(const char *contract)
{
    return town_count(apr_psprintf(town.pool, "select count(*) from portal_access where contract_no = '%s'", contract));
}

static void a_contract_is_removed_with_the_rights_given_on_it(void **state)
{
    (void)state;
    assert_true(ways_to("10-00001") > 5);
    assert_int_equal(ended(town_person("lasa"), "10-00001"), WP_OUTCOME_UNKNOWN);
    assert_int_equal(ended(town_person("viss"), "10-00001"), WP_OUTCOME_UNKNOWN);
    assert_int_equal(ended(town_person("svesa"), "10-00001"), WP_OUTCOME_UNKNOWN);
    assert_int_equal(ended(town_token("anna", WP_RIGHT_ANY), "10-00001"), WP_OUTCOME_REFUSED);
    assert_int_equal(ended(town_staff(WP_RIGHT_ANY), "10-00001"), WP_OUTCOME_REFUSED);
    assert_int_equal(ended(town_person("anna"), "10-00001"), WP_OUTCOME_DONE);
    assert_int_equal(ways_to("10-00001"), 0);
    assert_int_equal(ended(town_person("anna"), "10-00001"), WP_OUTCOME_SAME);
    assert_int_equal(audited("contract_ended"), 1);
    assert_string_equal(town_ask("select contract_no from portal_audit where action = 'contract_ended'"), "10-00001");
}

/* --- six at once --- */

static town_racer_t anna_ends_it(apr_pool_t *pool, int number)
{
    (void)pool, (void)number;
    return (town_racer_t){.actor = town_person("anna"), .baton = "10-00001"};
}

static void six_removals_are_one(void **state)
{
    (void)state;
    town_race_t race = town_race(end_contract, anna_ends_it);
    assert_int_equal(race.outcomes[WP_OUTCOME_DONE], 1);
    assert_int_equal(race.outcomes[WP_OUTCOME_SAME], TOWN_THREADS - 1);
    assert_int_equal(audited("contract_ended"), 1);
}

static town_racer_t anna_registers(apr_pool_t *pool, int number)
{
    (void)pool, (void)number;
    return (town_racer_t){.actor = town_person("anna"), .baton = "10-00001"};
}

static void six_tabs_connect_a_contract_once(void **state)
{
    (void)state;
    town_sql("delete from portal_delegation; delete from portal_account_contract where contract_no = '10-00001'");
    town_race_t race = town_race(register_typed, anna_registers);
    assert_int_equal(race.outcomes[WP_OUTCOME_DONE], 1);
    assert_int_equal(race.outcomes[WP_OUTCOME_SAME], TOWN_THREADS - 1);
    assert_int_equal(audited("contract_added"), 1);
}

static town_racer_t newcomer_registers(apr_pool_t *pool, int number)
{
    (void)pool, (void)number;
    return (town_racer_t){.actor = newcomer(&at_bank), .baton = "10-00004"};
}

static town_racer_t two_logins_register(apr_pool_t *pool, int number)
{
    (void)pool;
    return (town_racer_t){.actor = newcomer(number % 2 ? &at_bank : &at_eid), .baton = "10-00004"};
}

static void assert_one_account(const town_race_t *race)
{
    assert_int_equal(race->outcomes[WP_OUTCOME_DONE], 1);
    assert_int_equal(race->outcomes[WP_OUTCOME_CONFLICT], TOWN_THREADS - 1);
    assert_int_equal(town_count("select count(*) from portal_account"), 12);
    assert_int_equal(town_count("select count(*) from portal_identity where subject like 'jauna%'"), 1);
    assert_int_equal(town_count("select count(*) from portal_consent"), 6);
    assert_int_equal(town_count("select count(*) from portal_outbox"), 2);
}

static void six_tabs_open_one_account(void **state)
{
    (void)state;
    settle_newcomers();
    town_race_t race = town_race(register_typed, newcomer_registers);
    assert_one_account(&race);
}

static void two_logins_of_one_person_open_one_account(void **state)
{
    (void)state;
    settle_newcomers();
    town_race_t race = town_race(register_typed, two_logins_register);
    assert_one_account(&race);
}

/* Without a turn: whoever accepts an offered right opens an account as well. */
static apr_status_t open_account(wp_act_t *act, void *baton, wp_result_t *result)
{
    (void)baton;
    return wp_account_open(act, &(wp_new_account_t){.email = "jauna@example.org"}, result);
}

static void an_account_is_opened_once_without_turns_too(void **state)
{
    (void)state;
    town_race_t race = town_race(open_account, two_logins_register);
    assert_int_equal(race.outcomes[WP_OUTCOME_DONE], 1);
    assert_int_equal(race.outcomes[WP_OUTCOME_CONFLICT], TOWN_THREADS - 1);
    assert_int_equal(town_count("select count(*) from portal_account"), 12);
}

static town_racer_t colleagues_register(apr_pool_t *pool, int number)
{
    (void)pool;
    return (town_racer_t){.actor = number % 2 ? newcomer(&colleague) : town_person("karlis"), .baton = "20-00001"};
}

/* The log says of exactly one of them that somebody has the contract already. */
static void two_persons_of_one_company_come_one_after_the_other(void **state)
{
    (void)state;
    settle_newcomers();
    town_sql("delete from portal_account_contract where contract_no = '20-00001'");
    town_race_t race = town_race(register_typed, colleagues_register);
    assert_int_equal(race.outcomes[WP_OUTCOME_DONE], 2);
    assert_int_equal(race.outcomes[WP_OUTCOME_SAME] + race.outcomes[WP_OUTCOME_CONFLICT], TOWN_THREADS - 2);
    assert_int_equal(audited("contract_added"), 1);
    assert_int_equal(audited("contract_added_again"), 1);
}

static town_racer_t anna_guesses(apr_pool_t *pool, int number)
{
    (void)number;
    return (town_racer_t){.actor = town_person("anna"), .baton = apr_psprintf(pool, "99-0000%d", number)};
}

static void six_guesses_at_once_are_counted(void **state)
{
    (void)state;
    for (int i = 0; i < 3; i++)
        assert_int_equal(registered(town_person("anna"), "99-99999").outcome, WP_OUTCOME_REFUSED);
    town_race_t race = town_race(register_typed, anna_guesses);
    assert_int_equal(race.outcomes[WP_OUTCOME_REFUSED], 2);
    assert_int_equal(race.outcomes[WP_OUTCOME_LIMITED], TOWN_THREADS - 2);
    assert_int_equal(tries("refused"), WP_REGISTRATION_TRIES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_first_contract_opens_the_account),
        cmocka_unit_test(an_address_that_got_too_many_codes_gets_none),
        cmocka_unit_test(what_the_account_has_is_not_added_again),
        cmocka_unit_test(whoever_represents_the_holder_may_too),
        cmocka_unit_test(what_is_not_theirs_is_not_found),
        cmocka_unit_test(a_number_of_several_own_contracts_is_no_guess),
        cmocka_unit_test(after_five_refused_the_right_one_waits_too),
        cmocka_unit_test(what_an_account_needs_is_asked_for),
        cmocka_unit_test(only_a_person_who_is_logged_in_registers),
        cmocka_unit_test(an_account_that_was_erased_gets_no_contract),
        cmocka_unit_test(a_tab_that_is_late_leaves_nothing),
        cmocka_unit_test(a_contract_is_removed_with_the_rights_given_on_it),
        cmocka_unit_test(six_removals_are_one),
        cmocka_unit_test(six_tabs_connect_a_contract_once),
        cmocka_unit_test(six_tabs_open_one_account),
        cmocka_unit_test(two_logins_of_one_person_open_one_account),
        cmocka_unit_test(an_account_is_opened_once_without_turns_too),
        cmocka_unit_test(two_persons_of_one_company_come_one_after_the_other),
        cmocka_unit_test(six_guesses_at_once_are_counted),
    };
    return SERVICE_TESTS("account", tests);
}
