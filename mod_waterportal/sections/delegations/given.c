/* SPDX-License-Identifier: Apache-2.0 */
#include "sections/delegations/parts.h"

#include <apr_strings.h>
#include <string.h>

#include "base/banned.h"

/* One right that was given: the page about it, its confirmation with an eID, extending and ending it. */

static const wp_field_t no_fields[] = {{.name = NULL}};
/* Nothing is typed there: what stands against the right by now is said beside its receiver, its name and its day. */
static const wp_field_t confirm_fields[] = {
    {.name = "receiver", .type = WP_FIELD_KEY},
    {.name = "who", .type = WP_FIELD_KEY},
    {.name = "until", .type = WP_FIELD_KEY},
    {.name = NULL},
};

static const char *id_of(const wp_page_t *page)
{
    return wp_page_input(page, "delegation");
}

/* --- the stages --- */

static bool is_one_of(const char *word, const char *const *list)
{
    for (; *list; list++) {
        if (strcmp(word, *list) == 0)
            return true;
    }
    return false;
}

/* The right becomes the page's state if it is in one of these states (NULL: in any); otherwise there is no page. */
static apr_status_t load_one(wp_page_t *page, const char *const *states)
{
    wp_rows_t *rows;

    wp_delegations_bind(page);
    apr_status_t status = wp_page_select(page, "delegation_one", &rows);
    if (status != APR_SUCCESS)
        return status;
    if (rows->count == 0 || (states && !is_one_of(wp_row_text(rows, 0, "state"), states)))
        wp_page_refuse(page, 404, WP_PAGE_NOT_FOUND);
    page->state = rows;
    return APR_SUCCESS;
}

apr_status_t wp_delegations_load_given(wp_page_t *page)
{
    return load_one(page, NULL);
}

apr_status_t wp_delegations_load_confirm(wp_page_t *page)
{
    static const char *const states[] = {"draft", NULL};
    apr_status_t status = load_one(page, states);

    if (status == APR_SUCCESS && !wp_page_is_decided(page) && wp_row_int(page->state, 0, "mine") == 0)
        wp_page_refuse(page, 404, WP_PAGE_NOT_FOUND);
    return status;
}

/* A strong right is extended at an address of its own, which asks for an eID. */
apr_status_t wp_delegations_load_extend(wp_page_t *page)
{
    static const char *const states[] = {"active", "offered", NULL};
    apr_status_t status = load_one(page, states);

    if (status != APR_SUCCESS || wp_page_is_decided(page))
        return status;
    if (!page->route->stepup && wp_delegation_is_strong(wp_row_text(page->state, 0, "level")))
        wp_page_go(page, apr_pstrcat(page->pool, "/delegations/confirm/", id_of(page), "/extend", NULL));
    wp_form_preset(page->form, "term", NULL, wp_delegations_terms[0]);
    return APR_SUCCESS;
}

apr_status_t wp_delegations_load_revoke(wp_page_t *page)
{
    static const char *const states[] = {"draft", "offered", "active", NULL};
    return load_one(page, states);
}

apr_status_t wp_delegations_show_one(wp_page_t *page)
{
    wp_delegations_show_row(page, page->state, 0);
    return APR_SUCCESS;
}

apr_status_t wp_delegations_show_given(wp_page_t *page)
{
    wp_delegations_show_row(page, page->state, 0);
    wp_delegations_show_link(page, id_of(page));
    return APR_SUCCESS;
}

apr_status_t wp_delegations_show_extend(wp_page_t *page)
{
    wp_delegations_show_row(page, page->state, 0);
    wp_delegations_show_terms(page);
    return APR_SUCCESS;
}

/* --- the forms --- */

static void go_to_given(wp_page_t *page)
{
    wp_page_go(page, apr_pstrcat(page->pool, "/delegations/given/", id_of(page), NULL));
}

static void tell_against(wp_page_t *page, const wp_result_t *result)
{
    xmlNodePtr problem = wp_form_problem(page->form, result->field, NULL, result->code);
    if (result->code == WP_ERROR_OFFERS_MANY)
        wp_message_arg_int(problem, "most", WP_TYPE_INT, WP_DELEGATION_OFFERS);
}

static apr_status_t save_confirm(wp_page_t *page)
{
    wp_result_t result = wp_result_of(WP_OUTCOME_NONE);
    wp_delegation_given_t given;
    apr_status_t status = wp_delegation_confirm(wp_page_act(page), id_of(page), &given, &result);

    if (status != APR_SUCCESS)
        return status;
    if (result.field)
        tell_against(page, &result);
    else if (wp_page_is_done(page, &result)) {
        wp_delegations_keep_link(page, &given);
        go_to_given(page);
    }
    return APR_SUCCESS;
}

static const wp_field_t term_fields[] = {
    {.name = "term", .type = WP_FIELD_CHOICE, .required = true, .choices = wp_delegations_terms},
    {.name = "until", .type = WP_FIELD_DATE},
    {.name = "was", .type = WP_FIELD_KEY}, /* the last day as the giver saw it */
    {.name = NULL},
};

static const char *was_of(const wp_page_t *page)
{
    const char *was = wp_form_value(page->form, "was", NULL);
    return was ? was : wp_row_text(page->state, 0, "until");
}

static apr_status_t check_extend(wp_page_t *page)
{
    wp_error_t fault = wp_delegation_day_error(wp_page_act(page), wp_delegations_typed_until(page), was_of(page));

    if (fault)
        wp_delegations_tell_until(page, fault, was_of(page));
    return APR_SUCCESS;
}

static apr_status_t save_extend(wp_page_t *page)
{
    const wp_delegation_term_t term = {id_of(page), was_of(page), wp_delegations_typed_until(page)};
    wp_result_t result = wp_result_of(WP_OUTCOME_NONE);
    apr_status_t status = wp_delegation_extend(wp_page_act(page), &term, &result);

    if (status != APR_SUCCESS)
        return status;
    if (result.field)
        wp_delegations_tell_until(page, result.code, term.was);
    else if (wp_page_is_done(page, &result))
        go_to_given(page);
    return APR_SUCCESS;
}

static apr_status_t save_revoke(wp_page_t *page)
{
    wp_result_t result = wp_result_of(WP_OUTCOME_NONE);
    apr_status_t status = wp_delegation_revoke(wp_page_act(page), id_of(page), &result);

    if (status == APR_SUCCESS && wp_page_is_done(page, &result))
        go_to_given(page);
    return status;
}

const wp_form_def_t wp_delegations_confirm_form = {.name = "confirm",
                                                   .right = WP_RIGHT_DELEGATE,
                                                   .fields = confirm_fields,
                                                   .save = save_confirm};
const wp_form_def_t wp_delegations_extend_form = {.name = "extend",
                                                  .right = WP_RIGHT_DELEGATE,
                                                  .service_counts = true,
                                                  .fields = term_fields,
                                                  .check = check_extend,
                                                  .save = save_extend};
const wp_form_def_t wp_delegations_revoke_form = {.name = "revoke",
                                                  .right = WP_RIGHT_DELEGATE,
                                                  .fields = no_fields,
                                                  .save = save_revoke};
