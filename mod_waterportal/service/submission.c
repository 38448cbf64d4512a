/* SPDX-License-Identifier: Apache-2.0 */
#include "service/submission.h"

#include <apr_strings.h>
#include <string.h>

#include "crypto/random.h"
#include "data/date_text.h"
#include "domain/reading/names.h"
#include "domain/volume.h"

#include "base/banned.h"

#define SHEET_SIZE     20 /* meters that are compared with each other, as many as a page shows */
#define RECEIPT_TRIES  5
#define RECEIPT_DIGITS 8

/* --- the sheet --- */

bool wp_sheet_is_filled(const wp_sheet_t *sheet, int i)
{
    const wp_reading_wanted_t *wanted = sheet->wanted[i];
    return wanted && wanted->typed && *wanted->typed;
}

static bool is_same(const wp_sheet_t *sheet, int i)
{
    const wp_point_t *point = &sheet->points[i];
    return point->current.reading_id && point->current.litres == sheet->results[i].litres;
}

bool wp_sheet_is_new(const wp_sheet_t *sheet, int i)
{
    return wp_sheet_is_filled(sheet, i) && sheet->results[i].verdict == WP_READING_ACCEPT && !is_same(sheet, i);
}

static void lay_out(const wp_act_t *act, const wp_points_t *points, wp_sheet_t *sheet)
{
    apr_pool_t *pool = wp_act_pool(act);
    size_t n = (size_t)points->list->nelts;

    sheet->total = points->total;
    sheet->account = points->account;
    sheet->count = points->list->nelts;
    sheet->points = (wp_point_t *)points->list->elts;
    sheet->meter_ids = apr_pcalloc(pool, n * sizeof *sheet->meter_ids);
    sheet->wanted = apr_pcalloc(pool, n * sizeof *sheet->wanted);
    sheet->inputs = apr_pcalloc(pool, n * sizeof *sheet->inputs);
    sheet->results = apr_pcalloc(pool, n * sizeof *sheet->results);
    for (size_t i = 0; i < n; i++) {
        const wp_point_t *point = &sheet->points[i];
        sheet->meter_ids[i] = point->meter_id;
        sheet->inputs[i] = (wp_reading_input_t){.meter = point->meter,
                                                .history = point->history,
                                                .history_count = point->history_count,
                                                .on = act->who->clock.today,
                                                .today = act->who->clock.today,
                                                .closed = !sheet->window.open,
                                                .form = sheet->inputs,
                                                .form_count = n,
                                                .policy = act->rules->policy};
    }
}

apr_status_t wp_sheet_load(wp_act_t *act, const wp_sheet_wanted_t *wanted, wp_sheet_t *sheet, wp_result_t *result)
{
    const wp_points_wanted_t which = {wp_act_is_of_the_house(act), wanted->meters, wanted->size, wanted->skip};
    wp_args_t *args = wp_act_args(act);
    wp_points_t points;

    *sheet = (wp_sheet_t){.window = wp_window_at(act->rules->window, act->who->clock.now)};
    wp_args_text(args, "contract", wanted->contract);
    wp_args_int(args, "right", wanted->right);
    wp_args_text(args, "window_key", wanted->history ? "" : sheet->window.key);
    wp_args_text(args, "window_from", wp_date_text(wp_act_pool(act), sheet->window.from));
    apr_status_t status = wp_points_load(act->db, args, act->who->clock.today, &which, &points);
    if (status != APR_SUCCESS)
        return status;
    const wp_ways_t ways = {wanted->contract, points.ways, points.ways->count};
    wp_act_stand_by(act, &ways, wanted->right, &sheet->standing, result);
    if (sheet->standing.ended_on)
        sheet->window.open = false;
    lay_out(act, &points, sheet);
    return wp_act_expect_token(act, result);
}

/* --- judging --- */

static int find_meter(const wp_sheet_t *sheet, const char *meter)
{
    for (int i = 0; i < sheet->count; i++) {
        if (strcmp(sheet->meter_ids[i], meter) == 0)
            return i;
    }
    return -1;
}

static void take_wanted(const wp_act_t *act, const wp_reading_wanted_t *wanted, wp_sheet_t *sheet, int i)
{
    wp_reading_confirmation_t *confirmed = apr_palloc(wp_act_pool(act), sizeof *confirmed);
    wp_reading_input_t *input = &sheet->inputs[i];

    sheet->wanted[i] = wanted;
    input->typed = wanted->typed;
    input->answer = wanted->answer;
    input->confirmed = confirmed;
    input->confirmed_count = wanted->confirm && wp_reading_confirmation_parse(wanted->confirm, confirmed);
}

