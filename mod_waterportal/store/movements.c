/* SPDX-License-Identifier: Apache-2.0 */
#include "store/movements.h"

#include <string.h>

#include "base/banned.h"

static const char *part_name(wp_payment_part_t part)
{
    static const char *const names[] =
        {[WP_PART_NONE] = NULL, [WP_PART_CREDIT] = "credit", [WP_PART_REVERSAL] = "reversal"};
    return names[part];
}

/* The entry is recorded: from which statement? Rows of earlier releases do not say, but have a bank reference. */
static apr_status_t compare(wp_db_t *db, const wp_args_t *args, const wp_movement_row_t *row, wp_movement_seen_t *seen)
{
    wp_rows_t *rows;
    apr_status_t status = wp_db_select(db, "movement_statement", args, &rows);

    if (status != APR_SUCCESS)
        return status;
    const char *statement = rows->count ? wp_row_text(rows, 0, "statement_id") : NULL;
    bool elsewhere = statement && row->statement && strcmp(statement, row->statement) != 0;
    *seen = !elsewhere ? WP_SEEN_BEFORE : row->entry ? WP_SEEN_REFERENCED : WP_SEEN_ELSEWHERE;
    return APR_SUCCESS;
}

apr_status_t wp_movement_keep(wp_db_t *db, const wp_args_t *args, const wp_movement_row_t *row,
                              wp_movement_seen_t *seen)
{
    wp_args_t *own = wp_args_make(wp_db_pool(db), args);
    int added = 0;

    wp_args_text(own, "iban", row->iban);
    wp_args_text(own, "key", row->key);
    wp_args_int(own, "nth", row->nth);
    wp_args_text(own, "entry_ref", row->entry);
    wp_args_int(own, "entry_index", row->index);
    wp_args_text(own, "statement", row->statement);
    wp_args_text(own, "booked_on", row->booked_on);
    wp_args_int(own, "amount", row->cents);
    wp_args_text(own, "direction", row->credit ? "credit" : "debit");
    wp_args_text(own, "payment", row->payment);
    wp_args_text(own, "found_by", row->found_by);
    wp_args_text(own, "role", part_name(row->part));
    apr_status_t status = wp_db_change(db, "movement_add", own, &added);
    *seen = WP_SEEN_NEVER;
    return status == APR_SUCCESS && !added ? compare(db, own, row, seen) : status;
}

apr_status_t wp_movement_candidates(wp_db_t *db, const char *iban, int64_t cents, int *count, const char **only)
{
    wp_args_t *args = wp_args_make(wp_db_pool(db), NULL);
    wp_rows_t *rows;

    wp_args_text(args, "iban", iban);
    wp_args_int(args, "amount", cents);
    apr_status_t status = wp_db_select(db, "movement_candidates", args, &rows);
    *count = status == APR_SUCCESS ? rows->count : 0;
    *only = *count == 1 ? wp_row_text(rows, 0, "payment") : NULL;
    return status;
}
