/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/contact_change.h"
#include "sections/account/own_data.h"
#include "portal/reminders.h"

#include <apr_strings.h>
#include <stdlib.h>
#include <string.h>

#include "crypto/digest.h"
#include "crypto/random.h"
#include "notify/outbox.h"

#include "data/date_text.h"

#include "base/banned.h"

/* A person's own account: contact details, reminders, access tokens for programs, the person's data and their erasure.
 * Nothing here is about a contract, so the pages exist as long as the account does. */

#define HOUR             3600
#define CONSENTS_A_PAGE  30
#define TOKENS_A_PAGE    30
#define TOKENS_MAX       20 /* valid at the same time */
#define TOKEN_PREFIX     "wpt_"
#define TOKEN_CHARACTERS 40 /* 200 bits */

/* --- the account page --- */

static const char *const settled[] = {"email", "phone", "reminders", "revoked", NULL};
static const wp_notice_t settled_notices[] = {WP_NOTICE_SAVED_EMAIL, WP_NOTICE_SAVED_PHONE, WP_NOTICE_SAVED_REMINDERS,
                                              WP_NOTICE_SAVED_REVOKED};
static const wp_field_t account_inputs[] = {
    {.name = "settled", .type = WP_FIELD_CHOICE, .choices = settled},
    {.name = NULL},
};

static apr_status_t load_account(wp_page_t *page)
{
    static const char *const queries[] = {"account_details", "contact_waiting", "consent_current", "token_totals",
                                          "erasure_list"};
    const char *what = apr_table_get(page->inputs->values, "settled");
    apr_status_t status = APR_SUCCESS;

    for (int i = 0; what && settled[i]; i++) {
        if (strcmp(what, settled[i]) == 0)
            wp_page_notice(page, settled_notices[i]);
    }
    for (size_t i = 0; i < sizeof queries / sizeof *queries && status == APR_SUCCESS; i++)
        status = wp_page_show(page, queries[i], NULL);
    return status;
}

/* --- contact details: /email, /email/code and the same for the telephone --- */

static const wp_field_t email_fields[] = {
    {.name = "email", .type = WP_FIELD_EMAIL},
    {.name = NULL},
};
static const wp_field_t phone_fields[] = {
    {.name = "phone", .type = WP_FIELD_PHONE},
    {.name = "remove", .type = WP_FIELD_TICK},
    {.name = NULL},
};
static const wp_field_t code_fields[] = {
    {.name = "code", .type = WP_FIELD_PLAIN, .max = 20},
    {.name = "old-code", .type = WP_FIELD_PLAIN, .max = 20},
    {.name = NULL},
};

static bool is_email(const wp_page_t *page)
{
    return strncmp(page->route->name, "email", 5) == 0;
}

static const char *channel_of(const wp_page_t *page)
{
    return is_email(page) ? "email" : "sms";
}

static const char *field_of(const wp_page_t *page)
{
    return is_email(page) ? "email" : "phone";
}

static apr_status_t load_contact(wp_page_t *page)
{
    wp_rows_t *rows;
    apr_status_t status = wp_page_show(page, "account_details", &rows);
    page->state = rows;
    return status;
}

static const char *address_of(const wp_rows_t *details, const char *field)
{
    return wp_row_text(details, 0, field);
}

static bool is_proved(const wp_rows_t *details, const char *field)
{
    return wp_row_int(details, 0, strcmp(field, "email") == 0 ? "email_proved" : "phone_proved") != 0;
}

static bool removes(const wp_page_t *page)
{
    return !is_email(page) && wp_form_ticked(page->form, "remove", NULL);
}

static apr_status_t check_contact(wp_page_t *page)
{
    const wp_rows_t *details = page->state;
    const char *field = field_of(page);
    const char *wanted = wp_form_value(page->form, field, NULL), *old = address_of(details, field);

    if (removes(page)) {
        if (!old)
            wp_form_problem(page->form, "remove", NULL, WP_ERROR_PHONE_NONE);
        return APR_SUCCESS;
    }
    if (wp_form_is_blank(page->form, field, NULL))
        wp_form_problem(page->form, field, NULL, is_email(page) ? WP_ERROR_EMAIL_REQUIRED : WP_ERROR_PHONE_REQUIRED);
    else if (wanted && old && strcmp(wanted, old) == 0 && is_proved(details, field))
        wp_form_problem(page->form, field, NULL, WP_ERROR_CONTACT_SAME);
    return APR_SUCCESS;
}

