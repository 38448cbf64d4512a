/* SPDX-License-Identifier: Apache-2.0 */
#include "service/own_account.h"

#include <string.h>

#include "base/banned.h"

void wp_own_account_expect_person(const wp_act_t *act, wp_result_t *result)
{
    bool somebody = act->who->kind != WP_ACTOR_TOKEN && act->who->kind != WP_ACTOR_STAFF &&
                    act->who->kind != WP_ACTOR_SYSTEM;

    if (!somebody || !act->who->login)
        *result = wp_result_refused(WP_ERROR_NO_RIGHT, NULL);
}

wp_own_account_t wp_own_account_of(const wp_rows_t *rows)
{
    return (wp_own_account_t){.language = wp_row_text(rows, 0, "language"),
                              .quiet = wp_row_text(rows, 0, "quiet"),
                              .email = wp_row_text(rows, 0, "email"),
                              .phone = wp_row_text(rows, 0, "phone"),
                              .email_proved = wp_row_int(rows, 0, "email_proved") != 0,
                              .phone_proved = wp_row_int(rows, 0, "phone_proved") != 0};
}

/* Two statements: whoever waited for the lock sees only with a new statement what the other one has changed. */
apr_status_t wp_own_account_hold(wp_act_t *act, wp_own_account_t *own, wp_result_t *result)
{
    wp_rows_t *rows;

    *own = (wp_own_account_t){0};
    wp_own_account_expect_person(act, result);
    if (wp_result_is_against(result))
        return APR_SUCCESS;
    apr_status_t status = wp_act_hold_account(act);
    if (status == APR_SUCCESS)
        status = wp_db_select(act->db, "account_own", act->args, &rows);
    if (status != APR_SUCCESS)
        return status;
    *own = wp_own_account_of(rows);
    if (rows->count == 0)
        *result = wp_result_of(WP_OUTCOME_UNKNOWN);
    return APR_SUCCESS;
}

static bool is_email(const char *channel)
{
    return strcmp(channel, "email") == 0;
}

const char *wp_own_account_address(const wp_own_account_t *own, const char *channel)
{
    return is_email(channel) ? own->email : own->phone;
}

bool wp_own_account_is_proved(const wp_own_account_t *own, const char *channel)
{
    return is_email(channel) ? own->email_proved : own->phone_proved;
}
