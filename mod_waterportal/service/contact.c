/* SPDX-License-Identifier: Apache-2.0 */
#include "service/contact.h"

#include <apr_strings.h>
#include <string.h>

#include "crypto/random.h"
#include "data/date_text.h"
#include "domain/text.h"
#include "notify/outbox.h"

#include "base/banned.h"

#define CODE_SIZE (WP_CONTACT_CODE_DIGITS + 1)
#define HOUR      3600

/* A change, and what it begins from. */
typedef struct change_t {
    wp_act_t *act;
    wp_args_t *args; /* change, channel, value, … */
    const char *id, *channel;
    const char *value; /* NULL removes the address */
    const char *old;   /* the present address, or NULL */
    const char *language;
} change_t;

static change_t begin(wp_act_t *act, const char *id, const wp_contact_wanted_t *wanted, const wp_own_account_t *own)
{
    wp_args_t *args = wp_act_args(act);

    wp_args_text(args, "change", id);
    wp_args_text(args, "channel", wanted->channel);
    wp_args_text(args, "value", wanted->value);
    return (change_t){.act = act,
                      .args = args,
                      .id = id,
                      .channel = wanted->channel,
                      .value = wanted->value,
                      .old = wp_own_account_address(own, wanted->channel),
                      .language = own->language};
}

static bool replaces(const change_t *change)
{
    return change->old && !(change->value && strcmp(change->old, change->value) == 0);
}

/* --- codes and messages --- */

/* A code belongs to one change and one side of it: the other side's code, or an older one, is wrong. */
static const char *code_text(const change_t *change, const char *side, const char *code)
{
    return apr_pstrcat(wp_act_pool(change->act), change->id, "|", side, "|", code, NULL);
}

static const char *code_hash(const change_t *change, const char *side, const char *code)
{
    return wp_secret_tag(change->act->rules->secret, WP_PURPOSE_CODE, wp_act_pool(change->act),
                         code_text(change, side, code));
}

static bool code_is(const change_t *change, const char *side, const char *typed, const char *hash)
{
    char code[CODE_SIZE];

    if (!typed || !wp_text_squeeze(typed, strlen(typed), code, sizeof code))
        return false;
    return wp_secret_tag_is(change->act->rules->secret, WP_PURPOSE_CODE, wp_act_pool(change->act),
                            code_text(change, side, code), hash);
}

static apr_status_t notify(const change_t *change, const char *kind, const char *recipient, const char *code)
{
    const wp_message_arg_t arguments[] = {{code ? "code" : "channel", code ? code : change->channel},
                                          {code ? "minutes" : NULL,
                                           apr_itoa(wp_act_pool(change->act), WP_CONTACT_MINUTES)},
                                          {NULL, NULL}};
    const wp_message_t message = {.kind = kind,
                                  .channel = change->channel,
                                  .recipient = recipient,
                                  .subject = change->id,
                                  .language = change->language,
                                  .arguments = arguments};
    return wp_outbox_add(change->act->db, &message, change->act->who->clock.now_text);
}

static apr_status_t send_codes(const change_t *change, bool ask_old)
{
    apr_pool_t *pool = wp_act_pool(change->act);
    const char *code = wp_random_digits(pool, WP_CONTACT_CODE_DIGITS);
    const char *old_code = wp_random_digits(pool, WP_CONTACT_CODE_DIGITS);
    apr_status_t status = APR_SUCCESS;

    wp_args_text(change->args, "code_hash", change->value ? code_hash(change, "new", code) : "");
    wp_args_text(change->args, "old_hash", ask_old ? code_hash(change, "old", old_code) : NULL);
    if (change->value)
        status = notify(change, "contact_code", change->value, code);
    if (status == APR_SUCCESS && ask_old)
        return notify(change, "contact_code_old", change->old, old_code);
    if (status == APR_SUCCESS && change->value && replaces(change))
        return notify(change, "contact_notice", change->old, NULL);
    return status;
}

/* --- proposing --- */

wp_error_t wp_contact_refusal(const wp_own_account_t *own, const wp_contact_wanted_t *wanted)
{
    const char *old = wp_own_account_address(own, wanted->channel);

    if (!wanted->value && strcmp(wanted->channel, "email") == 0)
        return WP_ERROR_EMAIL_REQUIRED;
    if (!wanted->value)
        return old ? WP_ERROR_NONE : WP_ERROR_PHONE_NONE;
    bool same = old && strcmp(old, wanted->value) == 0;
    return same && wp_own_account_is_proved(own, wanted->channel) ? WP_ERROR_CONTACT_SAME : WP_ERROR_NONE;
}

