/* SPDX-License-Identifier: Apache-2.0 */
#include "service/payment.h"

#include <apr_strings.h>
#include <stdlib.h>
#include <string.h>

#include "crypto/digest.h"
#include "crypto/random.h"
#include "data/date_text.h"

#include "base/banned.h"

#define STAMP_DIGITS 15
#define MESSAGE_MAX  95 /* characters of a payment's text that every bank accepts */
#define CENTS_MAX    (WP_ORDER_SUM_MAX + (int64_t)1)

/* An item, with what is known of its invoice. line: its place in the order, 1, 2, … */
typedef struct item_t {
    const wp_order_item_t *wanted;
    const char *contract;
    int line;
} item_t;

typedef struct order_t {
    wp_act_t *act;
    const wp_payment_wanted_t *wanted;
    const wp_agreement_t *agreement;
    item_t *items; /* by invoice number: all orders take their invoices in the same order, so none waits for another in
                      a circle */
    int count;
    apr_array_header_t *standings; /* wp_standing_t: one of each contract */
    const char *payment_id;
    int *fault;
    wp_result_t *result;
} order_t;

static void refuse(order_t *order, wp_error_t code, const char *field, int item)
{
    *order->fault = item;
    *order->result = wp_result_refused(code, field);
}

static bool is_decided(const order_t *order)
{
    return order->result->outcome != WP_OUTCOME_NONE;
}

/* --- what was asked for --- */

static int by_invoice(const void *a, const void *b)
{
    return strcmp(((const item_t *)a)->wanted->invoice_no, ((const item_t *)b)->wanted->invoice_no);
}

static void sort_items(order_t *order)
{
    const apr_array_header_t *wanted = order->wanted->items;

    order->count = wanted->nelts;
    order->items = apr_pcalloc(wp_act_pool(order->act), (apr_size_t)(order->count + 1) * sizeof(item_t));
    for (int i = 0; i < order->count; i++)
        order->items[i] = (item_t){.wanted = &APR_ARRAY_IDX(wanted, i, wp_order_item_t), .line = i + 1};
    qsort(order->items, (size_t)order->count, sizeof(item_t), by_invoice);
}

static void check_items(order_t *order)
{
    for (int i = 0; i < order->count && !is_decided(order); i++) {
        const item_t *item = &order->items[i];
        if (i > 0 && by_invoice(item - 1, item) == 0)
            refuse(order, WP_ERROR_CHOICE, "items", item->line - 1);
        else if (item->wanted->cents <= 0)
            refuse(order, WP_ERROR_AMOUNT_NONE, "cents", item->line - 1);
    }
}

static void check_sum(order_t *order)
{
    int64_t sum = 0;

    for (int i = 0; i < order->count; i++)
        sum += order->items[i].wanted->cents < CENTS_MAX ? order->items[i].wanted->cents : CENTS_MAX;
    if (sum > WP_ORDER_SUM_MAX)
        refuse(order, WP_ERROR_SUM_TOO_MUCH, "sum", -1);
    else if (sum != order->wanted->sum)
        refuse(order, WP_ERROR_SUM_CHANGED, "sum", -1);
}

static void check_wanted(order_t *order)
{
    order->agreement = wp_agreement_find(order->act->rules->agreements, order->wanted->agreement);
    if (!order->agreement)
        refuse(order, WP_ERROR_BANK_NONE, "agreement", -1);
    else if (order->count == 0)
        refuse(order, WP_ERROR_NOTHING_PICKED, "items", -1);
    if (!is_decided(order))
        check_items(order);
    if (!is_decided(order))
        check_sum(order);
}

/* --- whether it may be --- */

static const wp_standing_t *standing_on(const order_t *order, const char *contract)
{
    for (int i = 0; i < order->standings->nelts; i++) {
        const wp_standing_t *standing = &APR_ARRAY_IDX(order->standings, i, wp_standing_t);
        if (strcmp(standing->contract, contract) == 0)
            return standing;
    }
    return NULL;
}

/* An order belongs to an account, which neither staff nor a command has. */
static apr_status_t check_right(order_t *order, const item_t *item)
{
    wp_standing_t standing;

    if (standing_on(order, item->contract))
        return APR_SUCCESS;
    apr_status_t status = wp_act_stand(order->act, item->contract, WP_RIGHT_PAY, &standing, order->result);
    if (status != APR_SUCCESS || wp_result_is_against(order->result))
        return status;
    if (!(standing.whole & WP_RIGHT_PAY) || !order->act->who->account)
        refuse(order, WP_ERROR_NO_RIGHT, NULL, item->line - 1);
    APR_ARRAY_PUSH(order->standings, wp_standing_t) = standing;
    return APR_SUCCESS;
}