static apr_status_t changes_too_often(wp_page_t *page, bool *too_often)
{
    wp_args_t *args = wp_page_args(page);
    wp_rows_t *rows;

    wp_args_text(args, "hour_ago", wp_instant_text(page->pool, page->clock.now - HOUR));
    apr_status_t status = wp_db_select(page->db, "contact_asked", args, &rows);
    *too_often = status == APR_SUCCESS && wp_row_int(rows, 0, "times") >= WP_CONTACT_CHANGES;
    return status;
}

static apr_status_t refuse_change(wp_page_t *page)
{
    xmlNodePtr problem = wp_form_problem(page->form, field_of(page), NULL, WP_ERROR_CONTACT_TOO_OFTEN);
    wp_message_arg_int(problem, "times", WP_TYPE_INT, WP_CONTACT_CHANGES);
    wp_page_log_security(page, WP_EV_LIMITED, "confirmation codes asked for");
    return wp_page_audit(page, WP_DID_CONTACT_LIMITED, NULL, channel_of(page));
}

/* Codes may be sent to a stranger's address, so their number is limited. */
static apr_status_t may_send(wp_page_t *page, const char *address, bool *may)
{
    *may = true;
    apr_status_t status = address ? wp_contact_may_send(page, address, may) : APR_SUCCESS;

    if (!*may)
        wp_form_problem(page->form, field_of(page), NULL, WP_ERROR_ADDRESS_TOO_OFTEN);
    return status;
}

static apr_status_t save_contact(wp_page_t *page)
{
    const char *field = field_of(page);
    wp_rows_t *details;
    bool too_often = false, open = false, may = true;
    apr_status_t status = wp_db_change(page->db, "account_hold", page->args, NULL);

    if (status == APR_SUCCESS)
        status = changes_too_often(page, &too_often);
    if (status == APR_SUCCESS)
        status = wp_page_select(page, "account_details", &details);
    if (status != APR_SUCCESS)
        return status;
    if (too_often)
        return refuse_change(page);
    const wp_contact_change_t change = {.channel = channel_of(page),
                                        .value = removes(page) ? NULL : wp_form_value(page->form, field, NULL),
                                        .old = address_of(details, field),
                                        .old_proved = is_proved(details, field),
                                        .language = wp_row_text(details, 0, "language")};
    status = may_send(page, change.value, &may);
    if (status != APR_SUCCESS || !may)
        return status;
    status = wp_contact_propose(page, &change, &open);
    wp_page_go(page,
               apr_pstrcat(page->pool, open ? "/account/" : "/account?settled=", field, open ? "/code" : "", NULL));
    return status;
}

/* What still has to be typed: <change> with the address to which the code was sent, and <old> if one was sent there
 * too. */
static apr_status_t load_code(wp_page_t *page)
{
    wp_args_t *args = wp_page_args(page);
    wp_rows_t *rows;
    apr_status_t status;

    wp_args_text(args, "channel", channel_of(page));
    status = wp_db_select(page->db, "contact_open", args, &rows);
    if (status != APR_SUCCESS || rows->count == 0)
        return status;
    xmlNodePtr change = wp_xml_child(page->out.data, "change");
    wp_xml_typed(change, "channel", "text", channel_of(page));
    wp_xml_typed(change, "value", "text", wp_row_text(rows, 0, "value"));
    wp_xml_typed(change, "expires", "time", wp_page_time(page, wp_row_text(rows, 0, "expires")));
    if (wp_row_is_null(rows, 0, "old_hash"))
        return APR_SUCCESS;
    status = wp_page_select(page, "account_details", &rows);
    if (status == APR_SUCCESS)
        wp_xml_typed(change, "old", "text", address_of(rows, field_of(page)));
    return status;
}

static void tell_wrong(wp_page_t *page, const char *field, const wp_contact_verdict_t *verdict)
{
    if (wp_form_is_blank(page->form, field, NULL)) {
        wp_form_problem(page->form, field, NULL, WP_ERROR_CODE_REQUIRED);
        return;
    }
    xmlNodePtr problem = wp_form_problem(page->form, field, NULL,
                                         verdict->left > 0 ? WP_ERROR_CODE_WRONG : WP_ERROR_CODE_SPENT);
    wp_message_arg_int(problem, "left", WP_TYPE_INT, verdict->left);
}

