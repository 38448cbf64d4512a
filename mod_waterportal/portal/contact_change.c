/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/contact_change.h"

#include <apr_strings.h>
#include <string.h>

#include "crypto/random.h"
#include "domain/text.h"
#include "notify/outbox.h"

#include "data/date_text.h"

#include "base/banned.h"

#define CODE_SIZE (WP_CONTACT_CODE_DIGITS + 1)

/* A code belongs to one change and one side of it: the other side's code, or an older one, is wrong. */
static const char *code_text(apr_pool_t *pool, const char *change, const char *side, const char *code)
{
    return apr_pstrcat(pool, change, "|", side, "|", code, NULL);
}

static const char *code_hash(const wp_page_t *page, const char *change, const char *side, const char *code)
{
    return wp_secret_tag(page->portal->secret, WP_PURPOSE_CODE, page->pool, code_text(page->pool, change, side, code));
}

static bool code_is(const wp_page_t *page, const wp_args_t *args, const char *side, const char *typed)
{
    const char *kept = wp_args_get(args, strcmp(side, "new") == 0 ? "code_hash" : "old_hash");
    char code[CODE_SIZE];

    if (!typed || !wp_text_squeeze(typed, strlen(typed), code, sizeof code))
        return false;
    return wp_secret_tag_is(page->portal->secret, WP_PURPOSE_CODE, page->pool,
                            code_text(page->pool, wp_args_get(args, "change"), side, code), kept);
}

static apr_status_t notify(wp_page_t *page, const wp_contact_change_t *change, wp_message_t message, const char *code)
{
    const wp_message_arg_t arguments[] = {{code ? "code" : "channel", code ? code : change->channel},
                                          {code ? "minutes" : NULL, apr_itoa(page->pool, WP_CONTACT_MINUTES)},
                                          {NULL, NULL}};
    message.channel = change->channel;
    message.language = change->language;
    message.arguments = arguments;
    return wp_outbox_add(page->db, &message, wp_args_get(page->args, "now"));
}

static apr_status_t set_address(wp_page_t *page, const char *channel, const char *value)
{
    wp_args_t *args = wp_page_args(page);
    wp_args_text(args, "value", value);
    return wp_db_change(page->db, strcmp(channel, "email") == 0 ? "account_email_set" : "account_phone_set", args,
                        NULL);
}

/* Notifies the old address: its owner may be somebody else than the person at the keyboard. */
static apr_status_t finish(wp_page_t *page, const wp_contact_change_t *change, const char *id)
{
    apr_status_t status = set_address(page, change->channel, change->value);

    if (status == APR_SUCCESS && change->old && !(change->value && strcmp(change->old, change->value) == 0))
        status = notify(page, change,
                        (wp_message_t){.kind = "contact_changed", .recipient = change->old, .subject = id}, NULL);
    return status == APR_SUCCESS ? wp_page_audit(page, WP_DID_CONTACT_CHANGED, NULL, change->channel) : status;
}

static apr_status_t send_codes(wp_page_t *page, const wp_contact_change_t *change, wp_args_t *args, bool ask_old)
{
    const char *id = wp_args_get(args, "change");
    const char *code = wp_random_digits(page->pool, WP_CONTACT_CODE_DIGITS);
    const char *old_code = wp_random_digits(page->pool, WP_CONTACT_CODE_DIGITS);
    apr_status_t status = APR_SUCCESS;

    wp_args_text(args, "code_hash", change->value ? code_hash(page, id, "new", code) : "");
    wp_args_text(args, "old_hash", ask_old ? code_hash(page, id, "old", old_code) : NULL);
    if (change->value)
        status = notify(page, change, (wp_message_t){.kind = "contact_code", .recipient = change->value, .subject = id},
                        code);
    if (status == APR_SUCCESS && ask_old)
        status = notify(page, change,
                        (wp_message_t){.kind = "contact_code_old", .recipient = change->old, .subject = id}, old_code);
    else if (status == APR_SUCCESS && change->old && change->value && strcmp(change->old, change->value) != 0)
        status = notify(page, change, (wp_message_t){.kind = "contact_notice", .recipient = change->old, .subject = id},
                        NULL);
    return status;
}

apr_status_t wp_contact_may_send(wp_page_t *page, const char *address, bool *may)
{
    wp_instant_t retry_at = 0;
    const char *to = wp_page_mailbox_hash(page, address);
    apr_status_t status = wp_page_use_limit(page, WP_LIMIT_CODES, to, &retry_at);

    *may = !retry_at;
    return status;
}

