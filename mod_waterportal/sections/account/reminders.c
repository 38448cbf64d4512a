/* SPDX-License-Identifier: Apache-2.0 */
#include "sections/account/parts.h"

#include "portal/view/reminder_fields.h"
#include "service/consent.h"

#include "base/banned.h"

/* What the person is reminded of, in which language and when not; and all answers so far. */

#define CONSENTS_A_PAGE 30

static const wp_field_t fields[] = {
    {.name = "language", .type = WP_FIELD_CHOICE, .choices = wp_contact_languages},
    WP_REMINDER_FIELDS,
    {.name = "quiet", .type = WP_FIELD_CHOICE, .choices = wp_quiet_hours},
    {.name = NULL},
};

typedef struct habits_t {
    wp_rows_t *details;
    wp_own_account_t own;
    wp_consents_t consents;
} habits_t;

apr_status_t wp_account_load_reminders(wp_page_t *page)
{
    habits_t *habits = apr_pcalloc(page->pool, sizeof *habits);
    apr_status_t status = wp_page_select(page, "account_details", &habits->details);

    if (status == APR_SUCCESS)
        status = wp_consent_current(page->db, page->args, &habits->consents);
    if (status == APR_SUCCESS)
        habits->own = wp_own_account_of(habits->details);
    page->state = habits;
    return status;
}

apr_status_t wp_account_show_reminders(wp_page_t *page)
{
    const habits_t *habits = page->state;

    wp_page_add_row(page, page->out.data, habits->details, 0);
    wp_form_preset(page->form, "language", NULL, habits->own.language);
    wp_form_preset(page->form, "quiet", NULL, habits->own.quiet);
    wp_reminder_fields_preset(page->form, &habits->consents);
    return APR_SUCCESS;
}

static apr_status_t check(wp_page_t *page)
{
    const habits_t *habits = page->state;
    const wp_consents_t wanted = wp_reminder_fields_read(page->form);

    for (int i = 0; i < WP_REMINDERS; i++) {
        wp_error_t error = wp_consent_refusal(&habits->own, &habits->consents, &wanted, i);
        if (error)
            wp_form_problem(page->form, wp_reminders[i].name, NULL, error);
    }
    return APR_SUCCESS;
}

static apr_status_t save(wp_page_t *page)
{
    const wp_reminding_t wanted = {.language = wp_form_value(page->form, "language", NULL),
                                   .quiet = wp_form_value(page->form, "quiet", NULL),
                                   .consents = wp_reminder_fields_read(page->form)};
    wp_result_t result = wp_result_of(WP_OUTCOME_NONE);
    apr_status_t status = wp_consent_change(wp_page_act(page), &wanted, &result);

    if (status == APR_SUCCESS && wp_page_is_done(page, &result))
        wp_page_go(page, "/account?settled=reminders");
    return status;
}

apr_status_t wp_account_show_consents(wp_page_t *page)
{
    wp_rows_t *rows;
    apr_status_t status = wp_page_select(page, "consent_count", &rows);

    if (status != APR_SUCCESS)
        return status;
    wp_page_paging(page, (int)wp_row_int(rows, 0, "rows"), CONSENTS_A_PAGE);
    return wp_page_show(page, "consent_log", NULL);
}

const wp_form_def_t wp_account_reminders_form = {.name = "reminders", .fields = fields, .check = check, .save = save};
