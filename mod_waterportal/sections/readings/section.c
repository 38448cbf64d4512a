/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/page.h"

#include <apr_strings.h>
#include <string.h>

#include "store/meters.h"
#include "crypto/random.h"
#include "domain/reading/check.h"
#include "domain/reading/names.h"
#include "domain/volume.h"
#include "sections/readings/script_data.h"
#include "portal/view/reading_view.h"

#include "data/date_text.h"

#include "base/banned.h"

/* Meter readings: all meters of a contract on one page, saved together or not at all; receipts; the history. */

#define METERS_A_PAGE  20
#define RECEIPT_TRIES  5
#define RECEIPT_DIGITS 8

static const char *const reasons[] = {"none", "pool", "leak", "people", "away", "fewer", "other", NULL};
static const char *const what_choices[] = {"mistyped", "last_wrong", "swapped", "rollover", NULL};

static const wp_field_t fields[] = {
    {.name = "value", .type = WP_FIELD_VOLUME, .each = true, .max = 60},
    {.name = "later", .type = WP_FIELD_TICK, .each = true},
    {.name = "confirm", .type = WP_FIELD_KEY, .each = true},
    {.name = "reason", .type = WP_FIELD_CHOICE, .each = true, .choices = reasons},
    {.name = "what", .type = WP_FIELD_CHOICE, .each = true, .choices = what_choices},
    {.name = "swap-date", .type = WP_FIELD_PLAIN, .each = true, .max = 20},
    {.name = "swap-end", .type = WP_FIELD_VOLUME, .each = true, .max = 60},
    {.name = "swap-start", .type = WP_FIELD_VOLUME, .each = true, .max = 60},
    {.name = NULL},
};

/* The page's meters and what was typed for them; all arrays have the same order. */
typedef struct sheet_t {
    int count;
    wp_point_t *points;
    const char **meter_ids;
    wp_reading_input_t *inputs;
    wp_reading_confirmation_t *confirmed;
    wp_reading_result_t *results;
    int accepted; /* number of new values that are all valid */
} sheet_t;

static bool is_filled(const sheet_t *sheet, int i)
{
    return sheet->inputs[i].typed && *sheet->inputs[i].typed;
}

/* --- showing --- */

static void read_answer(const wp_form_t *form, const char *meter, wp_reading_answer_t *answer)
{
    const char *what = wp_form_value(form, "what", meter);
    const char *on = wp_form_value(form, "swap-date", meter);

    if (what && !wp_reading_what_parse(what, &answer->what))
        answer->what = WP_WHAT_UNKNOWN;
    answer->has_on = on && wp_date_parse(on, &answer->on);
    answer->end = wp_form_value(form, "swap-end", meter);
    answer->start = wp_form_value(form, "swap-start", meter);
}

static void read_typed(wp_page_t *page, sheet_t *sheet, int i)
{
    wp_reading_input_t *input = &sheet->inputs[i];
    const char *meter = sheet->meter_ids[i];
    const char *confirmed = wp_form_value(page->form, "confirm", meter);

    input->typed = wp_form_value(page->form, "value", meter);
    read_answer(page->form, meter, &input->answer);
    if (confirmed && wp_reading_confirmation_parse(confirmed, &sheet->confirmed[i])) {
        input->confirmed = &sheet->confirmed[i];
        input->confirmed_count = 1;
    }
}

/* An answer to "what happened?" stays on the page with its choices as long as the page is shown again for another
 * reason: a follow-up question, or a problem of another meter. */
static void check_reading(wp_reading_input_t *input, wp_reading_result_t *result)
{
    wp_reading_result_t unanswered;
    wp_reading_what_t what = input->answer.what;

    wp_reading_check(input, result);
    if (what == WP_WHAT_UNKNOWN || result->choice_count > 0)
        return;
    input->answer.what = WP_WHAT_UNKNOWN;
    wp_reading_check(input, &unanswered);
    input->answer.what = what;
    memcpy(result->choices, unanswered.choices, sizeof result->choices);
    result->choice_count = unanswered.choice_count;
}

