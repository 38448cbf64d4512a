/* SPDX-License-Identifier: Apache-2.0 */
#include "store/allowance.h"

#include "base/banned.h"

#define MS 1000

apr_status_t wp_allowance_take(wp_db_t *db, const wp_allowance_t *allowance, wp_instant_t now, wp_instant_t *retry_at)
{
    wp_args_t *args = wp_args_make(wp_db_pool(db), NULL);
    int64_t step = (int64_t)allowance->seconds * MS / allowance->most;
    int64_t room = step * (allowance->most - 1);
    wp_rows_t *rows;
    int taken = 0;

    wp_args_text(args, "act", allowance->act);
    wp_args_text(args, "who", allowance->who);
    wp_args_int(args, "at", now * MS);
    wp_args_int(args, "step", step);
    wp_args_int(args, "room", room);
    apr_status_t status = wp_db_change(db, "allowance_take", args, &taken);

    *retry_at = 0;
    if (status != APR_SUCCESS || taken > 0)
        return status;
    status = wp_db_select(db, "allowance_full", args, &rows);
    if (status == APR_SUCCESS)
        *retry_at = (wp_row_int(rows, 0, "full_at") - room + MS - 1) / MS;
    return status;
}
