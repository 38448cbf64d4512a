/* SPDX-License-Identifier: Apache-2.0 */
#include "service/day_close.h"

#include <apr_hash.h>
#include <apr_strings.h>
#include <stdlib.h>
#include <string.h>

#include "base/json_pool.h"
#include "data/date_text.h"
#include "domain/day_close.h"
#include "domain/payment_state.h"

#include "base/banned.h"

#define STORE_TRIES 3

enum { TOLD, ENTRIES, HANDED, BOOKED, SUMS };

static const char *const sum_names[SUMS] =
    {[TOLD] = "confirmed", [ENTRIES] = "statement", [HANDED] = "handed_over", [BOOKED] = "booked"};

typedef struct sum_t {
    int64_t count, cents;
} sum_t;

/* One order on this day. */
typedef struct order_t {
    const char *payment, *agreement, *stamp; /* stamp NULL: unknown to the portal */
    sum_t sums[SUMS];
    wp_close_facts_t facts;
    unsigned why;
} order_t;

typedef struct closing_t {
    wp_act_t *act;
    const char *day;
    wp_args_t *args;
    apr_hash_t *found;         /* payment → order_t * */
    apr_array_header_t *order; /* order_t * */
} closing_t;

/* --- the day's orders --- */

static order_t *order_of(closing_t *closing, const char *payment)
{
    order_t *order = apr_hash_get(closing->found, payment, APR_HASH_KEY_STRING);

    if (order)
        return order;
    order = apr_pcalloc(wp_act_pool(closing->act), sizeof *order);
    order->payment = payment;
    apr_hash_set(closing->found, payment, APR_HASH_KEY_STRING, order);
    APR_ARRAY_PUSH(closing->order, order_t *) = order;
    return order;
}

static order_t *order_in(closing_t *closing, const wp_rows_t *rows, int row)
{
    order_t *order = order_of(closing, wp_row_text(rows, row, "payment"));

    order->agreement = wp_row_text(rows, row, "agreement");
    order->stamp = wp_row_text(rows, row, "stamp");
    return order;
}

static void add(sum_t *sum, int64_t count, int64_t cents)
{
    sum->count += count;
    sum->cents += cents;
}

static apr_status_t read_sums(closing_t *closing, const char *query, int which)
{
    wp_rows_t *rows;
    apr_status_t status = wp_db_select(closing->act->db, query, closing->args, &rows);

    for (int i = 0; status == APR_SUCCESS && i < rows->count; i++)
        add(&order_in(closing, rows, i)->sums[which], wp_row_int(rows, i, "count"), wp_row_int(rows, i, "amount"));
    return status;
}

/* Orders, or credits: what billing was given and what it shows. */
static apr_status_t read_ledger(closing_t *closing, const char *query)
{
    wp_rows_t *rows;
    apr_status_t status = wp_db_select(closing->act->db, query, closing->args, &rows);

    for (int i = 0; status == APR_SUCCESS && i < rows->count; i++) {
        order_t *order = order_in(closing, rows, i);
        int64_t handed = wp_row_int(rows, i, "handed"), booked = wp_row_int(rows, i, "booked");
        add(&order->sums[HANDED], handed != 0, handed);
        add(&order->sums[BOOKED], booked != 0, booked);
        order->facts.posted += wp_row_int(rows, i, "posted");
        order->facts.booked_elsewhen |= !wp_row_is_null(rows, i, "booked_on");
    }
    return status;
}

static apr_status_t read_strangers(closing_t *closing)
{
    wp_rows_t *rows;
    apr_status_t status = wp_db_select(closing->act->db, "close_strangers", closing->args, &rows);

    for (int i = 0; status == APR_SUCCESS && i < rows->count; i++) {
        order_t *order = order_of(closing, wp_row_text(rows, i, "payment"));
        order->agreement = "-";
        order->facts.stranger = true;
        add(&order->sums[BOOKED], wp_row_int(rows, i, "count"), wp_row_int(rows, i, "amount"));
    }
    return status;
}

static int by_agreement(const void *a, const void *b)
{
    const order_t *one = *(const order_t *const *)a, *other = *(const order_t *const *)b;
    int order = strcmp(one->agreement, other->agreement);

    if (order == 0)
        order = strcmp(one->stamp ? one->stamp : "", other->stamp ? other->stamp : "");
    return order ? order : strcmp(one->payment, other->payment);
}

