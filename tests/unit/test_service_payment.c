/* SPDX-License-Identifier: Apache-2.0 */
/* Orders without a page: who may make one, what it must fulfil, when it may leave for its bank, and what a bank's
 * message does to it. */
#include "payment_acts.h"

#include <apr_strings.h>

#include "base/banned.h"

/* --- what an order must fulfil --- */

static void it_says_what_it_is_for(void **state)
{
    (void)state;
    wish_t wish = {.items = {{.invoice_no = "I4", .cents = 3630, .open = 3630},
                             {.invoice_no = "I1", .cents = 1000, .open = 1210}},
                   .count = 2};
    wp_result_t result = order_by(town_person("anna"), wish);
    assert_int_equal(result.outcome, WP_OUTCOME_DONE);
    assert_string_equal(ask("select account_id || ' ' || agreement || ' ' || amount_c || ' ' || account_iban || ' ' || "
                            "state || ' ' || expires_at from portal_payment where payment_id = '%s'",
                            result.detail),
                        "anna bank 4630 LV80BANK0000435195001 created 2026-11-27T10:20:00Z");
    assert_string_equal(ask("select message from portal_payment where payment_id = '%s'", result.detail) + 17,
                        " I4, I1");
    for (int i = 0; i < 2; i++)
        assert_string_equal(
            town_ask(apr_psprintf(town.pool,
                                  "select line || ' ' || contract_no || ' ' || amount_c || ' ' || nth || ' ' || open_c "
                                  "|| ' ' || customer_no from portal_payment_item where invoice_no = '%s'",
                                  i ? "I1" : "I4")),
            i ? "2 10-00001 1000 1 1210 K1" : "1 10-00002 3630 1 3630 K1");
    assert_int_equal(town_count("select count(*) from portal_audit where action = 'payment_started' and actor_kind = "
                                "'customer' and contract_no in ('10-00001', '10-00002')"),
                     2);
}

