/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/attach.h"

#include <apr_strings.h>
#include <string.h>

#include "base/fold.h"
#include "domain/person_name.h"
#include "notify/outbox.h"
#include "store/audit.h"
#include "store/cases.h"

#include "base/banned.h"

/* the code an account began with, and one that it was changed to: a Latvian code may be changed once */
#define CODES_MAX 2

wp_attach_t wp_attach_of(const wp_identity_t *identity, const char *account)
{
    return (wp_attach_t){.account = account,
                         .key = wp_identity_key(identity),
                         .name = identity->name,
                         .tag = identity->tag,
                         .actor_kind = "customer"};
}

/* --- the audit entry, and the messages to the person --- */

static apr_status_t audit(wp_db_t *db, const wp_attach_t *wanted, wp_did_t action, const char *now)
{
    const wp_audit_t entry = {.account = wanted->account,
                              .actor_tag = wanted->tag,
                              .actor_name = wanted->name,
                              .actor_kind = wanted->actor_kind,
                              .action = action,
                              .detail = wanted->key.issuer};
    return wp_audit_add(db, &entry, now);
}

static apr_status_t notify(wp_db_t *db, const wp_attach_t *wanted, const char *kind, const char *now)
{
    const wp_message_arg_t arguments[] = {{"issuer", wanted->key.issuer}, {NULL, NULL}};
    wp_account_proved_t proved;
    apr_status_t status = wp_account_proved(db, wanted->account, &proved);
    const char *const places[][2] = {{"email", proved.email}, {"sms", proved.phone}}; /* channel, recipient */

    for (size_t i = 0; status == APR_SUCCESS && i < sizeof places / sizeof *places; i++) {
        const wp_message_t message = {.kind = kind,
                                      .channel = places[i][0],
                                      .recipient = places[i][1],
                                      .subject = wanted->account,
                                      .period = now,
                                      .language = proved.language,
                                      .arguments = arguments};
        status = message.recipient ? wp_outbox_add(db, &message, now) : APR_SUCCESS;
    }
    return status;
}

apr_status_t wp_attach_code(wp_db_t *db, const wp_attach_t *wanted, const char *now)
{
    apr_status_t status = wp_account_add_code(db, wanted->account, &wanted->key, now);

    if (status == APR_SUCCESS)
        status = wp_account_set_name(db, wanted->account, wanted->name);
    if (status == APR_SUCCESS)
        status = audit(db, wanted, WP_DID_CODE_CHANGED, now);
    return status == APR_SUCCESS ? notify(db, wanted, "person_code_changed", now) : status;
}

/* The first login of an account was its registration, or amounts to it, so there is nothing to tell the person
 * about. */
static apr_status_t attach_login(wp_db_t *db, const wp_attach_t *wanted, bool further, const char *now)
{
    apr_status_t status = wp_account_add_login(db, wanted->account, &wanted->key, now);

    if (status == APR_SUCCESS)
        status = wp_account_set_name(db, wanted->account, wanted->name);
    if (status == APR_SUCCESS)
        status = audit(db, wanted, WP_DID_IDENTITY_ATTACHED, now);
    return status == APR_SUCCESS && further ? notify(db, wanted, "login_added", now) : status;
}

apr_status_t wp_attach_moved(wp_db_t *db, const wp_attach_t *wanted, const char *now)
{
    apr_status_t status = wp_account_move_login(db, wanted->account, &wanted->key);

    if (status == APR_SUCCESS)
        status = audit(db, wanted, WP_DID_IDENTITY_ATTACHED, now);
    return status == APR_SUCCESS ? notify(db, wanted, "login_added", now) : status;
}

/* --- cases for people to decide --- */

static apr_status_t open_case(wp_db_t *db, const wp_attach_t *wanted, const wp_case_t *about, const char *now)
{
    const wp_case_fact_t facts[] = {{"issuer", wanted->key.issuer}, {"subject", wanted->key.subject},
                                    {"code", wanted->key.code},     {"name", wanted->name},
                                    {"other", about->account},      {NULL, NULL}};
    wp_case_t opened = *about;

    opened.account = wanted->account;
    opened.facts = facts;
    return wp_case_open(db, &opened, now);
}

static const char *pair(apr_pool_t *pool, const char *account, const char *other)
{
    return apr_pstrcat(pool, account, " ", other, NULL);
}

apr_status_t wp_attach_conflict(wp_db_t *db, const wp_attach_t *wanted, const char *other, const char *now)
{
    const wp_case_t about = {.kind = WP_CASE_ACCOUNT_CONFLICT,
                             .subject = pair(wp_db_pool(db), wanted->account, other),
                             .account = other,
                             .reason = "two_accounts"};
    return open_case(db, wanted, &about, now);
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

/* If another request was faster, the next read of the page shows its result; nothing was written here. */
static apr_status_t settled(apr_status_t status, wp_attach_outcome_t done, wp_attach_outcome_t *outcome)
{
    *outcome = status == APR_SUCCESS ? done : WP_ATTACH_NOTHING;
    return status == WP_DB_ROLLBACK ? APR_SUCCESS : status;
}

static apr_status_t change_code(wp_db_t *db, const wp_attach_t *wanted, const wp_account_standing_t *standing,
                                const char *now, wp_attach_outcome_t *outcome)
{
    const char *reason = doubt(wp_db_pool(db), wanted, standing);
    const wp_case_t about = {.kind = WP_CASE_PERSON_CODE,
                             .subject = pair(wp_db_pool(db), wanted->account, wanted->tag),
                             .reason = reason};

    if (!reason)
        return settled(wp_attach_code(db, wanted, now), WP_ATTACH_CODE, outcome);
    *outcome = WP_ATTACH_REFUSED;
    return open_case(db, wanted, &about, now);
}

apr_status_t wp_attach(wp_db_t *db, const wp_attach_t *wanted, const char *now, wp_attach_outcome_t *outcome)
{
    wp_account_standing_t standing;
    apr_status_t status = wp_account_hold(db, wanted->account, &wanted->key, &standing);

    *outcome = WP_ATTACH_NOTHING;
    if (status != APR_SUCCESS || !standing.there)
        return status; /* erased in the meantime */
    if (standing.has_login == standing.has_code)
        return APR_SUCCESS; /* another request was faster */
    if (standing.has_login)
        return change_code(db, wanted, &standing, now, outcome);
    return settled(attach_login(db, wanted, standing.logins > 0, now), WP_ATTACH_LOGIN, outcome);
}
