/* SPDX-License-Identifier: Apache-2.0 */
#include "sections/delegations/parts.h"

#include <apr_strings.h>
#include <string.h>

#include "service/account.h"

#include "base/banned.h"

/* The receiver's answer to an offer or an invitation, by which who has no account yet gets one; and giving an accepted
 * right up. */

/* the id of an offer to this person, or the secret of an invitation */
const wp_field_t wp_delegations_offer_inputs[] = {
    {.name = "offer", .type = WP_FIELD_KEY, .required = true},
    {.name = NULL},
};

static const wp_field_t fields[] = {
    {.name = "email", .type = WP_FIELD_EMAIL},
    {.name = "language", .type = WP_FIELD_CHOICE, .choices = wp_contact_languages},
    {.name = NULL},
};

static void go_to_settled(wp_page_t *page, const char *id)
{
    wp_page_go(page, apr_pstrcat(page->pool, "/delegations/settled/", id, NULL));
}

/* What the service says about the offer, as a page. True: it can be answered, or was by this person. */
static bool is_answerable(wp_page_t *page, const wp_result_t *result)
{
    if (result->outcome == WP_OUTCOME_CONFLICT)
        wp_page_refuse(page, 404, WP_PAGE_NOT_FOUND);
    else if (result->code == WP_ERROR_RECEIVER_ENTITLED)
        wp_page_refuse(page, 409, WP_PAGE_OFFER_OWN);
    else if (result->code == WP_ERROR_RECEIVER_HAS)
        wp_page_refuse(page, 409, WP_PAGE_OFFER_SAME);
    else
        return result->outcome == WP_OUTCOME_NONE || wp_page_is_done(page, result);
    return false;
}

apr_status_t wp_delegations_load_offer(wp_page_t *page)
{
    wp_result_t result = wp_result_of(WP_OUTCOME_NONE);
    const char *id;
    apr_status_t status = wp_delegation_read_offer(wp_page_act(page), wp_page_input(page, "offer"), &id, &result);

    if (status != APR_SUCCESS || !is_answerable(page, &result))
        return status;
    if (result.outcome == WP_OUTCOME_SAME)
        go_to_settled(page, result.detail);
    wp_args_text(page->args, "delegation", id);
    wp_form_preset(page->form, "language", NULL, page->language);
    return APR_SUCCESS;
}

apr_status_t wp_delegations_show_offer(wp_page_t *page)
{
    wp_xml_text(page->out.data, "mode", page->who.account ? "known" : "first");
    return APR_SUCCESS;
}

static bool is_button(const wp_page_t *page, const char *button)
{
    return page->form->button && strcmp(page->form->button, button) == 0;
}

static apr_status_t check(wp_page_t *page)
{
    if (!is_button(page, "accept") && !is_button(page, "refuse"))
        wp_page_refuse(page, 400, WP_PAGE_BAD_REQUEST);
    else if (is_button(page, "accept") && !page->who.account && wp_form_is_blank(page->form, "email", NULL))
        wp_form_problem(page->form, "email", NULL, WP_ERROR_EMAIL_REQUIRED);
    return APR_SUCCESS;
}

static apr_status_t open_account(wp_page_t *page, wp_act_t *act, wp_result_t *result)
{
    const wp_new_account_t wanted = {.email = wp_form_value(page->form, "email", NULL),
                                     .language = wp_form_value(page->form, "language", NULL)};
    return page->who.account ? APR_SUCCESS : wp_account_open(act, &wanted, result);
}

static apr_status_t answer(wp_page_t *page, wp_act_t *act)
{
    wp_result_t result = wp_result_of(WP_OUTCOME_NONE);
    const char *offer = wp_page_input(page, "offer");
    apr_status_t status = is_button(page, "accept") ? wp_delegation_accept(act, offer, &result)
                                                    : wp_delegation_refuse(act, offer, &result);

    if (status == APR_SUCCESS && is_answerable(page, &result))
        go_to_settled(page, result.detail);
    return status;
}

/* Account and answer are one unit. If another tab has just opened the account, the form is shown again, or leads to
 * what the other tab answered. */
static apr_status_t save(wp_page_t *page)
{
    wp_act_t *act = wp_page_act(page);
    wp_result_t opened = wp_result_of(WP_OUTCOME_NONE);
    apr_status_t status = is_button(page, "accept") ? open_account(page, act, &opened) : APR_SUCCESS;

    if (status != APR_SUCCESS)
        return status;
    if (!wp_result_is_against(&opened))
        return answer(page, act);
    wp_page_is_done(page, &opened);
    return APR_SUCCESS;
}

apr_status_t wp_delegations_load_settled(wp_page_t *page)
{
    wp_rows_t *rows;
    apr_status_t status = wp_page_select(page, "offer_settled", &rows);

    if (status == APR_SUCCESS && rows->count == 0)
        wp_page_refuse(page, 404, WP_PAGE_NOT_FOUND);
    page->state = rows;
    return status;
}

apr_status_t wp_delegations_show_settled(wp_page_t *page)
{
    wp_page_add_row(page, page->out.data, page->state, 0);
    return APR_SUCCESS;
}

/* --- giving it up --- */

apr_status_t wp_delegations_load_leave(wp_page_t *page)
{
    wp_rows_t *rows;
    apr_status_t status = wp_page_select(page, "delegation_received", &rows);

    if (status == APR_SUCCESS && (rows->count == 0 || strcmp(wp_row_text(rows, 0, "state"), "active") != 0))
        wp_page_refuse(page, 404, WP_PAGE_NOT_FOUND);
    page->state = rows;
    return status;
}

apr_status_t wp_delegations_show_leave(wp_page_t *page)
{
    wp_page_add_row(page, page->out.data, page->state, 0);
    return APR_SUCCESS;
}

static apr_status_t save_leave(wp_page_t *page)
{
    wp_result_t result = wp_result_of(WP_OUTCOME_NONE);
    apr_status_t status = wp_delegation_revoke(wp_page_act(page), wp_page_input(page, "delegation"), &result);

    if (status == APR_SUCCESS && wp_page_is_done(page, &result))
        go_to_settled(page, result.detail);
    return status;
}

static const wp_field_t no_fields[] = {{.name = NULL}};

const wp_form_def_t wp_delegations_leave_form = {.name = "leave", .fields = no_fields, .save = save_leave};
const wp_form_def_t wp_delegations_offer_form = {.name = "offer", .fields = fields, .check = check, .save = save};