apr_status_t wp_contact_propose(wp_page_t *page, const wp_contact_change_t *change, bool *open)
{
    wp_args_t *args = wp_page_args(page);
    bool ask_old = change->old && change->old_proved && !(change->value && strcmp(change->old, change->value) == 0);
    apr_status_t status = wp_db_change(page->db, "account_hold", args, NULL);

    wp_args_text(args, "change", wp_random_id(page->pool));
    wp_args_text(args, "channel", change->channel);
    wp_args_text(args, "value", change->value ? change->value : "");
    wp_args_text(args, "expires", wp_instant_text(page->pool, page->clock.now + WP_CONTACT_MINUTES * 60));
    *open = change->value || ask_old;
    if (status == APR_SUCCESS)
        status = wp_db_change(page->db, "contact_drop", args, NULL);
    if (status == APR_SUCCESS)
        status = wp_db_change(page->db, "outbox_forget_codes", args, NULL);
    if (status == APR_SUCCESS && !*open)
        return finish(page, change, wp_args_get(args, "change"));
    if (status == APR_SUCCESS)
        status = send_codes(page, change, args, ask_old);
    if (status == APR_SUCCESS)
        status = wp_db_change(page->db, "contact_add", args, NULL);
    return status == APR_SUCCESS ? wp_page_audit(page, WP_DID_CONTACT_ASKED, NULL, change->channel) : status;
}

static apr_status_t count_wrong(wp_page_t *page, wp_args_t *args, int tries, wp_contact_verdict_t *verdict)
{
    verdict->left = WP_CONTACT_TRIES - tries - 1;
    wp_page_log_security(page, WP_EV_CODE_WRONG, verdict->left > 0 ? "may try again" : "the last try");
    wp_args_int(args, "most", WP_CONTACT_TRIES);
    apr_status_t status = wp_db_change(page->db, "contact_tried", args, NULL);
    if (status == APR_SUCCESS)
        status = wp_db_change(page->db, "outbox_forget_codes", args, NULL); /* of the last attempt */
    return status == APR_SUCCESS ? wp_page_audit(page, WP_DID_CONTACT_CODE_WRONG, NULL, wp_args_get(args, "channel"))
                                 : status;
}

static apr_status_t apply(wp_page_t *page, const wp_args_t *args, const char *value)
{
    bool email = strcmp(wp_args_get(args, "channel"), "email") == 0;
    wp_rows_t *rows;
    apr_status_t status = wp_db_change(page->db, "contact_settle", args, NULL);
    if (status == APR_SUCCESS)
        status = wp_db_change(page->db, "outbox_forget_codes", args, NULL);
    if (status == APR_SUCCESS)
        status = wp_db_select(page->db, "account_details", args, &rows);
    if (status != APR_SUCCESS)
        return status;
    const wp_contact_change_t change = {.channel = wp_args_get(args, "channel"),
                                        .value = value,
                                        .old = wp_row_text(rows, 0, email ? "email" : "phone"),
                                        .language = wp_row_text(rows, 0, "language")};
    return finish(page, &change, wp_args_get(args, "change"));
}

apr_status_t wp_contact_confirm(wp_page_t *page, const wp_contact_codes_t *codes, wp_contact_verdict_t *verdict)
{
    wp_args_t *args = wp_page_args(page);
    wp_rows_t *rows;
    apr_status_t status = wp_db_change(page->db, "account_hold", args, NULL);

    *verdict = (wp_contact_verdict_t){0};
    wp_args_text(args, "channel", codes->channel);
    if (status == APR_SUCCESS)
        status = wp_db_select(page->db, "contact_open", args, &rows);
    if (status != APR_SUCCESS)
        return status;
    verdict->gone = rows->count == 0;
    if (verdict->gone)
        return APR_SUCCESS;
    wp_args_text(args, "change", wp_row_text(rows, 0, "change_id"));
    wp_args_text(args, "code_hash", wp_row_text(rows, 0, "code_hash"));
    wp_args_text(args, "old_hash", wp_row_text(rows, 0, "old_hash"));
    verdict->code = !wp_row_is_null(rows, 0, "value") && !code_is(page, args, "new", codes->code);
    verdict->old = !wp_row_is_null(rows, 0, "old_hash") && !code_is(page, args, "old", codes->old);
    if (verdict->code || verdict->old)
        return count_wrong(page, args, (int)wp_row_int(rows, 0, "tries"), verdict);
    verdict->done = true;
    return apply(page, args, wp_row_text(rows, 0, "value"));
}
