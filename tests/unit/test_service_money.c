/* SPDX-License-Identifier: Apache-2.0 */
/* What becomes of an order when banks, statements and billing tell of it, alone and six at a time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <apr_strings.h>
#include <string.h>

#include "service/case.h"
#include "service/day_close.h"
#include "service/hand_over.h"
#include "service/movement.h"
#include "service/payment_news.h"
#include "service/reconcile.h"
#include "service_fixture.h"

#include "base/banned.h"

#define IBAN  "LV80BANK0000435195001"
#define STAMP "123456789012345"
#define ORDER \
    "insert into portal_payment (payment_id, account_id, agreement, stamp, amount_c, account_iban, message, state, " \
    "late, created_at, changed_at, expires_at) values ('p1', 'anna', 'vk8', '" STAMP "', 3630, '" IBAN "', 'WP" STAMP \
    "', 'redirected', 0, '2026-11-26T10:00:00Z', '2026-11-26T10:00:00Z', '2026-11-28T10:00:00Z')"
#define ITEMS \
    "insert into portal_payment_item (payment_id, line, contract_no, invoice_no, amount_c) values " \
    "('p1', 1, '10-00001', 'I1', 1210), ('p1', 2, '10-00002', 'I4', 2420)"

static void order(void)
{
    town_sql(ORDER);
    town_sql(ITEMS);
}

/* --- acts --- */

static apr_status_t hear(wp_act_t *act, void *baton, wp_result_t *result)
{
    wp_payment_outcome_t outcome;
    apr_status_t status = wp_payment_hear(act, baton, &outcome);
    bool done = outcome.decision == WP_HEARD_MOVED || outcome.decision == WP_HEARD_AGAIN;

    *result = outcome.decision == WP_HEARD_UNKNOWN ? wp_result_of(WP_OUTCOME_UNKNOWN)
              : done                               ? wp_result_done(wp_heard_decision_name(outcome.decision))
                                                   : wp_result_of(WP_OUTCOME_SAME);
    return status;
}

static apr_status_t settle(wp_act_t *act, void *baton, wp_result_t *result)
{
    wp_movement_outcome_t outcome;
    apr_status_t status = wp_movement_settle(act, baton, &outcome);

    *result = outcome.kind == WP_MOVEMENT_KNOWN ? wp_result_of(WP_OUTCOME_SAME)
                                                : wp_result_done(wp_doubt_name(outcome.doubt));
    return status;
}

static apr_status_t close_day(wp_act_t *act, void *baton, wp_result_t *result)
{
    wp_day_close_t close;
    return wp_day_close(act, *(const wp_date_t *)baton, &close, result);
}

static apr_status_t expire(wp_act_t *act, void *baton, wp_result_t *result)
{
    int *expired = baton;
    apr_status_t status = wp_reconcile_expire(act, expired);

    *result = *expired ? wp_result_done(NULL) : wp_result_of(WP_OUTCOME_SAME);
    return status;
}

static apr_status_t hand_over(wp_act_t *act, void *baton, wp_result_t *result)
{
    wp_args_t *args = wp_act_args(act);
    wp_rows_t *rows;

    (void)baton;
    wp_args_text(args, "since", "0000-01-01");
    apr_status_t status = wp_db_select(act->db, "export_payments", args, &rows);
    *result = wp_result_done(NULL);
    return status == APR_SUCCESS ? wp_hand_over_payments(act, rows) : status;
}

static apr_status_t settle_case(wp_act_t *act, void *baton, wp_result_t *result)
{
    return wp_case_settle(act, baton, result);
}

/* --- what is heard --- */

static wp_payment_heard_t paid(const char *number)
{
    return (wp_payment_heard_t){.name = {.agreement = "vk8", .stamp = STAMP},
                                .channel = "push",
                                .news = WP_NEWS_PAID,
                                .agreement = "vk8",
                                .raw = "the bytes",
                                .length = 9,
                                .signature = "valid",
                                .bank_no = number,
                                .paid_on = "2026-11-26",
                                .sum = {3630, "EUR", IBAN, "WP" STAMP}};
}

