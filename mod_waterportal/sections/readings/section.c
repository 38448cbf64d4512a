/* SPDX-License-Identifier: Apache-2.0 */
#include "sections/readings/readings.h"

#include <apr_strings.h>
#include <stdlib.h>
#include <string.h>

#include "portal/view/reading_form.h"
#include "portal/view/reading_view.h"
#include "sections/readings/script_data.h"

#include "base/banned.h"

/* Meter readings: all meters of a contract on one page, saved together or not at all (service/submission.h); receipts;
 * the history. */

static const wp_field_t fields[] = {
    WP_READING_FIELDS,
    {.name = "later", .type = WP_FIELD_TICK, .each = true},
    {.name = "seen", .type = WP_FIELD_KEY, .each = true},
    {.name = NULL},
};

typedef struct state_t {
    wp_sheet_t sheet;
    wp_submission_wanted_t wanted; /* of a form that was sent or restored, */
    wp_result_t result;            /* and what it would come to */
} state_t;

/* --- load --- */

static bool is_on_sheet(const wp_sheet_t *sheet, const char *meter)
{
    for (int i = 0; i < sheet->count; i++) {
        if (strcmp(sheet->meter_ids[i], meter) == 0)
            return true;
    }
    return false;
}

/* How many values there were when the page was shown: another one since then is not replaced unseen. */
static int seen_of(const wp_form_t *form, const char *meter)
{
    const char *seen = wp_form_value(form, "seen", meter);
    return seen ? (int)strtol(seen, NULL, 10) : WP_SEEN_ANY;
}

static wp_reading_wanted_t read_meter(const wp_form_t *form, const char *meter)
{
    return wp_reading_form_read(form, meter, seen_of(form, meter));
}

/* All meters of the page: those without a value are compared with the others. A key that is not one of them cannot come
 * from the portal's form. */
static void read_form(const wp_page_t *page, state_t *state)
{
    const apr_array_header_t *keys = wp_form_keys(page->form);
    const wp_sheet_t *sheet = &state->sheet;
    wp_reading_wanted_t *wanted = apr_pcalloc(page->pool, (size_t)(sheet->count + keys->nelts + 1) * sizeof *wanted);
    int count = 0;

    for (int i = 0; i < sheet->count; i++)
        wanted[count++] = read_meter(page->form, sheet->meter_ids[i]);
    for (int k = 0; k < keys->nelts; k++) {
        const char *key = APR_ARRAY_IDX(keys, k, const char *);
        if (!is_on_sheet(sheet, key))
            wanted[count++] = read_meter(page->form, key);
    }
    state->wanted = (wp_submission_wanted_t){.contract = page->on.contract, .readings = wanted, .count = count};
}

static apr_status_t load_form(wp_page_t *page)
{
    state_t *state = page->state = apr_pcalloc(page->pool, sizeof *state);
    apr_status_t status = wp_readings_load_sheet(page, WP_RIGHT_SUBMIT, false, &state->sheet);

    if (status != APR_SUCCESS || !page->form->submitted)
        return status;
    read_form(page, state);
    wp_submission_judge(wp_page_act(page), &state->wanted, &state->sheet, &state->result);
    return APR_SUCCESS;
}

/* --- check --- */

static void check_empty(wp_page_t *page, const wp_sheet_t *sheet, int i)
{
    const wp_point_t *point = &sheet->points[i];
    if (!point->missing || wp_form_ticked(page->form, "later", point->meter_id))
        return;
    xmlNodePtr problem = wp_form_finding(page->form, "value", point->meter_id, WP_CODE_EMPTY);
    wp_message_arg(problem, "serial", WP_TYPE_TEXT, point->serial);
}

/* Handles a form without any new value. */
static void check_none(wp_page_t *page, const wp_sheet_t *sheet)
{
    if (sheet->window.open)
        wp_form_problem(page->form, "value", sheet->meter_ids[0], WP_ERROR_READINGS_NONE);
    else
        wp_form_finding(page->form, "value", sheet->meter_ids[0], WP_CODE_CLOSED);
}

static void check_meter(wp_page_t *page, const wp_sheet_t *sheet, int i)
{
    bool computes = wp_form_computes(page->form); /* only shows uses and questions; the person may type more */

    if (wp_sheet_is_filled(sheet, i))
        wp_reading_form_check(page->form, sheet, i);
    if (computes)
        return;
    if (wp_sheet_is_filled(sheet, i))
        wp_reading_form_demand(page->form, sheet, i);
    else
        check_empty(page, sheet, i);
}

/* Of the meters that the form is about: a sheet may have others. */
static void check_sheet(wp_page_t *page, const wp_sheet_t *sheet, const wp_result_t *result)
{
    for (int i = 0; i < sheet->count; i++) {
        if (sheet->wanted[i])
            check_meter(page, sheet, i);
    }
    bool nothing = result->outcome == WP_OUTCOME_REFUSED || result->outcome == WP_OUTCOME_SAME;
    if (!wp_form_computes(page->form) && page->form->problems == 0 && nothing && sheet->count > 0)
        check_none(page, sheet);
}

static apr_status_t check_form(wp_page_t *page)
{
    const state_t *state = page->state;

    if (state->result.outcome == WP_OUTCOME_UNKNOWN)
        wp_page_refuse(page, 404, WP_PAGE_NOT_FOUND);
    else
        check_sheet(page, &state->sheet, &state->result);
    return APR_SUCCESS;
}