static sheet_t *make_sheet(wp_page_t *page, const apr_array_header_t *points)
{
    sheet_t *sheet = apr_pcalloc(page->pool, sizeof *sheet);
    size_t n = (size_t)points->nelts;

    sheet->count = points->nelts;
    sheet->points = (wp_point_t *)points->elts;
    sheet->meter_ids = apr_pcalloc(page->pool, n * sizeof *sheet->meter_ids);
    sheet->inputs = apr_pcalloc(page->pool, n * sizeof *sheet->inputs);
    sheet->confirmed = apr_pcalloc(page->pool, n * sizeof *sheet->confirmed);
    sheet->results = apr_pcalloc(page->pool, n * sizeof *sheet->results);
    for (int i = 0; i < sheet->count; i++) {
        const wp_point_t *point = &sheet->points[i];
        sheet->meter_ids[i] = point->meter_id;
        sheet->inputs[i] = (wp_reading_input_t){.meter = point->meter,
                                                .history = point->history,
                                                .history_count = point->history_count,
                                                .on = page->clock.today,
                                                .today = page->clock.today,
                                                .closed = !page->window.open,
                                                .form = sheet->inputs,
                                                .form_count = n,
                                                .policy = &page->portal->policy};
        if (page->form && page->form->submitted)
            read_typed(page, sheet, i);
    }
    for (int i = 0; i < sheet->count; i++) {
        if (is_filled(sheet, i))
            check_reading(&sheet->inputs[i], &sheet->results[i]);
    }
    return sheet;
}

static void show_meter(wp_page_t *page, const sheet_t *sheet, int i)
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
    wp_point_view(meter, point, wp_page_time(page, point->current.at));
    if (is_filled(sheet, i))
        wp_reading_view(meter, &sheet->results[i], sheet->meter_ids);
    if (page->window.open && !point->meter.remote)
        wp_xml_text(meter, "check", wp_reading_script_data(page->pool, point->meter_id, &sheet->inputs[i]));
}

static apr_status_t load_points(wp_page_t *page, apr_array_header_t **points)
{
    wp_rows_t *counted;
    apr_status_t status = wp_page_select(page, "point_count", &counted);
    if (status != APR_SUCCESS)
        return status;
    wp_page_paging(page, (int)wp_row_int(counted, 0, "points"), METERS_A_PAGE);
    return wp_points_load(page->db, page->args, page->clock.today, points);
}

static apr_status_t load_sheet(wp_page_t *page)
{
    apr_array_header_t *points;
    apr_status_t status = load_points(page, &points);
    if (status != APR_SUCCESS)
        return status;

    wp_page_add_window(page);
    wp_xml_typed(page->out.data, "ended", "date", page->on.ended);
    wp_xml_text(wp_xml_child(page->out.data, "premises"), "address", page->on.address);
    sheet_t *sheet = make_sheet(page, points);
    for (int i = 0; i < sheet->count; i++)
        show_meter(page, sheet, i);
    page->state = sheet;
    return APR_SUCCESS;
}

/* --- checking --- */

/* A key that is not one of the page's meters cannot come from the portal's form; unknown meters and other people's
 * meters get the same answer. */
static bool knows_all_keys(const wp_page_t *page, const sheet_t *sheet)
{
    const apr_array_header_t *keys = wp_form_keys(page->form);
    for (int k = 0; k < keys->nelts; k++) {
        bool found = false;
        for (int i = 0; i < sheet->count && !found; i++)
            found = strcmp(APR_ARRAY_IDX(keys, k, const char *), sheet->meter_ids[i]) == 0;
        if (!found)
            return false;
    }
    return true;
}

/* The control that a problem belongs to. */
static const char *control_of(wp_reading_code_t code)
{
    switch (code) {
    case WP_CODE_SWAP_DATE:
        return "swap-date";
    case WP_CODE_SWAP_END:
    case WP_CODE_SWAP_END_BELOW:
        return "swap-end";
    case WP_CODE_SWAP_START:
    case WP_CODE_SWAP_START_ABOVE:
        return "swap-start";
    default:
        return "value";
    }
}