static const char *told(wp_payment_heard_t heard)
{
    wp_actor_t actor = town_system();
    wp_result_t result = town_act(&actor, hear, &heard);
    return result.detail ? result.detail : wp_outcome_name(result.outcome);
}

static wp_movement_t *entry(apr_pool_t *pool, const char *reference, bool credit)
{
    wp_statement_entry_t *entry = apr_pcalloc(pool, sizeof *entry);
    wp_movement_t *movement = apr_pcalloc(pool, sizeof *movement);

    *entry = (wp_statement_entry_t){.iban = IBAN,
                                    .booked_on = "2026-11-26",
                                    .cents = 3630,
                                    .currency = "EUR",
                                    .credit = credit,
                                    .reversal = !credit,
                                    .entry_ref = reference,
                                    .statement_id = "S1",
                                    .text = "WP" STAMP " I1"};
    movement->entry = entry;
    movement->key = wp_movement_key(pool, entry);
    return movement;
}

static const char *read_entry(const char *reference, bool credit)
{
    wp_actor_t actor = town_system();
    return town_act(&actor, settle, entry(town.pool, reference, credit)).detail;
}

static int credits(void)
{
    return town_count("select count(distinct credit_id) from portal_credit where state = 'open'");
}

static const char *state(void)
{
    return town_ask("select state from portal_payment where payment_id = 'p1'");
}

/* --- one after the other --- */

static void a_message_confirms_and_repeats(void **unused)
{
    (void)unused;
    order();
    assert_string_equal(told(paid("1")), "moved");
    assert_string_equal(told(paid("1")), "same");
    assert_string_equal(told(paid(NULL)), "same");
    assert_string_equal(state(), "confirmed");
    assert_string_equal(town_ask("select paid_on from portal_payment"), "2026-11-26");
    assert_int_equal(town_count("select count(*) from portal_posted"), 2);
    assert_int_equal(credits(), 0);
}

static void another_number_is_a_credit_of_each_contract(void **unused)
{
    (void)unused;
    order();
    told(paid("1"));
    assert_string_equal(told(paid("2")), "again");
    assert_string_equal(told(paid("2")), "same");
    assert_int_equal(town_count("select count(*) from portal_credit where credit_id = 'p1-2' and state = 'open'"), 2);
    assert_string_equal(town_ask("select amount_c from portal_credit where contract_no = '10-00002'"), "2420");
    assert_string_equal(town_ask("select reason from portal_case where kind = 'payment'"), "again");
    assert_int_equal(town_count("select count(*) from portal_posted"), 2);
    assert_string_equal(read_entry("A1", true), "");
    assert_string_equal(read_entry("A2", true), "");
    assert_int_equal(credits(), 1);
    assert_string_equal(read_entry("A3", true), "again");
    assert_int_equal(credits(), 2);
}

static void a_number_that_comes_after_none_is_the_same_payment(void **unused)
{
    (void)unused;
    order();
    assert_string_equal(told(paid(NULL)), "moved");
    assert_string_equal(told(paid("1")), "same");
    assert_string_equal(told(paid("2")), "again");
}

static void other_money_is_told_and_moves_nothing(void **unused)
{
    wp_payment_heard_t other = paid("2");

    (void)unused;
    order();
    told(paid("1"));
    other.sum.cents = 100;
    assert_string_equal(told(other), "same");
    assert_string_equal(told(other), "same");
    assert_string_equal(state(), "confirmed");
    assert_string_equal(town_ask("select reason from portal_case where kind = 'payment'"), "amount");
    assert_int_equal(town_count("select count(*) from portal_case"), 1);
    assert_int_equal(credits(), 0);
}

