/* SPDX-License-Identifier: Apache-2.0 */
/* Access tokens and logins: made, revoked, ended. */
#include "service_fixture.h"

#include <apr_strings.h>
#include <string.h>

#include "crypto/digest.h"
#include "service/access_token.h"
#include "service/session.h"

#include "base/banned.h"

/* --- access tokens --- */

typedef struct making_t {
    wp_access_token_wanted_t wanted;
    wp_access_token_made_t made;
} making_t;

static apr_status_t make(wp_act_t *act, void *baton, wp_result_t *result)
{
    making_t *making = baton;
    return wp_access_token_make(act, &making->wanted, &making->made, result);
}

static const making_t usual = {.wanted = {.name = "Excel", .scopes = {true, false, true}}};

static wp_result_t made(wp_actor_t actor)
{
    making_t making = usual;
    return town_act(&actor, make, &making);
}

static apr_status_t revoke_it(wp_act_t *act, void *baton, wp_result_t *result)
{
    return wp_access_token_revoke(act, baton, result);
}

static wp_result_t revoked(wp_actor_t actor, const char *token)
{
    return town_act(&actor, revoke_it, (void *)token);
}

static int tokens(void)
{
    return town_count("select count(*) from portal_token where revoked_at is null and expires_on >= '2026-11-27'");
}

static int audited(const char *action)
{
    return town_count(apr_psprintf(town.pool, "select count(*) from portal_audit where action = '%s'", action));
}

static void give_anna(int count)
{
    for (int i = 0; i < count; i++)
        town_sql(
            apr_psprintf(town.pool,
                         "insert into portal_token (token_id, account_id, name, hash, scopes, created_at, expires_on) "
                         "values ('t%d', 'anna', 'n', 'h%d', 'readings', '2026-11-01T00:00:00Z', '2026-12-31')",
                         i, i));
}

static void a_token_is_stored_as_its_hash(void **state)
{
    (void)state;
    wp_actor_t anna = town_person("anna");
    making_t making = usual;
    wp_result_t result = town_act(&anna, make, &making);
    assert_int_equal(result.outcome, WP_OUTCOME_DONE);
    assert_string_equal(result.detail, making.made.id);
    assert_int_equal(strlen(making.made.token), 44);
    assert_string_equal(town_ask("select hash from portal_token"), wp_digest(town.pool, making.made.token, 44));
    assert_string_equal(town_ask("select scopes || ' until ' || expires_on from portal_token"),
                        "readings invoices until 2027-02-25");
    assert_string_equal(town_ask("select detail from portal_audit where action = 'token_created'"), making.made.id);
}

static void a_year_ends_on_the_same_day(void **state)
{
    (void)state;
    wp_actor_t anna = town_person("anna");
    making_t making = usual;
    making.wanted.days = "365";
    assert_int_equal(town_act(&anna, make, &making).outcome, WP_OUTCOME_DONE);
    assert_string_equal(town_ask("select expires_on from portal_token"), "2027-11-27");
}

static void what_nobody_could_use_is_not_made(void **state)
{
    (void)state;
    wp_actor_t anna = town_person("anna");
    making_t nameless = usual, blank = usual, useless = usual, endless = usual;
    nameless.wanted.name = NULL;
    blank.wanted.name = "  ";
    useless.wanted.scopes[0] = useless.wanted.scopes[2] = false;
    endless.wanted.days = "36500";
    assert_int_equal(town_act(&anna, make, &endless).code, WP_ERROR_CHOICE);
    assert_int_equal(town_act(&anna, make, &nameless).code, WP_ERROR_TOKEN_NAME);
    assert_int_equal(town_act(&anna, make, &blank).code, WP_ERROR_TOKEN_NAME);
    wp_result_t result = town_act(&anna, make, &useless);
    assert_int_equal(result.code, WP_ERROR_TOKEN_SCOPE);
    assert_string_equal(result.field, "scopes");
    assert_int_equal(tokens(), 0);
    assert_int_equal(town_count("select count(*) from portal_allowance"), 0); /* of no use, so it uses nothing up */
}

