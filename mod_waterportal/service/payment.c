/* SPDX-License-Identifier: Apache-2.0 */
#include "service/payment.h"

#include <string.h>

#include "crypto/digest.h"
#include "crypto/random.h"
#include "data/date_text.h"

#include "base/banned.h"

/* --- leaving for the bank --- */

typedef struct leaving_t {
    wp_act_t *act;
    const wp_payment_leaving_t *wanted;
    const wp_payment_t *payment; /* held */
    wp_args_t *args;             /* bind the payment */
    wp_result_t *result;
} leaving_t;

static bool has_left(const leaving_t *leaving)
{
    return leaving->payment->state == WP_PAYMENT_REDIRECTED;
}

static apr_status_t hear(const leaving_t *leaving, wp_payment_news_t news)
{
    const wp_payment_heard_t heard = {.name = {.payment_id = leaving->payment->payment_id},
                                      .channel = "portal",
                                      .news = news,
                                      .agreement = leaving->payment->agreement,
                                      .signature = "none"};
    wp_payment_outcome_t outcome;
    return wp_payment_hear(leaving->act, &heard, &outcome);
}

/* An order that had left stays as it is: its bank may still report it paid. */
static apr_status_t refuse(leaving_t *leaving, wp_error_t code)
{
    *leaving->result = wp_result_refused(code, NULL);
    if (has_left(leaving))
        return APR_SUCCESS;
    return hear(leaving, code == WP_ERROR_ORDER_ENDED ? WP_NEWS_EXPIRED : WP_NEWS_CANCELLED);
}

static apr_status_t find(leaving_t *leaving)
{
    wp_rows_t *rows;
    apr_status_t status = wp_db_select(leaving->act->db, "order_own", leaving->args, &rows);

    if (status == APR_SUCCESS && rows->count > 0)
        status = wp_payment_hold(leaving->act->db, leaving->wanted->payment_id, &leaving->payment);
    if (status == APR_SUCCESS && !leaving->payment)
        *leaving->result = wp_result_of(WP_OUTCOME_UNKNOWN);
    return status;
}

/* Of an order that is to leave, each contract's right to pay. */
static apr_status_t check_right(leaving_t *leaving, const wp_rows_t *items, int row)
{
    const char *contract = wp_row_text(items, row, "contract_no");
    wp_standing_t standing;
    wp_result_t found = wp_result_of(WP_OUTCOME_NONE);

    if (row > 0 && strcmp(wp_row_text(items, row - 1, "contract_no"), contract) == 0)
        return APR_SUCCESS;
    apr_status_t status = wp_act_stand(leaving->act, contract, WP_RIGHT_PAY, &standing, &found);
    if (status != APR_SUCCESS || (!wp_result_is_against(&found) && (standing.whole & WP_RIGHT_PAY)))
        return status;
    return refuse(leaving, WP_ERROR_NO_RIGHT);
}

static apr_status_t check_items(leaving_t *leaving)
{
    wp_rows_t *items;
    apr_status_t status = wp_db_select(leaving->act->db, "order_items", leaving->args, &items);

    for (int i = 0; status == APR_SUCCESS && i < items->count && !wp_result_is_against(leaving->result); i++) {
        status = check_right(leaving, items, i);
        if (status == APR_SUCCESS && !wp_result_is_against(leaving->result) && !wp_row_int(items, i, "stands"))
            status = refuse(leaving, WP_ERROR_ORDER_CHANGED);
    }
    return status;
}

static apr_status_t check(leaving_t *leaving)
{
    const wp_payment_t *payment = leaving->payment;

    if (!has_left(leaving) && payment->state != WP_PAYMENT_CREATED) {
        *leaving->result = wp_result_of(WP_OUTCOME_CONFLICT);
        return APR_SUCCESS;
    }
    if (!has_left(leaving) && strcmp(payment->expires, leaving->act->who->clock.now_text) <= 0)
        return refuse(leaving, WP_ERROR_ORDER_ENDED);
    apr_status_t status = check_items(leaving);
    if (status == APR_SUCCESS && !wp_result_is_against(leaving->result) && !has_left(leaving) &&
        !leaving->wanted->placed)
        *leaving->result = wp_result_of(WP_OUTCOME_CONFLICT);
    return status;
}

