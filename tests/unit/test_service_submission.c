/* SPDX-License-Identifier: Apache-2.0 */
/* Submitting, correcting and withdrawing readings without a page: who may, when, what, and all at the same moment. */
#include "service_fixture.h"

#include "domain/reading/names.h"
#include "service/submission.h"

#include "base/banned.h"

#define DAY 86400

/* --- what is wanted, in short --- */

typedef struct sending_t {
    wp_submission_wanted_t wanted;
    wp_reading_wanted_t readings[3];
    wp_sheet_t sheet;
} sending_t;

static sending_t send_of(const char *contract, const char *meter, const char *typed)
{
    return (sending_t){.wanted = {.contract = contract, .count = 1},
                       .readings = {{.meter = meter, .typed = typed, .seen = WP_SEEN_ANY}}};
}

static apr_status_t submit(wp_act_t *act, void *baton, wp_result_t *result)
{
    sending_t *sending = baton;
    sending->wanted.readings = sending->readings;
    return wp_submission_send(act, &sending->wanted, &sending->sheet, result);
}

static apr_status_t try_it(wp_act_t *act, void *baton, wp_result_t *result)
{
    sending_t *sending = baton;
    sending->wanted.readings = sending->readings;
    return wp_submission_check(act, &sending->wanted, &sending->sheet, result);
}

static apr_status_t withdraw(wp_act_t *act, void *baton, wp_result_t *result)
{
    return wp_submission_withdraw(act, baton, result);
}

static wp_result_t sent(wp_actor_t actor, const char *contract, const char *meter, const char *typed)
{
    sending_t sending = send_of(contract, meter, typed);
    return town_act(&actor, submit, &sending);
}

static wp_outcome_t outcome(wp_actor_t actor, const char *contract, const char *meter, const char *typed)
{
    return sent(actor, contract, meter, typed).outcome;
}

static wp_result_t withdrawn(wp_actor_t actor, const char *receipt)
{
    return town_act(&actor, withdraw, (void *)receipt);
}

static const char *stored(const char *meter)
{
    return town_ask(
        apr_psprintf(town.pool,
                     "select max(case when state = 'current' then value_l || ' ' || version end) || ' of ' || "
                     "count(*) from portal_reading where meter_id = '%s'",
                     meter));
}

/* --- who may --- */