static apr_status_t read_day(closing_t *closing)
{
    static const struct {
        const char *query;
        int which;
    } sums[] = {{"close_told", TOLD}, {"close_entries", ENTRIES}};
    static const char *const ledgers[] = {"close_orders", "close_credits"};
    apr_status_t status = APR_SUCCESS;

    for (size_t i = 0; i < sizeof sums / sizeof *sums && status == APR_SUCCESS; i++)
        status = read_sums(closing, sums[i].query, sums[i].which);
    for (size_t i = 0; i < sizeof ledgers / sizeof *ledgers && status == APR_SUCCESS; i++)
        status = read_ledger(closing, ledgers[i]);
    if (status == APR_SUCCESS)
        status = read_strangers(closing);
    if (status == APR_SUCCESS)
        qsort(closing->order->elts, (size_t)closing->order->nelts, sizeof(order_t *), by_agreement);
    return status;
}

/* --- differences --- */

/* What the sums do not say. */
static apr_status_t read_why(closing_t *closing, order_t *order)
{
    wp_args_t *args = wp_args_make(wp_act_pool(closing->act), closing->args);
    wp_close_facts_t *facts = &order->facts;
    wp_rows_t *rows;

    wp_args_text(args, "payment", order->payment);
    apr_status_t status = wp_db_select(closing->act->db, "close_why", args, &rows);
    if (status != APR_SUCCESS || rows->count == 0)
        return status;
    const char *state = wp_row_text(rows, 0, "state"), *back_on = wp_row_text(rows, 0, "back_on");
    facts->review = strcmp(state, wp_payment_state_name(WP_PAYMENT_REVIEW)) == 0;
    facts->told_elsewhen = !wp_row_is_null(rows, 0, "told_on");
    facts->entry_elsewhen = !wp_row_is_null(rows, 0, "entry_on");
    facts->back = back_on != NULL;
    facts->back_today = back_on && strcmp(back_on, closing->day) == 0;
    facts->odd = wp_row_int(rows, 0, "odd") > 0;
    facts->refunded = wp_row_int(rows, 0, "refunded");
    return APR_SUCCESS;
}

static apr_status_t judge(closing_t *closing, order_t *order)
{
    order->facts.sums = (wp_close_sums_t){.told = order->sums[TOLD].cents,
                                          .entries = order->sums[ENTRIES].cents,
                                          .handed = order->sums[HANDED].cents,
                                          .booked = order->sums[BOOKED].cents};
    apr_status_t status = order->stamp ? read_why(closing, order) : APR_SUCCESS;
    if (status == APR_SUCCESS && !wp_close_agrees(&order->facts))
        order->why = wp_close_explain(&order->facts);
    return status;
}

/* --- the result --- */

static json_t *sums_json(json_t *object, const sum_t sums[SUMS])
{
    for (int i = 0; i < SUMS; i++)
        json_object_set_new(object, sum_names[i],
                            json_pack("{s:I, s:I}", "count", (json_int_t)sums[i].count, "cents",
                                      (json_int_t)sums[i].cents));
    return object;
}

static void add_all(sum_t to[SUMS], const sum_t from[SUMS])
{
    for (int i = 0; i < SUMS; i++)
        add(&to[i], from[i].count, from[i].cents);
}

/* The orders are sorted by agreement. */
static json_t *agreements_json(const closing_t *closing)
{
    json_t *list = json_array();

    for (int i = 0; i < closing->order->nelts;) {
        const char *agreement = APR_ARRAY_IDX(closing->order, i, order_t *)->agreement;
        sum_t sums[SUMS] = {{0, 0}};
        for (; i < closing->order->nelts; i++) {
            const order_t *order = APR_ARRAY_IDX(closing->order, i, order_t *);
            if (strcmp(order->agreement, agreement) != 0)
                break;
            add_all(sums, order->sums);
        }
        json_array_append_new(list, sums_json(json_pack("{s:s}", "agreement", agreement), sums));
    }
    return list;
}

static json_t *total_json(const closing_t *closing)
{
    sum_t sums[SUMS] = {{0, 0}};

    for (int i = 0; i < closing->order->nelts; i++)
        add_all(sums, APR_ARRAY_IDX(closing->order, i, order_t *)->sums);
    return sums_json(json_object(), sums);
}

static json_t *reasons_json(unsigned why)
{
    json_t *list = json_array();

    for (int i = 0; i < WP_CLOSE_REASON_COUNT; i++) {
        if (why & 1U << i)
            json_array_append_new(list, json_string(wp_close_reason_code((wp_close_reason_t)i)));
    }
    return list;
}

