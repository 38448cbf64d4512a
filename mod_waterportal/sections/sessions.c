/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/page.h"

#include <string.h>

#include "service/session.h"

#include "base/banned.h"

/* Where the person is logged in: every current login, each with a button to end it, and one button for all but this
 * one. Ending a login needs no further proof: whoever sits at an open session could log in again at once, but only the
 * person notices that a login was ended. */

#define ALL_OTHERS "others"

static const char *const settled[] = {"session", "sessions", NULL};
static const wp_field_t inputs[] = {
    {.name = "settled", .type = WP_FIELD_CHOICE, .choices = settled},
    {.name = NULL},
};
static const wp_field_t fields[] = {
    {.name = "end", .type = WP_FIELD_KEY, .required = true},
    {.name = NULL},
};

/* The issuer under the name that customers know; an issuer that is no longer configured has none. */
static void name_issuer(const wp_page_t *page, xmlNodePtr row, const char *issuer)
{
    const wp_issuer_t *known = wp_issuers_find(page->portal->issuers, issuer);
    if (known)
        wp_xml_text(row, "where", wp_issuer_text(known->names, page->language));
}

static apr_status_t show(wp_page_t *page)
{
    wp_rows_t *rows;
    apr_status_t status = wp_page_select(page, "session_list", &rows);

    for (int i = 0; status == APR_SUCCESS && i < rows->count; i++)
        name_issuer(page, wp_page_add_row(page, page->out.data, rows, i), wp_row_text(rows, i, "issuer"));
    const char *done = wp_page_input(page, "settled");
    if (done && page->request->method == WP_METHOD_GET)
        wp_page_notice(page, strcmp(done, settled[0]) == 0 ? WP_NOTICE_SAVED_SESSION : WP_NOTICE_SAVED_SESSIONS);
    return status;
}

/* Ending a login that has already ended, or that the list no longer has, is no error. */
static apr_status_t save(wp_page_t *page)
{
    const char *which = wp_form_value(page->form, "end", NULL);
    bool others = strcmp(which, ALL_OTHERS) == 0;
    wp_act_t *act = wp_page_act(page);
    wp_result_t result = wp_result_of(WP_OUTCOME_NONE);
    int ended;
    apr_status_t status = others ? wp_session_end_others(act, wp_args_get(page->args, "session"), &ended, &result)
                                 : wp_session_end(act, which, &result);

    if (status == APR_SUCCESS && (result.outcome == WP_OUTCOME_UNKNOWN || wp_page_is_done(page, &result)))
        wp_page_go(page, others ? "/account/sessions?settled=sessions" : "/account/sessions?settled=session");
    return status;
}

static const wp_form_def_t form = {.name = "sessions", .fields = fields, .save = save};

static const wp_route_t routes[] = {
    {.name = "sessions", .path = "", .need = WP_NEED_ACCOUNT, .inputs = inputs, .show = show, .form = &form},
    {.name = NULL},
};

const wp_section_t wp_section_sessions = {.name = "sessions", .path = "/account/sessions", .routes = routes};
