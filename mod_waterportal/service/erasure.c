/* SPDX-License-Identifier: Apache-2.0 */
#include "service/erasure.h"

#include <string.h>

#include "crypto/random.h"
#include "notify/outbox.h"

#include "base/banned.h"

static apr_status_t tell(wp_act_t *act, const char *kind, const char *erasure, const wp_own_account_t *own)
{
    const wp_message_t message = {.kind = kind,
                                  .channel = "email",
                                  .recipient = own->email,
                                  .subject = erasure,
                                  .language = own->language};
    return message.recipient ? wp_outbox_add(act->db, &message, act->who->clock.now_text) : APR_SUCCESS;
}

/* The statement adds nothing if a request is open; the account is locked. */
apr_status_t wp_erasure_ask(wp_act_t *act, wp_result_t *result)
{
    wp_own_account_t own;
    wp_args_t *args = wp_act_args(act);
    const char *id = wp_random_id(wp_act_pool(act));
    int added = 0;
    apr_status_t status = wp_own_account_hold(act, &own, result);

    if (status != APR_SUCCESS || wp_result_is_against(result))
        return status;
    wp_args_text(args, "erasure", id);
    status = wp_db_change(act->db, "erasure_add", args, &added);
    *result = wp_result_of(added > 0 ? WP_OUTCOME_DONE : WP_OUTCOME_SAME);
    if (status != APR_SUCCESS || added == 0)
        return status;
    status = tell(act, "erasure_asked", id, &own);
    return status == APR_SUCCESS ? wp_act_audit(act, NULL, WP_DID_ERASURE_ASKED, NULL) : status;
}

apr_status_t wp_erasure_withdraw(wp_act_t *act, wp_result_t *result)
{
    wp_own_account_t own;
    int withdrawn = 0;
    apr_status_t status = wp_own_account_hold(act, &own, result);

    if (status != APR_SUCCESS || wp_result_is_against(result))
        return status;
    status = wp_db_change(act->db, "erasure_withdraw", act->args, &withdrawn);
    *result = wp_result_of(withdrawn > 0 ? WP_OUTCOME_DONE : WP_OUTCOME_SAME);
    if (status != APR_SUCCESS || withdrawn == 0)
        return status;
    return wp_act_audit(act, NULL, WP_DID_ERASURE_WITHDRAWN, NULL);
}

/* --- settling --- */

/* In this order: rows that others refer to come last. */
static const char *const statements[] = {"erase_messages",   "erase_cases",        "erase_contact_changes",
                                         "erase_consents",   "erase_token_uses",   "erase_tokens",
                                         "erase_given",      "erase_received",     "erase_contracts",
                                         "erase_identities", "erase_person_codes", "erase_account"};

static apr_status_t erase(wp_act_t *act, const wp_args_t *args, const wp_rows_t *request)
{
    const wp_own_account_t own = {.email = wp_row_text(request, 0, "email"),
                                  .language = wp_row_text(request, 0, "language")};
    const char *erasure = wp_args_get(args, "erasure");
    apr_status_t status = wp_db_change(act->db, "erasure_settle", args, NULL);

    for (size_t i = 0; i < sizeof statements / sizeof *statements && status == APR_SUCCESS; i++)
        status = wp_db_change(act->db, statements[i], args, NULL);
    if (status == APR_SUCCESS)
        status = wp_act_audit(act, NULL, WP_DID_ERASURE_DONE, erasure);
    return status == APR_SUCCESS ? tell(act, "erasure_done", erasure, &own) : status;
}

/* Locks the account of the request; then reads the request again, as whoever held the lock left it. */
static apr_status_t hold(wp_act_t *act, const wp_args_t *args, wp_rows_t **request)
{
    apr_status_t status = wp_db_select(act->db, "erasure_one", args, request);

    if (status != APR_SUCCESS || (*request)->count == 0)
        return status;
    wp_act_set_account(act, wp_row_text(*request, 0, "account_id"));
    status = wp_db_change(act->db, "account_hold", args, NULL);
    return status == APR_SUCCESS ? wp_db_select(act->db, "erasure_one", args, request) : status;
}

apr_status_t wp_erasure_settle(wp_act_t *act, const char *erasure, wp_result_t *result)
{
    wp_args_t *args = wp_act_args(act);
    wp_rows_t *request;

    wp_act_expect_house(act, result);
    if (wp_result_is_against(result))
        return APR_SUCCESS;
    wp_args_text(args, "erasure", erasure);
    apr_status_t status = hold(act, args, &request);
    if (status != APR_SUCCESS)
        return status;
    if (request->count == 0)
        *result = wp_result_of(WP_OUTCOME_UNKNOWN);
    else if (strcmp(wp_row_text(request, 0, "state"), "asked") != 0)
        *result = wp_result_of(WP_OUTCOME_CONFLICT);
    else if (wp_row_int(request, 0, "payments") > 0)
        *result = wp_result_refused(WP_ERROR_PAYING_ALREADY, NULL);
    else
        *result = wp_result_done(erasure);
    return wp_result_is_against(result) ? APR_SUCCESS : erase(act, args, request);
}
