/* SPDX-License-Identifier: Apache-2.0 */
#include "service/attach.h"

#include <apr_strings.h>
#include <string.h>

#include "base/fold.h"
#include "domain/person_name.h"
#include "notify/outbox.h"
#include "store/cases.h"

#include "base/banned.h"

/* the code an account began with, and one that it was changed to: a Latvian code may be changed once */
#define CODES_MAX 2

/* --- the messages to the person --- */

static apr_status_t notify(wp_act_t *act, const wp_attach_t *wanted, const char *kind)
{
    const wp_message_arg_t arguments[] = {{"issuer", wanted->key.issuer}, {NULL, NULL}};
    const char *now = act->who->clock.now_text;
    wp_account_proved_t proved;
    apr_status_t status = wp_account_proved(act->db, wanted->account, &proved);
    const char *const places[][2] = {{"email", proved.email}, {"sms", proved.phone}}; /* channel, recipient */

    for (size_t i = 0; status == APR_SUCCESS && i < sizeof places / sizeof *places; i++) {
        const wp_message_t message = {.kind = kind,
                                      .channel = places[i][0],
                                      .recipient = places[i][1],
                                      .subject = wanted->account,
                                      .period = now,
                                      .language = proved.language,
                                      .arguments = arguments};
        status = message.recipient ? wp_outbox_add(act->db, &message, now) : APR_SUCCESS;
    }
    return status;
}

/* --- what is recorded --- */

/* WP_DB_ROLLBACK is the store's word for a key that another account has by now. */
static apr_status_t overtaken(apr_status_t status, wp_result_t *result)
{
    if (status != WP_DB_ROLLBACK)
        return status;
    *result = wp_result_of(WP_OUTCOME_CONFLICT);
    return APR_SUCCESS;
}

/* After the key was stored. message NULL: there is nothing to tell the person about. */
static apr_status_t finish(wp_act_t *act, const wp_attach_t *wanted, wp_did_t action, const char *message,
                           wp_result_t *result)
{
    *result = wp_result_done(NULL);
    wp_act_set_account(act, wanted->account);
    apr_status_t status = wp_act_audit(act, NULL, action, wanted->key.issuer);
    return status == APR_SUCCESS && message ? notify(act, wanted, message) : status;
}

apr_status_t wp_attach_code(wp_act_t *act, const wp_attach_t *wanted, wp_result_t *result)
{
    apr_status_t status = wp_account_add_code(act->db, wanted->account, &wanted->key, act->who->clock.now_text);

    if (status == APR_SUCCESS)
        status = wp_account_set_name(act->db, wanted->account, wanted->name);
    return status == APR_SUCCESS ? finish(act, wanted, WP_DID_CODE_CHANGED, "person_code_changed", result)
                                 : overtaken(status, result);
}

/* The first login of an account was its registration, or amounts to it. */
static apr_status_t attach_login(wp_act_t *act, const wp_attach_t *wanted, bool further, wp_result_t *result)
{
    apr_status_t status = wp_account_add_login(act->db, wanted->account, &wanted->key, act->who->clock.now_text);

    if (status == APR_SUCCESS)
        status = wp_account_set_name(act->db, wanted->account, wanted->name);
    return status == APR_SUCCESS ? finish(act, wanted, WP_DID_IDENTITY_ATTACHED, further ? "login_added" : NULL, result)
                                 : overtaken(status, result);
}

apr_status_t wp_attach_moved(wp_act_t *act, const wp_attach_t *wanted, wp_result_t *result)
{
    apr_status_t status = wp_account_move_login(act->db, wanted->account, &wanted->key);

    return status == APR_SUCCESS ? finish(act, wanted, WP_DID_IDENTITY_ATTACHED, "login_added", result)
                                 : overtaken(status, result);
}

/* --- cases for people to decide --- */

static apr_status_t open_case(wp_act_t *act, const wp_attach_t *wanted, const wp_case_t *about)
{
    const wp_case_fact_t facts[] = {{"issuer", wanted->key.issuer}, {"subject", wanted->key.subject},
                                    {"code", wanted->key.code},     {"name", wanted->name},
                                    {"other", about->account},      {NULL, NULL}};
    wp_case_t opened = *about;

    opened.account = wanted->account;
    opened.facts = facts;
    return wp_case_open(act->db, &opened, act->who->clock.now_text);
}

static const char *pair(apr_pool_t *pool, const char *account, const char *other)
{
    return apr_pstrcat(pool, account, " ", other, NULL);
}

apr_status_t wp_attach_conflict(wp_act_t *act, const wp_attach_t *wanted, const char *other, wp_result_t *result)
{
    const wp_case_t about = {.kind = WP_CASE_ACCOUNT_CONFLICT,
                             .subject = pair(wp_act_pool(act), wanted->account, other),
                             .account = other,
                             .reason = "two_accounts"};
    *result = wp_result_done(NULL);
    return open_case(act, wanted, &about);
}

apr_status_t wp_attach_conflict_known(wp_db_t *db, const char *account, const char *other, bool *known)
{
    return wp_case_known(db, WP_CASE_ACCOUNT_CONFLICT, pair(wp_db_pool(db), account, other), known);
}

static const char *folded(apr_pool_t *pool, const char *name)
{
    char *to = name ? apr_palloc(pool, strlen(name) + 1) : NULL;
    if (to)
        wp_fold(name, to);
    return to;
}

/* Why the code must not become the account's without a decision by people; NULL if it may. */
static const char *doubt(apr_pool_t *pool, const wp_attach_t *wanted, const wp_account_standing_t *standing)
{
    if (standing->codes >= CODES_MAX)
        return "second_change";
    if (!wanted->name || !standing->name)
        return "name_missing";
    return wp_person_names_agree(folded(pool, standing->name), folded(pool, wanted->name)) ? NULL : "name_differs";
}

static apr_status_t change_code(wp_act_t *act, const wp_attach_t *wanted, const wp_account_standing_t *standing,
                                wp_result_t *result)
{
    const char *reason = doubt(wp_act_pool(act), wanted, standing);
    const wp_case_t about = {.kind = WP_CASE_PERSON_CODE,
                             .subject = pair(wp_act_pool(act), wanted->account, act->who->person),
                             .reason = reason};

    if (!reason)
        return wp_attach_code(act, wanted, result);
    *result = wp_result_refused(WP_ERROR_PERSON_CODE, "key");
    return open_case(act, wanted, &about);
}

apr_status_t wp_attach(wp_act_t *act, const wp_attach_t *wanted, wp_attached_t *attached, wp_result_t *result)
{
    wp_account_standing_t standing;
    apr_status_t status = wp_account_hold(act->db, wanted->account, &wanted->key, &standing);

    *attached = WP_ATTACHED_NOTHING;
    if (status != APR_SUCCESS)
        return status;
    if (standing.elsewhere || standing.has_login == standing.has_code) {
        *result = wp_result_of(standing.has_login && !standing.elsewhere ? WP_OUTCOME_SAME : WP_OUTCOME_CONFLICT);
        return APR_SUCCESS;
    }
    status = standing.has_login ? change_code(act, wanted, &standing, result)
                                : attach_login(act, wanted, standing.logins > 0, result);
    if (result->outcome == WP_OUTCOME_DONE)
        *attached = standing.has_login ? WP_ATTACHED_CODE : WP_ATTACHED_LOGIN;
    return status;
}