static apr_status_t check_invoice(order_t *order, item_t *item)
{
    wp_args_t *args = wp_act_args(order->act);
    wp_rows_t *rows;

    wp_args_text(args, "invoice", item->wanted->invoice_no);
    apr_status_t status = wp_db_select(order->act->db, "order_invoice", args, &rows);
    if (status != APR_SUCCESS)
        return status;
    if (rows->count == 0) {
        *order->result = wp_result_of(WP_OUTCOME_UNKNOWN);
        return APR_SUCCESS;
    }
    item->contract = wp_row_text(rows, 0, "contract_no");
    status = check_right(order, item);
    int64_t open = wp_row_int(rows, 0, "open");
    if (status == APR_SUCCESS && !is_decided(order) && (open <= 0 || open != item->wanted->open))
        *order->result = wp_result_of(WP_OUTCOME_CONFLICT);
    return status;
}

static apr_status_t check_invoices(order_t *order)
{
    apr_status_t status = wp_act_hold_account(order->act);

    for (int i = 0; i < order->count && status == APR_SUCCESS && !is_decided(order); i++)
        status = check_invoice(order, &order->items[i]);
    if (status == APR_SUCCESS && !is_decided(order))
        status = wp_act_count(order->act, WP_LIMIT_ORDERS, NULL, order->result);
    return status;
}

/* --- orders that have not left --- */

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The orders for these invoices that never left for a bank, and either ended by themselves or are repeated; each may be
 * there several times. */
static apr_status_t find_unsent(order_t *order, apr_array_header_t *found)
{
    wp_args_t *args = wp_act_args(order->act);
    apr_status_t status = APR_SUCCESS;

    for (int i = 0; i < order->count && status == APR_SUCCESS; i++) {
        wp_rows_t *rows;
        wp_args_text(args, "invoice", order->items[i].wanted->invoice_no);
        wp_args_text(args, "repeats", order->items[i].wanted->repeats);
        status = wp_db_select(order->act->db, "order_unsent", args, &rows);
        for (int row = 0; status == APR_SUCCESS && row < rows->count; row++)
            APR_ARRAY_PUSH(found, const char *) = wp_row_text(rows, row, "payment");
    }
    qsort(found->elts, (size_t)found->nelts, sizeof(const char *), by_text);
    return status;
}

/* It leaves for its bank now or never: with the payment held, its state is what it will be. */
static apr_status_t end_unsent(order_t *order, const char *payment_id)
{
    const wp_payment_t *payment;
    wp_payment_outcome_t outcome;
    apr_status_t status = wp_payment_hold(order->act->db, payment_id, &payment);

    if (status != APR_SUCCESS || !payment || payment->state != WP_PAYMENT_CREATED)
        return status;
    const wp_payment_heard_t heard = {.name = {.payment_id = payment_id},
                                      .channel = "portal",
                                      .news = strcmp(payment->expires, order->act->who->clock.now_text) <= 0
                                                  ? WP_NEWS_EXPIRED
                                                  : WP_NEWS_CANCELLED,
                                      .agreement = payment->agreement,
                                      .signature = "none"};
    return wp_payment_hear(order->act, &heard, &outcome);
}

static apr_status_t end_all_unsent(order_t *order)
{
    apr_array_header_t *found = apr_array_make(wp_act_pool(order->act), 4, sizeof(const char *));
    apr_status_t status = find_unsent(order, found);

    for (int i = 0; i < found->nelts && status == APR_SUCCESS; i++)
        status = end_unsent(order, APR_ARRAY_IDX(found, i, const char *));
    return status;
}

/* --- the order --- */

/* The portal's number for the order at the bank. It identifies the order and proves nothing; an address that shows the
 * payment requires more. */
static const char *make_stamp(apr_pool_t *pool)
{
    const char *stamp;

    do /* no leading zero: banks may treat it as a number and drop it */
        stamp = wp_random_digits(pool, STAMP_DIGITS);
    while (*stamp == '0');
    return stamp;
}

/* "WP123456789012345 26/10-45127, 26/11-45127 +3": the text on the bank's statement, so that the payment can be
 * matched. */