static void everybody_orders_what_they_may_pay(void **state)
{
    (void)state;
    town_sql("insert into portal_delegation (delegation_id, contract_no, point_id, giver_account, receiver_code, "
             "level, since, until, state, created_at) values ('point', '10-00001', 'T1', 'anna', "
             "'PNOLV-32000000011', 'pay', '2026-06-01', '2027-05-31', 'active', '2026-06-01T00:00:00Z')");
    const struct {
        wp_actor_t actor;
        const char *invoice;
        int64_t open;
        wp_outcome_t outcome;
    } cases[] = {
        {town_person("anna"), "I1", 1210, WP_OUTCOME_DONE},
        {town_person("karlis"), "I5", 10890, WP_OUTCOME_DONE},
        {town_person("maksa"), "I1", 1210, WP_OUTCOME_DONE},
        {town_person("viss"), "I1", 1210, WP_OUTCOME_DONE},
        {town_token("anna", WP_RIGHT_PAY), "I1", 1210, WP_OUTCOME_DONE},
        {town_token("anna", WP_RIGHT_INVOICES), "I1", 1210, WP_OUTCOME_REFUSED},
        {town_person("lasa"), "I1", 1210, WP_OUTCOME_REFUSED}, /* reads all of it, and pays for one meter */
        {town_person("iesniedz"), "I1", 1210, WP_OUTCOME_REFUSED},
        {town_person("viens"), "I1", 1210, WP_OUTCOME_REFUSED},
        {town_staff(WP_RIGHT_ANY), "I1", 1210, WP_OUTCOME_REFUSED}, /* an order is an account's */
        {town_system(), "I1", 1210, WP_OUTCOME_REFUSED},
        {town_person("vakar"), "I1", 1210, WP_OUTCOME_UNKNOWN},
        {town_person("svesa"), "I1", 1210, WP_OUTCOME_UNKNOWN},
        {town_person("bijusi"), "I5", 10890, WP_OUTCOME_UNKNOWN},
        {town_person("anna"), "I5", 10890, WP_OUTCOME_UNKNOWN},
        {town_person("anna"), "none", 100, WP_OUTCOME_UNKNOWN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        wp_result_t result = order_by(cases[i].actor, wish_for(cases[i].invoice, cases[i].open));
        if (result.outcome != cases[i].outcome)
            fail_msg("case %zu: %s", i, wp_outcome_name(result.outcome));
        if (result.outcome == WP_OUTCOME_REFUSED)
            assert_int_equal(result.code, WP_ERROR_NO_RIGHT);
        assert_int_equal(orders(), cases[i].outcome == WP_OUTCOME_DONE);
        forget_payments();
    }
}

static void one_that_may_not_be_paid_spoils_the_order(void **state)
{
    (void)state;
    wish_t wish = {.items = {{.invoice_no = "I1", .cents = 1210, .open = 1210},
                             {.invoice_no = "I5", .cents = 10890, .open = 10890}},
                   .count = 2};
    assert_int_equal(order_by(town_person("anna"), wish).outcome, WP_OUTCOME_UNKNOWN);
    wish.items[1] = (wp_order_item_t){.invoice_no = "I4", .cents = 3630, .open = 3630};
    assert_int_equal(order_by(town_person("maksa"), wish).outcome, WP_OUTCOME_UNKNOWN);
    assert_int_equal(orders(), 0);
    assert_int_equal(town_count("select count(*) from portal_audit"), 0);
    assert_int_equal(town_count("select count(*) from portal_allowance"), 0);
}

static void what_is_wrong_is_named(void **state)
{
    (void)state;
#define ITEM(no, sum) \
    { \
        .invoice_no = no, .cents = sum, .open = 1210 \
    }
    static const struct {
        wish_t wish;
        wp_error_t code;
        const char *field;
        int item;
    } cases[] = {
        {{.bank = "none", .items = {ITEM("I1", 1210)}, .count = 1}, WP_ERROR_BANK_NONE, "agreement", -1},
        {{.count = 0}, WP_ERROR_NOTHING_PICKED, "items", -1},
        {{.items = {ITEM("I1", 0)}, .count = 1, .sum = 1}, WP_ERROR_AMOUNT_NONE, "cents", 0},
        {{.items = {ITEM("I1", 1210), ITEM("I2", -1)}, .count = 2}, WP_ERROR_AMOUNT_NONE, "cents", 1},
        {{.items = {ITEM("I1", 5), ITEM("I1", 7)}, .count = 2}, WP_ERROR_CHOICE, "items", 1},
        {{.items = {ITEM("I1", 1210)}, .count = 1, .sum = 1209}, WP_ERROR_SUM_CHANGED, "sum", -1},
        {{.items = {ITEM("I1", WP_ORDER_SUM_MAX + 1)}, .count = 1}, WP_ERROR_SUM_TOO_MUCH, "sum", -1},
        {{.items = {ITEM("I1", WP_ORDER_SUM_MAX), ITEM("I2", 1)}, .count = 2}, WP_ERROR_SUM_TOO_MUCH, "sum", -1},
        {{.items = {ITEM("I1", INT64_MAX), ITEM("I2", INT64_MAX)}, .count = 2, .sum = -2},
         WP_ERROR_SUM_TOO_MUCH,
         "sum",
         -1},
    };
#undef ITEM
    wp_actor_t anna = town_person("anna");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        wish_t wish = cases[i].wish;
        wp_result_t result = town_act(&anna, order, &wish);
        assert_int_equal(result.outcome, WP_OUTCOME_REFUSED);
        assert_int_equal(result.code, cases[i].code);
        assert_string_equal(result.field, cases[i].field);
        assert_int_equal(wish.item, cases[i].item);
    }
    assert_int_equal(orders(), 0);
    assert_int_equal(town_count("select count(*) from portal_allowance"), 0);
}

/* A person may pay ahead: what is more than open becomes a credit. But only of what they saw. */
static void what_is_open_is_what_was_seen(void **state)
{
    (void)state;
    wp_actor_t anna = town_person("anna");
    assert_int_equal(order_by(anna, wish_for("I1", 1209)).outcome, WP_OUTCOME_CONFLICT);
    assert_int_equal(order_by(anna, wish_for("I1", 1211)).outcome, WP_OUTCOME_CONFLICT);
    assert_int_equal(order_by(anna, wish_for("I3", 0)).outcome, WP_OUTCOME_REFUSED);
    wish_t paid = wish_for("I3", 0);
    paid.items[0].cents = 100;
    assert_int_equal(order_by(anna, paid).outcome, WP_OUTCOME_CONFLICT);
    wish_t ahead = wish_for("I1", 1210);
    ahead.items[0].cents = 2000;
    assert_int_equal(order_by(anna, ahead).outcome, WP_OUTCOME_DONE);
    assert_int_equal(orders(), 1);
}

static void a_limit_holds(void **state)
{
    (void)state;
    town.limits.most[WP_LIMIT_ORDERS] = 2;
    wp_actor_t anna = town_person("anna");
    ordered("anna", "I1", 1210);
    assert_int_equal(order_by(anna, wish_for("I1", 1210)).outcome, WP_OUTCOME_CONFLICT); /* and is not counted */
    ordered("anna", "I2", 2420);
    wp_result_t third = order_by(anna, wish_for("I4", 3630));
    assert_int_equal(third.outcome, WP_OUTCOME_LIMITED);
    assert_int_equal(third.retry_at - anna.clock.now, 1800);
    assert_int_equal(order_by(town_person("karlis"), wish_for("I5", 10890)).outcome, WP_OUTCOME_DONE);
    assert_int_equal(orders(), 3);
}