static void the_day_of_a_payment_is_the_one_it_was_posted(void **unused)
{
    wp_movement_t *later = entry(town.pool, "A1", true);
    wp_statement_entry_t changed = *later->entry;
    wp_actor_t actor = town_system();

    (void)unused;
    order();
    told(paid("1"));
    changed.booked_on = "2026-11-27";
    later->entry = &changed;
    town_act(&actor, settle, later);
    assert_string_equal(state(), "reconciled");
    assert_string_equal(town_ask("select paid_on from portal_payment"), "2026-11-26");
}

static void what_billing_has_and_the_bank_takes_back_is_told(void **unused)
{
    wp_actor_t actor = town_system();

    (void)unused;
    order();
    told(paid("1"));
    told(paid("2"));
    assert_int_equal(town_act(&actor, hand_over, NULL).outcome, WP_OUTCOME_DONE);
    assert_int_equal(town_count("select count(*) from portal_payment_item where handed_at is not null"), 2);
    assert_int_equal(town_count("select count(*) from portal_credit where handed_at is not null"), 2);
    read_entry("A1", true);
    read_entry("R1", false);
    assert_int_equal(credits(), 0);
    assert_string_equal(state(), "confirmed");
    assert_int_equal(town_count("select count(*) from portal_case where reason = 'taken_back'"), 1);
    read_entry("R2", false);
    assert_string_equal(state(), "reversed");
    assert_int_equal(town_count("select count(*) from portal_case where reason = 'taken_back'"), 2);
    assert_int_equal(town_count("select count(*) from portal_posted"), 0);
}

static void an_order_without_news_ends_once(void **unused)
{
    wp_actor_t actor = town_later(town_system(), 86400);
    int expired = 0;

    (void)unused;
    order();
    assert_int_equal(town_act(&actor, expire, &expired).outcome, WP_OUTCOME_DONE);
    assert_int_equal(expired, 1);
    assert_int_equal(town_act(&actor, expire, &expired).outcome, WP_OUTCOME_SAME);
    assert_string_equal(state(), "expired");
    assert_string_equal(told(paid("1")), "moved");
    assert_string_equal(town_ask("select late from portal_payment"), "1");
}

static void a_day_that_is_not_over_is_not_stored(void **unused)
{
    wp_actor_t actor = town_system();
    wp_date_t today = actor.clock.today, yesterday = today - 1;

    (void)unused;
    assert_int_equal(town_act(&actor, close_day, &today).outcome, WP_OUTCOME_REFUSED);
    assert_int_equal(town_act(&actor, close_day, &yesterday).outcome, WP_OUTCOME_DONE);
    assert_int_equal(town_act(&actor, close_day, &yesterday).outcome, WP_OUTCOME_SAME);
    order();
    told(paid("1"));
    assert_int_equal(town_act(&actor, close_day, &yesterday).outcome, WP_OUTCOME_DONE);
    assert_int_equal(town_count("select max(nth) from portal_close"), 2);
}

static void a_credit_is_given_back_by_people(void **unused)
{
    wp_actor_t actor = town_system();
    wp_case_decision_t decision = {.how = "moved", .by = "the accountant"};

    (void)unused;
    order();
    told(paid("1"));
    told(paid("2"));
    decision.case_id = town_ask("select case_id from portal_case");
    assert_int_equal(town_act(&actor, settle_case, &decision).outcome, WP_OUTCOME_REFUSED);
    assert_int_equal(town_count("select count(*) from portal_case where settled_at is null"), 1);
    decision.how = "refunded";
    assert_int_equal(town_act(&actor, settle_case, &decision).outcome, WP_OUTCOME_DONE);
    assert_int_equal(credits(), 0);
    assert_string_equal(town_act(&actor, settle_case, &decision).detail, WP_CASE_SETTLED);
    decision.case_id = "none";
    assert_int_equal(town_act(&actor, settle_case, &decision).outcome, WP_OUTCOME_UNKNOWN);
}

