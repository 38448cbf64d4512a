/* SPDX-License-Identifier: Apache-2.0 */
#include "sections/account/parts.h"

#include <apr_strings.h>
#include <string.h>

#include "service/contact.h"

#include "base/banned.h"

/* A new e-mail address or telephone number, and the codes that prove it. */

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

/* --- asking for another address --- */

apr_status_t wp_account_load_contact(wp_page_t *page)
{
    wp_rows_t *details;
    apr_status_t status = wp_page_select(page, "account_details", &details);

    page->state = details;
    return status;
}

apr_status_t wp_account_show_contact(wp_page_t *page)
{
    wp_page_add_row(page, page->out.data, page->state, 0);
    return APR_SUCCESS;
}

static bool removes(const wp_page_t *page)
{
    return !is_email(page) && wp_form_ticked(page->form, "remove", NULL);
}

static wp_contact_wanted_t wanted_of(const wp_page_t *page)
{
    return (wp_contact_wanted_t){.channel = channel_of(page),
                                 .value = removes(page) ? NULL : wp_form_value(page->form, field_of(page), NULL)};
}

static void tell(wp_page_t *page, wp_error_t code)
{
    xmlNodePtr problem = wp_form_problem(page->form, removes(page) ? "remove" : field_of(page), NULL, code);
    if (code == WP_ERROR_CONTACT_TOO_OFTEN)
        wp_message_arg_int(problem, "times", WP_TYPE_INT, WP_CONTACT_CHANGES);
}

static apr_status_t check_contact(wp_page_t *page)
{
    const wp_own_account_t own = wp_own_account_of(page->state);
    const wp_contact_wanted_t wanted = wanted_of(page);
    wp_error_t error = wanted.value || removes(page) ? wp_contact_refusal(&own, &wanted) : WP_ERROR_NONE;

    if (!removes(page) && wp_form_is_blank(page->form, field_of(page), NULL))
        error = is_email(page) ? WP_ERROR_EMAIL_REQUIRED : WP_ERROR_PHONE_REQUIRED;
    if (error)
        tell(page, error);
    return APR_SUCCESS;
}

static apr_status_t save_contact(wp_page_t *page)
{
    const wp_contact_wanted_t wanted = wanted_of(page);
    wp_result_t result = wp_result_of(WP_OUTCOME_NONE);
    bool open;
    apr_status_t status = wp_contact_propose(wp_page_act(page), &wanted, &open, &result);

    if (status != APR_SUCCESS)
        return status;
    if (result.field)
        tell(page, result.code);
    else if (wp_page_is_done(page, &result))
        wp_page_go(page, apr_pstrcat(page->pool, open ? "/account/" : "/account?settled=", field_of(page),
                                     open ? "/code" : "", NULL));
    return APR_SUCCESS;
}

/* --- the codes --- */

typedef struct waiting_t {
    wp_rows_t *change, *details;
} waiting_t;

apr_status_t wp_account_load_code(wp_page_t *page)
{
    waiting_t *waiting = apr_pcalloc(page->pool, sizeof *waiting);
    wp_args_t *args = wp_page_args(page);

    wp_args_text(args, "channel", channel_of(page));
    apr_status_t status = wp_db_select(page->db, "contact_open", args, &waiting->change);
    if (status == APR_SUCCESS)
        status = wp_page_select(page, "account_details", &waiting->details);
    page->state = waiting;
    return status;
}

/* What still has to be typed: <change> with the address to which the code was sent, and <old> if one was sent there
 * too. */
apr_status_t wp_account_show_code(wp_page_t *page)
{
    const waiting_t *waiting = page->state;
    const wp_rows_t *rows = waiting->change;

    if (rows->count == 0)
        return APR_SUCCESS;
    xmlNodePtr change = wp_xml_child(page->out.data, "change");
    wp_xml_typed(change, "channel", "text", channel_of(page));
    wp_xml_typed(change, "value", "text", wp_row_text(rows, 0, "value"));
    wp_xml_typed(change, "expires", "time", wp_page_time(page, wp_row_text(rows, 0, "expires")));
    if (!wp_row_is_null(rows, 0, "old_hash"))
        wp_xml_typed(change, "old", "text", wp_row_text(waiting->details, 0, field_of(page)));
    return APR_SUCCESS;
}

static void tell_wrong(wp_page_t *page, const char *field, int left)
{
    if (wp_form_is_blank(page->form, field, NULL)) {
        wp_form_problem(page->form, field, NULL, WP_ERROR_CODE_REQUIRED);
        return;
    }
    xmlNodePtr problem = wp_form_problem(page->form, field, NULL, left > 0 ? WP_ERROR_CODE_WRONG : WP_ERROR_CODE_SPENT);
    wp_message_arg_int(problem, "left", WP_TYPE_INT, left);
}

static apr_status_t save_code(wp_page_t *page)
{
    const wp_contact_codes_t codes = {.channel = channel_of(page),
                                      .code = wp_form_value(page->form, "code", NULL),
                                      .old = wp_form_value(page->form, "old-code", NULL)};
    wp_result_t result = wp_result_of(WP_OUTCOME_NONE);
    wp_contact_wrong_t wrong;
    apr_status_t status = wp_contact_confirm(wp_page_act(page), &codes, &wrong, &result);

    if (status != APR_SUCCESS)
        return status;
    if (wrong.code)
        tell_wrong(page, "code", wrong.left);
    if (wrong.old)
        tell_wrong(page, "old-code", wrong.left);
    if (!wrong.code && !wrong.old && wp_page_is_done(page, &result))
        wp_page_go(page, apr_pstrcat(page->pool, "/account?settled=", field_of(page), NULL));
    return APR_SUCCESS;
}

const wp_form_def_t wp_account_email_form = {.name = "email",
                                             .fields = email_fields,
                                             .check = check_contact,
                                             .save = save_contact};
const wp_form_def_t wp_account_phone_form = {.name = "phone",
                                             .fields = phone_fields,
                                             .check = check_contact,
                                             .save = save_contact};
const wp_form_def_t wp_account_code_form = {.name = "code", .fields = code_fields, .save = save_code};