static wp_result_t limited(wp_error_t code, wp_instant_t retry_at)
{
    return (wp_result_t){.outcome = WP_OUTCOME_LIMITED, .code = code, .field = "value", .retry_at = retry_at};
}

static apr_status_t refuse_often(wp_act_t *act, const char *channel, const char *spent, wp_result_t *result)
{
    wp_instant_t since = 0;

    wp_instant_parse(spent, &since);
    *result = limited(WP_ERROR_CONTACT_TOO_OFTEN, since + HOUR);
    wp_act_log_security(act, WP_EV_LIMITED, "confirmation codes asked for");
    return wp_act_audit(act, NULL, WP_DID_CONTACT_LIMITED, channel);
}

/* The account's changes within an hour; the row that must become older than that, if there are as many as allowed. */
static apr_status_t count_change(wp_act_t *act, const char *channel, wp_result_t *result)
{
    wp_args_t *args = wp_act_args(act);
    wp_rows_t *rows;

    wp_args_text(args, "hour_ago", wp_instant_text(wp_act_pool(act), act->who->clock.now - HOUR));
    wp_args_int(args, "before", WP_CONTACT_CHANGES - 1);
    apr_status_t status = wp_db_select(act->db, "contact_spent", args, &rows);
    if (status != APR_SUCCESS || rows->count == 0)
        return status;
    return refuse_often(act, channel, wp_row_text(rows, 0, "created"), result);
}

/* A typed address may be a stranger's, so the codes that go there are limited, whoever causes them. */
static apr_status_t count_code(wp_act_t *act, const char *address, wp_result_t *result)
{
    if (!address)
        return APR_SUCCESS;
    apr_status_t status = wp_act_count(act, WP_LIMIT_CODES, wp_act_mailbox(act, address), result);
    if (result->outcome == WP_OUTCOME_LIMITED)
        *result = limited(WP_ERROR_ADDRESS_TOO_OFTEN, result->retry_at);
    return status;
}

static apr_status_t set_address(const change_t *change)
{
    bool email = strcmp(change->channel, "email") == 0;
    apr_status_t status = wp_db_change(change->act->db, email ? "account_email_set" : "account_phone_set", change->args,
                                       NULL);
    if (status == APR_SUCCESS && replaces(change))
        status = notify(change, "contact_changed", change->old, NULL);
    return status == APR_SUCCESS ? wp_act_audit(change->act, NULL, WP_DID_CONTACT_CHANGED, change->channel) : status;
}

/* The codes of a change that ends are worth nothing, also those that still wait in the outbox. */
static apr_status_t end_open(const change_t *change, const char *how)
{
    apr_status_t status = wp_db_change(change->act->db, how, change->args, NULL);
    return status == APR_SUCCESS ? wp_db_change(change->act->db, "outbox_forget_codes", change->args, NULL) : status;
}

static apr_status_t open_change(const change_t *change, bool ask_old)
{
    wp_instant_t expires = change->act->who->clock.now + WP_CONTACT_MINUTES * 60;
    apr_status_t status = send_codes(change, ask_old);

    wp_args_text(change->args, "value", change->value ? change->value : "");
    wp_args_text(change->args, "expires", wp_instant_text(wp_act_pool(change->act), expires));
    if (status == APR_SUCCESS)
        status = wp_db_change(change->act->db, "contact_add", change->args, NULL);
    return status == APR_SUCCESS ? wp_act_audit(change->act, NULL, WP_DID_CONTACT_ASKED, change->channel) : status;
}

static apr_status_t propose(wp_act_t *act, const wp_own_account_t *own, const wp_contact_wanted_t *wanted, bool *open)
{
    const change_t change = begin(act, wp_random_id(wp_act_pool(act)), wanted, own);
    bool ask_old = replaces(&change) && wp_own_account_is_proved(own, wanted->channel);
    apr_status_t status = end_open(&change, "contact_drop");

    *open = wanted->value || ask_old;
    if (status != APR_SUCCESS)
        return status;
    return *open ? open_change(&change, ask_old) : set_address(&change);
}

