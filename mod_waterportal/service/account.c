/* SPDX-License-Identifier: Apache-2.0 */
#include "service/account.h"

#include <apr_strings.h>
#include <string.h>

#include "base/clean.h"
#include "crypto/random.h"
#include "data/date_text.h"
#include "domain/contract_number.h"
#include "service/contact.h"

#include "base/banned.h"

#define PERSONS_BEFORE_ALERT 5 /* within an hour, for one contract: reported, but its owner is never locked out */
#define HOUR                 3600

/* --- opening an account --- */

static wp_args_t *account_args(wp_act_t *act, const wp_new_account_t *wanted)
{
    wp_args_t *args = wp_act_args(act);

    wp_args_text(args, "person_name", act->who->full_name);
    wp_args_text(args, "email", wanted->email);
    wp_args_text(args, "phone", wanted->phone);
    wp_args_text(args, "language", wanted->language ? wanted->language : act->who->language);
    wp_args_text(args, "quiet", wanted->quiet ? wanted->quiet : wp_quiet_hours[0]);
    return args;
}

static void judge_account(const wp_act_t *act, const wp_new_account_t *wanted, wp_result_t *result)
{
    const char *unknown = wp_habit_unknown(wanted->language, wanted->quiet);

    wp_own_account_expect_person(act, result);
    if (wp_result_is_against(result))
        return;
    if (wp_args_get(act->args, "account"))
        *result = wp_result_of(WP_OUTCOME_CONFLICT);
    else if (!wanted->email)
        *result = wp_result_refused(WP_ERROR_EMAIL_REQUIRED, "email");
    else if (unknown)
        *result = wp_result_refused(WP_ERROR_CHOICE, unknown);
}

/* A login and a person code belong to one account: where another unit was faster, their keys are taken. */
apr_status_t wp_account_open(wp_act_t *act, const wp_new_account_t *wanted, wp_result_t *result)
{
    int codes = 0, logins = 0;

    judge_account(act, wanted, result);
    if (wp_result_is_against(result))
        return APR_SUCCESS;
    wp_act_set_account(act, wp_random_id(wp_act_pool(act)));
    wp_args_t *args = account_args(act, wanted);
    apr_status_t status = wp_db_change(act->db, "account_add", args, NULL);
    if (status == APR_SUCCESS)
        status = wp_db_change(act->db, "person_code_attach", args, &codes);
    if (status == APR_SUCCESS)
        status = wp_db_change(act->db, "identity_attach", args, &logins);
    bool whole = codes > 0 && logins > 0;
    *result = whole ? wp_result_done(wp_args_get(act->args, "account")) : wp_result_of(WP_OUTCOME_CONFLICT);
    return status;
}

/* --- the number --- */

/* What was typed, and which of the person's own contracts it refers to. */
typedef struct number_t {
    const char *contract; /* as billing writes it; as typed if it refers to none of them */
    bool ambiguous;       /* it could be several of them */
} number_t;

/* An identical number takes precedence over similar ones. */
static apr_status_t find_number(wp_act_t *act, wp_args_t *args, const char *typed, number_t *number)
{
    apr_pool_t *pool = wp_act_pool(act);
    const char *key = wp_clean_key(pool, typed);
    wp_rows_t *own;
    int alike = 0;
    apr_status_t status = wp_db_select(act->db, "registration_own", args, &own);

    *number = (number_t){.contract = typed};
    for (int i = 0; status == APR_SUCCESS && i < own->count; i++) {
        const char *contract = wp_row_text(own, i, "contract_no");
        wp_number_match_t match = wp_contract_number_match(wp_clean_key(pool, contract), key);
        if (match == WP_NUMBER_OTHER)
            continue;
        number->contract = contract;
        alike++;
        if (match == WP_NUMBER_SAME)
            return APR_SUCCESS;
    }
    number->ambiguous = alike > 1;
    return status;
}

/* All spellings of one number have the same tag. */
static const char *contract_tag(const wp_act_t *act, const char *contract)
{
    apr_pool_t *pool = wp_act_pool(act);
    char *key = apr_pstrdup(pool, wp_clean_key(pool, contract)), *to = key;

    for (const char *c = key; *c; c++) {
        if (!strchr("-/._", *c))
            *to++ = *c;
    }
    *to = '\0';
    return wp_secret_tag(act->rules->secret, WP_PURPOSE_PERSON, pool, key);
}

