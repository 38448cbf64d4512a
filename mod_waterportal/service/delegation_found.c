/* SPDX-License-Identifier: Apache-2.0 */
#include "service/delegation_found.h"

#include <apr_strings.h>
#include <string.h>

#include "crypto/digest.h"
#include "data/date_text.h"
#include "notify/outbox.h"

#include "base/banned.h"

/* --- the right as it is --- */

static const struct {
    const char *name;
    wp_delegation_state_t state;
} states[] = {
    {"draft", WP_DELEGATION_DRAFT},     {"offered", WP_DELEGATION_OFFERED}, {"active", WP_DELEGATION_ACTIVE},
    {"refused", WP_DELEGATION_REFUSED}, {"revoked", WP_DELEGATION_REVOKED}, {"lapsed", WP_DELEGATION_LAPSED},
    {"ended", WP_DELEGATION_ENDED},
};

/* A state that this release does not know is none that allows anything. */
static wp_delegation_state_t state_of(const char *name)
{
    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        if (strcmp(states[i].name, name) == 0)
            return states[i].state;
    }
    return WP_DELEGATION_ENDED;
}

wp_args_t *wp_delegation_args(const wp_act_t *act, const char *id)
{
    wp_args_t *args = wp_act_args(act);

    wp_args_text(args, "delegation", id);
    wp_args_text(args, "day_ago", wp_instant_text(wp_act_pool(act), act->who->clock.now - WP_DELEGATION_DRAFT_SECONDS));
    return args;
}

apr_status_t wp_delegation_hold(wp_act_t *act, const char *contract, wp_result_t *result)
{
    wp_args_t *args = wp_act_args(act);
    int held = 0;

    wp_args_text(args, "contract", contract);
    apr_status_t status = wp_act_hold_account(act);
    if (status == APR_SUCCESS)
        status = wp_db_change(act->db, "delegation_hold", args, &held);
    if (status == APR_SUCCESS && held == 0)
        *result = wp_result_of(WP_OUTCOME_UNKNOWN);
    return status;
}

static apr_status_t find_named(wp_act_t *act, const char *name, wp_rows_t **rows)
{
    wp_args_t *args = wp_act_args(act);

    wp_args_text(args, "offer", name);
    wp_args_text(args, "offer_hash", wp_digest(wp_act_pool(act), name, strlen(name)));
    return wp_db_select(act->db, "delegation_named", args, rows);
}

static apr_status_t read_found(wp_act_t *act, const char *id, wp_delegation_t *found, wp_result_t *result)
{
    wp_rows_t *rows;
    apr_status_t status = wp_db_select(act->db, "delegation_find", wp_delegation_args(act, id), &rows);

    *found = (wp_delegation_t){.id = id};
    if (status != APR_SUCCESS)
        return status;
    if (rows->count == 0) {
        *result = wp_result_of(WP_OUTCOME_UNKNOWN);
        return APR_SUCCESS;
    }
    *found = (wp_delegation_t){.id = id,
                               .contract = wp_row_text(rows, 0, "contract_no"),
                               .point = wp_row_text(rows, 0, "point_id"),
                               .level = wp_row_text(rows, 0, "level"),
                               .until = wp_row_text(rows, 0, "until"),
                               .receiver = wp_row_text(rows, 0, "receiver"),
                               .who = wp_row_text(rows, 0, "who"),
                               .mine = wp_row_int(rows, 0, "mine") > 0,
                               .theirs = wp_row_int(rows, 0, "theirs") > 0,
                               .state = state_of(wp_row_text(rows, 0, "state"))};
    found->theirs &= found->state != WP_DELEGATION_DRAFT; /* nobody was told of it */
    return APR_SUCCESS;
}