static apr_status_t save_code(wp_page_t *page)
{
    const wp_contact_codes_t codes = {.channel = channel_of(page),
                                      .code = wp_form_value(page->form, "code", NULL),
                                      .old = wp_form_value(page->form, "old-code", NULL)};
    wp_contact_verdict_t verdict;
    apr_status_t status = wp_contact_confirm(page, &codes, &verdict);

    if (status != APR_SUCCESS)
        return status;
    if (verdict.gone)
        wp_form_problem(page->form, "code", NULL, WP_ERROR_CODE_GONE);
    if (verdict.code)
        tell_wrong(page, "code", &verdict);
    if (verdict.old)
        tell_wrong(page, "old-code", &verdict);
    if (verdict.done)
        wp_page_go(page, apr_pstrcat(page->pool, "/account?settled=", field_of(page), NULL));
    return APR_SUCCESS;
}

/* --- language, reminders, quiet hours --- */

static const wp_field_t reminder_fields[] = {
    {.name = "language", .type = WP_FIELD_CHOICE, .choices = wp_contact_languages},
    WP_REMINDER_FIELDS,
    {.name = "quiet", .type = WP_FIELD_CHOICE, .choices = wp_quiet_hours},
    {.name = NULL},
};

static bool is_given(const wp_rows_t *consents, const wp_reminder_t *reminder)
{
    for (int i = 0; i < consents->count; i++) {
        if (strcmp(wp_row_text(consents, i, "kind"), reminder->kind) == 0 &&
            strcmp(wp_row_text(consents, i, "channel"), reminder->channel) == 0)
            return wp_row_int(consents, i, "given") != 0;
    }
    return false;
}

typedef struct habits_t {
    wp_rows_t *details, *consents;
} habits_t;

static apr_status_t load_reminders(wp_page_t *page)
{
    habits_t *habits = apr_pcalloc(page->pool, sizeof *habits);
    apr_status_t status = wp_page_show(page, "account_details", &habits->details);

    if (status == APR_SUCCESS)
        status = wp_page_select(page, "consent_current", &habits->consents);
    if (status != APR_SUCCESS)
        return status;
    page->state = habits;
    wp_form_preset(page->form, "language", NULL, wp_row_text(habits->details, 0, "language"));
    wp_form_preset(page->form, "quiet", NULL, wp_row_text(habits->details, 0, "quiet"));
    for (size_t i = 0; i < WP_REMINDERS; i++)
        wp_form_preset(page->form, wp_reminders[i].field, NULL,
                       is_given(habits->consents, &wp_reminders[i]) ? "1" : NULL);
    return APR_SUCCESS;
}

/* No reminders are sent to an address that is not proved, and nobody is led to believe so. A choice made earlier
 * remains. */
static void demand_proof(wp_page_t *page, const habits_t *habits, const wp_reminder_t *reminder)
{
    bool email = strcmp(reminder->channel, "email") == 0;
    const char *field = email ? "email" : "phone";

    if (!wp_form_ticked(page->form, reminder->field, NULL) || is_given(habits->consents, reminder) ||
        is_proved(habits->details, field))
        return;
    if (address_of(habits->details, field))
        wp_form_problem(page->form, reminder->field, NULL, email ? WP_ERROR_EMAIL_UNPROVED : WP_ERROR_PHONE_UNPROVED);
    else
        wp_form_problem(page->form, reminder->field, NULL, email ? WP_ERROR_EMAIL_MISSING : WP_ERROR_PHONE_MISSING);
}

static apr_status_t check_reminders(wp_page_t *page)
{
    for (size_t i = 0; i < WP_REMINDERS; i++)
        demand_proof(page, page->state, &wp_reminders[i]);
    return APR_SUCCESS;
}

static apr_status_t save_consents(wp_page_t *page, const wp_args_t *args)
{
    wp_rows_t *consents;
    apr_status_t status = wp_page_select(page, "consent_current", &consents);

    for (size_t i = 0; i < WP_REMINDERS && status == APR_SUCCESS; i++) {
        bool ticked = wp_form_ticked(page->form, wp_reminders[i].field, NULL);
        if (ticked != is_given(consents, &wp_reminders[i]))
            status = wp_consent_add(page, args, &wp_reminders[i], ticked);
    }
    return status;
}