static void who_may_submit(void **state)
{
    (void)state;
    static const struct {
        const char *account, *contract, *meter;
        wp_outcome_t outcome;
        const char *kind, *delegation;
    } cases[] = {
        {"anna", "10-00001", "M1", WP_OUTCOME_DONE, "customer", ""},
        {"karlis", "20-00001", "M4", WP_OUTCOME_DONE, "representative", ""},
        {"iesniedz", "10-00001", "M1", WP_OUTCOME_DONE, "delegate", "d-iesniedz"},
        {"viss", "10-00001", "M1", WP_OUTCOME_DONE, "delegate", "d-viss"},
        {"viens", "10-00001", "M1", WP_OUTCOME_DONE, "delegate", "d-viens"},
        {"viens", "10-00001", "M2", WP_OUTCOME_UNKNOWN, NULL, NULL},
        {"lasa", "10-00001", "M1", WP_OUTCOME_REFUSED, NULL, NULL},
        {"maksa", "10-00001", "M1", WP_OUTCOME_REFUSED, NULL, NULL},
        {"vakar", "10-00001", "M1", WP_OUTCOME_UNKNOWN, NULL, NULL},
        {"svesa", "10-00001", "M1", WP_OUTCOME_UNKNOWN, NULL, NULL},
        {"bijusi", "20-00001", "M4", WP_OUTCOME_UNKNOWN, NULL, NULL},
        {"anna", "20-00001", "M4", WP_OUTCOME_UNKNOWN, NULL, NULL},
        {"anna", "10-00001", "M4", WP_OUTCOME_UNKNOWN, NULL, NULL},
        {"anna", "10-00001", "no such", WP_OUTCOME_UNKNOWN, NULL, NULL},
        {"anna", "no such", "M1", WP_OUTCOME_UNKNOWN, NULL, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        town_sql("delete from portal_reading; delete from portal_submission; delete from portal_audit");
        const char *typed = strcmp(cases[i].meter, "M4") == 0   ? "905"
                            : strcmp(cases[i].meter, "M2") == 0 ? "209"
                                                                : "115";
        wp_result_t result = sent(town_person(cases[i].account), cases[i].contract, cases[i].meter, typed);
        if (result.outcome != cases[i].outcome)
            fail_msg("%s, %s: %s", cases[i].account, cases[i].meter, wp_outcome_name(result.outcome));
        if (result.outcome == WP_OUTCOME_REFUSED)
            assert_int_equal(result.code, WP_ERROR_NO_RIGHT);
        assert_int_equal(town_count("select count(*) from portal_reading"), result.outcome == WP_OUTCOME_DONE);
        assert_int_equal(town_count("select count(*) from portal_submission"), result.outcome == WP_OUTCOME_DONE);
        if (!cases[i].kind)
            continue;
        assert_string_equal(town_ask("select actor_kind from portal_audit"), cases[i].kind);
        assert_string_equal(town_ask("select coalesce(delegation_id, '') from portal_audit"), cases[i].delegation);
        assert_string_equal(town_ask("select detail from portal_audit"), result.detail);
        assert_string_equal(town_ask("select account_id from portal_submission"), cases[i].account);
    }
}

/* The delegation that the log names is one that gives the right. */
static void the_log_names_the_right_that_was_used(void **state)
{
    (void)state;
    town_sql(
        "insert into portal_delegation (delegation_id, contract_no, point_id, giver_account, receiver_code, level, "
        "since, until, state, created_at) values ('a-reads', '10-00001', null, 'anna', 'PNOLV-32000000015', "
        "'read', '2026-06-01', '2027-05-31', 'active', '2026-06-01T00:00:00Z')");
    assert_int_equal(outcome(town_person("viens"), "10-00001", "M1", "115"), WP_OUTCOME_DONE);
    assert_string_equal(town_ask("select delegation_id from portal_audit"), "d-viens");
    assert_int_equal(outcome(town_person("viens"), "10-00001", "M2", "209"), WP_OUTCOME_UNKNOWN);
}

static void a_program_may_what_its_token_and_its_owner_may(void **state)
{
    (void)state;
    assert_int_equal(outcome(town_token("anna", WP_RIGHT_READINGS), "10-00001", "M1", "115"), WP_OUTCOME_REFUSED);
    assert_int_equal(outcome(town_token("lasa", WP_RIGHT_ANY), "10-00001", "M1", "115"), WP_OUTCOME_REFUSED);
    assert_int_equal(outcome(town_token("svesa", WP_RIGHT_ANY), "10-00001", "M1", "115"), WP_OUTCOME_UNKNOWN);
    assert_int_equal(outcome(town_token("anna", WP_RIGHT_SUBMIT), "10-00001", "M1", "115"), WP_OUTCOME_DONE);
    assert_string_equal(town_ask("select actor_kind || ' ' || actor_tag from portal_audit"), "token token t1");
}

/* The request was let in while the token was good. */
static void a_program_may_nothing_once_its_token_has_ended(void **state)
{
    (void)state;
    static const char *const ends[] = {"update portal_token set revoked_at = '" TOWN_NOW "'",
                                       "update portal_token set revoked_at = null, expires_on = '2026-11-26'",
                                       "delete from portal_token"};
    wp_actor_t program = town_token("anna", WP_RIGHT_SUBMIT);
    const char *receipt = sent(program, "10-00001", "M1", "115").detail;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        town_sql(ends[i]);
        assert_int_equal(sent(program, "10-00001", "M1", "116").code, WP_ERROR_NO_RIGHT);
        assert_int_equal(sent(program, "10-00001", "M1", "115").code, WP_ERROR_NO_RIGHT);
        assert_int_equal(withdrawn(program, receipt).code, WP_ERROR_NO_RIGHT);
    }
    assert_string_equal(stored("M1"), "115000 1 of 1");
}