static const char *make_message(const order_t *order, const char *stamp)
{
    apr_pool_t *pool = wp_act_pool(order->act);
    const char *message = apr_pstrcat(pool, "WP", stamp, NULL);

    for (int i = 0; i < order->count; i++) {
        const wp_order_item_t *item = &APR_ARRAY_IDX(order->wanted->items, i, wp_order_item_t);
        const char *longer = apr_pstrcat(pool, message, i ? ", " : " ", item->invoice_no, NULL);
        if (strlen(longer) > MESSAGE_MAX - 5)
            return apr_psprintf(pool, "%s +%d", message, order->count - i);
        message = longer;
    }
    return message;
}

static apr_status_t add_payment(order_t *order)
{
    wp_args_t *args = wp_act_args(order->act);
    apr_pool_t *pool = wp_act_pool(order->act);
    const char *stamp = make_stamp(pool);

    order->payment_id = wp_random_id(pool);
    wp_args_text(args, "payment", order->payment_id);
    wp_args_text(args, "agreement", order->agreement->key);
    wp_args_text(args, "stamp", stamp);
    wp_args_int(args, "amount", order->wanted->sum);
    wp_args_text(args, "iban", order->agreement->iban);
    wp_args_text(args, "message", make_message(order, stamp));
    wp_args_text(args, "expires", wp_instant_text(pool, order->act->who->clock.now + WP_ORDER_SECONDS));
    return wp_db_change(order->act->db, "order_add", args, NULL);
}

/* The statement decides: whoever comes second waits for the first to commit, and then adds nothing. */
static apr_status_t add_item(order_t *order, const item_t *item)
{
    wp_args_t *args = wp_act_args(order->act);
    int added = 0;

    wp_args_text(args, "payment", order->payment_id);
    wp_args_int(args, "line", item->line);
    wp_args_text(args, "contract", item->contract);
    wp_args_text(args, "invoice", item->wanted->invoice_no);
    wp_args_int(args, "amount", item->wanted->cents);
    wp_args_int(args, "open", item->wanted->open);
    wp_args_text(args, "repeats", item->wanted->repeats);
    apr_status_t status = wp_db_change(order->act->db, "order_item_add", args, &added);
    if (status == APR_SUCCESS && added == 0)
        *order->result = wp_result_of(WP_OUTCOME_CONFLICT);
    return status;
}

static apr_status_t add_order(order_t *order)
{
    apr_status_t status = add_payment(order);

    for (int i = 0; i < order->count && status == APR_SUCCESS && !is_decided(order); i++)
        status = add_item(order, &order->items[i]);
    for (int i = 0; i < order->standings->nelts && status == APR_SUCCESS && !is_decided(order); i++)
        status = wp_act_audit(order->act, &APR_ARRAY_IDX(order->standings, i, wp_standing_t), WP_DID_PAYMENT_STARTED,
                              order->payment_id);
    if (status == APR_SUCCESS && !is_decided(order))
        *order->result = wp_result_done(order->payment_id);
    return status;
}

apr_status_t wp_payment_order(wp_act_t *act, const wp_payment_wanted_t *wanted, int *item, wp_result_t *result)
{
    order_t order = {.act = act, .wanted = wanted, .fault = item, .result = result};
    apr_status_t status = APR_SUCCESS;

    *item = -1;
    order.standings = apr_array_make(wp_act_pool(act), 4, sizeof(wp_standing_t));
    sort_items(&order);
    check_wanted(&order);
    if (!is_decided(&order))
        status = check_invoices(&order);
    if (status == APR_SUCCESS && !is_decided(&order))
        status = end_all_unsent(&order);
    if (status == APR_SUCCESS && !is_decided(&order))
        status = add_order(&order);
    return status;
}

const char *wp_payment_seen(apr_pool_t *pool, const apr_array_header_t *items)
{
    apr_array_header_t *parts = apr_array_make(pool, items->nelts, sizeof(const char *));

    for (int i = 0; i < items->nelts; i++) {
        const wp_order_item_t *item = &APR_ARRAY_IDX(items, i, wp_order_item_t);
        APR_ARRAY_PUSH(parts, const char *) = apr_psprintf(pool, "%s|%" APR_INT64_T_FMT "|%s", item->invoice_no,
                                                           item->open, item->repeats ? item->repeats : "");
    }
    const char *text = apr_array_pstrcat(pool, parts, '\n');
    return wp_digest(pool, text, strlen(text));
}