/* --- taking turns, and counting --- */

static apr_status_t take_turn(wp_act_t *act, const char *whose)
{
    wp_args_t *args = wp_act_args(act);

    wp_args_text(args, "turn", whose);
    return wp_db_change(act->db, "registration_take_turn", args, NULL);
}

static apr_status_t write_try(wp_act_t *act, wp_args_t *args, const char *outcome)
{
    wp_args_text(args, "try_id", wp_random_id(wp_act_pool(act)));
    wp_args_text(args, "outcome", outcome);
    return wp_db_change(act->db, "registration_try_add", args, NULL);
}

static apr_status_t raise_alert(wp_act_t *act, const wp_args_t *args)
{
    wp_rows_t *rows;
    apr_status_t status = wp_db_select(act->db, "registration_persons", args, &rows);
    if (status == APR_SUCCESS && wp_row_int(rows, 0, "persons") >= PERSONS_BEFORE_ALERT)
        wp_log_event(act->rules->log, WP_EV_CONTRACT_TRIED, "contract %s", wp_args_get(args, "contract_tag"));
    return status;
}

static apr_status_t refuse(wp_act_t *act, wp_args_t *args, const wp_result_t *result)
{
    bool limited = result->outcome == WP_OUTCOME_LIMITED;
    apr_status_t status = write_try(act, args, limited ? "limited" : "refused");

    if (status == APR_SUCCESS)
        status = raise_alert(act, args);
    wp_act_log_security(act, limited ? WP_EV_LIMITED : WP_EV_FOREIGN_ID,
                        limited ? "contract numbers" : "a contract number that does not fit");
    if (status != APR_SUCCESS)
        return status;
    return wp_act_audit(act, NULL, limited ? WP_DID_REGISTRATION_LIMITED : WP_DID_REGISTRATION_REFUSED,
                        wp_args_get(args, "contract_tag"));
}

/* --- connecting --- */

bool wp_registration_lacks_phone(const wp_registration_t *wanted)
{
    bool texts = false;

    for (int i = 0; i < WP_REMINDERS; i++)
        texts |= wanted->consents.given[i] && strcmp(wp_reminders[i].channel, "sms") == 0;
    return texts && !wanted->person.phone;
}

/* The addresses are typed, and may be a stranger's: each becomes valid when the code that is sent there comes back. */
static apr_status_t open_first(wp_act_t *act, const wp_registration_t *wanted, wp_result_t *result)
{
    const wp_new_account_t *person = &wanted->person;
    const wp_own_account_t own = {.language = person->language ? person->language : act->who->language,
                                  .email = person->email,
                                  .phone = person->phone};

    if (wp_registration_lacks_phone(wanted)) {
        *result = wp_result_refused(WP_ERROR_PHONE_FOR_SMS, "phone");
        return APR_SUCCESS;
    }
    apr_status_t status = wp_account_open(act, person, result);
    if (status != APR_SUCCESS || wp_result_is_against(result))
        return status;
    status = wp_consent_begin(act, &wanted->consents);
    return status == APR_SUCCESS ? wp_contact_ask_proof(act, &own) : status;
}

static apr_status_t add_contract(wp_act_t *act, wp_args_t *args, const wp_rows_t *match, wp_result_t *result)
{
    const char *contract = wp_row_text(match, 0, "contract_no");
    const wp_standing_t standing = {.contract = contract, .kind = act->who->kind};
    bool others = wp_row_int(match, 0, "others") > 0;
    int added = 0;

    wp_args_text(args, "contract", contract);
    wp_args_text(args, "basis", wp_row_text(match, 0, "basis"));
    apr_status_t status = wp_db_change(act->db, "account_contract_add", args, &added);
    *result = (wp_result_t){.outcome = added > 0 ? WP_OUTCOME_DONE : WP_OUTCOME_SAME, .detail = contract};
    if (status != APR_SUCCESS || added == 0)
        return status;
    return wp_act_audit(act, &standing, others ? WP_DID_CONTRACT_ADDED_AGAIN : WP_DID_CONTRACT_ADDED,
                        act->who->login->issuer);
}

