/* SPDX-License-Identifier: Apache-2.0 */
/* What all services stand on: who may do what, limits, and acts that happen once. */
#include "service_fixture.h"

#include "base/banned.h"

/* --- rights --- */

typedef struct standing_t {
    const char *contract;
    int right;
    wp_standing_t found;
} standing_t;

static apr_status_t stand(wp_act_t *act, void *baton, wp_result_t *result)
{
    standing_t *wanted = baton;
    return wp_act_stand(act, wanted->contract, wanted->right, &wanted->found, result);
}

static wp_outcome_t outcome_of(wp_actor_t actor, const char *contract, int right)
{
    standing_t wanted = {.contract = contract, .right = right};
    return town_act(&actor, stand, &wanted).outcome;
}

static wp_standing_t standing_of(wp_actor_t actor, const char *contract)
{
    standing_t wanted = {.contract = contract};
    town_act(&actor, stand, &wanted);
    return wanted.found;
}

static void everybody_may_what_they_may(void **state)
{
    (void)state;
    static const struct {
        const char *account, *contract;
        int rights, whole;
        wp_actor_kind_t kind;
        const char *delegation;
    } cases[] = {
        {"anna", "10-00001", 127, 127, WP_ACTOR_CUSTOMER, NULL},
        {"karlis", "20-00001", 127, 127, WP_ACTOR_REPRESENTATIVE, NULL},
        {"lasa", "10-00001", 21, 21, WP_ACTOR_DELEGATE, "d-lasa"},
        {"iesniedz", "10-00001", 3, 3, WP_ACTOR_DELEGATE, "d-iesniedz"},
        {"maksa", "10-00001", 12, 12, WP_ACTOR_DELEGATE, "d-maksa"},
        {"viss", "10-00001", 63, 63, WP_ACTOR_DELEGATE, "d-viss"},
        {"viens", "10-00001", 3, 0, WP_ACTOR_DELEGATE, "d-viens"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        wp_standing_t standing = standing_of(town_person(cases[i].account), cases[i].contract);
        assert_int_equal(standing.rights, cases[i].rights);
        assert_int_equal(standing.whole, cases[i].whole);
        assert_int_equal(standing.kind, cases[i].kind);
        if (cases[i].delegation)
            assert_string_equal(standing.delegation, cases[i].delegation);
        else
            assert_null(standing.delegation);
    }
}

static void what_is_not_theirs_is_unknown_to_them(void **state)
{
    (void)state;
    assert_int_equal(outcome_of(town_person("svesa"), "10-00001", 0), WP_OUTCOME_UNKNOWN);
    assert_int_equal(outcome_of(town_person("vakar"), "10-00001", 0), WP_OUTCOME_UNKNOWN);
    assert_int_equal(outcome_of(town_person("bijusi"), "20-00001", 0), WP_OUTCOME_UNKNOWN);
    assert_int_equal(outcome_of(town_person("anna"), "20-00001", 0), WP_OUTCOME_UNKNOWN);
    assert_int_equal(outcome_of(town_person("anna"), "no such", 0), WP_OUTCOME_UNKNOWN);
    assert_int_equal(outcome_of(town_system(), "no such", 0), WP_OUTCOME_UNKNOWN);
    assert_int_equal(outcome_of(town_person("lasa"), "10-00001", WP_RIGHT_SUBMIT), WP_OUTCOME_REFUSED);
    assert_int_equal(outcome_of(town_person("iesniedz"), "10-00001", WP_RIGHT_SUBMIT), WP_OUTCOME_NONE);
}

/* A token, a role: what the way of acting does not reach is missing, whatever the account may. */
static void the_way_of_acting_bounds_the_rights(void **state)
{
    (void)state;
    assert_int_equal(standing_of(town_token("anna", WP_RIGHT_SUBMIT), "10-00001").rights, WP_RIGHT_SUBMIT);
    assert_int_equal(standing_of(town_token("anna", WP_RIGHT_SUBMIT), "10-00001").kind, WP_ACTOR_TOKEN);
    assert_int_equal(standing_of(town_token("lasa", WP_RIGHT_ANY), "10-00001").rights, 21);
    assert_int_equal(outcome_of(town_token("lasa", WP_RIGHT_SUBMIT), "10-00001", 0), WP_OUTCOME_UNKNOWN);
    assert_int_equal(standing_of(town_staff(WP_RIGHT_READINGS), "20-00001").rights, WP_RIGHT_READINGS);
    assert_int_equal(outcome_of(town_staff(WP_RIGHT_READINGS), "20-00001", WP_RIGHT_PAY), WP_OUTCOME_REFUSED);
    assert_int_equal(standing_of(town_system(), "10-00003").whole, WP_RIGHT_ANY);
    assert_string_equal(standing_of(town_system(), "10-00003").ended_on, "2026-10-31");
    assert_string_equal(standing_of(town_person("dace"), "10-00003").ended_on, "2026-10-31");
    assert_null(standing_of(town_person("anna"), "10-00001").ended_on);
}

/* The holder who also holds a delegation acts as the holder. */
static void several_ways_add_up(void **state)
{
    (void)state;
    town_sql(
        "insert into portal_delegation (delegation_id, contract_no, point_id, giver_account, receiver_code, level, "
        "since, until, state, created_at) values ('more', '10-00001', null, 'anna', 'PNOLV-32000000015', 'pay', "
        "'2026-06-01', '2027-05-31', 'active', '2026-06-01T00:00:00Z')");
    wp_standing_t standing = standing_of(town_person("viens"), "10-00001");
    assert_int_equal(standing.rights, 15);
    assert_int_equal(standing.whole, 12);
    assert_int_equal(standing.kind, WP_ACTOR_DELEGATE);
}

/* --- limits --- */

static apr_status_t use(wp_act_t *act, void *baton, wp_result_t *result)
{
    apr_status_t status = wp_act_count(act, WP_LIMIT_TOKENS, baton, result);
    if (status == APR_SUCCESS && !wp_result_is_against(result))
        *result = wp_result_done(NULL);
    return status;
}

static void a_limit_is_counted_and_says_when(void **state)
{
    (void)state;
    wp_actor_t anna = town_person("anna");
    town.limits.most[WP_LIMIT_TOKENS] = 2;
    assert_int_equal(town_act(&anna, use, NULL).outcome, WP_OUTCOME_DONE);
    assert_int_equal(town_act(&anna, use, NULL).outcome, WP_OUTCOME_DONE);
    wp_result_t third = town_act(&anna, use, NULL);
    assert_int_equal(third.outcome, WP_OUTCOME_LIMITED);
    assert_int_equal(third.retry_at - anna.clock.now, 43200);
    wp_actor_t later = town_later(anna, 43200);
    assert_int_equal(town_act(&later, use, NULL).outcome, WP_OUTCOME_DONE);
    wp_actor_t other = town_person("karlis");
    assert_int_equal(town_act(&other, use, NULL).outcome, WP_OUTCOME_DONE);
}

static town_racer_t anna_again(apr_pool_t *pool, int number)
{
    (void)pool, (void)number;
    return (town_racer_t){.actor = town_person("anna")};
}

static void six_at_once_get_what_is_left(void **state)
{
    (void)state;
    town.limits.most[WP_LIMIT_TOKENS] = 2;
    town_race_t race = town_race(use, anna_again);
    assert_int_equal(race.outcomes[WP_OUTCOME_DONE], 2);
    assert_int_equal(race.outcomes[WP_OUTCOME_LIMITED], 4);
}

/* --- once --- */

static apr_status_t write_down(wp_act_t *act, void *baton, wp_result_t *result)
{
    *result = *(const wp_result_t *)baton;
    return wp_act_audit(act, NULL, WP_DID_REMINDERS_CHANGED, "test");
}

static int written(void)
{
    return town_count("select count(*) from portal_audit where detail = 'test'");
}

static void the_second_sending_gets_the_first_result(void **state)
{
    (void)state;
    wp_actor_t anna = town_person("anna");
    wp_result_t done = wp_result_done("R-1");
    assert_int_equal(town_once(&anna, "k", "h", write_down, &done).outcome, WP_OUTCOME_DONE);
    done.detail = "R-2";
    wp_result_t again = town_once(&anna, "k", "h", write_down, &done);
    assert_int_equal(again.outcome, WP_OUTCOME_SAME);
    assert_string_equal(again.detail, "R-1");
    wp_result_t other = town_once(&anna, "k", "other", write_down, &done);
    assert_int_equal(other.outcome, WP_OUTCOME_CONFLICT);
    assert_string_equal(other.detail, "R-1");
    assert_int_equal(written(), 1);
    wp_actor_t karlis = town_person("karlis");
    assert_int_equal(town_once(&karlis, "k", "h", write_down, &done).outcome, WP_OUTCOME_DONE);
    assert_int_equal(written(), 2);
}

/* The second time, the act meets what it did the first time, and may see it as a reason against itself. */
static void what_was_done_is_not_refused_the_second_time(void **state)
{
    static const wp_outcome_t against[] = {WP_OUTCOME_REFUSED, WP_OUTCOME_LIMITED, WP_OUTCOME_CONFLICT,
                                           WP_OUTCOME_UNKNOWN};
    (void)state;
    wp_actor_t anna = town_person("anna");
    wp_result_t done = wp_result_done("R-1");
    assert_int_equal(town_once(&anna, "k", "h", write_down, &done).outcome, WP_OUTCOME_DONE);
    for (size_t i = 0; i < sizeof against / sizeof *against; i++) {
        wp_result_t met = wp_result_of(against[i]), again = town_once(&anna, "k", "h", write_down, &met);
        assert_int_equal(again.outcome, WP_OUTCOME_SAME);
        assert_string_equal(again.detail, "R-1");
    }
    assert_int_equal(written(), 1);
}

static void what_was_refused_may_be_sent_again(void **state)
{
    (void)state;
    wp_actor_t anna = town_person("anna");
    wp_result_t refused = wp_result_refused(WP_ERROR_REQUIRED, "value"), done = wp_result_done("R-1");
    assert_int_equal(town_once(&anna, "k", "h", write_down, &refused).outcome, WP_OUTCOME_REFUSED);
    assert_int_equal(written(), 1); /* a service may count a wrong code */
    assert_int_equal(town_once(&anna, "k", "h", write_down, &done).outcome, WP_OUTCOME_DONE);
}

static void a_conflict_leaves_nothing(void **state)
{
    (void)state;
    wp_actor_t anna = town_person("anna");
    wp_result_t conflict = wp_result_of(WP_OUTCOME_CONFLICT), unknown = wp_result_of(WP_OUTCOME_UNKNOWN);
    wp_result_t met = town_once(&anna, "k", "h", write_down, &conflict);
    assert_int_equal(met.outcome, WP_OUTCOME_CONFLICT);
    assert_null(met.detail);
    assert_int_equal(town_once(&anna, "k", "h", write_down, &unknown).outcome, WP_OUTCOME_UNKNOWN);
    assert_int_equal(written(), 0);
    assert_int_equal(town_count("select count(*) from portal_form_result"), 0);
}

static town_racer_t anna_with_one_key(apr_pool_t *pool, int number)
{
    static wp_result_t done = {.outcome = WP_OUTCOME_DONE, .detail = "R-1"};
    (void)pool, (void)number;
    return (town_racer_t){.actor = town_person("anna"), .baton = &done, .key = "k"};
}

static void one_key_six_at_once_is_one_act(void **state)
{
    (void)state;
    town_race_t race = town_race(write_down, anna_with_one_key);
    assert_int_equal(race.outcomes[WP_OUTCOME_DONE], 1);
    assert_int_equal(race.outcomes[WP_OUTCOME_SAME], TOWN_THREADS - 1);
    assert_int_equal(written(), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everybody_may_what_they_may),
        cmocka_unit_test(what_is_not_theirs_is_unknown_to_them),
        cmocka_unit_test(the_way_of_acting_bounds_the_rights),
        cmocka_unit_test(several_ways_add_up),
        cmocka_unit_test(a_limit_is_counted_and_says_when),
        cmocka_unit_test(six_at_once_get_what_is_left),
        cmocka_unit_test(the_second_sending_gets_the_first_result),
        cmocka_unit_test(what_was_done_is_not_refused_the_second_time),
        cmocka_unit_test(what_was_refused_may_be_sent_again),
        cmocka_unit_test(a_conflict_leaves_nothing),
        cmocka_unit_test(one_key_six_at_once_is_one_act),
    };
    return SERVICE_TESTS("act and once", tests);
}
