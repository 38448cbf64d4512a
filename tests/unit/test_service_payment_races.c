/* SPDX-License-Identifier: Apache-2.0 */
/* Six at once: orders for the same invoices, repetitions, departures, messages of banks. */
#include "payment_acts.h"

#include "service/erasure.h"

#include <apr_atomic.h>
#include <apr_strings.h>
#include <string.h>

#include "base/banned.h"

#define ROUNDS 8 /* of races whose outcome depends on who is first */

static char raced[32]; /* the payment that they are about */
static wp_bank_report_t raced_report;

static void race_about(const char *payment)
{
    apr_cpystrn(raced, payment, sizeof raced);
}

static void *copy(apr_pool_t *pool, const wish_t *wish)
{
    return apr_pmemdup(pool, wish, sizeof *wish);
}

/* Somebody who may pay for 10-00001, each time somebody else: one person's orders wait for each other, because they are
 * counted. */
static wp_actor_t somebody(apr_pool_t *pool, const char *account, int number)
{
    wp_actor_t actor = town_person(account);
    actor.person = apr_psprintf(pool, "person %d", number);
    return actor;
}

static void assert_race(town_race_t race, int done, int against, wp_outcome_t how)
{
    assert_int_equal(race.outcomes[WP_OUTCOME_DONE], done);
    assert_int_equal(race.outcomes[how], against);
}

static town_racer_t same_invoices(apr_pool_t *pool, int number)
{
    wish_t wish = {.items = {{.invoice_no = "I1", .cents = 1210, .open = 1210},
                             {.invoice_no = "I2", .cents = 2420, .open = 2420}},
                   .count = 2};
    return (town_racer_t){.actor = somebody(pool, number % 2 ? "maksa" : "anna", number), .baton = copy(pool, &wish)};
}

static void two_tabs_order_once(void **state)
{
    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        assert_race(town_race(order, same_invoices), 1, 5, WP_OUTCOME_CONFLICT);
        assert_int_equal(orders(), 1);
        assert_int_equal(under_way("I1", town.clock.now_text), 1);
        forget_payments();
    }
}

/* Each by an account of its own: one account's orders wait for each other. */
static const char *const payers[TOWN_THREADS] = {"anna", "lasa", "iesniedz", "maksa", "viss", "viens"};

static void all_may_pay_for_both_contracts(void)
{
    town_sql("insert into portal_delegation (delegation_id, contract_no, giver_account, receiver_code, level, since, "
             "until, state, created_at) select 'o-' || p.account_id || c.contract_no, c.contract_no, 'anna', "
             "p.person_code, 'pay', '2026-06-01', '2027-05-31', 'active', '2026-06-01T00:00:00Z' "
             "from portal_person_code p cross join billing_contract c where c.customer_no = 'K1' "
             "and p.account_id in ('lasa', 'iesniedz', 'maksa', 'viss', 'viens')");
}

/* Any two of them have an invoice in common, and take them in another order. */
static town_racer_t overlapping(apr_pool_t *pool, int number)
{
    static const wp_order_item_t invoices[] = {{.invoice_no = "I1", .cents = 1210, .open = 1210},
                                               {.invoice_no = "I2", .cents = 2420, .open = 2420},
                                               {.invoice_no = "I4", .cents = 3630, .open = 3630}};
    int first = number % 3, second = (number + 1 + number / 3) % 3;
    wish_t wish = {.items = {invoices[first], invoices[second]}, .count = 2};
    return (town_racer_t){.actor = town_person(payers[number]), .baton = copy(pool, &wish)};
}

static void overlapping_orders_neither_double_nor_wait_in_a_circle(void **state)
{
    (void)state;
    all_may_pay_for_both_contracts();
    for (int i = 0; i < 5 * ROUNDS; i++) {
        assert_race(town_race(order, overlapping), 1, 5, WP_OUTCOME_CONFLICT);
        forget_payments();
    }
    if (strcmp(town.driver, "pgsql") == 0) /* one of two that wait in a circle is run again, a second later */
        assert_int_equal(town_count("select sum(deadlocks) from pg_stat_database"), 0);
}

static town_racer_t of_the_limit(apr_pool_t *pool, int number)
{
    wish_t wish = wish_for(apr_psprintf(pool, "L%d", number), 100);
    return (town_racer_t){.actor = town_person("anna"), .baton = copy(pool, &wish)};
}