static apr_status_t connect_contract(wp_act_t *act, wp_args_t *args, const wp_registration_t *wanted,
                                     const wp_rows_t *match, wp_result_t *result)
{
    wp_own_account_t own;
    bool first = !wp_args_get(act->args, "account");
    apr_status_t status = first ? open_first(act, wanted, result) : wp_own_account_hold(act, &own, result);

    if (status == APR_SUCCESS && !wp_result_is_against(result))
        status = write_try(act, args, "matched");
    return status == APR_SUCCESS && !wp_result_is_against(result) ? add_contract(act, args, match, result) : status;
}

/* What the number and the tries before it lead to; if none of the results is against it, the contract may be connected.
 */
static wp_result_t judge(const wp_rows_t *spent, const number_t *number, const wp_rows_t *match)
{
    wp_instant_t since = 0;

    if (spent->count > 0) {
        wp_instant_parse(wp_row_text(spent, 0, "at"), &since);
        return (wp_result_t){.outcome = WP_OUTCOME_LIMITED,
                             .code = WP_ERROR_TOO_MANY_TRIES,
                             .field = "contract",
                             .retry_at = since + HOUR};
    }
    if (number->ambiguous)
        return wp_result_refused(WP_ERROR_CONTRACT_AMBIGUOUS, "contract");
    return match->count == 0 ? wp_result_refused(WP_ERROR_CONTRACT_NOT_FOUND, "contract")
                             : wp_result_of(WP_OUTCOME_NONE);
}

/* Everything that a decision needs is read whatever the number is. */
static apr_status_t examine(wp_act_t *act, wp_args_t *args, number_t *number, wp_rows_t **match, wp_result_t *result)
{
    const char *tag = contract_tag(act, number->contract);
    wp_rows_t *spent;

    wp_args_text(args, "contract", number->contract);
    wp_args_text(args, "contract_tag", tag);
    wp_args_text(args, "hour_ago", wp_instant_text(wp_act_pool(act), act->who->clock.now - HOUR));
    wp_args_int(args, "before", WP_REGISTRATION_TRIES - 1);
    apr_status_t status = take_turn(act, apr_pstrcat(wp_act_pool(act), "contract ", tag, NULL));
    if (status == APR_SUCCESS)
        status = wp_db_select(act->db, "registration_spent", args, &spent);
    if (status == APR_SUCCESS)
        status = wp_db_select(act->db, "registration_match", args, match);
    if (status == APR_SUCCESS)
        *result = judge(spent, number, *match);
    return status;
}

apr_status_t wp_account_register(wp_act_t *act, const wp_registration_t *wanted, wp_result_t *result)
{
    wp_args_t *args = wp_act_args(act);
    wp_rows_t *match;
    number_t number;

    wp_own_account_expect_person(act, result);
    if (!wp_result_is_against(result) && !wanted->contract)
        *result = wp_result_refused(WP_ERROR_CONTRACT_REQUIRED, "contract");
    if (wp_result_is_against(result))
        return APR_SUCCESS;
    apr_status_t status = take_turn(act, act->who->person);
    if (status == APR_SUCCESS)
        status = find_number(act, args, wanted->contract, &number);
    if (status == APR_SUCCESS)
        status = examine(act, args, &number, &match, result);
    if (status != APR_SUCCESS || result->code == WP_ERROR_CONTRACT_AMBIGUOUS)
        return status;
    return wp_result_is_against(result) ? refuse(act, args, result)
                                        : connect_contract(act, args, wanted, match, result);
}

/* --- ending --- */

apr_status_t wp_account_end_contract(wp_act_t *act, const char *contract, wp_result_t *result)
{
    const wp_standing_t standing = {.contract = contract, .kind = act->who->kind};
    wp_own_account_t own;
    wp_args_t *args = wp_act_args(act);
    wp_rows_t *rows;
    int ended = 0;
    apr_status_t status = wp_own_account_hold(act, &own, result);

    if (status != APR_SUCCESS || wp_result_is_against(result))
        return status;
    wp_args_text(args, "contract", contract);
    status = wp_db_change(act->db, "account_contract_end", args, &ended);
    if (status == APR_SUCCESS && ended > 0) {
        *result = wp_result_done(contract);
        return wp_act_audit(act, &standing, WP_DID_CONTRACT_ENDED, NULL);
    }
    if (status == APR_SUCCESS)
        status = wp_db_select(act->db, "account_contract_known", args, &rows);
    if (status == APR_SUCCESS)
        *result = wp_result_of(rows->count > 0 ? WP_OUTCOME_SAME : WP_OUTCOME_UNKNOWN);
    return status;
}