static bool take_all(const wp_act_t *act, const wp_submission_wanted_t *wanted, wp_sheet_t *sheet, wp_result_t *result)
{
    for (int k = 0; k < wanted->count; k++) {
        const wp_reading_wanted_t *reading = &wanted->readings[k];
        int i = find_meter(sheet, reading->meter);
        if (i < 0)
            *result = wp_result_of(WP_OUTCOME_UNKNOWN);
        else if (sheet->wanted[i])
            *result = wp_result_refused(WP_ERROR_READINGS_TWICE, "meter");
        else
            take_wanted(act, reading, sheet, i);
        if (wp_result_is_against(result))
            return false;
    }
    return true;
}

/* The choices of "what happened?" stay with the result although the question is answered, as long as the person may be
 * asked again for another reason: a follow-up question, or another meter's problem. */
static void apply_rules(wp_reading_input_t *input, wp_reading_result_t *result)
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

static bool was_overtaken(const wp_sheet_t *sheet, int i)
{
    int seen = sheet->wanted[i]->seen;
    return seen != WP_SEEN_ANY && seen != sheet->points[i].versions && !is_same(sheet, i);
}

typedef struct tally_t {
    int filled, accepted, fresh, overtaken;
    const char *receipt; /* of what was submitted before */
} tally_t;

static tally_t count(const wp_sheet_t *sheet)
{
    tally_t tally = {.filled = 0};

    for (int i = 0; i < sheet->count; i++) {
        if (!wp_sheet_is_filled(sheet, i))
            continue;
        tally.filled++;
        tally.accepted += sheet->results[i].verdict == WP_READING_ACCEPT;
        tally.overtaken += was_overtaken(sheet, i);
        if (wp_sheet_is_new(sheet, i))
            tally.fresh++;
        else if (!tally.receipt)
            tally.receipt = sheet->points[i].current.receipt_no;
    }
    return tally;
}

void wp_submission_judge(const wp_act_t *act, const wp_submission_wanted_t *wanted, wp_sheet_t *sheet,
                         wp_result_t *result)
{
    if (!take_all(act, wanted, sheet, result))
        return;
    for (int i = 0; i < sheet->count; i++) {
        if (wp_sheet_is_filled(sheet, i))
            apply_rules(&sheet->inputs[i], &sheet->results[i]);
    }
    tally_t tally = count(sheet);
    if (tally.filled == 0)
        *result = wp_result_refused(WP_ERROR_READINGS_NONE, "value");
    else if (tally.accepted < tally.filled)
        *result = wp_result_refused(WP_ERROR_NONE, "value");
    else if (tally.overtaken > 0)
        *result = wp_result_of(WP_OUTCOME_CONFLICT);
    else if (tally.fresh == 0)
        *result = (wp_result_t){.outcome = WP_OUTCOME_SAME, .detail = tally.receipt};
}

apr_status_t wp_submission_check(wp_act_t *act, const wp_submission_wanted_t *wanted, wp_sheet_t *sheet,
                                 wp_result_t *result)
{
    apr_array_header_t *meters = apr_array_make(wp_act_pool(act), wanted->count + 1, sizeof(const char *));

    for (int k = 0; k < wanted->count; k++)
        APR_ARRAY_PUSH(meters, const char *) = wanted->readings[k].meter;
    const wp_sheet_wanted_t which = {.contract = wanted->contract,
                                     .right = WP_RIGHT_SUBMIT,
                                     .meters = meters,
                                     .size = wanted->count > SHEET_SIZE ? wanted->count : SHEET_SIZE};
    apr_status_t status = wp_sheet_load(act, &which, sheet, result);
    if (status == APR_SUCCESS && !wp_result_is_against(result))
        wp_submission_judge(act, wanted, sheet, result);
    return status;
}

/* --- submitting --- */

/* What the house does for a customer is kept under the customer's account, with the house as the actor. Returns whose
 * act it was before. */
static const char *act_for(wp_act_t *act, const char *account)
{
    const char *before = wp_args_get(act->args, "account");
    wp_act_set_account(act, account);
    return before;
}

/* R-2026-48120537: random, since with a running number every submission would wait for the previous one. The number
 * alone gives no access: the receipt is shown only to those who may see the contract. */