/* --- one order under way --- */

static void an_order_that_never_left_ends_by_itself(void **state)
{
    (void)state;
    const char *first = ordered("anna", "I1", 1210);
    wp_actor_t in_time = town_later(town_person("anna"), WP_ORDER_SECONDS - 1);
    wp_actor_t later = town_later(town_person("anna"), WP_ORDER_SECONDS);
    assert_int_equal(order_by(in_time, wish_for("I1", 1210)).outcome, WP_OUTCOME_CONFLICT);
    assert_int_equal(under_way("I1", in_time.clock.now_text), 1);
    assert_int_equal(under_way("I1", later.clock.now_text), 0);
    assert_int_equal(order_by(later, wish_for("I1", 1210)).outcome, WP_OUTCOME_DONE);
    assert_string_equal(state_of(first), "expired");
    assert_int_equal(town_count("select count(*) from portal_payment_event where said = 'expired'"), 1);
}

static void one_that_left_does_not(void **state)
{
    (void)state;
    const char *first = ordered("anna", "I1", 1210);
    wp_actor_t later = town_later(town_person("anna"), 86400);
    assert_int_equal(leave_by(town_person("anna"), first).outcome, WP_OUTCOME_DONE);
    assert_int_equal(order_by(later, wish_for("I1", 1210)).outcome, WP_OUTCOME_CONFLICT);
    for (int i = 0; i < 2; i++) {
        town_sql(apr_psprintf(town.pool, "update portal_payment set state = '%s'", i ? "review" : "pending"));
        assert_int_equal(order_by(later, wish_for("I1", 1210)).outcome, WP_OUTCOME_CONFLICT);
    }
    town_sql("update portal_payment set state = 'cancelled'");
    assert_int_equal(order_by(later, wish_for("I1", 1210)).outcome, WP_OUTCOME_DONE);
}

static void it_is_repeated_on_purpose_by_its_name(void **state)
{
    (void)state;
    wp_actor_t anna = town_person("anna");
    const char *first = ordered("anna", "I1", 1210), *other = ordered("anna", "I2", 2420);
    assert_int_equal(leave_by(anna, first).outcome, WP_OUTCOME_DONE);
    assert_int_equal(order_by(anna, again_for("I1", 1210, "none")).outcome, WP_OUTCOME_CONFLICT);
    assert_int_equal(order_by(anna, again_for("I1", 1210, other)).outcome, WP_OUTCOME_CONFLICT);
    wp_result_t second = order_by(anna, again_for("I1", 1210, first));
    assert_int_equal(second.outcome, WP_OUTCOME_DONE);
    assert_string_equal(ask("select repeats from portal_payment_item where payment_id = '%s'", second.detail), first);
    assert_string_equal(state_of(first), "redirected");
    assert_string_equal(state_of(other), "created");
    assert_int_equal(order_by(anna, again_for("I1", 1210, first)).outcome, WP_OUTCOME_CONFLICT); /* seen no more */
    assert_int_equal(leave_by(anna, second.detail).outcome, WP_OUTCOME_DONE);
    assert_int_equal(order_by(anna, again_for("I1", 1210, second.detail)).outcome, WP_OUTCOME_DONE);
    assert_int_equal(under_way("I1", anna.clock.now_text), 3);
}

static void one_that_has_not_left_makes_room(void **state)
{
    (void)state;
    wp_actor_t anna = town_person("anna");
    const char *first = ordered("maksa", "I1", 1210);
    assert_int_equal(order_by(anna, again_for("I1", 1210, first)).outcome, WP_OUTCOME_DONE);
    assert_string_equal(state_of(first), "cancelled");
    assert_int_equal(under_way("I1", anna.clock.now_text), 1);
    assert_int_equal(leave_by(town_person("maksa"), first).outcome, WP_OUTCOME_CONFLICT);
}

