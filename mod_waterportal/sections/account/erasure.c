/* SPDX-License-Identifier: Apache-2.0 */
#include "sections/account/parts.h"

#include <string.h>

#include "service/erasure.h"

#include "base/banned.h"

/* Asking for the erasure of the account, and withdrawing the request. */

static const wp_field_t fields[] = {
    {.name = "understood", .type = WP_FIELD_TICK},
    {.name = NULL},
};

static bool withdraws(const wp_page_t *page)
{
    return page->form->button && strcmp(page->form->button, "withdraw") == 0;
}

static apr_status_t check(wp_page_t *page)
{
    if (!withdraws(page) && !wp_form_ticked(page->form, "understood", NULL))
        wp_form_problem(page->form, "understood", NULL, WP_ERROR_ERASURE_UNDERSTOOD);
    return APR_SUCCESS;
}

/* If another tab was faster, the page is shown again, with what that one did. */
static apr_status_t save(wp_page_t *page)
{
    wp_result_t result = wp_result_of(WP_OUTCOME_NONE);
    apr_status_t status = (withdraws(page) ? wp_erasure_withdraw : wp_erasure_ask)(wp_page_act(page), &result);

    if (status == APR_SUCCESS && result.outcome != WP_OUTCOME_SAME && wp_page_is_done(page, &result))
        wp_page_go(page, "/account/erasure");
    return status;
}

const wp_form_def_t wp_account_erasure_form = {.name = "erasure", .fields = fields, .check = check, .save = save};