/* What the house does for a customer is the customer's, with the house in the log. */
static void the_house_submits_for_who_has_registered(void **state)
{
    (void)state;
    assert_int_equal(outcome(town_staff(WP_RIGHT_READINGS), "10-00001", "M1", "115"), WP_OUTCOME_REFUSED);
    assert_int_equal(outcome(town_staff(WP_RIGHT_SUBMIT), "no such", "M1", "115"), WP_OUTCOME_UNKNOWN);
    assert_int_equal(outcome(town_staff(WP_RIGHT_SUBMIT), "10-00001", "M1", "115"), WP_OUTCOME_DONE);
    assert_int_equal(outcome(town_system(), "20-00001", "M4", "905"), WP_OUTCOME_DONE);
    assert_string_equal(town_ask(
                            "select s.account_id || ' ' || a.account_id || ' ' || a.actor_kind || ' ' || a.actor_name "
                            "from portal_submission s join portal_audit a on a.detail = s.receipt_no "
                            "where s.contract_no = '10-00001'"),
                        "anna anna staff Olga Vītola");
    assert_string_equal(town_ask("select account_id from portal_submission where contract_no = '20-00001'"), "karlis");
    town_sql("delete from portal_account_contract where contract_no = '10-00002'");
    assert_int_equal(outcome(town_staff(WP_RIGHT_SUBMIT), "10-00002", "M3", "55"), WP_OUTCOME_REFUSED);
}

/* --- when, and what --- */

static wp_reading_code_t refusal(wp_actor_t actor, sending_t sending)
{
    wp_result_t result = town_act(&actor, submit, &sending);

    assert_int_equal(result.outcome, WP_OUTCOME_REFUSED);
    assert_int_equal(result.code, WP_ERROR_NONE);
    for (int i = 0; i < sending.sheet.count; i++) {
        if (wp_sheet_is_filled(&sending.sheet, i))
            return sending.sheet.results[i].findings[0].code;
    }
    return WP_CODE_NONE;
}

static void only_in_the_window(void **state)
{
    (void)state;
    wp_actor_t anna = town_person("anna");
    assert_int_equal(refusal(town_later(anna, -3 * DAY), send_of("10-00001", "M1", "115")), WP_CODE_CLOSED);
    assert_int_equal(refusal(town_later(anna, 4 * DAY), send_of("10-00001", "M1", "115")), WP_CODE_CLOSED);
    assert_int_equal(town_count("select count(*) from portal_submission"), 0);
    assert_int_equal(outcome(town_later(anna, -2 * DAY), "10-00001", "M1", "115"), WP_OUTCOME_DONE);
    assert_int_equal(outcome(town_later(anna, 3 * DAY), "10-00001", "M1", "116"), WP_OUTCOME_DONE);
    assert_string_equal(stored("M1"), "116000 2 of 2");
}

static void not_after_the_contract(void **state)
{
    (void)state;
    assert_int_equal(refusal(town_person("dace"), send_of("10-00003", "M5", "75")), WP_CODE_CLOSED);
    assert_int_equal(refusal(town_system(), send_of("10-00003", "M5", "75")), WP_CODE_CLOSED);
}

static void a_remote_meter_is_read_by_the_utility(void **state)
{
    (void)state;
    town_sql("update billing_meter set remote = 1 where meter_id = 'M1'");
    assert_int_equal(refusal(town_person("anna"), send_of("10-00001", "M1", "115")), WP_CODE_REMOTE);
}