/* --- save --- */

/* The meters that the form names, whatever else the page shows. */
static wp_submission_wanted_t wanted_of(const wp_page_t *page)
{
    const apr_array_header_t *keys = wp_form_keys(page->form);
    wp_reading_wanted_t *wanted = apr_pcalloc(page->pool, ((size_t)keys->nelts + 1) * sizeof *wanted);

    for (int k = 0; k < keys->nelts; k++)
        wanted[k] = read_meter(page->form, APR_ARRAY_IDX(keys, k, const char *));
    return (wp_submission_wanted_t){.contract = page->on.contract, .readings = wanted, .count = keys->nelts};
}

/* Has the person no right to a meter, or none at all by now? */
static bool is_forbidden(const wp_result_t *result)
{
    return result->outcome == WP_OUTCOME_UNKNOWN || (result->outcome == WP_OUTCOME_REFUSED && !result->field);
}

/* Reads the meters once, in the transaction that relies on what the rules say to them. */
static apr_status_t save_form(wp_page_t *page)
{
    const wp_submission_wanted_t wanted = wanted_of(page);
    wp_result_t result = wp_result_of(WP_OUTCOME_NONE);
    wp_sheet_t sheet;
    apr_status_t status = wp_submission_check(wp_page_act(page), &wanted, &sheet, &result);

    if (status == APR_SUCCESS && !is_forbidden(&result))
        check_sheet(page, &sheet, &result);
    if (status != APR_SUCCESS || page->form->problems > 0 || (result.outcome == WP_OUTCOME_REFUSED && result.field))
        return status;
    if (result.outcome == WP_OUTCOME_NONE)
        status = wp_submission_add(wp_page_act(page), &sheet, &result);
    if (status == APR_SUCCESS && wp_page_is_done(page, &result))
        wp_page_go(page, apr_pstrcat(page->pool, "/readings/receipt/", result.detail, NULL));
    return status;
}

/* --- show --- */

static void show_meter(wp_page_t *page, const wp_sheet_t *sheet, int i)
{
    const wp_point_t *point = &sheet->points[i];
    xmlNodePtr meter = wp_xml_child(page->out.data, "meter");

    wp_xml_attr(meter, "id", point->meter_id);
    wp_xml_attr(meter, "key", wp_control_key(page->pool, point->meter_id));
    wp_xml_attr(meter, "remote", point->meter.remote ? "true" : "false");
    wp_xml_attr_int(meter, "decimals", point->meter.decimals);
    wp_xml_attr_int(meter, "digits", point->meter.digits);
    wp_xml_attr(meter, "state", point->current.reading_id ? "submitted" : "empty");
    wp_xml_attr(meter, "window", point->window);
    wp_xml_attr_int(meter, "seen", point->versions);
    wp_point_view(meter, point, wp_page_time(page, point->current.at));
    if (wp_sheet_is_filled(sheet, i))
        wp_reading_view(meter, &sheet->results[i], sheet->meter_ids);
    if (sheet->window.open && !point->meter.remote)
        wp_xml_text(meter, "check", wp_reading_script_data(page->pool, point->meter_id, &sheet->inputs[i]));
}

static apr_status_t show_form(wp_page_t *page)
{
    const state_t *state = page->state;

    wp_page_add_window(page);
    wp_xml_typed(page->out.data, "ended", "date", page->on.ended);
    wp_xml_text(wp_xml_child(page->out.data, "premises"), "address", page->on.address);
    for (int i = 0; i < state->sheet.count; i++)
        show_meter(page, &state->sheet, i);
    return APR_SUCCESS;
}

static const wp_form_def_t readings_form = {.name = "readings",
                                            .service_counts = true,
                                            .save_checks = true,
                                            .fields = fields,
                                            .check = check_form,
                                            .save = save_form};

static const wp_field_t receipt_inputs[] = {
    {.name = "receipt", .type = WP_FIELD_KEY, .required = true},
    {.name = NULL},
};

static const wp_route_t routes[] = {
    {.name = "form",
     .path = "",
     .need = WP_NEED_CUSTOMER,
     .contract = WP_CONTRACT_REQUIRED,
     .right = WP_RIGHT_SUBMIT,
     .load = load_form,
     .show = show_form,
     .form = &readings_form},
    {.name = "receipt",
     .path = "/receipt/{receipt}",
     .need = WP_NEED_CUSTOMER,
     .contract = WP_CONTRACT_FOUND,
     .contract_query = "receipt_contract",
     .right = WP_RIGHT_READINGS,
     .inputs = receipt_inputs,
     .load = wp_readings_load_receipt,
     .show = wp_readings_show_receipt,
     .form = &wp_readings_withdraw_form},
    {.name = "history",
     .path = "/history",
     .need = WP_NEED_CUSTOMER,
     .contract = WP_CONTRACT_REQUIRED,
     .right = WP_RIGHT_READINGS,
     .load = wp_readings_load_history,
     .show = wp_readings_show_history},
    {.name = NULL},
};

const wp_section_t wp_section_readings = {.name = "readings", .path = "/readings", .menu = 2, .routes = routes};