static void twenty_are_valid_at_once(void **state)
{
    (void)state;
    give_anna(WP_ACCESS_TOKENS_MAX);
    wp_result_t result = made(town_person("anna"));
    assert_int_equal(result.outcome, WP_OUTCOME_REFUSED);
    assert_int_equal(result.code, WP_ERROR_TOKEN_MANY);
    town_sql("update portal_token set expires_on = '2026-11-26' where token_id = 't0'");
    assert_int_equal(made(town_person("anna")).outcome, WP_OUTCOME_DONE);
    assert_int_equal(made(town_person("anna")).code, WP_ERROR_TOKEN_MANY);
    assert_int_equal(revoked(town_person("anna"), "t1").outcome, WP_OUTCOME_DONE);
    assert_int_equal(made(town_person("anna")).outcome, WP_OUTCOME_DONE);
    assert_int_equal(tokens(), WP_ACCESS_TOKENS_MAX);
}

static void one_too_many_uses_up_the_limit_as_well(void **state)
{
    (void)state;
    give_anna(WP_ACCESS_TOKENS_MAX);
    town.limits.most[WP_LIMIT_TOKENS] = 1;
    assert_int_equal(made(town_person("anna")).outcome, WP_OUTCOME_REFUSED);
    assert_int_equal(made(town_person("anna")).outcome, WP_OUTCOME_LIMITED);
}

static void so_many_are_made_a_day(void **state)
{
    (void)state;
    town.limits.most[WP_LIMIT_TOKENS] = 1;
    assert_int_equal(made(town_person("anna")).outcome, WP_OUTCOME_DONE);
    wp_result_t result = made(town_person("anna"));
    assert_int_equal(result.outcome, WP_OUTCOME_LIMITED);
    assert_int_equal(result.retry_at - town.clock.now, 86400);
    assert_int_equal(tokens(), 1);
    assert_int_equal(made(town_person("karlis")).outcome, WP_OUTCOME_DONE);
}

static void no_token_makes_or_revokes_a_token(void **state)
{
    (void)state;
    give_anna(2);
    wp_actor_t actors[] = {town_token("anna", WP_RIGHT_ANY), town_staff(WP_RIGHT_ANY), town_system()};
    for (size_t i = 0; i < sizeof actors / sizeof *actors; i++) {
        assert_int_equal(made(actors[i]).code, WP_ERROR_NO_RIGHT);
        assert_int_equal(revoked(actors[i], "t1").code, WP_ERROR_NO_RIGHT);
    }
    assert_int_equal(tokens(), 2);
}

static void a_token_is_revoked_once_and_by_its_person(void **state)
{
    (void)state;
    give_anna(2);
    assert_int_equal(revoked(town_person("karlis"), "t1").outcome, WP_OUTCOME_UNKNOWN);
    assert_int_equal(revoked(town_person("viss"), "t1").outcome, WP_OUTCOME_UNKNOWN);
    assert_int_equal(revoked(town_person("anna"), "none").outcome, WP_OUTCOME_UNKNOWN);
    assert_int_equal(revoked(town_person("anna"), "t1").outcome, WP_OUTCOME_DONE);
    assert_int_equal(revoked(town_later(town_person("anna"), 60), "t1").outcome, WP_OUTCOME_SAME);
    assert_string_equal(town_ask("select revoked_at from portal_token where token_id = 't1'"), TOWN_NOW);
    assert_int_equal(audited("token_revoked"), 1);
}

static void an_account_that_was_erased_makes_none(void **state)
{
    (void)state;
    town_sql("delete from portal_person_code where account_id = 'anna'");
    assert_int_equal(made(town_person("anna")).outcome, WP_OUTCOME_UNKNOWN);
    assert_int_equal(tokens(), 0);
}

