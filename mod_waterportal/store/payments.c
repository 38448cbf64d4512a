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
                              .paid_on = wp_row_text(rows, 0, "paid_on"),
                              .expires = wp_row_text(rows, 0, "expires")};
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

apr_status_t wp_payment_hold(wp_db_t *db, const char *payment_id, const wp_payment_t **payment)
{
    const wp_payment_name_t name = {.payment_id = payment_id};
    wp_args_t *args = wp_args_make(wp_db_pool(db), NULL);

    wp_args_text(args, "payment", payment_id);
    *payment = NULL;
    apr_status_t status = wp_db_change(db, "payment_hold", args, NULL);
    return status == APR_SUCCESS ? wp_payment_find(db, &name, payment) : status;
}

apr_status_t wp_payment_paid_keep(wp_db_t *db, const wp_args_t *args, const wp_payment_paid_t *paid, bool *added)
{
    wp_args_t *own = wp_args_make(wp_db_pool(db), args);
    int rows = 0;

    wp_args_text(own, "payment", paid->payment_id);
    wp_args_text(own, "bank_no", paid->bank_no);
    wp_args_int(own, "fits", paid->fits);
    wp_args_int(own, "amount", paid->cents);
    wp_args_text(own, "paid_on", paid->paid_on);
    wp_args_text(own, "channel", paid->channel);
    apr_status_t status = wp_db_change(db, "payment_paid_add", own, &rows);
    *added = status == APR_SUCCESS && rows > 0;
    return status;
}

apr_status_t wp_payment_money(wp_db_t *db, const char *payment_id, wp_payment_money_t *money)
{
    wp_args_t *args = wp_args_make(wp_db_pool(db), NULL);
    wp_rows_t *rows;

    wp_args_text(args, "payment", payment_id);
    apr_status_t status = wp_db_select(db, "payment_money", args, &rows);
    if (status == APR_SUCCESS)
        *money = (wp_payment_money_t){.messages = wp_row_int(rows, 0, "messages"),
                                      .credits = wp_row_int(rows, 0, "credits"),
                                      .reversals = wp_row_int(rows, 0, "reversals")};
    return status;
}

apr_status_t wp_payment_move(wp_db_t *db, const wp_args_t *args, const wp_payment_t *payment,
                             const wp_payment_step_t *step)
{
    wp_args_t *own = wp_args_make(wp_db_pool(db), args);

    wp_args_text(own, "payment", payment->payment_id);
    wp_args_text(own, "from_state", wp_payment_state_name(payment->state));
    wp_args_text(own, "to_state", wp_payment_state_name(step->move.to));
    wp_args_int(own, "late", payment->late || step->move.late);
    wp_args_text(own, "why", step->why);
    wp_args_text(own, "paid_on", step->paid_on);
    apr_status_t status = wp_db_change(db, "payment_move", own, NULL);
    if (status == APR_SUCCESS && step->move.posts)
        status = wp_db_change(db, "payment_post", own, NULL);
    if (status == APR_SUCCESS && step->move.reverses)
        status = wp_db_change(db, "payment_reverse", own, NULL);
    return status;
}

apr_status_t wp_payment_is_handed(wp_db_t *db, const char *payment_id, bool *handed)
{
    wp_args_t *args = wp_args_make(wp_db_pool(db), NULL);
    wp_rows_t *rows;

    wp_args_text(args, "payment", payment_id);
    apr_status_t status = wp_db_select(db, "payment_handed", args, &rows);
    *handed = status == APR_SUCCESS && rows->count > 0;
    return status;
}

/* Have these bytes been stored often enough? */
static apr_status_t count_same(wp_db_t *db, const wp_args_t *args, bool *enough)
{
    wp_rows_t *seen;
    apr_status_t status = wp_db_select(db, "payment_event_seen", args, &seen);

    *enough = status == APR_SUCCESS && wp_row_int(seen, 0, "times") >= SAME_BYTES_KEPT;
    return status;
}

static const char *base64(apr_pool_t *pool, const void *bytes, apr_size_t length)
{
    return bytes ? apr_pencode_base64_binary(pool, bytes, (apr_ssize_t)length, APR_ENCODE_NONE, NULL) : "";
}

apr_status_t wp_payment_event_add(wp_db_t *db, const wp_args_t *args, const wp_payment_event_t *event)
{
    apr_pool_t *pool = wp_db_pool(db);
    wp_args_t *own = wp_args_make(pool, args);
    apr_status_t status = APR_SUCCESS;
    bool enough = false;

    wp_args_text(own, "event", wp_random_id(pool));
    wp_args_text(own, "payment", event->payment_id);
    wp_args_text(own, "agreement", event->agreement);
    wp_args_text(own, "channel", event->channel);
    wp_args_text(own, "raw", base64(pool, event->raw, event->length));
    wp_args_text(own, "raw_hash", event->raw ? wp_digest(pool, event->raw, event->length) : "");
    wp_args_text(own, "signature", event->signature);
    wp_args_text(own, "key_tag", event->key_tag);
    wp_args_text(own, "said", event->said);
    wp_args_text(own, "decision", event->decision);
    wp_args_text(own, "state", event->state);
    wp_args_text(own, "why", event->why);
    if (event->raw && event->repeated)
        status = count_same(db, own, &enough);
    return status == APR_SUCCESS && !enough ? wp_db_change(db, "payment_event_add", own, NULL) : status;
}
