/* SPDX-License-Identifier: Apache-2.0 */
#include "service/hand_over.h"

#include <string.h>

#include "base/banned.h"

apr_status_t wp_hand_over_payments(wp_act_t *act, const wp_rows_t *given)
{
    apr_status_t status = APR_SUCCESS;

    for (int i = 0; i < given->count && status == APR_SUCCESS; i++) {
        bool credit = strcmp(wp_row_text(given, i, "kind"), "credit") == 0;
        wp_args_t *args = wp_act_args(act);
        wp_args_text(args, "payment", wp_row_text(given, i, "payment_id"));
        wp_args_int(args, "line", wp_row_int(given, i, "line"));
        status = wp_db_change(act->db, credit ? "hand_over_credit" : "hand_over_payment", args, NULL);
    }
    return status;
}