static void a_limit_of_two_lets_two_through(void **state)
{
    (void)state;
    for (int i = 0; i < TOWN_THREADS; i++)
        town_sql(apr_psprintf(town.pool,
                              "insert into billing_invoice (invoice_no, contract_no, issued_on, due_on, period_from, "
                              "period_until, net_c, vat_c, total_c, open_c) values ('L%d', '10-00001', '2026-10-05', "
                              "'2026-10-25', '2026-09-01', '2026-09-30', 100, 0, 100, 100)",
                              i));
    town.limits.most[WP_LIMIT_ORDERS] = 2;
    assert_race(town_race(order, of_the_limit), 2, 4, WP_OUTCOME_LIMITED);
    assert_int_equal(orders(), 2);
}

static town_racer_t again(apr_pool_t *pool, int number)
{
    wish_t wish = again_for("I1", 1210, raced);
    return (town_racer_t){.actor = somebody(pool, number % 2 ? "maksa" : "anna", number), .baton = copy(pool, &wish)};
}

static void an_order_is_repeated_once(void **state)
{
    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        race_about(ordered("anna", "I1", 1210));
        assert_int_equal(leave_by(town_person("anna"), raced).outcome, WP_OUTCOME_DONE);
        assert_race(town_race(order, again), 1, 5, WP_OUTCOME_CONFLICT);
        assert_int_equal(under_way("I1", town.clock.now_text), 2);
        forget_payments();
    }
}

static void also_one_that_has_not_left(void **state)
{
    (void)state;
    race_about(ordered("anna", "I1", 1210));
    assert_race(town_race(order, again), 1, 5, WP_OUTCOME_CONFLICT);
    assert_int_equal(under_way("I1", town.clock.now_text), 1);
}

static town_racer_t leaving(apr_pool_t *pool, int number)
{
    way_t *way = apr_pcalloc(pool, sizeof *way);
    *way = (way_t){.payment = raced, .placed = {apr_psprintf(pool, "ref %d", number), "https://bank.example/", NULL}};
    return (town_racer_t){.actor = town_person("anna"), .baton = way};
}

static void six_tabs_leave_with_one_order(void **state)
{
    (void)state;
    race_about(ordered("anna", "I1", 1210));
    assert_race(town_race(leave, leaving), 1, 5, WP_OUTCOME_SAME);
    assert_int_equal(town_count("select count(*) from portal_payment_event where said = 'left'"), 1);
}

static town_racer_t receiving(apr_pool_t *pool, int number)
{
    (void)number;
    return (town_racer_t){.actor = town_system(), .baton = apr_pmemdup(pool, &raced_report, sizeof raced_report)};
}

static void the_same_message_counts_once(void **state)
{
    (void)state;
    const char *payment = ordered("anna", "I1", 1210);
    assert_int_equal(leave_by(town_person("anna"), payment).outcome, WP_OUTCOME_DONE);
    raced_report = report_on(payment, WP_SAID_PAID);
    assert_race(town_race(receive, receiving), 1, 5, WP_OUTCOME_SAME);
    assert_int_equal(town_count("select count(*) from portal_payment_event where decision = 'moved' and said = 'paid'"),
                     1);
    assert_int_equal(town_count("select count(*) from portal_posted"), 1);
}

/* Racers that do different things: the first three one, the others another. */
typedef struct either_t {
    wp_once_run_t run;
    void *baton;
    apr_uint32_t *done;
} either_t;

static apr_uint32_t done_first, done_second;

static apr_status_t do_either(wp_act_t *act, void *baton, wp_result_t *result)
{
    either_t *either = baton;
    apr_status_t status = either->run(act, either->baton, result);
    if (status == APR_SUCCESS && result->outcome == WP_OUTCOME_DONE)
        apr_atomic_inc32(either->done);
    return status;
}

static town_racer_t either(apr_pool_t *pool, wp_once_run_t run, town_racer_t racer, bool first)
{
    either_t *made = apr_palloc(pool, sizeof *made);
    *made = (either_t){run, racer.baton, first ? &done_first : &done_second};
    racer.baton = made;
    return racer;
}

static void race_either(town_racer_t (*make)(apr_pool_t *pool, int number))
{
    done_first = done_second = 0;
    town_race(do_either, make);
}

static town_racer_t leave_or_repeat(apr_pool_t *pool, int number)
{
    return number < 3 ? either(pool, leave, leaving(pool, number), true)
                      : either(pool, order, again(pool, number), false);
}

