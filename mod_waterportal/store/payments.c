/* SPDX-License-Identifier: Apache-2.0 */
#include "store/payments.h"

#include <apr_encode.h>
#include <apr_strings.h>
#include <string.h>

#include "crypto/digest.h"
#include "crypto/random.h"

#include "base/banned.h"

/* The same bytes are stored twice, to show that they came again, and no more: a bank repeats itself for a day, and
 * whoever captured one message could send it for ever. */
#define SAME_BYTES_KEPT 2

apr_status_t wp_payment_add(wp_db_t *db, const wp_args_t *args, const wp_payment_t *payment,
                            const apr_array_header_t *items, const char *expires)
{
    wp_args_t *own = wp_args_make(wp_db_pool(db), args);
    wp_rows_t *sum;

    wp_args_text(own, "payment", payment->payment_id);
    wp_args_text(own, "account", payment->account_id);
    wp_args_text(own, "agreement", payment->agreement);
    wp_args_text(own, "stamp", payment->stamp);
    wp_args_int(own, "amount", payment->cents);
    wp_args_text(own, "iban", payment->iban);
    wp_args_text(own, "message", payment->message);
    wp_args_text(own, "expires", expires);
    apr_status_t status = wp_db_change(db, "payment_add", own, NULL);
    for (int i = 0; i < items->nelts && status == APR_SUCCESS; i++) {
        const wp_payment_item_t *item = &APR_ARRAY_IDX(items, i, wp_payment_item_t);
        wp_args_int(own, "line", i + 1);
        wp_args_text(own, "contract", item->contract_no);
        wp_args_text(own, "invoice", item->invoice_no);
        wp_args_int(own, "amount", item->cents);
        status = wp_db_change(db, "payment_add_item", own, NULL);
    }
    if (status == APR_SUCCESS)
        status = wp_db_select(db, "payment_sum", own, &sum);
    if (status == APR_SUCCESS && wp_row_int(sum, 0, "amount") != payment->cents)
        return WP_DB_FAILED;
    return status;
}

apr_status_t wp_payment_place(wp_db_t *db, const wp_args_t *args, const wp_payment_t *payment,
                              const wp_payment_placed_t *placed)
{
    wp_args_t *own = wp_args_make(wp_db_pool(db), args);

    wp_args_text(own, "payment", payment->payment_id);
    wp_args_text(own, "bank_ref", placed->bank_ref);
    wp_args_text(own, "leave_href", placed->leave_href);
    wp_args_text(own, "return_hash", placed->return_hash);
    return wp_db_change(db, "payment_left", own, NULL);
}

static const wp_payment_t *read_payment(apr_pool_t *pool, const wp_rows_t *rows)
{
    wp_payment_t *payment = apr_pcalloc(pool, sizeof *payment);

    *payment = (wp_payment_t){.payment_id = wp_row_text(rows, 0, "payment"),
                              .account_id = wp_row_text(rows, 0, "account"),
                              .agreement = wp_row_text(rows, 0, "agreement"),
                              .stamp = wp_row_text(rows, 0, "stamp"),
                              .cents = wp_row_int(rows, 0, "amount"),
                              .iban = wp_row_text(rows, 0, "iban"),
                              .message = wp_row_text(rows, 0, "message"),
                              .late = wp_row_int(rows, 0, "late") != 0,
                              .bank_ref = wp_row_text(rows, 0, "bank_ref"),
                              .leave_href = wp_row_text(rows, 0, "leave_href"),
                              .paid_on = wp_row_text(rows, 0, "paid_on")};
    wp_payment_state_parse(wp_row_text(rows, 0, "state"), &payment->state);
    return payment;
}

