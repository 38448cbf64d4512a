/* SPDX-License-Identifier: Apache-2.0 */
#include "payment_acts.h"

#include <apr_strings.h>
#include <stdlib.h>

#include "base/banned.h"

/* --- a bank --- */

static wp_agreement_t banks[] = {{.key = "bank", .iban = "LV80BANK0000435195001", .minutes = 60}};
static apr_array_header_t bank_list = {.elt_size = sizeof *banks, .nelts = 1, .nalloc = 1, .elts = (char *)banks};
static const wp_agreements_t agreements = {.list = &bank_list};

void open_bank(void)
{
    town.rules.agreements = &agreements;
}

/* --- orders --- */

apr_status_t order(wp_act_t *act, void *baton, wp_result_t *result)
{
    wish_t *wish = baton;
    apr_array_header_t *items = apr_array_make(wp_act_pool(act), 4, sizeof(wp_order_item_t));
    wp_payment_wanted_t wanted = {.agreement = wish->bank ? wish->bank : "bank", .items = items, .sum = wish->sum};
    int item;

    for (int i = 0; i < wish->count; i++) {
        APR_ARRAY_PUSH(items, wp_order_item_t) = wish->items[i];
        wanted.sum += wish->sum ? 0 : wish->items[i].cents;
    }
    apr_status_t status = wp_payment_order(act, &wanted, &item, result);
    wish->item = item;
    return status;
}

/* All that is open of one invoice. */
wish_t wish_for(const char *invoice, int64_t open)
{
    return (wish_t){.items = {{.invoice_no = invoice, .cents = open, .open = open}}, .count = 1};
}

wp_result_t order_by(wp_actor_t actor, wish_t wish)
{
    return town_act(&actor, order, &wish);
}

const char *ordered(const char *account, const char *invoice, int64_t open)
{
    wp_result_t result = order_by(town_person(account), wish_for(invoice, open));
    assert_int_equal(result.outcome, WP_OUTCOME_DONE);
    return result.detail;
}

wish_t again_for(const char *invoice, int64_t open, const char *repeats)
{
    wish_t wish = wish_for(invoice, open);
    wish.items[0].repeats = repeats;
    return wish;
}

const char *ask(const char *format, const char *id)
{
    return town_ask(apr_psprintf(town.pool, format, id));
}

const char *state_of(const char *payment)
{
    return ask("select state from portal_payment where payment_id = '%s'", payment);
}

int orders(void)
{
    return town_count("select count(*) from portal_payment");
}

int under_way(const char *invoice, const char *now)
{
    return town_count(apr_psprintf(town.pool,
                                   "select count(*) from portal_under_way where invoice_no = '%s' and until > '%s'",
                                   invoice, now));
}

/* --- leaving --- */

apr_status_t leave(wp_act_t *act, void *baton, wp_result_t *result)
{
    way_t *way = baton;
    const wp_payment_leaving_t wanted = {way->payment, way->is_waiting ? NULL : &way->placed};
    const wp_payment_t *payment;
    apr_status_t status = wp_payment_leave(act, &wanted, &payment, result);

    way->href = status == APR_SUCCESS && payment && payment->leave_href ? payment->leave_href : "";
    return status;
}

wp_result_t leave_by(wp_actor_t actor, const char *payment)
{
    way_t way = {.payment = payment};
    return town_act(&actor, leave, &way);
}

/* --- a bank's message --- */

apr_status_t receive(wp_act_t *act, void *baton, wp_result_t *result)
{
    const wp_payment_message_t message = {&banks[0], baton, "push"};
    wp_payment_outcome_t outcome;
    return wp_payment_receive(act, &message, &outcome, result);
}

wp_bank_report_t report_on(const char *payment, wp_bank_said_t said)
{
    return (wp_bank_report_t){.said = said,
                              .stamp = ask("select stamp from portal_payment where payment_id = '%s'", payment),
                              .cents = (int64_t)strtol(ask("select amount_c from portal_payment where payment_id = "
                                                           "'%s'",
                                                           payment),
                                                       NULL, 10),
                              .currency = "EUR",
                              .iban = banks[0].iban,
                              .key_tag = "key",
                              .bytes = "message",
                              .length = 7};
}

wp_result_t receive_report(wp_bank_report_t report)
{
    wp_actor_t bank = town_system();
    return town_act(&bank, receive, &report);
}

void refused_as(const char *payment, wp_actor_t actor, wp_error_t code, const char *state)
{
    wp_result_t result = leave_by(actor, payment);
    assert_int_equal(result.outcome, WP_OUTCOME_REFUSED);
    assert_int_equal(result.code, code);
    assert_string_equal(state_of(payment), state);
}

void forget_payments(void)
{
    town_sql("delete from portal_payment_paid; delete from portal_payment_event; delete from portal_payment_item; "
             "delete from portal_payment");
}