static void add_problem(wp_page_t *page, const sheet_t *sheet, int i, const char *control)
{
    const wp_reading_finding_t *finding = &sheet->results[i].findings[0];
    xmlNodePtr problem = wp_form_finding(page->form, control, sheet->meter_ids[i], finding->code);
    wp_reading_view_args(problem, &finding->args);
}

static void check_empty(wp_page_t *page, const sheet_t *sheet, int i)
{
    const wp_point_t *point = &sheet->points[i];
    if (!point->missing || wp_form_ticked(page->form, "later", point->meter_id))
        return;
    xmlNodePtr problem = wp_form_finding(page->form, "value", point->meter_id, WP_CODE_EMPTY);
    wp_message_arg(problem, "serial", WP_TYPE_TEXT, point->serial);
}

/* Finds impossible values, whether the form is submitted or only computed. */
static void check_values(wp_page_t *page, const sheet_t *sheet, int i)
{
    const wp_reading_result_t *result = &sheet->results[i];

    if (!is_filled(sheet, i))
        return;
    if (!wp_form_is_blank(page->form, "swap-date", sheet->meter_ids[i]) && !sheet->inputs[i].answer.has_on)
        wp_form_problem(page->form, "swap-date", sheet->meter_ids[i], WP_ERROR_DATE);
    if (result->verdict == WP_READING_REFUSE)
        add_problem(page, sheet, i, control_of(result->findings[0].code));
}

/* Finds what is still missing on submission. */
static void check_meter(wp_page_t *page, sheet_t *sheet, int i)
{
    const wp_reading_result_t *result = &sheet->results[i];

    if (!is_filled(sheet, i)) {
        check_empty(page, sheet, i);
        return;
    }
    switch (result->verdict) {
    case WP_READING_REFUSE:
        break;
    case WP_READING_CHOOSE:
        add_problem(page, sheet, i, "value");
        wp_form_problem(page->form, "what", sheet->meter_ids[i], WP_ERROR_READING_WHAT);
        break;
    case WP_READING_ASK:
        wp_form_problem(page->form, "confirm", sheet->meter_ids[i], WP_ERROR_READING_CONFIRM);
        break;
    case WP_READING_ACCEPT:
        sheet->accepted += !sheet->points[i].current.reading_id || sheet->points[i].current.litres != result->litres;
    }
}

/* Handles a form without any value. */
static void check_none(wp_page_t *page, const sheet_t *sheet)
{
    if (page->window.open)
        wp_form_problem(page->form, "value", sheet->meter_ids[0], WP_ERROR_READINGS_NONE);
    else
        wp_form_finding(page->form, "value", sheet->meter_ids[0], WP_CODE_CLOSED);
}

static apr_status_t check_sheet(wp_page_t *page)
{
    sheet_t *sheet = page->state;

    if (!knows_all_keys(page, sheet)) {
        wp_page_refuse(page, 404, WP_PAGE_NOT_FOUND);
        return APR_SUCCESS;
    }
    for (int i = 0; i < sheet->count; i++)
        check_values(page, sheet, i);
    if (wp_form_computes(page->form)) /* only shows uses and questions; the person may type more */
        return APR_SUCCESS;
    for (int i = 0; i < sheet->count; i++)
        check_meter(page, sheet, i);
    if (page->form->problems == 0 && sheet->accepted == 0 && sheet->count > 0)
        check_none(page, sheet);
    return APR_SUCCESS;
}

/* --- saving --- */

/* R-2026-48120537: random, since with a running number every submission would wait for the previous one. The number
 * alone gives no access: the receipt is shown only to those who may see the contract. */
static apr_status_t add_submission(wp_page_t *page, wp_args_t *args, const char **receipt)
{
    int added = 0;
    apr_status_t status = APR_SUCCESS;

    for (int attempt = 0; attempt < RECEIPT_TRIES && added == 0 && status == APR_SUCCESS; attempt++) {
        *receipt = apr_psprintf(page->pool, "R-%d-%s", wp_date_split(page->clock.today).year,
                                wp_random_digits(page->pool, RECEIPT_DIGITS));
        wp_args_text(args, "receipt", *receipt);
        status = wp_db_change(page->db, "submission_add", args, &added);
    }
    return status == APR_SUCCESS && added == 0 ? WP_DB_ROLLBACK : status;
}