/* If it left, it is under way beside its repetition; if not, it never will. */
static void it_leaves_or_makes_room(void **state)
{
    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        race_about(ordered("anna", "I1", 1210));
        race_either(leave_or_repeat);
        assert_int_equal(done_second, 1);
        assert_string_equal(state_of(raced), done_first ? "redirected" : "cancelled");
        assert_int_equal(under_way("I1", town.clock.now_text), done_first ? 2 : 1);
        forget_payments();
    }
}

static town_racer_t leave_or_order_anew(apr_pool_t *pool, int number)
{
    wish_t wish = wish_for("I1", 1210);
    town_racer_t anew = {.actor = somebody(pool, "maksa", number), .baton = copy(pool, &wish)};
    town_racer_t racer = number < 3 ? either(pool, leave, leaving(pool, number), true)
                                    : either(pool, order, anew, false);

    /* whose second is the last of it, and whose the first after it */
    racer.actor.clock = wp_clock_at(pool, town.clock.now + WP_ORDER_SECONDS - (number < 3));
    return racer;
}

static void at_the_end_of_its_time_it_leaves_or_another_is_made(void **state)
{
    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        race_about(ordered("anna", "I1", 1210));
        race_either(leave_or_order_anew);
        assert_int_equal(done_first + done_second, 1);
        assert_string_equal(state_of(raced), done_first ? "redirected" : "expired");
        assert_int_equal(under_way("I1", "2026-11-27T10:20:00Z"), 1);
        forget_payments();
    }
}

static town_racer_t order_or_hear(apr_pool_t *pool, int number)
{
    wish_t wish = wish_for("I1", 1210);
    town_racer_t anew = {.actor = somebody(pool, "maksa", number), .baton = copy(pool, &wish)};

    return number < 3 ? either(pool, receive, receiving(pool, number), true) : either(pool, order, anew, false);
}

/* Late money for an order that was given up, while the invoice is ordered anew: whatever comes first, the new order
 * does not leave for what is paid. */
static void nothing_that_was_paid_leaves(void **state)
{
    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        const char *late = ordered("anna", "I1", 1210);
        assert_int_equal(leave_by(town_person("anna"), late).outcome, WP_OUTCOME_DONE);
        assert_int_equal(receive_report(report_on(late, WP_SAID_UNPAID)).outcome, WP_OUTCOME_DONE);
        raced_report = report_on(late, WP_SAID_PAID);
        race_either(order_or_hear);
        assert_int_equal(done_first, 1);
        assert_true(done_second <= 1);
        assert_int_equal(town_count("select count(*) from portal_posted"), 1);
        if (done_second)
            refused_as(town_ask("select payment_id from portal_payment where account_id = 'maksa'"),
                       town_person("maksa"), WP_ERROR_ORDER_CHANGED, "cancelled");
        forget_payments();
    }
}

static apr_status_t erase(wp_act_t *act, void *baton, wp_result_t *result)
{
    return wp_erasure_settle(act, baton, result);
}

static town_racer_t order_or_erase(apr_pool_t *pool, int number)
{
    static char erasure[] = "e1";
    wish_t wish = wish_for("I1", 1210);
    town_racer_t anew = {.actor = somebody(pool, "maksa", number), .baton = copy(pool, &wish)};

    return number < 3 ? either(pool, order, anew, true)
                      : either(pool, erase, (town_racer_t){.actor = town_system(), .baton = erasure}, false);
}

static void whoever_is_erased_has_nothing_under_way(void **state)
{
    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        town_begin_again();
        town_sql("insert into portal_erasure (erasure_id, account_id, at, state) values ('e1', 'maksa', "
                 "'2026-11-27T09:00:00Z', 'asked')");
        race_either(order_or_erase);
        assert_int_equal(done_first + done_second, 1);
        assert_int_equal(orders(), done_first);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_tabs_order_once),
        cmocka_unit_test(overlapping_orders_neither_double_nor_wait_in_a_circle),
        cmocka_unit_test(a_limit_of_two_lets_two_through),
        cmocka_unit_test(an_order_is_repeated_once),
        cmocka_unit_test(also_one_that_has_not_left),
        cmocka_unit_test(six_tabs_leave_with_one_order),
        cmocka_unit_test(the_same_message_counts_once),
        cmocka_unit_test(it_leaves_or_makes_room),
        cmocka_unit_test(at_the_end_of_its_time_it_leaves_or_another_is_made),
        cmocka_unit_test(nothing_that_was_paid_leaves),
        cmocka_unit_test(whoever_is_erased_has_nothing_under_way),
    };
    open_bank();
    return SERVICE_TESTS("payments, six at once", tests);
}