static town_racer_t anna_makes(apr_pool_t *pool, int number)
{
    (void)number;
    return (town_racer_t){.actor = town_person("anna"), .baton = apr_pmemdup(pool, &usual, sizeof usual)};
}

static void six_tabs_make_the_twentieth_once(void **state)
{
    (void)state;
    give_anna(WP_ACCESS_TOKENS_MAX - 1);
    town_race_t race = town_race(make, anna_makes);
    assert_int_equal(race.outcomes[WP_OUTCOME_DONE], 1);
    assert_int_equal(race.outcomes[WP_OUTCOME_REFUSED], TOWN_THREADS - 1);
    assert_int_equal(tokens(), WP_ACCESS_TOKENS_MAX);
}

static void six_tabs_make_as_many_as_a_day_allows(void **state)
{
    (void)state;
    town.limits.most[WP_LIMIT_TOKENS] = 2;
    town_race_t race = town_race(make, anna_makes);
    assert_int_equal(race.outcomes[WP_OUTCOME_DONE], 2);
    assert_int_equal(race.outcomes[WP_OUTCOME_LIMITED], TOWN_THREADS - 2);
    assert_int_equal(tokens(), 2);
}

static town_racer_t anna_revokes(apr_pool_t *pool, int number)
{
    (void)pool, (void)number;
    return (town_racer_t){.actor = town_person("anna"), .baton = "t1"};
}

static void six_revocations_are_one(void **state)
{
    (void)state;
    give_anna(2);
    town_race_t race = town_race(revoke_it, anna_revokes);
    assert_int_equal(race.outcomes[WP_OUTCOME_DONE], 1);
    assert_int_equal(race.outcomes[WP_OUTCOME_SAME], TOWN_THREADS - 1);
    assert_int_equal(audited("token_revoked"), 1);
}

/* --- logins --- */