static apr_status_t save_reminders(wp_page_t *page)
{
    const habits_t *habits = page->state;
    const char *language = wp_form_value(page->form, "language", NULL);
    const char *quiet = wp_form_value(page->form, "quiet", NULL);
    wp_args_t *args = wp_page_args(page);
    apr_status_t status = wp_db_change(page->db, "account_hold", args, NULL);

    wp_args_text(args, "language", language ? language : wp_row_text(habits->details, 0, "language"));
    wp_args_text(args, "quiet", quiet ? quiet : wp_row_text(habits->details, 0, "quiet"));
    if (status == APR_SUCCESS)
        status = wp_db_change(page->db, "account_habits_set", args, NULL);
    if (status == APR_SUCCESS)
        status = save_consents(page, args);
    if (status == APR_SUCCESS)
        status = wp_page_audit(page, WP_DID_REMINDERS_CHANGED, NULL, NULL);
    wp_page_go(page, "/account?settled=reminders");
    return status;
}

static apr_status_t load_consents(wp_page_t *page)
{
    wp_rows_t *rows;
    apr_status_t status = wp_page_select(page, "consent_count", &rows);
    if (status != APR_SUCCESS)
        return status;
    wp_page_paging(page, (int)wp_row_int(rows, 0, "rows"), CONSENTS_A_PAGE);
    return wp_page_show(page, "consent_log", NULL);
}

/* --- access tokens --- */

static const char *const life_choices[] = {"90", "30", "180", "365", NULL};
#define LIFE_OF_A_YEAR 365 /* the page calls it a year: until the same day next year, leap year or not */
static const char *const scopes[] = {"readings", "consumption", "invoices"};

static const wp_field_t token_fields[] = {
    {.name = "name", .type = WP_FIELD_TEXT, .max = 60},
    {.name = "scope-readings", .type = WP_FIELD_TICK},
    {.name = "scope-consumption", .type = WP_FIELD_TICK},
    {.name = "scope-invoices", .type = WP_FIELD_TICK},
    {.name = "days", .type = WP_FIELD_CHOICE, .choices = life_choices},
    {.name = NULL},
};
static const wp_field_t no_fields[] = {{.name = NULL}};
static const wp_field_t tokens_inputs[] = {
    {.name = "created", .type = WP_FIELD_KEY},
    {.name = NULL},
};
static const wp_field_t token_inputs[] = {
    {.name = "token", .type = WP_FIELD_KEY, .required = true},
    {.name = NULL},
};

static const char *scopes_of(const wp_page_t *page)
{
    const char *text = NULL;
    for (size_t i = 0; i < sizeof scopes / sizeof *scopes; i++) {
        if (wp_form_ticked(page->form, apr_pstrcat(page->pool, "scope-", scopes[i], NULL), NULL))
            text = text ? apr_pstrcat(page->pool, text, " ", scopes[i], NULL) : scopes[i];
    }
    return text;
}

/* Shows the token itself, only once, right after it was made. */
static void show_created(wp_page_t *page)
{
    const char *token = wp_page_take_flash(page);
    if (token)
        wp_xml_text(page->out.data, "created", token);
    else if (apr_table_get(page->inputs->values, "created") && page->request->method == WP_METHOD_GET)
        wp_page_notice(page, WP_NOTICE_TOKEN_SHOWN_ONCE);
}

static apr_status_t load_tokens(wp_page_t *page)
{
    wp_rows_t *rows;
    apr_status_t status = wp_page_select(page, "token_totals", &rows);

    if (status != APR_SUCCESS)
        return status;
    show_created(page);
    wp_form_preset(page->form, "scope-readings", NULL, "1");
    wp_page_paging(page, (int)wp_row_int(rows, 0, "total"), TOKENS_A_PAGE);
    return wp_page_show(page, "token_list", NULL);
}

static apr_status_t check_tokens(wp_page_t *page)
{
    if (wp_form_is_blank(page->form, "name", NULL))
        wp_form_problem(page->form, "name", NULL, WP_ERROR_TOKEN_NAME);
    if (!scopes_of(page))
        wp_form_problem(page->form, "scope-readings", NULL, WP_ERROR_TOKEN_SCOPE);
    return APR_SUCCESS;
}

