/* SPDX-License-Identifier: Apache-2.0 */
#include "service/act.h"

#include <string.h>

#include "base/fold.h"
#include "data/date_text.h"
#include "store/allowance.h"
#include "store/audit.h"

#include "base/banned.h"

wp_clock_t wp_clock_at(apr_pool_t *pool, wp_instant_t now)
{
    wp_date_t today = wp_riga_date(now);
    return (wp_clock_t){.now = now,
                        .today = today,
                        .now_text = wp_instant_text(pool, now),
                        .today_text = wp_date_text(pool, today)};
}

static const struct {
    wp_actor_kind_t kind;
    const char *name;
} kinds[] = {
    {WP_ACTOR_CUSTOMER, "customer"}, {WP_ACTOR_REPRESENTATIVE, "representative"},
    {WP_ACTOR_DELEGATE, "delegate"}, {WP_ACTOR_TOKEN, "token"},
    {WP_ACTOR_STAFF, "staff"},       {WP_ACTOR_SYSTEM, "system"},
};

const char *wp_actor_kind_name(wp_actor_kind_t kind)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (kinds[i].kind == kind)
            return kinds[i].name;
    }
    return "";
}

const char *wp_outcome_name(wp_outcome_t outcome)
{
    switch (outcome) {
    case WP_OUTCOME_DONE:
        return "done";
    case WP_OUTCOME_SAME:
        return "same";
    case WP_OUTCOME_REFUSED:
        return "refused";
    case WP_OUTCOME_CONFLICT:
        return "conflict";
    case WP_OUTCOME_LIMITED:
        return "limited";
    case WP_OUTCOME_UNKNOWN:
        return "unknown";
    case WP_OUTCOME_NONE:
        break;
    }
    return "";
}

wp_act_t *wp_act_begin(wp_db_t *db, const wp_actor_t *who, const wp_rules_t *rules)
{
    apr_pool_t *pool = wp_db_pool(db);
    wp_act_t *act = apr_pcalloc(pool, sizeof *act);
    wp_args_t *args = wp_args_make(pool, NULL);

    wp_args_text(args, "account", who->account);
    wp_args_text(args, "person", who->person);
    wp_args_text(args, "person_name", who->name);
    wp_args_text(args, "code", who->login ? who->login->code : NULL);
    wp_args_text(args, "issuer", who->login ? who->login->issuer : NULL);
    wp_args_text(args, "subject", who->login ? who->login->subject : NULL);
    wp_args_text(args, "now", who->clock.now_text);
    wp_args_text(args, "today", who->clock.today_text);
    *act = (wp_act_t){.db = db, .who = who, .rules = rules, .args = args};
    return act;
}

apr_pool_t *wp_act_pool(const wp_act_t *act)
{
    return wp_db_pool(act->db);
}

wp_args_t *wp_act_args(const wp_act_t *act)
{
    return wp_args_make(wp_act_pool(act), act->args);
}

apr_status_t wp_act_expect_token(wp_act_t *act, wp_result_t *result)
{
    wp_args_t *args = wp_act_args(act);
    wp_rows_t *rows;

    if (!act->who->token || wp_result_is_against(result))
        return APR_SUCCESS;
    wp_args_text(args, "token", act->who->token);
    apr_status_t status = wp_db_select(act->db, "token_stands", args, &rows);
    if (status == APR_SUCCESS && rows->count == 0)
        *result = wp_result_refused(WP_ERROR_NO_RIGHT, NULL);
    return status;
}

apr_status_t wp_act_hold_account(wp_act_t *act)
{
    return wp_args_get(act->args, "account") ? wp_db_change(act->db, "account_hold", act->args, NULL) : APR_SUCCESS;
}

void wp_act_set_account(wp_act_t *act, const char *account)
{
    wp_args_text(act->args, "account", account);
}

bool wp_act_is_of_the_house(const wp_act_t *act)
{
    return act->who->kind == WP_ACTOR_STAFF || act->who->kind == WP_ACTOR_SYSTEM;
}

void wp_act_expect_house(const wp_act_t *act, wp_result_t *result)
{
    if (!wp_act_is_of_the_house(act))
        *result = wp_result_refused(WP_ERROR_NO_RIGHT, NULL);
}

static wp_actor_kind_t kind_of(const wp_act_t *act, const char *basis)
{
    if (act->who->kind == WP_ACTOR_TOKEN || wp_act_is_of_the_house(act))
        return act->who->kind;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(kinds[i].name, basis) == 0)
            return kinds[i].kind;
    }
    return act->who->kind;
}

