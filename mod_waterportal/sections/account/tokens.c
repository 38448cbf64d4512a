/* SPDX-License-Identifier: Apache-2.0 */
#include "sections/account/parts.h"

#include <apr_strings.h>

#include "service/access_token.h"

#include "base/banned.h"

/* Access tokens: making one, which is shown once, and revoking one. */

#define TOKENS_A_PAGE 30

static const wp_field_t token_fields[] = {
    {.name = "name", .type = WP_FIELD_TEXT, .max = 60},
    {.name = "scope-readings", .type = WP_FIELD_TICK},
    {.name = "scope-consumption", .type = WP_FIELD_TICK},
    {.name = "scope-invoices", .type = WP_FIELD_TICK},
    {.name = "scope-submit", .type = WP_FIELD_TICK},
    {.name = "days", .type = WP_FIELD_CHOICE, .choices = wp_access_days},
    {.name = NULL},
};
static const wp_field_t no_fields[] = {{.name = NULL}};

const wp_field_t wp_account_tokens_inputs[] = {
    {.name = "created", .type = WP_FIELD_KEY},
    {.name = NULL},
};
const wp_field_t wp_account_token_inputs[] = {
    {.name = "token", .type = WP_FIELD_KEY, .required = true},
    {.name = NULL},
};

/* --- the list, and making one --- */

/* Shows the token itself, only once, right after it was made. */
static void show_created(wp_page_t *page)
{
    const char *token = wp_page_take_flash(page);
    if (token)
        wp_xml_text(page->out.data, "created", token);
    else if (wp_page_input(page, "created") && page->request->method == WP_METHOD_GET)
        wp_page_notice(page, WP_NOTICE_TOKEN_SHOWN_ONCE);
}

apr_status_t wp_account_show_tokens(wp_page_t *page)
{
    wp_rows_t *totals;
    apr_status_t status = wp_page_select(page, "token_totals", &totals);

    if (status != APR_SUCCESS)
        return status;
    show_created(page);
    wp_form_preset(page->form, "scope-readings", NULL, "1");
    wp_page_paging(page, (int)wp_row_int(totals, 0, "total"), TOKENS_A_PAGE);
    return wp_page_show(page, "token_list", NULL);
}

static wp_access_token_wanted_t wanted_of(const wp_page_t *page)
{
    wp_access_token_wanted_t wanted = {.name = wp_form_value(page->form, "name", NULL),
                                       .days = wp_form_value(page->form, "days", NULL)};

    for (size_t i = 0; i < WP_ACCESS_SCOPES; i++)
        wanted.scopes[i] = wp_form_ticked(page->form, apr_pstrcat(page->pool, "scope-", wp_access_scopes[i], NULL),
                                          NULL);
    return wanted;
}

static void tell(wp_page_t *page, wp_error_t code)
{
    const char *field = code == WP_ERROR_TOKEN_SCOPE ? "scope-readings" : "name";
    xmlNodePtr problem = wp_form_problem(page->form, field, NULL, code);

    if (code == WP_ERROR_TOKEN_MANY)
        wp_message_arg_int(problem, "most", WP_TYPE_INT, WP_ACCESS_TOKENS_MAX);
}

static apr_status_t check_token(wp_page_t *page)
{
    const wp_access_token_wanted_t wanted = wanted_of(page);

    if (wp_access_token_is_nameless(&wanted))
        tell(page, WP_ERROR_TOKEN_NAME);
    if (wp_access_token_is_useless(&wanted))
        tell(page, WP_ERROR_TOKEN_SCOPE);
    return APR_SUCCESS;
}

static apr_status_t save_token(wp_page_t *page)
{
    const wp_access_token_wanted_t wanted = wanted_of(page);
    wp_access_token_made_t made;
    wp_result_t result = wp_result_of(WP_OUTCOME_NONE);
    apr_status_t status = wp_access_token_make(wp_page_act(page), &wanted, &made, &result);

    if (status != APR_SUCCESS)
        return status;
    if (result.field)
        tell(page, result.code);
    else if (wp_page_is_done(page, &result)) {
        wp_page_flash(page, made.token);
        wp_page_go(page, apr_pstrcat(page->pool, "/account/tokens?created=", made.id, NULL));
    }
    return APR_SUCCESS;
}

/* --- one of them --- */

apr_status_t wp_account_load_token(wp_page_t *page)
{
    wp_rows_t *token;
    apr_status_t status = wp_page_select(page, "token_one", &token);

    page->state = token;
    if (status == APR_SUCCESS && token->count == 0)
        wp_page_refuse(page, 404, WP_PAGE_NOT_FOUND);
    return status;
}

apr_status_t wp_account_show_token(wp_page_t *page)
{
    wp_page_add_row(page, page->out.data, page->state, 0);
    return APR_SUCCESS;
}

static apr_status_t save_revocation(wp_page_t *page)
{
    wp_result_t result = wp_result_of(WP_OUTCOME_NONE);
    apr_status_t status = wp_access_token_revoke(wp_page_act(page), wp_page_input(page, "token"), &result);

    if (status == APR_SUCCESS && wp_page_is_done(page, &result))
        wp_page_go(page, "/account?settled=revoked");
    return status;
}

const wp_form_def_t wp_account_token_form = {.name = "token",
                                             .limit = WP_LIMIT_TOKENS,
                                             .service_counts = true,
                                             .fields = token_fields,
                                             .check = check_token,
                                             .save = save_token};
const wp_form_def_t wp_account_revoke_form = {.name = "revoke", .fields = no_fields, .save = save_revocation};