static void bind_litres(wp_args_t *args, const char *name, const char *typed, const wp_meter_t *meter)
{
    int64_t litres;
    if (typed && wp_volume_parse(typed, strlen(typed), meter->digits, meter->decimals, &litres) == WP_VOLUME_OK)
        wp_args_int(args, name, litres);
    else
        wp_args_text(args, name, NULL);
}

static void bind_answer(const wp_page_t *page, wp_args_t *args, const wp_reading_input_t *input)
{
    bool swapped = input->answer.what == WP_WHAT_SWAPPED;

    wp_args_text(args, "answer",
                 input->answer.what == WP_WHAT_UNKNOWN ? NULL : wp_reading_what_name(input->answer.what));
    wp_args_text(args, "swap_on", swapped && input->answer.has_on ? wp_date_text(page->pool, input->answer.on) : NULL);
    bind_litres(args, "swap_end", swapped ? input->answer.end : NULL, &input->meter);
    bind_litres(args, "swap_start", swapped ? input->answer.start : NULL, &input->meter);
}

/* Stores what the receipt shows, so that it stays the same whenever it is read. */
static void bind_result(const wp_page_t *page, wp_args_t *args, const wp_point_t *point,
                        const wp_reading_result_t *result)
{
    const wp_reading_t *last = wp_point_last(point);

    wp_args_int(args, "value", result->litres);
    wp_args_text(args, "previous", NULL);
    wp_args_text(args, "previous_on", NULL);
    wp_args_text(args, "use", NULL);
    wp_args_text(args, "days", NULL);
    if (last) {
        wp_args_int(args, "previous", last->litres);
        wp_args_text(args, "previous_on", wp_date_text(page->pool, last->on));
    }
    if (result->has_use) {
        wp_args_int(args, "use", result->use);
        wp_args_int(args, "days", result->days);
    }
}

static apr_status_t save_reading(wp_page_t *page, const wp_args_t *submission, const sheet_t *sheet, int i)
{
    const wp_point_t *point = &sheet->points[i];
    wp_args_t *args = wp_args_make(page->pool, submission);
    const char *reason = wp_form_value(page->form, "reason", point->meter_id);
    int changed = 1;
    apr_status_t status = APR_SUCCESS;

    wp_args_text(args, "reading_id", wp_random_id(page->pool));
    wp_args_text(args, "meter", point->meter_id);
    wp_args_int(args, "version", point->versions + 1);
    wp_args_text(args, "confirmed", wp_form_value(page->form, "confirm", point->meter_id));
    wp_args_text(args, "reason", reason && strcmp(reason, "none") != 0 ? reason : NULL);
    wp_args_text(args, "replaced", point->current.reading_id);
    bind_answer(page, args, &sheet->inputs[i]);
    bind_result(page, args, point, &sheet->results[i]);
    if (point->current.reading_id)
        status = wp_db_change(page->db, "reading_replace", args, &changed);
    if (status == APR_SUCCESS && changed == 1)
        status = wp_db_change(page->db, "reading_add", args, &changed);
    /* somebody else submitted for this meter since the page was checked: the page is shown again */
    return status == APR_SUCCESS && changed != 1 ? WP_DB_ROLLBACK : status;
}

static bool is_new(const sheet_t *sheet, int i)
{
    const wp_point_t *point = &sheet->points[i];
    return is_filled(sheet, i) && (!point->current.reading_id || point->current.litres != sheet->results[i].litres);
}

static apr_status_t save_sheet(wp_page_t *page)
{
    const sheet_t *sheet = page->state;
    wp_args_t *args = wp_page_args(page);
    const char *receipt = NULL;

    wp_args_text(args, "submission", wp_random_id(page->pool));
    apr_status_t status = add_submission(page, args, &receipt);
    for (int i = 0; i < sheet->count && status == APR_SUCCESS; i++) {
        if (is_new(sheet, i))
            status = save_reading(page, args, sheet, i);
    }
    if (status == APR_SUCCESS)
        status = wp_page_audit(page, WP_DID_READINGS_SUBMITTED, page->on.contract, receipt);
    wp_page_go(page, apr_pstrcat(page->pool, "/readings/receipt/", receipt, NULL));
    return status;
}