/* If several ways lead to a contract, the rights add up. The role is that of the contract's own holder, if it is one of
 * them, otherwise of the first delegation that gives the right. */
static void add_up(const wp_act_t *act, const wp_ways_t *ways, int right, wp_standing_t *standing)
{
    bool own = false, found = false;

    for (int i = 0; i < ways->count; i++) {
        int rights = (int)wp_row_int(ways->rows, i, "rights") & act->who->may;
        bool delegated = !wp_row_is_null(ways->rows, i, "delegation_id");
        standing->rights |= rights;
        if (wp_row_is_null(ways->rows, i, "point_id"))
            standing->whole |= rights;
        if ((right && !(rights & right)) || own || (found && delegated))
            continue;
        own = !delegated;
        found = true;
        standing->kind = kind_of(act, wp_row_text(ways->rows, i, "basis"));
        standing->delegation = wp_row_text(ways->rows, i, "delegation_id");
    }
}

static void judge(const wp_standing_t *standing, int right, wp_result_t *result)
{
    if (standing->rights == 0)
        *result = wp_result_of(WP_OUTCOME_UNKNOWN);
    else if (right && !(standing->rights & right))
        *result = wp_result_refused(WP_ERROR_NO_RIGHT, NULL);
}

void wp_act_stand_by(const wp_act_t *act, const wp_ways_t *ways, int right, wp_standing_t *standing,
                     wp_result_t *result)
{
    *standing = (wp_standing_t){.contract = ways->contract, .kind = act->who->kind};
    if (ways->count > 0)
        standing->ended_on = wp_row_text(ways->rows, 0, "ended_on");
    add_up(act, ways, right, standing);
    judge(standing, right, result);
}

apr_status_t wp_act_stand(wp_act_t *act, const char *contract, int right, wp_standing_t *standing, wp_result_t *result)
{
    wp_args_t *args = wp_act_args(act);
    wp_rows_t *rows;

    wp_args_text(args, "contract", contract);
    apr_status_t status = wp_db_select(act->db, wp_act_is_of_the_house(act) ? "contract_plain" : "contract_access",
                                       args, &rows);
    *standing = (wp_standing_t){.contract = contract, .kind = act->who->kind};
    if (status != APR_SUCCESS)
        return status;
    if (!wp_act_is_of_the_house(act)) {
        wp_act_stand_by(act, &(wp_ways_t){contract, rows, rows->count}, right, standing, result);
        return wp_act_expect_token(act, result);
    }
    if (rows->count > 0) {
        standing->rights = standing->whole = act->who->may;
        standing->ended_on = wp_row_text(rows, 0, "ended_on");
    }
    judge(standing, right, result);
    return APR_SUCCESS;
}

apr_status_t wp_act_count(wp_act_t *act, wp_limit_t limit, const char *who, wp_result_t *result)
{
    const wp_limit_kind_t *kind = &wp_limit_kinds[limit];
    const wp_allowance_t allowance = {kind->name, who ? who : act->who->person, act->rules->limits->most[limit],
                                      kind->seconds};
    wp_instant_t retry_at;
    apr_status_t status = wp_allowance_take(act->db, &allowance, act->who->clock.now, &retry_at);

    if (status == APR_SUCCESS && retry_at)
        *result = (wp_result_t){.outcome = WP_OUTCOME_LIMITED, .retry_at = retry_at};
    return status;
}

apr_status_t wp_act_audit(wp_act_t *act, const wp_standing_t *standing, wp_did_t action, const char *detail)
{
    const wp_audit_t entry = {.account = wp_args_get(act->args, "account"),
                              .actor_tag = act->who->person,
                              .actor_name = act->who->name,
                              .actor_kind = wp_actor_kind_name(standing ? standing->kind : act->who->kind),
                              .delegation = standing ? standing->delegation : NULL,
                              .contract = standing ? standing->contract : NULL,
                              .action = action,
                              .detail = detail};
    return wp_audit_add(act->db, &entry, act->who->clock.now_text);
}

void wp_act_log_security(const wp_act_t *act, wp_event_id_t event, const char *what)
{
    wp_log_event(act->rules->log, event, "%s, %s %s", what, act->who->token ? "token" : "person",
                 act->who->token ? act->who->token : act->who->person);
}

const char *wp_act_mailbox(const wp_act_t *act, const char *address)
{
    char *small = apr_palloc(wp_act_pool(act), strlen(address) + 1);
    wp_fold(address, small);
    return wp_secret_tag(act->rules->secret, WP_PURPOSE_PERSON, wp_act_pool(act), small);
}
