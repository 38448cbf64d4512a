/* SPDX-License-Identifier: Apache-2.0 */
#include "sections/delegations/parts.h"

#include <apr_strings.h>
#include <stdlib.h>
#include <string.h>

#include "domain/person_code.h"

#include "base/banned.h"

/* A new right: to whom, which level, for what, until when. */

static const char *const how_choices[] = {"code", "link", NULL};

static const wp_field_t fields[] = {
    {.name = "how", .type = WP_FIELD_CHOICE, .required = true, .choices = how_choices},
    {.name = "receiver", .type = WP_FIELD_PLAIN, .max = 40},
    {.name = "who", .type = WP_FIELD_TEXT, .required = true, .max = 80},
    {.name = "level", .type = WP_FIELD_CHOICE, .required = true, .choices = wp_delegation_levels},
    {.name = "point", .type = WP_FIELD_ID},
    {.name = "term", .type = WP_FIELD_CHOICE, .required = true, .choices = wp_delegations_terms},
    {.name = "until", .type = WP_FIELD_DATE},
    {.name = "seen", .type = WP_FIELD_PLAIN, .max = 10}, /* wp_delegation_seen() when the form was made */
    {.name = NULL},
};

apr_status_t wp_delegations_load_new(wp_page_t *page)
{
    wp_form_preset(page->form, "how", NULL, "code");
    wp_form_preset(page->form, "level", NULL, "submit");
    wp_form_preset(page->form, "term", NULL, wp_delegations_terms[0]);
    return APR_SUCCESS;
}

apr_status_t wp_delegations_show_new(wp_page_t *page)
{
    int seen = 0;
    apr_status_t status = wp_page_show(page, "delegation_points", NULL);

    if (status == APR_SUCCESS)
        status = wp_delegation_seen(wp_page_act(page), page->on.contract, &seen);
    wp_delegations_show_terms(page);
    wp_xml_typed(page->out.data, "seen", "int", apr_itoa(page->pool, seen));
    return status;
}

static const char *typed(const wp_page_t *page, const char *name)
{
    return wp_form_value(page->form, name, NULL);
}

static bool is_by_code(const wp_page_t *page)
{
    return typed(page, "how") && strcmp(typed(page, "how"), "code") == 0;
}

/* The receiver's code as the portal writes it; NULL: none is needed, or none can be read. */
static const char *receiver_of(const wp_page_t *page)
{
    char code[WP_PERSON_CODE_SIZE];

    if (!is_by_code(page) || !typed(page, "receiver") || !wp_person_code_parse(typed(page, "receiver"), NULL, code))
        return NULL;
    return apr_pstrdup(page->pool, code);
}

static wp_delegation_wanted_t wanted_of(const wp_page_t *page)
{
    const char *seen = is_by_code(page) ? NULL : typed(page, "seen");

    return (wp_delegation_wanted_t){.contract = page->on.contract,
                                    .point = typed(page, "point"),
                                    .level = typed(page, "level"),
                                    .receiver = receiver_of(page),
                                    .who = typed(page, "who"),
                                    .until = wp_delegations_typed_until(page),
                                    .seen = seen ? (int)strtol(seen, NULL, 10) : -1};
}

/* What the service says against an argument, beside its control. A field that cannot be read has said so itself. */
static void tell(wp_page_t *page, const wp_result_t *fault)
{
    if (strcmp(fault->field, "until") == 0)
        wp_delegations_tell_until(page, fault->code, NULL);
    else if (typed(page, fault->field) || fault->code == WP_ERROR_OFFERS_MANY) {
        xmlNodePtr problem = wp_form_problem(page->form, fault->field, NULL, fault->code);
        if (fault->code == WP_ERROR_OFFERS_MANY)
            wp_message_arg_int(problem, "most", WP_TYPE_INT, WP_DELEGATION_OFFERS);
    }
}

static void check_receiver(wp_page_t *page)
{
    if (is_by_code(page) && wp_form_is_blank(page->form, "receiver", NULL))
        wp_form_problem(page->form, "receiver", NULL, WP_ERROR_RECEIVER_REQUIRED);
    else if (is_by_code(page) && typed(page, "receiver") && !receiver_of(page))
        wp_form_problem(page->form, "receiver", NULL, WP_ERROR_PERSON_CODE);
}

static void check_level(wp_page_t *page)
{
    const char *level = typed(page, "level");

    if (level && wp_delegation_is_strong(level) && !wp_issuers_can_step_up(page->portal->issuers))
        wp_form_problem(page->form, "level", NULL, WP_ERROR_LEVEL_NO_EID);
}

static apr_status_t check(wp_page_t *page)
{
    const wp_delegation_wanted_t wanted = wanted_of(page);
    wp_result_t result = wp_result_of(WP_OUTCOME_NONE);
    apr_array_header_t *faults;
    apr_status_t status = wp_delegation_check(wp_page_act(page), &wanted, &faults, &result);

    if (status != APR_SUCCESS)
        return status;
    if (wp_result_is_against(&result)) {
        wp_page_is_done(page, &result);
        return APR_SUCCESS;
    }
    check_receiver(page);
    check_level(page);
    for (int i = 0; i < faults->nelts; i++)
        tell(page, &APR_ARRAY_IDX(faults, i, wp_result_t));
    return APR_SUCCESS;
}

static apr_status_t save(wp_page_t *page)
{
    const wp_delegation_wanted_t wanted = wanted_of(page);
    wp_result_t result = wp_result_of(WP_OUTCOME_NONE);
    wp_delegation_given_t given;
    apr_status_t status = wp_delegation_give(wp_page_act(page), &wanted, &given, &result);

    if (status != APR_SUCCESS)
        return status;
    if (result.field)
        tell(page, &result);
    else if (wp_page_is_done(page, &result)) {
        wp_delegations_keep_link(page, &given);
        wp_page_go(page, apr_pstrcat(page->pool, given.draft ? "/delegations/confirm/" : "/delegations/given/",
                                     given.id, NULL));
    }
    return APR_SUCCESS;
}

const wp_form_def_t wp_delegations_new_form = {.name = "delegation",
                                               .right = WP_RIGHT_DELEGATE,
                                               .service_counts = true,
                                               .fields = fields,
                                               .check = check,
                                               .save = save};