/* From now on the bank has the time that the agreement gives it. */
static apr_status_t leave(leaving_t *leaving)
{
    const wp_payment_placed_t *placed = leaving->wanted->placed;
    const wp_agreement_t *agreement = wp_agreement_find(leaving->act->rules->agreements, leaving->payment->agreement);
    wp_instant_t seconds = agreement ? (wp_instant_t)agreement->minutes * 60 : WP_ORDER_SECONDS;

    if (has_left(leaving)) {
        leaving->result->outcome = WP_OUTCOME_SAME;
        return APR_SUCCESS;
    }
    wp_args_text(leaving->args, "bank_ref", placed->bank_ref);
    wp_args_text(leaving->args, "leave_href", placed->leave_href);
    wp_args_text(leaving->args, "return_hash", placed->return_hash);
    wp_args_text(leaving->args, "expires",
                 wp_instant_text(wp_act_pool(leaving->act), leaving->act->who->clock.now + seconds));
    apr_status_t status = wp_db_change(leaving->act->db, "order_leave", leaving->args, NULL);
    *leaving->result = wp_result_done(leaving->payment->payment_id);
    return status == APR_SUCCESS ? hear(leaving, WP_NEWS_LEFT) : status;
}

apr_status_t wp_payment_leave(wp_act_t *act, const wp_payment_leaving_t *wanted, const wp_payment_t **payment,
                              wp_result_t *result)
{
    const wp_payment_name_t name = {.payment_id = wanted->payment_id};
    leaving_t leaving = {.act = act, .wanted = wanted, .args = wp_act_args(act), .result = result};

    *payment = NULL;
    wp_args_text(leaving.args, "payment", wanted->payment_id);
    apr_status_t status = find(&leaving);
    if (status == APR_SUCCESS && !wp_result_is_against(result))
        status = check(&leaving);
    if (status == APR_SUCCESS && !wp_result_is_against(result))
        status = leave(&leaving);
    return status == APR_SUCCESS && leaving.payment ? wp_payment_find(act->db, &name, payment) : status;
}

const char *wp_payment_return_secret(apr_pool_t *pool, const char **hash)
{
    const char *secret = wp_random_id(pool);

    *hash = wp_digest(pool, secret, strlen(secret));
    return secret;
}

/* --- what a bank says --- */

static wp_payment_news_t news_of(wp_bank_said_t said)
{
    switch (said) {
    case WP_SAID_PAID:
        return WP_NEWS_PAID;
    case WP_SAID_UNPAID:
        return WP_NEWS_CANCELLED;
    case WP_SAID_FAILED:
        return WP_NEWS_FAILED;
    default:
        return WP_NEWS_PENDING;
    }
}

static wp_payment_heard_t heard_of(const wp_payment_message_t *message)
{
    const wp_agreement_t *agreement = message->agreement;
    const wp_bank_report_t *report = message->report;

    return (
        wp_payment_heard_t){.name = {.agreement = agreement->key, .stamp = report->stamp, .bank_ref = report->bank_ref},
                            .channel = message->channel,
                            .silent = report->said == WP_SAID_NOTHING,
                            .news = news_of(report->said),
                            .agreement = agreement->key,
                            .raw = report->bytes,
                            .length = report->length,
                            .signature = "valid",
                            .key_tag = report->key_tag,
                            .bank_no = report->bank_no,
                            .paid_on = report->paid_on,
                            .sum = {report->cents, report->currency, report->iban, report->message}};
}

static void tell_admin(const wp_log_t *log, const wp_payment_heard_t *heard, const wp_payment_outcome_t *outcome)
{
    if (outcome->decision == WP_HEARD_UNKNOWN)
        wp_log_event(log, WP_EV_BANK_UNKNOWN, "%s: %s", heard->agreement,
                     heard->name.stamp ? heard->name.stamp : heard->name.bank_ref);
    else if (outcome->decision == WP_HEARD_MOVED && outcome->why)
        wp_log_event(log, WP_EV_BANK_REVIEW, "%s: %s", outcome->payment->payment_id, outcome->why);
    else if (outcome->credit)
        wp_log_event(log, WP_EV_BANK_AGAIN, "%s: %s", outcome->payment->payment_id, outcome->credit);
    else
        wp_log_info(log, "payment %s: %s by %s, %s, key %s", outcome->payment->payment_id,
                    wp_payment_state_name(outcome->payment->state), heard->channel,
                    wp_heard_decision_name(outcome->decision), heard->key_tag);
}

apr_status_t wp_payment_receive(wp_act_t *act, const wp_payment_message_t *message, wp_payment_outcome_t *outcome,
                                wp_result_t *result)
{
    const wp_payment_heard_t heard = heard_of(message);
    apr_status_t status = wp_payment_hear(act, &heard, outcome);

    if (status != APR_SUCCESS)
        return status;
    tell_admin(act->rules->log, &heard, outcome);
    if (outcome->decision == WP_HEARD_UNKNOWN)
        *result = wp_result_refused(WP_ERROR_ORDER_UNKNOWN, NULL);
    else if (outcome->decision == WP_HEARD_MOVED || outcome->decision == WP_HEARD_AGAIN)
        *result = wp_result_done(outcome->payment->payment_id);
    else
        *result = (wp_result_t){.outcome = WP_OUTCOME_SAME, .detail = outcome->payment->payment_id};
    return APR_SUCCESS;
}
