/* SPDX-License-Identifier: Apache-2.0 */
#include "sections/readings/readings.h"

#include <apr_strings.h>
#include <string.h>

#include "data/date_text.h"

#include "base/banned.h"

/* A receipt, and what can still be done with it. */

typedef struct state_t {
    wp_rows_t *head, *readings;
    bool in_time;     /* its window is open, and it is the person's own */
    bool correctable; /* in time, and a part of it still counts */
} state_t;

static bool has_state(const wp_rows_t *rows, const char *state)
{
    for (int i = 0; i < rows->count; i++) {
        if (strcmp(wp_row_text(rows, i, "state"), state) == 0)
            return true;
    }
    return false;
}

static bool is_in_time(const wp_page_t *page, const wp_rows_t *head)
{
    return page->window.open && strcmp(wp_row_text(head, 0, "window_key"), page->window.key) == 0 &&
           strcmp(wp_row_text(head, 0, "account_id"), page->who.account->id) == 0;
}

apr_status_t wp_readings_load_receipt(wp_page_t *page)
{
    state_t *state = page->state = apr_pcalloc(page->pool, sizeof *state);
    apr_status_t status = wp_page_select(page, "receipt_head", &state->head);

    if (status == APR_SUCCESS)
        status = wp_page_select(page, "receipt_readings", &state->readings);
    if (status != APR_SUCCESS)
        return status;
    state->in_time = is_in_time(page, state->head);
    state->correctable = state->in_time &&
                         (has_state(state->readings, "new") || has_state(state->readings, "corrected"));
    return APR_SUCCESS;
}

apr_status_t wp_readings_show_receipt(wp_page_t *page)
{
    const state_t *state = page->state;
    xmlNodePtr node = wp_xml_child(page->out.data, "receipt");

    wp_xml_attr(node, "no", wp_row_text(state->head, 0, "receipt_no"));
    wp_xml_attr(node, "at", wp_page_time(page, wp_row_text(state->head, 0, "submitted")));
    if (state->correctable)
        wp_xml_attr(node, "correctable-until",
                    apr_pstrcat(page->pool, wp_date_text(page->pool, page->window.until), "T23:59:59", NULL));
    for (int i = 0; i < state->readings->count; i++)
        wp_page_add_row(page, page->out.data, state->readings, i);
    if (state->in_time && !state->correctable && has_state(state->readings, "withdrawn"))
        wp_page_notice(page, WP_NOTICE_WITHDRAWN);
    return APR_SUCCESS;
}

static apr_status_t check(wp_page_t *page)
{
    const state_t *state = page->state;
    if (!state->correctable)
        wp_page_refuse(page, 409, WP_PAGE_CONFLICT);
    return APR_SUCCESS;
}

static apr_status_t save(wp_page_t *page)
{
    wp_result_t result = wp_result_of(WP_OUTCOME_NONE);
    apr_status_t status = wp_submission_withdraw(wp_page_act(page), wp_page_input(page, "receipt"), &result);

    if (status == APR_SUCCESS && wp_page_is_done(page, &result))
        wp_page_go(page, page->request->path);
    return status;
}

static const wp_field_t no_fields[] = {{.name = NULL}};

const wp_form_def_t wp_readings_withdraw_form = {.name = "withdraw",
                                                 .right = WP_RIGHT_SUBMIT,
                                                 .fields = no_fields,
                                                 .check = check,
                                                 .save = save};
