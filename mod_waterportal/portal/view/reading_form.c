/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/view/reading_form.h"

#include <string.h>

#include "domain/reading/names.h"
#include "portal/view/reading_view.h"

#include "base/banned.h"

const char *const wp_reading_reasons[] = {"none", "pool", "leak", "people", "away", "fewer", "other", NULL};
const char *const wp_reading_whats[] = {"mistyped", "last_wrong", "swapped", "rollover", NULL};

wp_reading_wanted_t wp_reading_form_read(const wp_form_t *form, const char *meter, int seen)
{
    const char *reason = wp_form_value(form, "reason", meter), *what = wp_form_value(form, "what", meter);
    const char *on = wp_form_value(form, "swap-date", meter);
    wp_reading_wanted_t wanted = {.meter = meter,
                                  .typed = wp_form_value(form, "value", meter),
                                  .answer = {.end = wp_form_value(form, "swap-end", meter),
                                             .start = wp_form_value(form, "swap-start", meter)},
                                  .confirm = wp_form_value(form, "confirm", meter),
                                  .reason = reason && strcmp(reason, "none") != 0 ? reason : NULL,
                                  .seen = seen};

    if (what && !wp_reading_what_parse(what, &wanted.answer.what))
        wanted.answer.what = WP_WHAT_UNKNOWN;
    wanted.answer.has_on = on && wp_date_parse(on, &wanted.answer.on);
    return wanted;
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

static void add_problem(wp_form_t *form, const wp_sheet_t *sheet, int i)
{
    const wp_reading_finding_t *finding = &sheet->results[i].findings[0];
    xmlNodePtr problem = wp_form_finding(form, control_of(finding->code), sheet->meter_ids[i], finding->code);
    wp_reading_view_args(problem, &finding->args);
}

void wp_reading_form_check(wp_form_t *form, const wp_sheet_t *sheet, int i)
{
    if (!wp_form_is_blank(form, "swap-date", sheet->meter_ids[i]) && !sheet->inputs[i].answer.has_on)
        wp_form_problem(form, "swap-date", sheet->meter_ids[i], WP_ERROR_DATE);
    if (sheet->results[i].verdict == WP_READING_REFUSE)
        add_problem(form, sheet, i);
}

void wp_reading_form_demand(wp_form_t *form, const wp_sheet_t *sheet, int i)
{
    switch (sheet->results[i].verdict) {
    case WP_READING_CHOOSE:
        add_problem(form, sheet, i);
        wp_form_problem(form, "what", sheet->meter_ids[i], WP_ERROR_READING_WHAT);
        break;
    case WP_READING_ASK:
        wp_form_problem(form, "confirm", sheet->meter_ids[i], WP_ERROR_READING_CONFIRM);
        break;
    case WP_READING_REFUSE:
    case WP_READING_ACCEPT:
        break;
    }
}