/* Its items have no number: they are older than every order that has one. */
static void an_order_of_the_release_before_counts_too(void **state)
{
    (void)state;
    wp_actor_t anna = town_person("anna");
    town_sql("insert into portal_payment (payment_id, account_id, agreement, stamp, amount_c, account_iban, message, "
             "state, late, created_at, changed_at, expires_at) values ('old', 'anna', 'bank', '1', 1210, 'X', 'WP1', "
             "'redirected', 0, '2026-11-27T09:59:00Z', '2026-11-27T09:59:00Z', '2026-11-27T11:00:00Z');"
             "insert into portal_payment_item (payment_id, line, contract_no, invoice_no, amount_c) values "
             "('old', 1, '10-00001', 'I1', 1210)");
    assert_int_equal(order_by(anna, wish_for("I1", 1210)).outcome, WP_OUTCOME_CONFLICT);
    assert_int_equal(leave_by(anna, "old").outcome, WP_OUTCOME_SAME);
    assert_int_equal(order_by(anna, again_for("I1", 1210, "old")).outcome, WP_OUTCOME_DONE);
    assert_int_equal(order_by(anna, again_for("I1", 1210, "old")).outcome, WP_OUTCOME_CONFLICT);
}

/* --- leaving for the bank --- */

static void it_leaves_once_with_what_its_bank_gave(void **state)
{
    (void)state;
    wp_actor_t anna = town_person("anna"), later = town_later(anna, 600);
    way_t first = {.payment = ordered("anna", "I1", 1210), .placed = {"ref 1", "https://bank.example/1", "hash 1"}};
    way_t second = {.payment = first.payment, .placed = {"ref 2", "https://bank.example/2", "hash 2"}};
    way_t waiting = {.payment = first.payment, .is_waiting = true};
    assert_int_equal(town_act(&anna, leave, &waiting).outcome, WP_OUTCOME_CONFLICT);
    assert_string_equal(state_of(first.payment), "created");
    assert_int_equal(town_act(&later, leave, &first).outcome, WP_OUTCOME_DONE);
    assert_int_equal(town_act(&later, leave, &second).outcome, WP_OUTCOME_SAME);
    assert_int_equal(town_act(&later, leave, &waiting).outcome, WP_OUTCOME_SAME);
    assert_string_equal(second.href, "https://bank.example/1");
    assert_string_equal(waiting.href, "https://bank.example/1");
    assert_string_equal(ask("select state || ' ' || bank_ref || ' ' || return_hash || ' ' || expires_at from "
                            "portal_payment where payment_id = '%s'",
                            first.payment),
                        "redirected ref 1 hash 1 2026-11-27T11:10:00Z");
}

static void only_its_account_leaves_with_it(void **state)
{
    (void)state;
    const char *payment = ordered("maksa", "I1", 1210);
    assert_int_equal(leave_by(town_person("anna"), payment).outcome, WP_OUTCOME_UNKNOWN);
    assert_int_equal(leave_by(town_person("svesa"), payment).outcome, WP_OUTCOME_UNKNOWN);
    assert_int_equal(leave_by(town_system(), payment).outcome, WP_OUTCOME_UNKNOWN);
    assert_int_equal(leave_by(town_staff(WP_RIGHT_ANY), payment).outcome, WP_OUTCOME_UNKNOWN);
    assert_int_equal(leave_by(town_person("maksa"), "none").outcome, WP_OUTCOME_UNKNOWN);
    assert_int_equal(leave_by(town_token("maksa", WP_RIGHT_INVOICES), payment).code, WP_ERROR_NO_RIGHT);
    assert_string_equal(state_of(payment), "cancelled");
    payment = ordered("maksa", "I1", 1210);
    town_sql("update portal_delegation set until = '2026-11-26' where delegation_id = 'd-maksa'");
    wp_result_t result = leave_by(town_person("maksa"), payment);
    assert_int_equal(result.outcome, WP_OUTCOME_REFUSED);
    assert_int_equal(result.code, WP_ERROR_NO_RIGHT);
    assert_string_equal(state_of(payment), "cancelled");
}

static void it_does_not_leave_for_what_is_not_open_any_more(void **state)
{
    (void)state;
    static const char *const changes[] = {"open_c = 0", "open_c = 1209", "open_c = 1211", "invoice_no = 'gone'"};
    wp_actor_t anna = town_person("anna");
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        town_sql("delete from billing_invoice where invoice_no = 'gone';"
                 "delete from billing_invoice where invoice_no = 'N';"
                 "insert into billing_invoice (invoice_no, contract_no, issued_on, due_on, period_from, period_until, "
                 "net_c, vat_c, total_c, open_c) values ('N', '10-00001', '2026-10-05', '2026-10-25', '2026-09-01', "
                 "'2026-09-30', 1000, 210, 1210, 1210)");
        const char *left = ordered("anna", "N", 1210);
        assert_int_equal(leave_by(anna, left).outcome, WP_OUTCOME_DONE);
        wp_result_t unsent = order_by(anna, again_for("N", 1210, left));
        town_sql(apr_psprintf(town.pool, "update billing_invoice set %s where invoice_no = 'N'", changes[i]));
        refused_as(unsent.detail, anna, WP_ERROR_ORDER_CHANGED, "cancelled");
        refused_as(left, anna, WP_ERROR_ORDER_CHANGED, "redirected"); /* its bank may still report it paid */
        forget_payments();
    }
}

