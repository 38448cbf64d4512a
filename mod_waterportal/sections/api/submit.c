/* SPDX-License-Identifier: Apache-2.0 */
#include "sections/api/submit.h"

#include <apr_strings.h>

#include "domain/reading/names.h"
#include "portal/view/reading_form.h"

#include "base/banned.h"

/* The door to service/submission.h for programs (docs/api.md). */

#define VERSION "1"

static const wp_field_t fields[] = {
    {.name = "contract", .type = WP_FIELD_ID, .required = true},
    {.name = "value-l", .type = WP_FIELD_LITRES, .each = true},
    WP_READING_FIELDS,
    {.name = NULL},
};

typedef struct state_t {
    wp_sheet_t sheet;
    wp_submission_wanted_t wanted;
    wp_result_t result; /* what it would come to */
} state_t;

/* --- load --- */

static wp_submission_wanted_t read_form(const wp_page_t *page)
{
    const apr_array_header_t *meters = wp_form_keys(page->form);
    wp_reading_wanted_t *readings = apr_pcalloc(page->pool, (size_t)(meters->nelts + 1) * sizeof *readings);

    for (int i = 0; i < meters->nelts; i++) {
        const char *meter = APR_ARRAY_IDX(meters, i, const char *);
        readings[i] = wp_reading_form_read(page->form, meter, WP_SEEN_ANY);
        if (!readings[i].typed)
            readings[i].typed = wp_form_value(page->form, "value-l", meter);
    }
    return (wp_submission_wanted_t){page->on.contract, readings, meters->nelts};
}

apr_status_t wp_api_load_submission(wp_page_t *page)
{
    state_t *state = page->state = apr_pcalloc(page->pool, sizeof *state);

    state->wanted = read_form(page);
    return wp_submission_check(wp_page_act(page), &state->wanted, &state->sheet, &state->result);
}

/* --- check and save --- */

static void check_meter(wp_form_t *form, const wp_sheet_t *sheet, int i)
{
    const char *meter = sheet->meter_ids[i];

    if (wp_form_value(form, "value", meter) && wp_form_value(form, "value-l", meter))
        wp_form_problem(form, "value-l", meter, WP_ERROR_READINGS_TWICE);
    if (!wp_sheet_is_filled(sheet, i))
        return;
    wp_reading_form_check(form, sheet, i);
    wp_reading_form_demand(form, sheet, i);
}

static apr_status_t check(wp_page_t *page)
{
    const state_t *state = page->state;

    if (state->result.outcome == WP_OUTCOME_UNKNOWN || state->result.code == WP_ERROR_NO_RIGHT) {
        wp_page_is_done(page, &state->result); /* says that the page does not exist, or that the right is missing */
        return APR_SUCCESS;
    }
    for (int i = 0; i < state->sheet.count; i++)
        check_meter(page->form, &state->sheet, i);
    if (page->form->problems == 0 && state->result.code)
        wp_form_problem(page->form, "value", NULL, state->result.code);
    return APR_SUCCESS;
}

static apr_status_t save(wp_page_t *page)
{
    const state_t *state = page->state;
    wp_result_t result = wp_result_of(WP_OUTCOME_NONE);
    wp_sheet_t sheet;
    apr_status_t status = wp_submission_send(wp_page_act(page), &state->wanted, &sheet, &result);

    if (status != APR_SUCCESS || (result.outcome == WP_OUTCOME_REFUSED && result.field))
        return status; /* refused for what was right in check(): the state has changed */
    if (wp_page_is_done(page, &result))
        wp_page_go(page, apr_pstrcat(page->pool, "/api/v1/readings/", result.detail, NULL));
    return APR_SUCCESS;
}

const wp_form_def_t wp_api_submission_form = {.name = "submission",
                                              .service_counts = true,
                                              .fields = fields,
                                              .list = "readings",
                                              .key = "meter",
                                              .check = check,
                                              .save = save};

/* --- show --- */

static const char *choices_of(apr_pool_t *pool, const wp_reading_result_t *result)
{
    const char *text = NULL;

    for (size_t i = 0; i < result->choice_count; i++)
        text = apr_pstrcat(pool, text ? text : "", text ? " " : "", wp_reading_what_name(result->choices[i].what),
                           NULL);
    return text;
}

static void show_reading(wp_page_t *page, xmlNodePtr list, const char *meter, const wp_reading_result_t *result)
{
    xmlNodePtr row = wp_xml_child(list, "reading");
    wp_reading_code_t code = result->finding_count > 0 ? result->findings[0].code : WP_CODE_NONE;
    char confirm[WP_READING_CONFIRMATION_SIZE];

    wp_xml_typed(row, "meter", "text", meter);
    wp_xml_typed(row, "verdict", "text", wp_reading_verdict_name(result->verdict));
    if (result->has_litres)
        wp_xml_attr(wp_xml_int(row, "value_l", result->litres), "t", "volume");
    if (result->has_use) {
        wp_xml_attr(wp_xml_int(row, "use_l", result->use), "t", "volume");
        wp_xml_attr(wp_xml_int(row, "days", result->days), "t", "int");
    }
    if (code)
        wp_xml_typed(row, "code", "text", wp_reading_code_name(code));
    wp_reading_confirmation_format((wp_reading_confirmation_t){code, result->litres}, confirm);
    wp_xml_typed(row, "confirm", "text", result->verdict == WP_READING_ASK ? confirm : NULL);
    wp_xml_typed(row, "choices", "text", choices_of(page->pool, result));
}

/* What it would come to: of a form that only computes, or that is not right. */
apr_status_t wp_api_show_submission(wp_page_t *page)
{
    const state_t *state = page->state;
    xmlNodePtr list = wp_page_add_list(page, "readings", "meter verdict value_l use_l days code confirm choices");

    wp_xml_attr(page->out.data, "version", VERSION);
    for (int i = 0; i < state->sheet.count; i++) {
        if (wp_sheet_is_filled(&state->sheet, i))
            show_reading(page, list, state->sheet.meter_ids[i], &state->sheet.results[i]);
    }
    return APR_SUCCESS;
}

const wp_field_t wp_api_receipt_inputs[] = {
    {.name = "receipt", .type = WP_FIELD_KEY, .required = true},
    {.name = NULL},
};

apr_status_t wp_api_show_receipt(wp_page_t *page)
{
    wp_xml_attr(page->out.data, "version", VERSION);
    wp_xml_attr(page->out.data, "receipt", wp_page_input(page, "receipt"));
    return wp_page_show_list(page, "readings", "api_receipt", NULL);
}