/* --- receipt --- */

static const wp_field_t receipt_inputs[] = {
    {.name = "receipt", .type = WP_FIELD_KEY, .required = true},
    {.name = NULL},
};
static const wp_field_t no_fields[] = {{.name = NULL}};

/* What can still be done with a receipt; set by load, used by check and save. */
typedef struct receipt_t {
    const char *submission_id;
    bool correctable; /* its window is open, it is the person's own, and a part of it still counts */
} receipt_t;

static bool has_state(const wp_rows_t *rows, const char *state)
{
    for (int i = 0; i < rows->count; i++) {
        if (strcmp(wp_row_text(rows, i, "state"), state) == 0)
            return true;
    }
    return false;
}

static apr_status_t load_receipt(wp_page_t *page)
{
    receipt_t *receipt = apr_pcalloc(page->pool, sizeof *receipt);
    wp_rows_t *head, *rows;
    xmlNodePtr node = wp_xml_child(page->out.data, "receipt");
    apr_status_t status = wp_page_select(page, "receipt_head", &head);

    if (status == APR_SUCCESS)
        status = wp_page_show(page, "receipt_readings", &rows);
    if (status != APR_SUCCESS)
        return status;
    bool counts = has_state(rows, "new") || has_state(rows, "corrected");
    bool in_time = page->window.open && strcmp(wp_row_text(head, 0, "window_key"), page->window.key) == 0 &&
                   strcmp(wp_row_text(head, 0, "account_id"), page->who.account->id) == 0;
    receipt->submission_id = wp_row_text(head, 0, "submission_id");
    receipt->correctable = counts && in_time;
    page->state = receipt;
    if (in_time && !counts && has_state(rows, "withdrawn"))
        wp_page_notice(page, WP_NOTICE_WITHDRAWN);

    wp_xml_attr(node, "no", wp_row_text(head, 0, "receipt_no"));
    wp_xml_attr(node, "at", wp_page_time(page, wp_row_text(head, 0, "submitted")));
    if (receipt->correctable)
        wp_xml_attr(node, "correctable-until",
                    apr_pstrcat(page->pool, wp_date_text(page->pool, page->window.until), "T23:59:59", NULL));
    return APR_SUCCESS;
}

static apr_status_t check_withdrawal(wp_page_t *page)
{
    const receipt_t *receipt = page->state;
    if (!receipt->correctable)
        wp_page_refuse(page, 409, WP_PAGE_CONFLICT);
    return APR_SUCCESS;
}

static apr_status_t save_withdrawal(wp_page_t *page)
{
    const receipt_t *receipt = page->state;
    wp_args_t *args = wp_page_args(page);
    int withdrawn = 0;

    wp_args_text(args, "submission", receipt->submission_id);
    apr_status_t status = wp_db_change(page->db, "submission_withdraw", args, &withdrawn);
    if (status == APR_SUCCESS && withdrawn > 0) {
        wp_page_go(page, page->request->path);
        status = wp_page_audit(page, WP_DID_READINGS_WITHDRAWN, page->on.contract,
                               apr_table_get(page->inputs->values, "receipt"));
    }
    return status;
}

/* --- history --- */

static const wp_meter_step_t *step_to(const wp_meter_history_t *history, int i)
{
    for (size_t k = 0; k < history->count; k++) {
        if (history->steps[k].to == (size_t)i)
            return &history->steps[k];
    }
    return NULL;
}

