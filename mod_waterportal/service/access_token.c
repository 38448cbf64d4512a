/* SPDX-License-Identifier: Apache-2.0 */
#include "service/access_token.h"

#include <apr_strings.h>
#include <stdlib.h>
#include <string.h>

#include "crypto/digest.h"
#include "crypto/random.h"
#include "data/date_text.h"
#include "domain/text.h"

#include "base/banned.h"

#define PREFIX     "wpt_"
#define CHARACTERS 40  /* 200 bits */
#define A_YEAR     365 /* people call it a year: until the same day next year, leap year or not */

const char *const wp_access_scopes[WP_ACCESS_SCOPES] = {"readings", "consumption", "invoices", "submit"};
static const wp_right_t scope_rights[WP_ACCESS_SCOPES] = {WP_RIGHT_READINGS, WP_RIGHT_READINGS, WP_RIGHT_INVOICES,
                                                          WP_RIGHT_SUBMIT};
const char *const wp_access_days[] = {"90", "30", "180", "365", NULL};

bool wp_access_token_has(const char *scopes, const char *wanted)
{
    size_t length = strlen(wanted);
    for (const char *found = scopes; (found = strstr(found, wanted)); found += length) {
        bool begins = found == scopes || found[-1] == ' ';
        if (begins && (found[length] == ' ' || found[length] == '\0'))
            return true;
    }
    return false;
}

int wp_access_token_may(const char *scopes)
{
    int rights = 0;

    for (size_t i = 0; i < WP_ACCESS_SCOPES; i++) {
        if (wp_access_token_has(scopes, wp_access_scopes[i]))
            rights |= (int)scope_rights[i];
    }
    return rights;
}

static const char *scopes_text(apr_pool_t *pool, const wp_access_token_wanted_t *wanted)
{
    const char *text = "";

    for (size_t i = 0; i < WP_ACCESS_SCOPES; i++) {
        if (wanted->scopes[i])
            text = apr_pstrcat(pool, text, *text ? " " : "", wp_access_scopes[i], NULL);
    }
    return text;
}

bool wp_access_token_is_nameless(const wp_access_token_wanted_t *wanted)
{
    return !wanted->name || wanted->name[strspn(wanted->name, " ")] == '\0';
}

bool wp_access_token_is_useless(const wp_access_token_wanted_t *wanted)
{
    bool useless = true;

    for (size_t i = 0; i < WP_ACCESS_SCOPES; i++)
        useless &= !wanted->scopes[i];
    return useless;
}

static const char *last_day(const wp_act_t *act, const char *chosen)
{
    wp_date_t days = (wp_date_t)strtol(chosen ? chosen : wp_access_days[0], NULL, 10);
    wp_date_t today = act->who->clock.today;
    return wp_date_text(wp_act_pool(act), days == A_YEAR ? wp_date_add_months(today, 12) : today + days);
}

static apr_status_t add(wp_act_t *act, const wp_access_token_wanted_t *wanted, const wp_access_token_made_t *made)
{
    apr_pool_t *pool = wp_act_pool(act);
    wp_args_t *args = wp_act_args(act);

    wp_args_text(args, "token", made->id);
    wp_args_text(args, "name", wanted->name);
    wp_args_text(args, "hash", wp_digest(pool, made->token, strlen(made->token)));
    wp_args_text(args, "scopes", scopes_text(pool, wanted));
    wp_args_text(args, "expires", last_day(act, wanted->days));
    return wp_db_change(act->db, "token_add", args, NULL);
}

static apr_status_t make(wp_act_t *act, const wp_access_token_wanted_t *wanted, wp_access_token_made_t *made,
                         wp_result_t *result)
{
    apr_pool_t *pool = wp_act_pool(act);

    made->id = wp_random_id(pool);
    made->token = apr_pstrcat(pool, PREFIX, wp_random_text(pool, CHARACTERS), NULL);
    *result = wp_result_done(made->id);
    apr_status_t status = add(act, wanted, made);
    return status == APR_SUCCESS ? wp_act_audit(act, NULL, WP_DID_TOKEN_CREATED, made->id) : status;
}

static wp_result_t judge(const wp_access_token_wanted_t *wanted)
{
    if (wp_access_token_is_nameless(wanted))
        return wp_result_refused(WP_ERROR_TOKEN_NAME, "name");
    if (wanted->days && !wp_text_is_one_of(wanted->days, wp_access_days))
        return wp_result_refused(WP_ERROR_CHOICE, "days");
    return wp_access_token_is_useless(wanted) ? wp_result_refused(WP_ERROR_TOKEN_SCOPE, "scopes")
                                              : wp_result_of(WP_OUTCOME_NONE);
}

/* The account is locked, so no other unit adds one before this one has. */
static apr_status_t count_valid(wp_act_t *act, wp_result_t *result)
{
    wp_rows_t *rows;
    apr_status_t status = wp_db_select(act->db, "token_totals", act->args, &rows);

    if (status == APR_SUCCESS && wp_row_int(rows, 0, "active") >= WP_ACCESS_TOKENS_MAX)
        *result = wp_result_refused(WP_ERROR_TOKEN_MANY, "name");
    return status;
}

apr_status_t wp_access_token_make(wp_act_t *act, const wp_access_token_wanted_t *wanted, wp_access_token_made_t *made,
                                  wp_result_t *result)
{
    wp_own_account_t own;
    apr_status_t status = wp_own_account_hold(act, &own, result);

    *made = (wp_access_token_made_t){NULL, NULL};
    if (status == APR_SUCCESS && !wp_result_is_against(result))
        *result = judge(wanted);
    if (status == APR_SUCCESS && !wp_result_is_against(result))
        status = wp_act_count(act, WP_LIMIT_TOKENS, NULL, result);
    if (status == APR_SUCCESS && !wp_result_is_against(result))
        status = count_valid(act, result);
    return status == APR_SUCCESS && !wp_result_is_against(result) ? make(act, wanted, made, result) : status;
}

apr_status_t wp_access_token_revoke(wp_act_t *act, const char *id, wp_result_t *result)
{
    wp_own_account_t own;
    wp_args_t *args = wp_act_args(act);
    wp_rows_t *rows = NULL;
    int revoked = 0;
    apr_status_t status = wp_own_account_hold(act, &own, result);

    if (status != APR_SUCCESS || wp_result_is_against(result))
        return status;
    wp_args_text(args, "token", id);
    status = wp_db_change(act->db, "token_revoke", args, &revoked);
    if (status == APR_SUCCESS && revoked > 0) {
        *result = wp_result_done(id);
        return wp_act_audit(act, NULL, WP_DID_TOKEN_REVOKED, id);
    }
    if (status == APR_SUCCESS)
        status = wp_db_select(act->db, "token_one", args, &rows);
    if (status == APR_SUCCESS)
        *result = wp_result_of(rows->count > 0 ? WP_OUTCOME_SAME : WP_OUTCOME_UNKNOWN);
    return status;
}
