/* SPDX-License-Identifier: Apache-2.0 */
#include "store/credits.h"

#include <string.h>

#include "base/banned.h"

/* How many there were of an order, and how many were taken back. */
typedef struct numbers_t {
    int64_t made, taken;
} numbers_t;

static apr_status_t count(wp_db_t *db, const char *payment_id, numbers_t *numbers)
{
    wp_args_t *args = wp_args_make(wp_db_pool(db), NULL);
    wp_rows_t *rows;

    wp_args_text(args, "payment", payment_id);
    apr_status_t status = wp_db_select(db, "credit_count", args, &rows);
    if (status == APR_SUCCESS)
        *numbers = (numbers_t){wp_row_int(rows, 0, "made"), wp_row_int(rows, 0, "taken")};
    return status;
}

apr_status_t wp_credit_add(wp_db_t *db, const wp_args_t *args, const wp_credit_t *credit)
{
    wp_args_t *own = wp_args_make(wp_db_pool(db), args);
    numbers_t numbers;
    apr_status_t status = count(db, credit->payment_id, &numbers);

    if (status != APR_SUCCESS)
        return status;
    wp_args_text(own, "credit", credit->credit_id);
    wp_args_text(own, "payment", credit->payment_id);
    wp_args_int(own, "nth", numbers.made + 1);
    wp_args_text(own, "paid_on", credit->paid_on);
    wp_args_text(own, "channel", credit->channel);
    wp_args_text(own, "bank_ref", credit->bank_ref);
    return wp_db_change(db, "credit_add", own, NULL);
}

apr_status_t wp_credit_latest(wp_db_t *db, const char *payment_id, const wp_credit_t **credit)
{
    wp_args_t *args = wp_args_make(wp_db_pool(db), NULL);
    wp_credit_t *found = NULL;
    wp_rows_t *rows;

    wp_args_text(args, "payment", payment_id);
    apr_status_t status = wp_db_select(db, "credit_latest", args, &rows);
    if (status == APR_SUCCESS && rows->count > 0) {
        found = apr_pcalloc(wp_db_pool(db), sizeof *found);
        *found = (wp_credit_t){.credit_id = wp_row_text(rows, 0, "credit_id"),
                               .payment_id = payment_id,
                               .refunded = strcmp(wp_row_text(rows, 0, "state"), "refunded") == 0,
                               .handed = wp_row_int(rows, 0, "handed") != 0};
    }
    *credit = found;
    return status;
}

apr_status_t wp_credit_take_back(wp_db_t *db, const wp_args_t *args, const wp_credit_t *credit)
{
    wp_args_t *own = wp_args_make(wp_db_pool(db), args);
    numbers_t numbers;
    apr_status_t status = count(db, credit->payment_id, &numbers);

    if (status != APR_SUCCESS)
        return status;
    wp_args_text(own, "credit", credit->credit_id);
    wp_args_int(own, "taken", numbers.taken + 1);
    return wp_db_change(db, "credit_take_back", own, NULL);
}

apr_status_t wp_credit_refund(wp_db_t *db, const wp_args_t *args, const char *credit_id, bool *done)
{
    wp_args_t *own = wp_args_make(wp_db_pool(db), args);
    int changed = 0;

    wp_args_text(own, "credit", credit_id);
    apr_status_t status = wp_db_change(db, "credit_refund", own, &changed);
    *done = status == APR_SUCCESS && changed > 0;
    return status;
}