static json_t *difference_json(const closing_t *closing, const order_t *order)
{
    const char *number = order->stamp ? apr_pstrcat(wp_act_pool(closing->act), "WP", order->stamp, NULL) : NULL;
    json_t *object = json_pack("{s:s, s:s*, s:s}", "payment", order->payment, "order", number, "agreement",
                               order->agreement);

    for (int i = 0; i < SUMS; i++)
        json_object_set_new(object, sum_names[i], json_integer(order->sums[i].cents));
    json_object_set_new(object, "reasons", reasons_json(order->why));
    return object;
}

static bool needs_people(unsigned why)
{
    for (int i = 0; i < WP_CLOSE_REASON_COUNT; i++) {
        if ((why & 1U << i) && wp_close_reason_needs_people((wp_close_reason_t)i))
            return true;
    }
    return false;
}

static const char *write_result(const closing_t *closing, wp_day_close_t *close)
{
    json_t *differences = json_array();

    for (int i = 0; i < closing->order->nelts; i++) {
        const order_t *order = APR_ARRAY_IDX(closing->order, i, order_t *);
        if (!order->why)
            continue;
        json_array_append_new(differences, difference_json(closing, order));
        close->differences++;
        close->open += needs_people(order->why);
    }
    return wp_json_text(wp_act_pool(closing->act),
                        json_pack("{s:s, s:o, s:o, s:o}", "day", closing->day, "agreements", agreements_json(closing),
                                  "total", total_json(closing), "differences", differences));
}

/* --- storing --- */

/* The last one that was stored. */
typedef struct last_t {
    int64_t nth;
    const char *at, *result; /* NULL: there is none */
} last_t;

static apr_status_t read_last(const closing_t *closing, last_t *last)
{
    wp_rows_t *rows;
    apr_status_t status = wp_db_select(closing->act->db, "close_last", closing->args, &rows);

    *last = (last_t){0};
    if (status == APR_SUCCESS && rows->count > 0)
        *last = (last_t){.nth = wp_row_int(rows, 0, "nth"),
                         .at = wp_row_text(rows, 0, "at"),
                         .result = wp_row_text(rows, 0, "result")};
    return status;
}

/* True: it is as it was stored. */
static bool compare(const last_t *last, wp_day_close_t *close)
{
    bool same = last->result && strcmp(last->result, close->result) == 0;

    close->stored_at = last->at;
    close->former = same ? NULL : last->result;
    return same;
}

/* Of two at once, one is stored, and the other finds it. */
static apr_status_t store(const closing_t *closing, const last_t *seen, wp_day_close_t *close, wp_result_t *result)
{
    wp_args_t *args = wp_args_make(wp_act_pool(closing->act), closing->args);
    apr_status_t status = APR_SUCCESS;
    last_t last = *seen;
    int added = 0;

    *result = wp_result_of(WP_OUTCOME_CONFLICT);
    wp_args_text(args, "result", close->result);
    for (int i = 0; i < STORE_TRIES && status == APR_SUCCESS && !added; i++) {
        if (compare(&last, close)) {
            *result = wp_result_of(WP_OUTCOME_SAME);
            return APR_SUCCESS;
        }
        wp_args_int(args, "nth", last.nth + 1);
        status = wp_db_change(closing->act->db, "close_add", args, &added);
        if (status == APR_SUCCESS && !added)
            status = read_last(closing, &last);
    }
    if (added)
        *result = wp_result_done(NULL);
    return status;
}

apr_status_t wp_day_close(wp_act_t *act, wp_date_t day, wp_day_close_t *close, wp_result_t *result)
{
    apr_pool_t *pool = wp_act_pool(act);
    closing_t closing = {.act = act,
                         .day = wp_date_text(pool, day),
                         .args = wp_act_args(act),
                         .found = apr_hash_make(pool),
                         .order = apr_array_make(pool, 64, sizeof(order_t *))};
    last_t last;

    *close = (wp_day_close_t){0};
    wp_act_expect_house(act, result);
    if (wp_result_is_against(result))
        return APR_SUCCESS;
    wp_args_text(closing.args, "day", closing.day);
    apr_status_t status = read_last(&closing, &last);
    if (status == APR_SUCCESS)
        status = read_day(&closing);
    for (int i = 0; i < closing.order->nelts && status == APR_SUCCESS; i++)
        status = judge(&closing, APR_ARRAY_IDX(closing.order, i, order_t *));
    if (status != APR_SUCCESS)
        return status;
    close->result = write_result(&closing, close);
    if (day < act->who->clock.today)
        return store(&closing, &last, close, result);
    compare(&last, close);
    *result = wp_result_refused(WP_ERROR_PERIOD_FUTURE, "day");
    return APR_SUCCESS;
}