/* held: the contract is to be held before the right is read: what was read before the turn came may have changed. */
static apr_status_t find(wp_act_t *act, const char *name, bool held, wp_delegation_t *found, wp_result_t *result)
{
    wp_rows_t *rows;
    apr_status_t status = find_named(act, name, &rows);

    if (status == APR_SUCCESS && rows->count == 0)
        *result = wp_result_of(WP_OUTCOME_UNKNOWN);
    else if (status == APR_SUCCESS && held)
        status = wp_delegation_hold(act, wp_row_text(rows, 0, "contract_no"), result);
    if (status != APR_SUCCESS || wp_result_is_against(result))
        return status;
    const char *id = wp_row_text(rows, 0, "delegation_id");
    status = read_found(act, id, found, result);
    found->by_secret = strcmp(id, name) != 0;
    return status;
}

apr_status_t wp_delegation_find(wp_act_t *act, const char *name, wp_delegation_t *found, wp_result_t *result)
{
    return find(act, name, true, found, result);
}

apr_status_t wp_delegation_look(wp_act_t *act, const char *name, wp_delegation_t *found, wp_result_t *result)
{
    return find(act, name, false, found, result);
}

wp_error_t wp_delegation_day_error(const wp_act_t *act, const char *until, const char *was)
{
    wp_date_t day, before;

    if (!until || !wp_date_parse_iso(until, &day))
        return WP_ERROR_UNTIL_REQUIRED;
    bool extended = was && wp_date_parse_iso(was, &before);
    switch (wp_delegation_term_fault(day, act->who->clock.today, extended ? &before : NULL)) {
    case WP_TERM_PAST:
        return WP_ERROR_UNTIL_PAST;
    case WP_TERM_FAR:
        return WP_ERROR_UNTIL_FAR;
    case WP_TERM_NOT_LATER:
        return WP_ERROR_UNTIL_NOT_LATER;
    case WP_TERM_FINE:
        break;
    }
    return WP_ERROR_NONE;
}

/* --- who is told --- */

/* Keeps people from flooding a mailbox: a limit on the messages a day from one customer, and another on those from
 * all together. */
static apr_status_t may_write(wp_act_t *act, const char *address, bool *may)
{
    const char *to = wp_act_mailbox(act, address);
    wp_result_t counted = wp_result_of(WP_OUTCOME_NONE);
    apr_status_t status = wp_act_count(act, WP_LIMIT_MESSAGES,
                                       apr_pstrcat(wp_act_pool(act), act->who->person, "|", to, NULL), &counted);

    if (status == APR_SUCCESS && !wp_result_is_against(&counted))
        status = wp_act_count(act, WP_LIMIT_MAILBOX, to, &counted);
    *may = !wp_result_is_against(&counted);
    if (!*may)
        wp_log_info(act->rules->log, "a message to another customer was left out: too many in a day");
    return status;
}

apr_status_t wp_delegation_tell(wp_act_t *act, const char *id, wp_tell_t whom, const char *change)
{
    const bool giver = whom == WP_TELL_GIVER;
    wp_rows_t *rows;
    apr_status_t status = wp_db_select(act->db, "delegation_parties", wp_delegation_args(act, id), &rows);

    if (status != APR_SUCCESS)
        return status;
    const char *now = act->who->clock.now_text;
    const wp_message_arg_t arguments[] = {{"person", act->who->name},
                                          {"contract", wp_row_text(rows, 0, "contract_no")},
                                          {"address", wp_row_text(rows, 0, "address")},
                                          {"change", change},
                                          {NULL, NULL}};
    const wp_message_t message = {.kind = strcmp(change, "offered") == 0 ? "delegation_offered" : "delegation_changed",
                                  .channel = "email",
                                  .recipient = wp_row_text(rows, 0, giver ? "giver_email" : "receiver_email"),
                                  .subject = id,
                                  .period = now,
                                  .language = wp_row_text(rows, 0, giver ? "giver_language" : "receiver_language"),
                                  .arguments = arguments};
    bool may = false;

    if (message.recipient)
        status = may_write(act, message.recipient, &may);
    return status == APR_SUCCESS && may ? wp_outbox_add(act->db, &message, now) : status;
}