apr_status_t wp_payment_find(wp_db_t *db, const wp_payment_name_t *name, const wp_payment_t **payment)
{
    wp_args_t *args = wp_args_make(wp_db_pool(db), NULL);
    wp_rows_t *rows;

    wp_args_text(args, "payment", name->payment_id);
    wp_args_text(args, "agreement", name->agreement);
    wp_args_text(args, "stamp", name->stamp);
    wp_args_text(args, "bank_ref", name->bank_ref);
    apr_status_t status = wp_db_select(db, "payment_find", args, &rows);
    *payment = status == APR_SUCCESS && rows->count == 1 ? read_payment(wp_db_pool(db), rows) : NULL;
    return status;
}

apr_status_t wp_payment_stamped(wp_db_t *db, const char *stamp, const wp_payment_t **payment)
{
    wp_args_t *args = wp_args_make(wp_db_pool(db), NULL);
    wp_rows_t *rows;

    wp_args_text(args, "stamp", stamp);
    apr_status_t status = wp_db_select(db, "payment_stamped", args, &rows);
    *payment = status == APR_SUCCESS && rows->count == 1 ? read_payment(wp_db_pool(db), rows) : NULL;
    return status;
}

apr_status_t wp_payment_returned(wp_db_t *db, const char *agreement, const char *secret, const wp_payment_t **payment)
{
    wp_args_t *args = wp_args_make(wp_db_pool(db), NULL);
    wp_rows_t *rows;

    wp_args_text(args, "agreement", agreement);
    wp_args_text(args, "return_hash", wp_digest(wp_db_pool(db), secret, strlen(secret)));
    apr_status_t status = wp_db_select(db, "payment_returned", args, &rows);
    *payment = status == APR_SUCCESS && rows->count == 1 ? read_payment(wp_db_pool(db), rows) : NULL;
    return status;
}

/* How the payment differs from its order, or NULL. */
static const char *difference(const wp_payment_t *payment, const wp_payment_heard_t *heard)
{
    if (heard->cents && heard->cents != payment->cents)
        return "amount";
    if (heard->currency && strcmp(heard->currency, "EUR") != 0)
        return "currency";
    if (heard->iban && strcmp(heard->iban, payment->iban) != 0)
        return "account";
    if (heard->message && strcmp(heard->message, payment->message) != 0)
        return "message";
    return NULL;
}

static bool is_of_money(wp_payment_news_t news)
{
    return news == WP_NEWS_PAID || news == WP_NEWS_PENDING || news == WP_NEWS_STATEMENT;
}

static apr_status_t move(wp_db_t *db, wp_args_t *args, const wp_payment_t *payment, const wp_payment_move_t *step,
                         int *moved)
{
    wp_args_text(args, "payment", payment->payment_id);
    wp_args_text(args, "from_state", wp_payment_state_name(payment->state));
    wp_args_text(args, "to_state", wp_payment_state_name(step->to));
    wp_args_int(args, "late", payment->late || step->late);
    apr_status_t status = wp_db_change(db, "payment_move", args, moved);
    if (status == APR_SUCCESS && *moved && step->posts)
        status = wp_db_change(db, "payment_post", args, NULL);
    if (status == APR_SUCCESS && *moved && step->reverses)
        status = wp_db_change(db, "payment_reverse", args, NULL);
    return status;
}

static const char *const said[WP_NEWS_KINDS] =
    {[WP_NEWS_LEFT] = "left",           [WP_NEWS_PENDING] = "pending",     [WP_NEWS_PAID] = "paid",
     [WP_NEWS_PAID_OTHERWISE] = "paid", [WP_NEWS_CANCELLED] = "cancelled", [WP_NEWS_FAILED] = "failed",
     [WP_NEWS_EXPIRED] = "expired",     [WP_NEWS_STATEMENT] = "paid",      [WP_NEWS_REVERSED] = "reversed"};