apr_status_t wp_contact_propose(wp_act_t *act, const wp_contact_wanted_t *wanted, bool *open, wp_result_t *result)
{
    wp_own_account_t own;
    apr_status_t status = wp_own_account_hold(act, &own, result);

    *open = false;
    if (status != APR_SUCCESS || wp_result_is_against(result))
        return status;
    wp_error_t error = wp_contact_refusal(&own, wanted);
    if (error) {
        *result = wp_result_refused(error, "value");
        return APR_SUCCESS;
    }
    status = count_change(act, wanted->channel, result);
    if (status == APR_SUCCESS && !wp_result_is_against(result))
        status = count_code(act, wanted->value, result);
    if (status != APR_SUCCESS || wp_result_is_against(result))
        return status;
    *result = wp_result_done(NULL);
    return propose(act, &own, wanted, open);
}

apr_status_t wp_contact_ask_proof(wp_act_t *act, const wp_own_account_t *own)
{
    static const char *const channels[] = {"email", "sms"};
    apr_status_t status = APR_SUCCESS;

    for (size_t i = 0; i < sizeof channels / sizeof *channels && status == APR_SUCCESS; i++) {
        const wp_contact_wanted_t wanted = {channels[i], wp_own_account_address(own, channels[i])};
        wp_result_t count = {.outcome = WP_OUTCOME_NONE};
        bool open;
        status = count_code(act, wanted.value, &count);
        if (status == APR_SUCCESS && wanted.value && !wp_result_is_against(&count))
            status = propose(act, own, &wanted, &open);
    }
    return status;
}

/* --- confirming --- */

static apr_status_t count_wrong(const change_t *change, int tries, wp_contact_wrong_t *wrong, wp_result_t *result)
{
    wrong->left = WP_CONTACT_TRIES - tries - 1;
    *result = wp_result_refused(wrong->left > 0 ? WP_ERROR_CODE_WRONG : WP_ERROR_CODE_SPENT,
                                wrong->code ? "code" : "old");
    wp_act_log_security(change->act, WP_EV_CODE_WRONG, wrong->left > 0 ? "may try again" : "the last try");
    wp_args_int(change->args, "most", WP_CONTACT_TRIES);
    apr_status_t status = end_open(change, "contact_tried");
    return status == APR_SUCCESS ? wp_act_audit(change->act, NULL, WP_DID_CONTACT_CODE_WRONG, change->channel) : status;
}

static apr_status_t settle(const change_t *change, wp_result_t *result)
{
    apr_status_t status = end_open(change, "contact_settle");

    *result = wp_result_done(NULL);
    return status == APR_SUCCESS ? set_address(change) : status;
}

static apr_status_t compare(const change_t *change, const wp_contact_codes_t *codes, const wp_rows_t *open,
                            wp_contact_wrong_t *wrong, wp_result_t *result)
{
    const char *old_hash = wp_row_text(open, 0, "old_hash");

    wrong->code = change->value && !code_is(change, "new", codes->code, wp_row_text(open, 0, "code_hash"));
    wrong->old = old_hash && !code_is(change, "old", codes->old, old_hash);
    if (wrong->code || wrong->old)
        return count_wrong(change, (int)wp_row_int(open, 0, "tries"), wrong, result);
    return settle(change, result);
}

apr_status_t wp_contact_confirm(wp_act_t *act, const wp_contact_codes_t *codes, wp_contact_wrong_t *wrong,
                                wp_result_t *result)
{
    wp_own_account_t own;
    wp_args_t *args = wp_act_args(act);
    wp_rows_t *open;
    apr_status_t status = wp_own_account_hold(act, &own, result);

    *wrong = (wp_contact_wrong_t){0};
    if (status != APR_SUCCESS || wp_result_is_against(result))
        return status;
    wp_args_text(args, "channel", codes->channel);
    status = wp_db_select(act->db, "contact_open", args, &open);
    if (status != APR_SUCCESS)
        return status;
    if (open->count == 0) {
        *result = wp_result_refused(WP_ERROR_CODE_GONE, "code");
        return APR_SUCCESS;
    }
    const wp_contact_wanted_t wanted = {codes->channel, wp_row_text(open, 0, "value")};
    const change_t change = begin(act, wp_row_text(open, 0, "change_id"), &wanted, &own);
    return compare(&change, codes, open, wrong, result);
}