static const char *last_day(const wp_page_t *page)
{
    const char *chosen = wp_form_value(page->form, "days", NULL);
    wp_date_t days = (wp_date_t)strtol(chosen ? chosen : life_choices[0], NULL, 10);
    return wp_date_text(page->pool,
                        days == LIFE_OF_A_YEAR ? wp_date_add_months(page->clock.today, 12) : page->clock.today + days);
}

static apr_status_t add_token(wp_page_t *page, wp_args_t *args)
{
    const char *token = apr_pstrcat(page->pool, TOKEN_PREFIX, wp_random_text(page->pool, TOKEN_CHARACTERS), NULL);
    const char *id = wp_random_id(page->pool);

    wp_args_text(args, "token", id);
    wp_args_text(args, "name", wp_form_value(page->form, "name", NULL));
    wp_args_text(args, "hash", wp_digest(page->pool, token, strlen(token)));
    wp_args_text(args, "scopes", scopes_of(page));
    wp_args_text(args, "expires", last_day(page));
    apr_status_t status = wp_db_change(page->db, "token_add", args, NULL);
    if (status == APR_SUCCESS)
        status = wp_page_audit(page, WP_DID_TOKEN_CREATED, NULL, id);
    wp_page_flash(page, token);
    wp_page_go(page, apr_pstrcat(page->pool, "/account/tokens?created=", id, NULL));
    return status;
}

static apr_status_t save_token(wp_page_t *page)
{
    wp_args_t *args = wp_page_args(page);
    wp_rows_t *rows;
    apr_status_t status = wp_db_change(page->db, "account_hold", args, NULL);

    if (status == APR_SUCCESS)
        status = wp_db_select(page->db, "token_totals", args, &rows);
    if (status != APR_SUCCESS)
        return status;
    if (wp_row_int(rows, 0, "active") < TOKENS_MAX)
        return add_token(page, args);
    xmlNodePtr problem = wp_form_problem(page->form, "name", NULL, WP_ERROR_TOKEN_MANY);
    wp_message_arg_int(problem, "most", WP_TYPE_INT, TOKENS_MAX);
    return APR_SUCCESS;
}

static apr_status_t load_token(wp_page_t *page)
{
    wp_rows_t *rows;
    apr_status_t status = wp_page_show(page, "token_one", &rows);
    if (status == APR_SUCCESS && rows->count == 0)
        wp_page_refuse(page, 404, WP_PAGE_NOT_FOUND);
    return status;
}

/* Revoking a token twice is no error. */
static apr_status_t save_revocation(wp_page_t *page)
{
    int revoked = 0;
    apr_status_t status = wp_db_change(page->db, "token_revoke", page->args, &revoked);
    if (status == APR_SUCCESS && revoked > 0)
        status = wp_page_audit(page, WP_DID_TOKEN_REVOKED, NULL, apr_table_get(page->inputs->values, "token"));
    wp_page_go(page, "/account?settled=revoked");
    return status;
}

/* --- erasure --- */

static const wp_field_t erasure_fields[] = {
    {.name = "understood", .type = WP_FIELD_TICK},
    {.name = NULL},
};

static bool withdraws(const wp_page_t *page)
{
    return page->form->button && strcmp(page->form->button, "withdraw") == 0;
}

static apr_status_t load_erasure(wp_page_t *page)
{
    return wp_page_show(page, "erasure_list", NULL);
}

static apr_status_t check_erasure(wp_page_t *page)
{
    if (!withdraws(page) && !wp_form_ticked(page->form, "understood", NULL))
        wp_form_problem(page->form, "understood", NULL, WP_ERROR_ERASURE_UNDERSTOOD);
    return APR_SUCCESS;
}

/* Sends an acknowledgement to where the person can be reached, so that the person notices if somebody else made the
 * request. */
static apr_status_t acknowledge(wp_page_t *page, const char *id)
{
    wp_rows_t *rows;
    apr_status_t status = wp_page_select(page, "account_details", &rows);

    if (status != APR_SUCCESS || !address_of(rows, "email"))
        return status;
    const wp_message_t message = {.kind = "erasure_asked",
                                  .channel = "email",
                                  .recipient = address_of(rows, "email"),
                                  .subject = id,
                                  .language = wp_row_text(rows, 0, "language")};
    return wp_outbox_add(page->db, &message, wp_args_get(page->args, "now"));
}