/* A service decides that itself: it does not rely on the door. */
static void nobody_else_settles_or_closes(void **unused)
{
    wp_actor_t others[] = {town_person("anna"), town_token("anna", WP_RIGHT_ANY)};
    wp_date_t yesterday = town.clock.today - 1;

    (void)unused;
    order();
    told(paid("1"));
    told(paid("2"));
    wp_case_decision_t decision = {.case_id = town_ask("select case_id from portal_case"), .how = "done", .by = "anna"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        assert_int_equal(town_act(&others[i], settle_case, &decision).code, WP_ERROR_NO_RIGHT);
        assert_int_equal(town_act(&others[i], close_day, &yesterday).code, WP_ERROR_NO_RIGHT);
    }
    assert_int_equal(town_count("select count(*) from portal_case where settled_at is not null"), 0);
    assert_int_equal(town_count("select count(*) from portal_close"), 0);
}

/* --- six at a time --- */

static town_racer_t hear_first(apr_pool_t *pool, int number)
{
    wp_payment_heard_t heard = paid("1");
    (void)number;
    return (town_racer_t){.actor = town_system(), .baton = apr_pmemdup(pool, &heard, sizeof heard)};
}

static town_racer_t hear_second(apr_pool_t *pool, int number)
{
    wp_payment_heard_t heard = paid("2");
    (void)number;
    return (town_racer_t){.actor = town_system(), .baton = apr_pmemdup(pool, &heard, sizeof heard)};
}

static town_racer_t hear_each(apr_pool_t *pool, int number)
{
    wp_payment_heard_t heard = paid(apr_itoa(pool, number + 1));
    return (town_racer_t){.actor = town_system(), .baton = apr_pmemdup(pool, &heard, sizeof heard)};
}

static town_racer_t read_one(apr_pool_t *pool, int number)
{
    (void)number;
    return (town_racer_t){.actor = town_system(), .baton = entry(pool, "A1", true)};
}

static town_racer_t read_each(apr_pool_t *pool, int number)
{
    return (town_racer_t){.actor = town_system(), .baton = entry(pool, apr_psprintf(pool, "A%d", number), true)};
}

/* Three messages and three entries of the same three payments: one of the two is NULL. */
typedef struct news_t {
    void *heard, *movement;
} news_t;

static town_racer_t hear_or_read(apr_pool_t *pool, int number)
{
    town_racer_t racer = number % 2 ? read_each(pool, number) : hear_each(pool, number);
    news_t *news = apr_pcalloc(pool, sizeof *news);

    *(number % 2 ? &news->movement : &news->heard) = racer.baton;
    racer.baton = news;
    return racer;
}

static apr_status_t hear_or_settle(wp_act_t *act, void *baton, wp_result_t *result)
{
    const news_t *news = baton;
    return news->heard ? hear(act, news->heard, result) : settle(act, news->movement, result);
}

static town_racer_t close_yesterday(apr_pool_t *pool, int number)
{
    wp_actor_t actor = town_system();
    wp_date_t *day = apr_palloc(pool, sizeof *day);

    (void)number;
    *day = actor.clock.today - 1;
    return (town_racer_t){.actor = actor, .baton = day};
}

static char raced_case[64];

static town_racer_t settle_raced(apr_pool_t *pool, int number)
{
    const wp_case_decision_t decision = {raced_case, number % 2 ? "refunded" : "done", "the accountant"};
    return (town_racer_t){.actor = town_system(), .baton = apr_pmemdup(pool, &decision, sizeof decision)};
}

static void six_decisions_about_a_case_are_one(void **unused)
{
    (void)unused;
    order();
    told(paid("1"));
    told(paid("2"));
    apr_cpystrn(raced_case, town_ask("select case_id from portal_case"), sizeof raced_case);
    town_race_t race = town_race(settle_case, settle_raced);
    assert_int_equal(race.outcomes[WP_OUTCOME_DONE], 1);
    assert_int_equal(race.outcomes[WP_OUTCOME_CONFLICT], TOWN_THREADS - 1);
    assert_int_equal(credits(), strcmp(town_ask("select how from portal_case"), "done") == 0);
}