static void what_is_no_reading_is_refused_with_its_reason(void **state)
{
    (void)state;
    static const struct {
        const char *typed;
        wp_reading_code_t code;
    } cases[] = {{"11o", WP_CODE_NOT_NUMBER},    {"-115", WP_CODE_NEGATIVE}, {"1234567", WP_CODE_DIGITS},
                 {"115,1234", WP_CODE_DECIMALS}, {"90", WP_CODE_BELOW},      {"900", WP_CODE_HIGH}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(refusal(town_person("anna"), send_of("10-00001", "M1", cases[i].typed)), cases[i].code);
    wp_result_t nothing = sent(town_person("anna"), "10-00001", "M1", "");
    assert_int_equal(nothing.outcome, WP_OUTCOME_REFUSED);
    assert_int_equal(nothing.code, WP_ERROR_READINGS_NONE);
    assert_int_equal(town_count("select count(*) from portal_submission"), 0);
    assert_int_equal(town_count("select count(*) from portal_allowance"), 0);
}

static void one_wrong_meter_stores_none(void **state)
{
    (void)state;
    wp_actor_t anna = town_person("anna");
    sending_t both = send_of("10-00001", "M1", "115");
    both.readings[1] = (wp_reading_wanted_t){.meter = "M2", .typed = "x", .seen = WP_SEEN_ANY};
    both.wanted.count = 2;
    assert_int_equal(town_act(&anna, submit, &both).outcome, WP_OUTCOME_REFUSED);
    assert_int_equal(both.sheet.results[0].verdict, WP_READING_ACCEPT);
    assert_int_equal(both.sheet.results[1].verdict, WP_READING_REFUSE);
    assert_int_equal(town_count("select count(*) from portal_reading"), 0);
    both.readings[1].typed = "209";
    assert_int_equal(town_act(&anna, submit, &both).outcome, WP_OUTCOME_DONE);
    assert_int_equal(town_count("select count(distinct submission_id) * 10 + count(*) from portal_reading"), 12);
    both.readings[1].meter = "M1";
    wp_result_t twice = town_act(&anna, submit, &both);
    assert_int_equal(twice.outcome, WP_OUTCOME_REFUSED);
    assert_int_equal(twice.code, WP_ERROR_READINGS_TWICE);
}

static void a_question_is_confirmed_for_its_value(void **state)
{
    (void)state;
    wp_actor_t anna = town_person("anna");
    sending_t high = send_of("10-00001", "M1", "900");
    char confirm[WP_READING_CONFIRMATION_SIZE];

    assert_int_equal(town_act(&anna, submit, &high).outcome, WP_OUTCOME_REFUSED);
    assert_int_equal(high.sheet.results[0].verdict, WP_READING_ASK);
    assert_int_equal(high.sheet.results[0].use, 790000);
    wp_reading_confirmation_format((wp_reading_confirmation_t){WP_CODE_HIGH, 900000}, confirm);
    high.readings[0].confirm = confirm;
    high.readings[0].reason = "pool";
    high.readings[0].typed = "901";
    assert_int_equal(town_act(&anna, submit, &high).outcome, WP_OUTCOME_REFUSED);
    high.readings[0].typed = "900";
    assert_int_equal(town_act(&anna, submit, &high).outcome, WP_OUTCOME_DONE);
    assert_string_equal(town_ask("select confirmed || ' ' || reason || ' ' || use_l || ' ' || use_days || ' ' || "
                                 "previous_l || ' ' || previous_on from portal_reading"),
                        "high.900000 pool 790000 30 110000 2026-10-28");
}

static void a_lower_value_is_explained(void **state)
{
    (void)state;
    wp_actor_t anna = town_person("anna");
    sending_t low = send_of("10-00001", "M1", "3");

    assert_int_equal(town_act(&anna, submit, &low).outcome, WP_OUTCOME_REFUSED);
    assert_int_equal(low.sheet.results[0].verdict, WP_READING_CHOOSE);
    low.readings[0].answer = (wp_reading_answer_t){.what = WP_WHAT_SWAPPED,
                                                   .has_on = true,
                                                   .on = town.clock.today - 7,
                                                   .end = "112",
                                                   .start = "0"};
    assert_int_equal(town_act(&anna, submit, &low).outcome, WP_OUTCOME_DONE);
    assert_true(low.sheet.results[0].choice_count > 0); /* the question stays with its answer */
    assert_string_equal(town_ask(
                            "select answer || ' ' || swap_on || ' ' || swap_end_l || ' ' || swap_start_l || ' ' || "
                            "use_l from portal_reading"),
                        "swapped 2026-11-20 112000 0 5000");
}

/* Numbers in each other's fields are noticed, also if only one of the meters is named. */
static void a_value_is_compared_with_the_other_meters(void **state)
{
    (void)state;
    assert_int_equal(refusal(town_person("anna"), send_of("10-00001", "M1", "206")), WP_CODE_OTHER_METER);
}

/* --- corrections --- */

static void a_later_value_corrects(void **state)
{
    (void)state;
    wp_actor_t anna = town_person("anna");
    wp_result_t first = sent(anna, "10-00001", "M1", "115"), same = sent(anna, "10-00001", "M1", "115,000");
    assert_int_equal(same.outcome, WP_OUTCOME_SAME);
    assert_string_equal(same.detail, first.detail);
    wp_result_t second = sent(town_person("iesniedz"), "10-00001", "M1", "116");
    assert_int_equal(second.outcome, WP_OUTCOME_DONE);
    assert_string_not_equal(second.detail, first.detail);
    assert_string_equal(stored("M1"), "116000 2 of 2");
    assert_string_equal(town_ask("select state from portal_reading where version = 1"), "replaced");
    /* the use is counted from billing's last value, not from the corrected one */
    assert_string_equal(town_ask("select use_l || '' from portal_reading where version = 2"), "6000");
}

static void what_was_not_seen_is_not_replaced(void **state)
{
    (void)state;
    wp_actor_t anna = town_person("anna");
    sending_t unaware = send_of("10-00001", "M1", "116");
    unaware.readings[0].seen = 0;
    assert_int_equal(outcome(town_person("viss"), "10-00001", "M1", "115"), WP_OUTCOME_DONE);
    assert_int_equal(town_act(&anna, submit, &unaware).outcome, WP_OUTCOME_CONFLICT);
    assert_string_equal(stored("M1"), "115000 1 of 1");
    unaware.readings[0].typed = "115";
    assert_int_equal(town_act(&anna, submit, &unaware).outcome, WP_OUTCOME_SAME);
    unaware.readings[0].typed = "116";
    unaware.readings[0].seen = 1;
    assert_int_equal(town_act(&anna, submit, &unaware).outcome, WP_OUTCOME_DONE);
}

/* One door may let people try before they send: the answer is the same, and nothing is written. */
static void trying_writes_nothing(void **state)
{
    (void)state;
    wp_actor_t anna = town_person("anna"), lasa = town_person("lasa");
    sending_t good = send_of("10-00001", "M1", "115"), high = send_of("10-00001", "M1", "900"),
              remote = send_of("10-00001", "M9", "1");
    assert_int_equal(town_act(&anna, try_it, &good).outcome, WP_OUTCOME_NONE);
    assert_int_equal(good.sheet.results[0].use, 5000);
    assert_int_equal(town_act(&anna, try_it, &high).outcome, WP_OUTCOME_REFUSED);
    assert_int_equal(high.sheet.results[0].findings[0].code, WP_CODE_HIGH);
    assert_int_equal(town_act(&anna, try_it, &remote).outcome, WP_OUTCOME_UNKNOWN);
    assert_int_equal(town_act(&lasa, try_it, &good).code, WP_ERROR_NO_RIGHT);
    assert_int_equal(town_count(
                         "select (select count(*) from portal_reading) + (select count(*) from portal_submission) + "
                         "(select count(*) from portal_audit) + (select count(*) from portal_allowance)"),
                     0);
}

/* --- withdrawing --- */

static void only_ones_own_is_withdrawn(void **state)
{
    (void)state;
    const char *receipt = sent(town_person("iesniedz"), "10-00001", "M1", "115").detail;
    static const char *const others[] = {"anna", "viss", "lasa", "svesa", "karlis"};

    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_int_equal(withdrawn(town_person(others[i]), receipt).outcome, WP_OUTCOME_UNKNOWN);
    assert_int_equal(withdrawn(town_person("iesniedz"), "R-2026-00000000").outcome, WP_OUTCOME_UNKNOWN);
    assert_int_equal(withdrawn(town_token("iesniedz", WP_RIGHT_READINGS), receipt).outcome, WP_OUTCOME_REFUSED);
    assert_string_equal(stored("M1"), "115000 1 of 1");
    assert_int_equal(withdrawn(town_person("iesniedz"), receipt).outcome, WP_OUTCOME_DONE);
    assert_string_equal(town_ask("select state from portal_reading"), "withdrawn");
    assert_string_equal(town_ask("select detail from portal_audit where action = 'readings_withdrawn'"), receipt);
    assert_int_equal(withdrawn(town_person("iesniedz"), receipt).outcome, WP_OUTCOME_SAME);
    assert_int_equal(town_count("select count(*) from portal_audit where action = 'readings_withdrawn'"), 1);
    assert_int_equal(outcome(town_person("iesniedz"), "10-00001", "M1", "115"), WP_OUTCOME_DONE);
    assert_string_equal(stored("M1"), "115000 2 of 2");
}

static void not_when_the_right_has_ended(void **state)
{
    (void)state;
    const char *receipt = sent(town_person("iesniedz"), "10-00001", "M1", "115").detail;
    town_sql("update portal_delegation set state = 'revoked' where delegation_id = 'd-iesniedz'");
    assert_int_equal(withdrawn(town_person("iesniedz"), receipt).outcome, WP_OUTCOME_UNKNOWN);
    town_sql("update portal_delegation set state = 'active', point_id = 'T2' where delegation_id = 'd-iesniedz'");
    assert_int_equal(withdrawn(town_person("iesniedz"), receipt).outcome, WP_OUTCOME_CONFLICT);
    assert_string_equal(stored("M1"), "115000 1 of 1");
    assert_int_equal(withdrawn(town_staff(WP_RIGHT_SUBMIT), receipt).outcome, WP_OUTCOME_DONE);
    assert_string_equal(town_ask("select account_id || ' ' || actor_kind from portal_audit where action = "
                                 "'readings_withdrawn'"),
                        "iesniedz staff");
}

static void not_after_the_window_or_the_contract(void **state)
{
    (void)state;
    wp_actor_t anna = town_person("anna");
    const char *receipt = sent(anna, "10-00001", "M1", "115").detail;
    assert_int_equal(withdrawn(town_later(anna, 4 * DAY), receipt).outcome, WP_OUTCOME_CONFLICT);
    assert_int_equal(withdrawn(town_later(anna, 30 * DAY), receipt).outcome, WP_OUTCOME_CONFLICT); /* the next window */
    town_sql("update billing_contract set ended_on = '2026-11-26' where contract_no = '10-00001'");
    assert_int_equal(withdrawn(anna, receipt).outcome, WP_OUTCOME_CONFLICT);
    town_sql("update billing_contract set ended_on = null where contract_no = '10-00001'");
    assert_int_equal(outcome(anna, "10-00001", "M1", "116"), WP_OUTCOME_DONE);
    assert_int_equal(withdrawn(anna, receipt).outcome, WP_OUTCOME_CONFLICT); /* all of it has been corrected */
    assert_string_equal(stored("M1"), "116000 2 of 2");
}

/* --- limits --- */

static void submissions_are_counted(void **state)
{
    (void)state;
    wp_actor_t anna = town_person("anna");
    town.limits.most[WP_LIMIT_READINGS] = 2;
    assert_int_equal(outcome(anna, "10-00001", "M1", "115"), WP_OUTCOME_DONE);
    assert_int_equal(outcome(anna, "10-00001", "M1", "x"), WP_OUTCOME_REFUSED); /* not counted */
    assert_int_equal(outcome(anna, "10-00001", "M1", "115"), WP_OUTCOME_SAME);  /* neither */
    assert_int_equal(outcome(anna, "10-00001", "M2", "209"), WP_OUTCOME_DONE);
    wp_result_t third = sent(anna, "10-00002", "M3", "53");
    assert_int_equal(third.outcome, WP_OUTCOME_LIMITED);
    assert_int_equal(third.retry_at - anna.clock.now, 1800);
    assert_int_equal(town_count("select count(*) from portal_reading where meter_id = 'M3'"), 0);
    assert_int_equal(outcome(town_person("viss"), "10-00001", "M1", "116"), WP_OUTCOME_DONE); /* each for themselves */
}

/* --- at the same moment --- */

static sending_t *another(apr_pool_t *pool, const char *meter, int litres, int seen)
{
    sending_t *sending = apr_palloc(pool, sizeof *sending);
    *sending = send_of("10-00001", meter, apr_psprintf(pool, "%d", litres));
    sending->readings[0].seen = seen;
    return sending;
}

static town_racer_t first_value(apr_pool_t *pool, int number)
{
    static const char *const people[] = {"anna", "viss", "iesniedz"};
    return (town_racer_t){.actor = town_person(people[number % 3]), .baton = another(pool, "M1", 112 + number, 0)};
}

static void six_first_values_are_one(void **state)
{
    (void)state;
    town_race_t race = town_race(submit, first_value);
    assert_int_equal(race.outcomes[WP_OUTCOME_DONE], 1);
    assert_int_equal(race.outcomes[WP_OUTCOME_CONFLICT], TOWN_THREADS - 1);
    assert_int_equal(town_count("select count(*) from portal_reading"), 1);
    assert_int_equal(town_count("select count(*) from portal_submission"), 1);
    assert_int_equal(town_count("select count(*) from portal_audit"), 1);
}

static town_racer_t first_correction(apr_pool_t *pool, int number)
{
    return (town_racer_t){.actor = town_person("anna"), .baton = another(pool, "M1", 112 + number, 1)};
}

static void six_corrections_of_one_value_are_one(void **state)
{
    (void)state;
    assert_int_equal(outcome(town_person("anna"), "10-00001", "M1", "119"), WP_OUTCOME_DONE);
    town_race_t race = town_race(submit, first_correction);
    assert_int_equal(race.outcomes[WP_OUTCOME_DONE], 1);
    assert_int_equal(race.outcomes[WP_OUTCOME_CONFLICT], TOWN_THREADS - 1);
    assert_int_equal(town_count("select count(*) from portal_reading"), 2);
    assert_int_equal(town_count("select count(*) from portal_reading where state = 'current'"), 1);
}

/* Doors that correct whatever counts: each in turn may, but never two on top of the same version. */
static town_racer_t any_value(apr_pool_t *pool, int number)
{
    return (town_racer_t){.actor = town_person("anna"), .baton = another(pool, "M1", 112 + number, WP_SEEN_ANY)};
}

static void what_counts_is_always_one_value(void **state)
{
    (void)state;
    for (int round = 0; round < 5; round++) {
        town_race_t race = town_race(submit, any_value);
        assert_int_equal(race.outcomes[WP_OUTCOME_DONE] + race.outcomes[WP_OUTCOME_CONFLICT] +
                             race.outcomes[WP_OUTCOME_SAME],
                         TOWN_THREADS);
        assert_true(race.outcomes[WP_OUTCOME_DONE] > 0);
        assert_int_equal(town_count("select count(*) from portal_reading where state = 'current'"), 1);
        assert_int_equal(town_count("select count(*) - max(version) from portal_reading"), 0);
        assert_int_equal(town_count("select count(*) from portal_reading") -
                             town_count("select count(*) from portal_submission"),
                         0);
    }
}

static town_racer_t same_value(apr_pool_t *pool, int number)
{
    (void)number;
    return (town_racer_t){.actor = town_person("anna"), .baton = another(pool, "M1", 115, 0)};
}

static void six_times_the_same_value_is_one(void **state)
{
    (void)state;
    town_race_t race = town_race(submit, same_value);
    assert_int_equal(race.outcomes[WP_OUTCOME_DONE], 1);
    assert_int_equal(race.outcomes[WP_OUTCOME_SAME] + race.outcomes[WP_OUTCOME_CONFLICT], TOWN_THREADS - 1);
    assert_int_equal(town_count("select count(*) from portal_reading"), 1);
}

static char to_withdraw[32];

static town_racer_t one_receipt(apr_pool_t *pool, int number)
{
    (void)pool, (void)number;
    return (town_racer_t){.actor = town_person("anna"), .baton = to_withdraw};
}

static void a_receipt_is_withdrawn_once(void **state)
{
    (void)state;
    apr_snprintf(to_withdraw, sizeof to_withdraw, "%s", sent(town_person("anna"), "10-00001", "M1", "115").detail);
    town_race_t race = town_race(withdraw, one_receipt);
    assert_int_equal(race.outcomes[WP_OUTCOME_DONE], 1);
    assert_int_equal(race.outcomes[WP_OUTCOME_SAME] + race.outcomes[WP_OUTCOME_CONFLICT], TOWN_THREADS - 1);
    assert_int_equal(town_count("select count(*) from portal_audit where action = 'readings_withdrawn'"), 1);
}

static town_racer_t another_meter(apr_pool_t *pool, int number)
{
    static const char *const meters[] = {"M1", "M2", "L1", "L2", "L3", "L4"};
    return (town_racer_t){.actor = town_person("anna"),
                          .baton = another(pool, meters[number], number == 1 ? 209 : 115, 0)};
}

static void the_limit_holds_for_six_at_once(void **state)
{
    (void)state;
    town.limits.most[WP_LIMIT_READINGS] = 2;
    town_sql(
        "insert into billing_meter (meter_id, contract_no, point_id, position, place, serial, digits, decimals, "
        "remote, "
        "installed_on) values ('L1', '10-00001', 'L1', 3, 'a', '1', 5, 3, 0, '2020-01-01'), ('L2', '10-00001', 'L2', "
        "3, 'a', '2', 5, 3, 0, '2020-01-01'), ('L3', '10-00001', 'L3', 3, 'a', '3', 5, 3, 0, '2020-01-01'), ('L4', "
        "'10-00001', 'L4', 3, 'a', '4', 5, 3, 0, '2020-01-01')");
    town_race_t race = town_race(submit, another_meter);
    assert_int_equal(race.outcomes[WP_OUTCOME_DONE], 2);
    assert_int_equal(race.outcomes[WP_OUTCOME_LIMITED], TOWN_THREADS - 2);
    assert_int_equal(town_count("select count(*) from portal_reading"), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_may_submit),
        cmocka_unit_test(the_log_names_the_right_that_was_used),
        cmocka_unit_test(a_program_may_what_its_token_and_its_owner_may),
        cmocka_unit_test(a_program_may_nothing_once_its_token_has_ended),
        cmocka_unit_test(the_house_submits_for_who_has_registered),
        cmocka_unit_test(only_in_the_window),
        cmocka_unit_test(not_after_the_contract),
        cmocka_unit_test(a_remote_meter_is_read_by_the_utility),
        cmocka_unit_test(what_is_no_reading_is_refused_with_its_reason),
        cmocka_unit_test(one_wrong_meter_stores_none),
        cmocka_unit_test(a_question_is_confirmed_for_its_value),
        cmocka_unit_test(a_lower_value_is_explained),
        cmocka_unit_test(a_value_is_compared_with_the_other_meters),
        cmocka_unit_test(a_later_value_corrects),
        cmocka_unit_test(what_was_not_seen_is_not_replaced),
        cmocka_unit_test(trying_writes_nothing),
        cmocka_unit_test(only_ones_own_is_withdrawn),
        cmocka_unit_test(not_when_the_right_has_ended),
        cmocka_unit_test(not_after_the_window_or_the_contract),
        cmocka_unit_test(submissions_are_counted),
        cmocka_unit_test(six_first_values_are_one),
        cmocka_unit_test(six_corrections_of_one_value_are_one),
        cmocka_unit_test(what_counts_is_always_one_value),
        cmocka_unit_test(six_times_the_same_value_is_one),
        cmocka_unit_test(a_receipt_is_withdrawn_once),
        cmocka_unit_test(the_limit_holds_for_six_at_once),
    };
    return SERVICE_TESTS("submission", tests);
}