static apr_status_t write_event(wp_db_t *db, wp_args_t *args, const wp_payment_heard_t *heard,
                                const wp_payment_outcome_t *outcome)
{
    apr_pool_t *pool = wp_db_pool(db);
    wp_rows_t *seen;

    wp_args_text(args, "event", wp_random_id(pool));
    wp_args_text(args, "payment", outcome->payment ? outcome->payment->payment_id : NULL);
    wp_args_text(args, "agreement", heard->agreement);
    wp_args_text(args, "channel", heard->channel);
    wp_args_text(args, "raw",
                 heard->raw ? apr_pencode_base64_binary(pool, (const unsigned char *)heard->raw,
                                                        (apr_ssize_t)heard->length, APR_ENCODE_NONE, NULL)
                            : "");
    wp_args_text(args, "raw_hash", heard->raw ? wp_digest(pool, heard->raw, heard->length) : "");
    wp_args_text(args, "signature", heard->signature);
    wp_args_text(args, "key_tag", heard->key_tag);
    wp_args_text(args, "said", heard->silent ? "nothing" : said[heard->news]);
    wp_args_text(args, "decision", wp_heard_decision_name(outcome->decision));
    wp_args_text(args, "state", outcome->payment ? wp_payment_state_name(outcome->payment->state) : NULL);
    wp_args_text(args, "why", outcome->why);
    apr_status_t status = heard->raw ? wp_db_select(db, "payment_event_seen", args, &seen) : APR_SUCCESS;
    if (status == APR_SUCCESS && heard->raw && outcome->decision != WP_HEARD_MOVED &&
        wp_row_int(seen, 0, "times") >= SAME_BYTES_KEPT)
        return APR_SUCCESS;
    return status == APR_SUCCESS ? wp_db_change(db, "payment_event_add", args, NULL) : status;
}

/* One attempt, based on the current state. *again: somebody else moved the payment meanwhile. */
static apr_status_t decide(wp_db_t *db, wp_args_t *args, const wp_payment_heard_t *heard, wp_payment_outcome_t *outcome,
                           bool *again)
{
    int moved = 0;
    apr_status_t status = wp_payment_find(db, &heard->name, &outcome->payment);

    *again = false;
    if (status != APR_SUCCESS || !outcome->payment || heard->silent)
        return status;
    outcome->why = is_of_money(heard->news) ? difference(outcome->payment, heard) : NULL;
    wp_payment_move_t step = wp_payment_next(outcome->payment->state,
                                             outcome->why ? WP_NEWS_PAID_OTHERWISE : heard->news);
    outcome->decision = step.moves ? WP_HEARD_MOVED : step.repeats ? WP_HEARD_DUPLICATE : WP_HEARD_IGNORED;
    if (!step.moves)
        return APR_SUCCESS;
    wp_args_text(args, "why", outcome->why);
    wp_args_text(args, "paid_on", heard->paid_on ? heard->paid_on : step.posts ? wp_args_get(args, "today") : NULL);
    status = move(db, args, outcome->payment, &step, &moved);
    *again = status == APR_SUCCESS && moved == 0;
    return status;
}

apr_status_t wp_payment_hear(wp_db_t *db, const wp_args_t *args, const wp_payment_heard_t *heard,
                             wp_payment_outcome_t *outcome)
{
    wp_args_t *own = wp_args_make(wp_db_pool(db), args);
    apr_status_t status;
    bool again = true;

    /* a payment leaves each state at most once, so this ends */
    for (int i = 0; i < WP_PAYMENT_STATES && again; i++) {
        *outcome = (wp_payment_outcome_t){.decision = WP_HEARD_IGNORED};
        status = decide(db, own, heard, outcome, &again);
        if (status != APR_SUCCESS)
            return status;
    }
    if (!outcome->payment)
        outcome->decision = WP_HEARD_UNKNOWN;
    else if (outcome->decision == WP_HEARD_MOVED)
        status = wp_payment_find(db, &heard->name, &outcome->payment);
    return status == APR_SUCCESS ? write_event(db, own, heard, outcome) : status;
}

const char *wp_heard_decision_name(wp_heard_decision_t decision)
{
    static const char *const names[] = {[WP_HEARD_MOVED] = "moved",
                                        [WP_HEARD_DUPLICATE] = "duplicate",
                                        [WP_HEARD_IGNORED] = "ignored",
                                        [WP_HEARD_UNKNOWN] = "unknown"};
    return names[decision];
}