static apr_status_t add_submission(const wp_act_t *act, wp_args_t *args, const char **receipt)
{
    apr_pool_t *pool = wp_act_pool(act);
    apr_status_t status = APR_SUCCESS;
    int added = 0;

    for (int attempt = 0; attempt < RECEIPT_TRIES && added == 0 && status == APR_SUCCESS; attempt++) {
        *receipt = apr_psprintf(pool, "R-%d-%s", wp_date_split(act->who->clock.today).year,
                                wp_random_digits(pool, RECEIPT_DIGITS));
        wp_args_text(args, "receipt", *receipt);
        status = wp_db_change(act->db, "submission_add", args, &added);
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

static void bind_answer(wp_args_t *args, const wp_reading_input_t *input, apr_pool_t *pool)
{
    const wp_reading_answer_t *answer = &input->answer;
    bool swapped = answer->what == WP_WHAT_SWAPPED;

    wp_args_text(args, "answer", answer->what == WP_WHAT_UNKNOWN ? NULL : wp_reading_what_name(answer->what));
    wp_args_text(args, "swap_on", swapped && answer->has_on ? wp_date_text(pool, answer->on) : NULL);
    bind_litres(args, "swap_end", swapped ? answer->end : NULL, &input->meter);
    bind_litres(args, "swap_start", swapped ? answer->start : NULL, &input->meter);
}

/* Stores what the receipt shows, so that it stays the same whenever it is read. */
static void bind_result(wp_args_t *args, const wp_point_t *point, const wp_reading_result_t *result, apr_pool_t *pool)
{
    const wp_reading_t *last = wp_point_last(point);

    wp_args_int(args, "value", result->litres);
    wp_args_text(args, "previous", NULL);
    wp_args_text(args, "previous_on", NULL);
    wp_args_text(args, "use", NULL);
    wp_args_text(args, "days", NULL);
    if (last) {
        wp_args_int(args, "previous", last->litres);
        wp_args_text(args, "previous_on", wp_date_text(pool, last->on));
    }
    if (result->has_use) {
        wp_args_int(args, "use", result->use);
        wp_args_int(args, "days", result->days);
    }
}

/* If somebody else submits for this meter in another transaction, one of the two changes no row: of two first values
 * the second finds the version taken, of two corrections the second finds that what it corrects no longer counts. */
static apr_status_t add_reading(const wp_act_t *act, const wp_args_t *submission, const wp_sheet_t *sheet, int i,
                                wp_result_t *result)
{
    apr_pool_t *pool = wp_act_pool(act);
    const wp_point_t *point = &sheet->points[i];
    wp_args_t *args = wp_args_make(pool, submission);
    apr_status_t status = APR_SUCCESS;
    int changed = 1;

    wp_args_text(args, "reading_id", wp_random_id(pool));
    wp_args_text(args, "meter", point->meter_id);
    wp_args_int(args, "version", point->versions + 1);
    wp_args_text(args, "confirmed", sheet->wanted[i]->confirm);
    wp_args_text(args, "reason", sheet->wanted[i]->reason);
    wp_args_text(args, "replaced", point->current.reading_id);
    bind_answer(args, &sheet->inputs[i], pool);
    bind_result(args, point, &sheet->results[i], pool);
    if (point->current.reading_id)
        status = wp_db_change(act->db, "reading_replace", args, &changed);
    if (status == APR_SUCCESS && changed == 1)
        status = wp_db_change(act->db, "reading_add", args, &changed);
    if (changed != 1)
        *result = wp_result_of(WP_OUTCOME_CONFLICT);
    return status;
}

static apr_status_t add_all(wp_act_t *act, const wp_sheet_t *sheet, wp_result_t *result)
{
    wp_args_t *args = wp_act_args(act);
    const char *receipt = NULL;

    wp_args_text(args, "submission", wp_random_id(wp_act_pool(act)));
    wp_args_text(args, "contract", sheet->standing.contract);
    wp_args_text(args, "window_key", sheet->window.key);
    apr_status_t status = add_submission(act, args, &receipt);
    for (int i = 0; i < sheet->count && status == APR_SUCCESS && !wp_result_is_against(result); i++) {
        if (wp_sheet_is_new(sheet, i))
            status = add_reading(act, args, sheet, i, result);
    }
    if (status != APR_SUCCESS || wp_result_is_against(result))
        return status;
    *result = wp_result_done(receipt);
    return wp_act_audit(act, &sheet->standing, WP_DID_READINGS_SUBMITTED, receipt);
}

apr_status_t wp_submission_add(wp_act_t *act, const wp_sheet_t *sheet, wp_result_t *result)
{
    if (!sheet->account) {
        *result = wp_result_refused(WP_ERROR_NO_RIGHT, NULL);
        return APR_SUCCESS;
    }
    apr_status_t status = wp_act_count(act, WP_LIMIT_READINGS, NULL, result);
    if (status != APR_SUCCESS || wp_result_is_against(result))
        return status;
    const char *before = act_for(act, sheet->account);
    status = add_all(act, sheet, result);
    act_for(act, before);
    return status;
}

apr_status_t wp_submission_send(wp_act_t *act, const wp_submission_wanted_t *wanted, wp_sheet_t *sheet,
                                wp_result_t *result)
{
    apr_status_t status = wp_submission_check(act, wanted, sheet, result);
    bool right = status == APR_SUCCESS && result->outcome == WP_OUTCOME_NONE;

    return right ? wp_submission_add(act, sheet, result) : status;
}

/* --- withdrawing --- */

/* Whether a submission that the actor may withdraw can be. */
static void judge_withdrawal(const wp_act_t *act, const wp_rows_t *found, const wp_standing_t *standing,
                             wp_result_t *result)
{
    wp_window_t window = wp_window_at(act->rules->window, act->who->clock.now);
    bool in_time = window.open && !standing->ended_on && strcmp(window.key, wp_row_text(found, 0, "window_key")) == 0;

    if (wp_row_int(found, 0, "counting") == 0 && wp_row_int(found, 0, "withdrawn") > 0)
        *result = wp_result_of(WP_OUTCOME_SAME);
    else if (wp_row_int(found, 0, "counting") == 0 || !in_time)
        *result = wp_result_of(WP_OUTCOME_CONFLICT);
}

/* A receipt is withdrawn by whoever submitted it, or by the house. */
static bool is_theirs(const wp_act_t *act, const wp_rows_t *found)
{
    if (found->count == 0)
        return false;
    return wp_act_is_of_the_house(act) ||
           (act->who->account && strcmp(wp_row_text(found, 0, "account_id"), act->who->account) == 0);
}

static apr_status_t drop(wp_act_t *act, wp_args_t *args, const wp_standing_t *standing, wp_result_t *result)
{
    int withdrawn = 0;
    apr_status_t status = wp_db_change(act->db, "submission_withdraw", args, &withdrawn);

    if (status != APR_SUCCESS)
        return status;
    if (withdrawn == 0) { /* somebody was faster, or the right to these meters has ended */
        *result = wp_result_of(WP_OUTCOME_CONFLICT);
        return APR_SUCCESS;
    }
    *result = wp_result_done(NULL);
    const char *before = act_for(act, wp_args_get(args, "submitter"));
    status = wp_act_audit(act, standing, WP_DID_READINGS_WITHDRAWN, wp_args_get(args, "receipt"));
    act_for(act, before);
    return status;
}

apr_status_t wp_submission_withdraw(wp_act_t *act, const char *receipt, wp_result_t *result)
{
    wp_args_t *args = wp_act_args(act);
    wp_standing_t standing;
    wp_rows_t *found;

    wp_args_text(args, "receipt", receipt);
    apr_status_t status = wp_db_select(act->db, "submission_find", args, &found);
    if (status != APR_SUCCESS)
        return status;
    if (!is_theirs(act, found)) {
        *result = wp_result_of(WP_OUTCOME_UNKNOWN);
        return APR_SUCCESS;
    }
    status = wp_act_stand(act, wp_row_text(found, 0, "contract_no"), WP_RIGHT_SUBMIT, &standing, result);
    if (status == APR_SUCCESS && !wp_result_is_against(result))
        judge_withdrawal(act, found, &standing, result);
    if (status != APR_SUCCESS || result->outcome != WP_OUTCOME_NONE)
        return status;
    wp_args_text(args, "submission", wp_row_text(found, 0, "submission_id"));
    wp_args_text(args, "submitter", wp_row_text(found, 0, "account_id"));
    wp_args_int(args, "house", wp_act_is_of_the_house(act));
    wp_args_text(args, "contract", standing.contract);
    return drop(act, args, &standing, result);
}