static void nor_after_its_time(void **state)
{
    (void)state;
    const char *payment = ordered("anna", "I1", 1210);
    refused_as(payment, town_later(town_person("anna"), WP_ORDER_SECONDS), WP_ERROR_ORDER_ENDED, "expired");
    assert_int_equal(leave_by(town_person("anna"), payment).outcome, WP_OUTCOME_CONFLICT);
}

static void nor_when_it_was_paid_by_another_order(void **state)
{
    (void)state;
    wp_actor_t anna = town_person("anna");
    const char *first = ordered("anna", "I1", 1210);
    assert_int_equal(leave_by(anna, first).outcome, WP_OUTCOME_DONE);
    const char *second = order_by(anna, again_for("I1", 1210, first)).detail;
    assert_int_equal(receive_report(report_on(first, WP_SAID_PAID)).outcome, WP_OUTCOME_DONE);
    refused_as(second, anna, WP_ERROR_ORDER_CHANGED, "cancelled");
    assert_int_equal(leave_by(anna, first).outcome, WP_OUTCOME_CONFLICT);
}

/* --- what a bank says --- */

static void a_message_is_believed_once(void **state)
{
    (void)state;
    const char *payment = ordered("anna", "I1", 1210);
    assert_int_equal(leave_by(town_person("anna"), payment).outcome, WP_OUTCOME_DONE);
    wp_bank_report_t paid = report_on(payment, WP_SAID_PAID), no = report_on(payment, WP_SAID_UNPAID);
    wp_bank_report_t foreign = paid;
    foreign.stamp = "999";
    wp_result_t unknown = receive_report(foreign);
    assert_int_equal(unknown.outcome, WP_OUTCOME_REFUSED);
    assert_int_equal(unknown.code, WP_ERROR_ORDER_UNKNOWN);
    assert_int_equal(town_count("select count(*) from portal_payment_event where decision = 'unknown'"), 1);
    assert_int_equal(receive_report(paid).outcome, WP_OUTCOME_DONE);
    assert_int_equal(receive_report(paid).outcome, WP_OUTCOME_SAME);
    assert_int_equal(receive_report(no).outcome, WP_OUTCOME_SAME);
    assert_string_equal(state_of(payment), "confirmed");
    assert_int_equal(town_count("select open_c from portal_invoice where invoice_no = 'I1'"), 0);
}

static void other_money_is_looked_at(void **state)
{
    (void)state;
    const char *payment = ordered("anna", "I1", 1210);
    assert_int_equal(leave_by(town_person("anna"), payment).outcome, WP_OUTCOME_DONE);
    wp_bank_report_t report = report_on(payment, WP_SAID_PAID);
    report.cents = 1209;
    assert_int_equal(receive_report(report).outcome, WP_OUTCOME_DONE);
    assert_string_equal(state_of(payment), "review");
    assert_int_equal(under_way("I1", town.clock.now_text), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_says_what_it_is_for),
        cmocka_unit_test(everybody_orders_what_they_may_pay),
        cmocka_unit_test(one_that_may_not_be_paid_spoils_the_order),
        cmocka_unit_test(what_is_wrong_is_named),
        cmocka_unit_test(what_is_open_is_what_was_seen),
        cmocka_unit_test(a_limit_holds),
        cmocka_unit_test(an_order_that_never_left_ends_by_itself),
        cmocka_unit_test(one_that_left_does_not),
        cmocka_unit_test(it_is_repeated_on_purpose_by_its_name),
        cmocka_unit_test(one_that_has_not_left_makes_room),
        cmocka_unit_test(an_order_of_the_release_before_counts_too),
        cmocka_unit_test(it_leaves_once_with_what_its_bank_gave),
        cmocka_unit_test(only_its_account_leaves_with_it),
        cmocka_unit_test(it_does_not_leave_for_what_is_not_open_any_more),
        cmocka_unit_test(nor_after_its_time),
        cmocka_unit_test(nor_when_it_was_paid_by_another_order),
        cmocka_unit_test(a_message_is_believed_once),
        cmocka_unit_test(other_money_is_looked_at),
    };
    open_bank();
    return SERVICE_TESTS("payments", tests);
}