static void show_version(xmlNodePtr meter, const wp_rows_t *versions, int row)
{
    xmlNodePtr entry = wp_xml_child(meter, "entry");
    wp_xml_typed(entry, "on", "date", wp_row_text(versions, row, "on"));
    wp_xml_typed(entry, "value", "volume", wp_row_text(versions, row, "value"));
    wp_xml_typed(entry, "use", "volume", wp_row_text(versions, row, "use"));
    wp_xml_typed(entry, "days", "int", wp_row_text(versions, row, "days"));
    wp_xml_text(entry, "kind", "customer");
    wp_xml_child(entry, strcmp(wp_row_text(versions, row, "state"), "withdrawn") == 0 ? "withdrawn" : "corrected");
}

/* Versions are sorted newest first; those before `since` are left for later. Returns the next row. */
static int show_versions(xmlNodePtr meter, const wp_point_t *point, const wp_rows_t *versions, int row, wp_date_t since)
{
    wp_date_t on;

    for (; row < versions->count; row++) {
        if (strcmp(wp_row_text(versions, row, "point_id"), point->point_id) != 0)
            continue;
        if (wp_date_parse_iso(wp_row_text(versions, row, "on"), &on) && on < since)
            break;
        show_version(meter, versions, row);
    }
    return row;
}

/* Newest first. Corrected and withdrawn values are kept and shown: on their day, below the one that counts. */
static void show_entries(xmlNodePtr meter, const wp_point_t *point, const wp_rows_t *versions)
{
    wp_meter_history_t history;
    int row = 0;

    wp_meter_history_make(&history, &point->meter, point->history, point->history_count);
    for (int i = (int)point->history_count - 1; i >= 0; i--) {
        row = show_versions(meter, point, versions, row, point->history[i].on + 1);
        wp_reading_view_entry(meter, &point->history[i], step_to(&history, i));
    }
    show_versions(meter, point, versions, row, INT32_MIN);
}

static void show_point_history(wp_page_t *page, const wp_point_t *point, const wp_rows_t *versions)
{
    xmlNodePtr meter = wp_xml_child(page->out.data, "meter");

    wp_xml_text(meter, "place", point->place);
    wp_xml_text(meter, "serial", point->serial);
    wp_xml_typed(meter, "decimals", "int", apr_itoa(page->pool, point->meter.decimals));
    show_entries(meter, point, versions);
}

static apr_status_t load_history(wp_page_t *page)
{
    apr_array_header_t *points;
    wp_rows_t *versions;
    apr_status_t status = wp_page_select(page, "version_list", &versions);

    wp_args_text(page->args, "window_key", ""); /* the history also shows what was submitted in this window */
    if (status == APR_SUCCESS)
        status = load_points(page, &points);
    for (int i = 0; status == APR_SUCCESS && i < points->nelts; i++)
        show_point_history(page, &APR_ARRAY_IDX(points, i, wp_point_t), versions);
    return status;
}

static const wp_form_def_t readings_form = {.name = "readings",
                                            .limit = WP_LIMIT_READINGS,
                                            .fields = fields,
                                            .check = check_sheet,
                                            .save = save_sheet};
static const wp_form_def_t withdraw_form = {.name = "withdraw",
                                            .right = WP_RIGHT_SUBMIT,
                                            .fields = no_fields,
                                            .check = check_withdrawal,
                                            .save = save_withdrawal};

static const wp_route_t routes[] = {
    {.name = "form",
     .path = "",
     .need = WP_NEED_CUSTOMER,
     .contract = WP_CONTRACT_REQUIRED,
     .right = WP_RIGHT_SUBMIT,
     .show = load_sheet,
     .form = &readings_form},
    {.name = "receipt",
     .path = "/receipt/{receipt}",
     .need = WP_NEED_CUSTOMER,
     .contract = WP_CONTRACT_FOUND,
     .contract_query = "receipt_contract",
     .right = WP_RIGHT_READINGS,
     .inputs = receipt_inputs,
     .show = load_receipt,
     .form = &withdraw_form},
    {.name = "history",
     .path = "/history",
     .need = WP_NEED_CUSTOMER,
     .contract = WP_CONTRACT_REQUIRED,
     .right = WP_RIGHT_READINGS,
     .show = load_history},
    {.name = NULL},
};

const wp_section_t wp_section_readings = {.name = "readings", .path = "/readings", .menu = 2, .routes = routes};