static void six_times_the_same_message_is_one(void **unused)
{
    (void)unused;
    order();
    town_race_t race = town_race(hear, hear_first);
    assert_int_equal(race.outcomes[WP_OUTCOME_DONE], 1);
    assert_int_equal(race.outcomes[WP_OUTCOME_SAME], TOWN_THREADS - 1);
    race = town_race(hear, hear_second);
    assert_int_equal(race.outcomes[WP_OUTCOME_DONE], 1);
    assert_int_equal(credits(), 1);
    assert_int_equal(town_count("select count(*) from portal_case"), 1);
}

static void six_payments_of_one_order_are_five_credits(void **unused)
{
    (void)unused;
    order();
    town_race_t race = town_race(hear, hear_each);
    assert_int_equal(race.outcomes[WP_OUTCOME_DONE], TOWN_THREADS);
    assert_int_equal(credits(), TOWN_THREADS - 1);
    assert_int_equal(town_count("select count(*) from portal_case where reason = 'again'"), TOWN_THREADS - 1);
}

static void six_times_the_same_entry_is_one(void **unused)
{
    (void)unused;
    order();
    town_race_t race = town_race(settle, read_one);
    assert_int_equal(race.outcomes[WP_OUTCOME_DONE], 1);
    assert_int_equal(race.outcomes[WP_OUTCOME_SAME], TOWN_THREADS - 1);
    assert_int_equal(credits(), 0);
    assert_string_equal(state(), "reconciled");
}

static void six_entries_of_one_order_are_numbered(void **unused)
{
    (void)unused;
    order();
    town_race_t race = town_race(settle, read_each);
    assert_int_equal(race.outcomes[WP_OUTCOME_DONE], TOWN_THREADS);
    assert_int_equal(town_count("select count(distinct ordinal) from portal_statement_entry"), TOWN_THREADS);
    assert_int_equal(credits(), TOWN_THREADS - 1);
}

static void messages_and_entries_of_the_same_payments_count_once(void **unused)
{
    (void)unused;
    order();
    town_race(hear_or_settle, hear_or_read);
    assert_int_equal(credits(), 2);
    assert_string_equal(state(), "reconciled");
}

static void six_times_the_same_close_is_one(void **unused)
{
    (void)unused;
    order();
    told(paid("1"));
    town_race_t race = town_race(close_day, close_yesterday);
    assert_int_equal(race.outcomes[WP_OUTCOME_DONE], 1);
    assert_int_equal(race.outcomes[WP_OUTCOME_SAME], TOWN_THREADS - 1);
    assert_int_equal(town_count("select count(*) from portal_close"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_message_confirms_and_repeats),
        cmocka_unit_test(another_number_is_a_credit_of_each_contract),
        cmocka_unit_test(a_number_that_comes_after_none_is_the_same_payment),
        cmocka_unit_test(other_money_is_told_and_moves_nothing),
        cmocka_unit_test(the_day_of_a_payment_is_the_one_it_was_posted),
        cmocka_unit_test(what_billing_has_and_the_bank_takes_back_is_told),
        cmocka_unit_test(an_order_without_news_ends_once),
        cmocka_unit_test(a_day_that_is_not_over_is_not_stored),
        cmocka_unit_test(a_credit_is_given_back_by_people),
        cmocka_unit_test(nobody_else_settles_or_closes),
        cmocka_unit_test(six_decisions_about_a_case_are_one),
        cmocka_unit_test(six_times_the_same_message_is_one),
        cmocka_unit_test(six_payments_of_one_order_are_five_credits),
        cmocka_unit_test(six_times_the_same_entry_is_one),
        cmocka_unit_test(six_entries_of_one_order_are_numbered),
        cmocka_unit_test(messages_and_entries_of_the_same_payments_count_once),
        cmocka_unit_test(six_times_the_same_close_is_one),
    };
    return SERVICE_TESTS("money", tests);
}
