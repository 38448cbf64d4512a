/* SPDX-License-Identifier: Apache-2.0 */
#include "store/tidy.h"

#include <apr_strings.h>
#include <string.h>

#include "base/banned.h"

static const char *statement(wp_db_t *db, const wp_retention_t *retention, const char *part)
{
    return apr_pstrcat(wp_db_pool(db), "tidy_", retention->name, part, NULL);
}

apr_status_t wp_tidy_count(wp_db_t *db, const wp_args_t *args, const wp_retention_t *retention, int *rows)
{
    wp_rows_t *counted;
    apr_status_t status = wp_db_select(db, statement(db, retention, "_count"), args, &counted);

    *rows = status == APR_SUCCESS ? (int)wp_row_int(counted, 0, "rows") : 0;
    return status;
}

/* An ORDER BY selects the same payments in each statement of the batch. */
static apr_status_t delete_parts(wp_db_t *db, const wp_args_t *args, const wp_retention_t *retention)
{
    static const char *const parts[] = {"_items", "_paid", "_events"};
    apr_status_t status = APR_SUCCESS;

    for (size_t i = 0; i < sizeof parts / sizeof *parts && status == APR_SUCCESS; i++)
        status = wp_db_change(db, statement(db, retention, parts[i]), args, NULL);
    return status;
}

apr_status_t wp_tidy_delete(wp_db_t *db, const wp_args_t *args, const wp_retention_t *retention, int *rows)
{
    apr_status_t status = APR_SUCCESS;

    *rows = 0;
    if (strcmp(retention->table, "portal_payment") == 0)
        status = delete_parts(db, args, retention);
    return status == APR_SUCCESS ? wp_db_change(db, statement(db, retention, ""), args, rows) : status;
}
