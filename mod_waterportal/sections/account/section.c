/* SPDX-License-Identifier: Apache-2.0 */
#include "sections/account/own_data.h"
#include "sections/account/parts.h"

#include <string.h>

#include "base/banned.h"

/* A person's own account: contact details, reminders, access tokens for programs, the person's data and their erasure.
 * Nothing here is about a contract, so the pages exist as long as the account does. */

static const char *const settled[] = {"email", "phone", "reminders", "revoked", NULL};
static const wp_notice_t settled_notices[] = {WP_NOTICE_SAVED_EMAIL, WP_NOTICE_SAVED_PHONE, WP_NOTICE_SAVED_REMINDERS,
                                              WP_NOTICE_SAVED_REVOKED};
static const wp_field_t account_inputs[] = {
    {.name = "settled", .type = WP_FIELD_CHOICE, .choices = settled},
    {.name = NULL},
};

static apr_status_t fill_account(wp_page_t *page)
{
    const char *what = wp_page_input(page, "settled");

    for (int i = 0; what && settled[i]; i++) {
        if (strcmp(what, settled[i]) == 0)
            wp_page_notice(page, settled_notices[i]);
    }
    return APR_SUCCESS;
}

static const char *const account_rows[] = {"account_details", "contact_waiting", "consent_current",
                                           "token_totals",    "erasure_list",    NULL};
static const char *const erasure_rows[] = {"erasure_list", NULL};

/* clang-format off */
static const wp_route_t routes[] = {
    {.name = "account", .path = "", .need = WP_NEED_ACCOUNT, .inputs = account_inputs, .fill = fill_account,
     .rows = account_rows},
    {.name = "email", .path = "/email", .need = WP_NEED_ACCOUNT, .load = wp_account_load_contact,
     .show = wp_account_show_contact, .form = &wp_account_email_form},
    {.name = "email_code", .path = "/email/code", .need = WP_NEED_ACCOUNT, .load = wp_account_load_code,
     .show = wp_account_show_code, .form = &wp_account_code_form},
    {.name = "phone", .path = "/phone", .need = WP_NEED_ACCOUNT, .load = wp_account_load_contact,
     .show = wp_account_show_contact, .form = &wp_account_phone_form},
    {.name = "phone_code", .path = "/phone/code", .need = WP_NEED_ACCOUNT, .load = wp_account_load_code,
     .show = wp_account_show_code, .form = &wp_account_code_form},
    {.name = "reminders", .path = "/reminders", .need = WP_NEED_ACCOUNT, .load = wp_account_load_reminders,
     .show = wp_account_show_reminders, .form = &wp_account_reminders_form},
    {.name = "consents", .path = "/consents", .need = WP_NEED_ACCOUNT, .show = wp_account_show_consents},
    {.name = "tokens", .path = "/tokens", .need = WP_NEED_ACCOUNT, .inputs = wp_account_tokens_inputs,
     .show = wp_account_show_tokens, .form = &wp_account_token_form},
    {.name = "token", .path = "/tokens/{token}", .need = WP_NEED_ACCOUNT, .inputs = wp_account_token_inputs,
     .load = wp_account_load_token, .show = wp_account_show_token, .form = &wp_account_revoke_form},
    {.name = "erasure", .path = "/erasure", .need = WP_NEED_ACCOUNT, .rows = erasure_rows,
     .form = &wp_account_erasure_form},
    {.name = "export", .path = "/export.zip", .need = WP_NEED_ACCOUNT, .show = wp_own_data_show,
     .media = "application/zip",
     .file = "waterportal-data.zip", .save_file = wp_own_data_save, .heavy = true, .limit = WP_LIMIT_EXPORTS},
    {.name = NULL},
};
/* clang-format on */

const wp_section_t wp_section_account = {.name = "account", .path = "/account", .menu = 9, .routes = routes};