static void log_in(void)
{
    static const char *const rows[][2] = {{"s1", "anna"}, {"s2", "anna"}, {"s3", "anna"}, {"k1", "karlis"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        town_sql(apr_psprintf(
            town.pool,
            "insert into portal_session (session_id, person, issuer, browser, system, began_at, expires_at) "
            "values ('%s', '%s', 'https://bank.example', 'other', 'other', '2026-11-27T09:00:00Z', "
            "'2026-11-27T17:00:00Z')",
            rows[i][0], rows[i][1]));
}

static apr_status_t end(wp_act_t *act, void *baton, wp_result_t *result)
{
    return wp_session_end(act, baton, result);
}

static apr_status_t end_others(wp_act_t *act, void *baton, wp_result_t *result)
{
    int ended;
    return wp_session_end_others(act, baton, &ended, result);
}

static apr_status_t end_all(wp_act_t *act, void *baton, wp_result_t *result)
{
    int ended;
    return wp_session_end_all(act, baton, &ended, result);
}

static const char *who_is_in(void)
{
    return town_ask(
        "select coalesce(min(session_id), '') || ' ' || count(*) from portal_session where ended_at is null");
}

static wp_outcome_t outcome_of(wp_actor_t actor, wp_once_run_t run, const char *what)
{
    return town_act(&actor, run, (void *)what).outcome;
}

static void a_login_is_ended_by_its_person_or_by_the_utility(void **state)
{
    (void)state;
    log_in();
    assert_int_equal(outcome_of(town_person("anna"), end, "k1"), WP_OUTCOME_UNKNOWN);
    assert_int_equal(outcome_of(town_token("anna", WP_RIGHT_ANY), end, "s1"), WP_OUTCOME_REFUSED);
    assert_int_equal(outcome_of(town_person("anna"), end, "s1"), WP_OUTCOME_DONE);
    assert_int_equal(outcome_of(town_person("anna"), end, "s1"), WP_OUTCOME_SAME);
    assert_int_equal(outcome_of(town_system(), end, "k1"), WP_OUTCOME_DONE);
    assert_int_equal(outcome_of(town_system(), end, "none"), WP_OUTCOME_UNKNOWN);
    assert_string_equal(who_is_in(), "s2 2");
    assert_int_equal(audited("session_ended"), 2);
    assert_string_equal(town_ask("select account_id from portal_audit where actor_kind = 'customer'"), "anna");
}

static void all_others_are_the_persons_own(void **state)
{
    (void)state;
    log_in();
    assert_int_equal(outcome_of(town_staff(WP_RIGHT_ANY), end_others, "s1"), WP_OUTCOME_REFUSED);
    assert_int_equal(outcome_of(town_token("anna", WP_RIGHT_ANY), end_others, "s1"), WP_OUTCOME_REFUSED);
    assert_int_equal(outcome_of(town_person("anna"), end_others, "s2"), WP_OUTCOME_DONE);
    assert_string_equal(who_is_in(), "k1 2");
    assert_int_equal(outcome_of(town_person("anna"), end_others, "s2"), WP_OUTCOME_SAME);
    assert_int_equal(audited("session_ended"), 1);
}

static void only_the_utility_ends_everybodys(void **state)
{
    (void)state;
    log_in();
    assert_int_equal(outcome_of(town_person("anna"), end_all, "anna"), WP_OUTCOME_REFUSED);
    assert_int_equal(outcome_of(town_system(), end_all, "anna"), WP_OUTCOME_DONE);
    assert_string_equal(who_is_in(), "k1 1");
    assert_int_equal(outcome_of(town_system(), end_all, NULL), WP_OUTCOME_DONE);
    assert_int_equal(outcome_of(town_system(), end_all, NULL), WP_OUTCOME_SAME);
}

static town_racer_t anna_ends_another(apr_pool_t *pool, int number)
{
    (void)pool, (void)number;
    return (town_racer_t){.actor = town_person("anna"), .baton = "s1"};
}

static void six_endings_are_one(void **state)
{
    (void)state;
    log_in();
    town_race_t race = town_race(end, anna_ends_another);
    assert_int_equal(race.outcomes[WP_OUTCOME_DONE], 1);
    assert_int_equal(race.outcomes[WP_OUTCOME_SAME], TOWN_THREADS - 1);
    assert_int_equal(audited("session_ended"), 1);
}

static void six_endings_of_all_others_are_one(void **state)
{
    (void)state;
    log_in();
    town_race_t race = town_race(end_others, anna_ends_another);
    assert_int_equal(race.outcomes[WP_OUTCOME_DONE], 1);
    assert_int_equal(race.outcomes[WP_OUTCOME_SAME], TOWN_THREADS - 1);
    assert_string_equal(who_is_in(), "k1 2");
    assert_int_equal(audited("session_ended"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_token_is_stored_as_its_hash),
        cmocka_unit_test(a_year_ends_on_the_same_day),
        cmocka_unit_test(what_nobody_could_use_is_not_made),
        cmocka_unit_test(twenty_are_valid_at_once),
        cmocka_unit_test(one_too_many_uses_up_the_limit_as_well),
        cmocka_unit_test(so_many_are_made_a_day),
        cmocka_unit_test(no_token_makes_or_revokes_a_token),
        cmocka_unit_test(a_token_is_revoked_once_and_by_its_person),
        cmocka_unit_test(an_account_that_was_erased_makes_none),
        cmocka_unit_test(six_tabs_make_the_twentieth_once),
        cmocka_unit_test(six_tabs_make_as_many_as_a_day_allows),
        cmocka_unit_test(six_revocations_are_one),
        cmocka_unit_test(a_login_is_ended_by_its_person_or_by_the_utility),
        cmocka_unit_test(all_others_are_the_persons_own),
        cmocka_unit_test(only_the_utility_ends_everybodys),
        cmocka_unit_test(six_endings_are_one),
        cmocka_unit_test(six_endings_of_all_others_are_one),
    };
    return SERVICE_TESTS("access tokens and logins", tests);
}