static apr_status_t ask_erasure(wp_page_t *page)
{
    wp_args_t *args = wp_page_args(page);
    const char *id = wp_random_id(page->pool);

    wp_args_text(args, "erasure", id);
    apr_status_t status = wp_db_change(page->db, "erasure_add", args, NULL);
    if (status == APR_SUCCESS)
        status = acknowledge(page, id);
    return status == APR_SUCCESS ? wp_page_audit(page, WP_DID_ERASURE_ASKED, NULL, NULL) : status;
}

static apr_status_t withdraw_erasure(wp_page_t *page)
{
    apr_status_t status = wp_db_change(page->db, "erasure_withdraw", page->args, NULL);
    return status == APR_SUCCESS ? wp_page_audit(page, WP_DID_ERASURE_WITHDRAWN, NULL, NULL) : status;
}

static apr_status_t save_erasure(wp_page_t *page)
{
    wp_rows_t *open;
    apr_status_t status = wp_db_change(page->db, "account_hold", page->args, NULL);

    if (status == APR_SUCCESS)
        status = wp_page_select(page, "erasure_open", &open);
    if (status != APR_SUCCESS || withdraws(page) != (open->count > 0))
        return status; /* another tab was faster: without a location the page is shown again */
    wp_page_go(page, "/account/erasure");
    return withdraws(page) ? withdraw_erasure(page) : ask_erasure(page);
}

static const wp_form_def_t email_form = {.name = "email",
                                         .fields = email_fields,
                                         .check = check_contact,
                                         .save = save_contact};
static const wp_form_def_t phone_form = {.name = "phone",
                                         .fields = phone_fields,
                                         .check = check_contact,
                                         .save = save_contact};
static const wp_form_def_t code_form = {.name = "code", .fields = code_fields, .save = save_code};
static const wp_form_def_t reminders_form = {.name = "reminders",
                                             .fields = reminder_fields,
                                             .check = check_reminders,
                                             .save = save_reminders};
static const wp_form_def_t tokens_form = {.name = "token",
                                          .limit = WP_LIMIT_TOKENS,
                                          .fields = token_fields,
                                          .check = check_tokens,
                                          .save = save_token};
static const wp_form_def_t revoke_form = {.name = "revoke", .fields = no_fields, .save = save_revocation};
static const wp_form_def_t erasure_form = {.name = "erasure",
                                           .fields = erasure_fields,
                                           .check = check_erasure,
                                           .save = save_erasure};

/* clang-format off */
static const wp_route_t routes[] = {
    {.name = "account", .path = "", .need = WP_NEED_ACCOUNT, .inputs = account_inputs, .show = load_account},
    {.name = "email", .path = "/email", .need = WP_NEED_ACCOUNT, .show = load_contact, .form = &email_form},
    {.name = "email_code", .path = "/email/code", .need = WP_NEED_ACCOUNT, .show = load_code, .form = &code_form},
    {.name = "phone", .path = "/phone", .need = WP_NEED_ACCOUNT, .show = load_contact, .form = &phone_form},
    {.name = "phone_code", .path = "/phone/code", .need = WP_NEED_ACCOUNT, .show = load_code, .form = &code_form},
    {.name = "reminders", .path = "/reminders", .need = WP_NEED_ACCOUNT, .show = load_reminders,
     .form = &reminders_form},
    {.name = "consents", .path = "/consents", .need = WP_NEED_ACCOUNT, .show = load_consents},
    {.name = "tokens", .path = "/tokens", .need = WP_NEED_ACCOUNT, .inputs = tokens_inputs, .show = load_tokens,
     .form = &tokens_form},
    {.name = "token", .path = "/tokens/{token}", .need = WP_NEED_ACCOUNT, .inputs = token_inputs, .show = load_token,
     .form = &revoke_form},
    {.name = "erasure", .path = "/erasure", .need = WP_NEED_ACCOUNT, .show = load_erasure, .form = &erasure_form},
    {.name = "export", .path = "/export.zip", .need = WP_NEED_ACCOUNT, .show = wp_own_data_load,
     .media = "application/zip",
     .file = "waterportal-data.zip", .save_file = wp_own_data_save, .heavy = true, .limit = WP_LIMIT_EXPORTS},
    {.name = NULL},
};
/* clang-format on */

const wp_section_t wp_section_account = {.name = "account", .path = "/account", .menu = 9, .routes = routes};
