/* SPDX-License-Identifier: Apache-2.0 */
/* What one check knows: the value, the base from which use is counted, and what would be usual. */
#include "domain/reading/case.h"

#include <string.h>

#include "base/banned.h"

typedef wp_reading_case_t case_t;

void wp_reading_args_add(wp_reading_args_t *args, const char *name, wp_reading_arg_type_t type, int64_t value)
{
    if (args->count < WP_READING_ARGS_MAX)
        args->list[args->count++] = (wp_reading_arg_t){name, type, value};
}

wp_volume_verdict_t wp_reading_case_parse(const case_t *c, const char *text, int64_t *litres)
{
    const wp_meter_t *meter = &c->input->meter;
    return wp_volume_parse(!text ? "" : text, !text ? 0 : strlen(text), meter->digits, meter->decimals, litres);
}

static bool is_swap(const wp_reading_t *r)
{
    return wp_reading_kind_is_swap(r->kind);
}

/* Use is counted from the last reading, not from the swap act: back over swap entries, as far as they are complete. */
static void find_base(case_t *c)
{
    const wp_meter_history_t *h = &c->history;
    const wp_reading_t *entries = c->input->history;
    wp_reading_base_t *base = &c->base;

    *base = (wp_reading_base_t){0};
    if (!h->any)
        return;
    const wp_reading_t *start = &entries[h->last];
    if (start->kind == WP_READING_SWAP_END) {
        base->incomplete = true; /* the start value of the new meter is unknown */
        return;
    }
    base->last = start;
    for (size_t i = h->count; i > 0 && is_swap(start); i--) {
        const wp_meter_step_t *step = &h->steps[i - 1];
        if (!step->known) {
            base->incomplete = true;
            break;
        }
        base->use += step->use;
        base->swap |= step->swap;
        base->rolled |= step->rolled;
        start = &entries[step->from];
    }
    if (base->use > WP_METER_LITRES_MAX)
        base->use = WP_METER_LITRES_MAX;
    base->since = start->on;
}

static void make_history(case_t *c, size_t count)
{
    wp_meter_history_make(&c->history, &c->input->meter, c->input->history, count);
    find_base(c);
}

/* Computes the usual and seasonal use for the days of this case. */
static void compare(case_t *c)
{
    const wp_reading_policy_t *p = c->policy;
    wp_date_t season_start = c->base.since - 365;
    int steps = 0, covered = 0;

    c->has_usual = c->has_season = false;
    if (c->days > WP_METER_DAYS_MAX)
        return;
    int64_t rate = wp_meter_usual_rate(&c->history, p->usual_days, p->usual_step_days, &steps);
    c->has_usual = steps >= p->usual_steps;
    c->usual = wp_meter_rate_volume(rate, c->days);
    if (c->usual > WP_METER_LITRES_MAX)
        c->usual = WP_METER_LITRES_MAX;
    int64_t used = wp_meter_use_between(&c->history, season_start, season_start + c->days, &covered);
    c->has_season = covered > 0 && covered * 100 >= p->season_coverage_percent * c->days;
    c->season = c->has_season ? used * c->days / covered : 0;
}

void wp_reading_case_set_use(case_t *c, int64_t use, int days)
{
    c->has_use = true;
    c->use = use;
    c->days = days < 1 ? 1 : days;
    compare(c);
}

void wp_reading_case_look(case_t *c)
{
    if (!c->base.last)
        return;
    int days = c->input->on - c->base.since;
    c->below = c->value < c->base.last->litres;
    wp_reading_case_set_use(c, c->base.use + c->value - c->base.last->litres, days);
    c->has_use = !c->below;
}

void wp_reading_case_begin(case_t *c, const wp_reading_input_t *input)
{
    *c = (case_t){.input = input, .days = 1};
    c->policy = !input->policy ? &wp_reading_policy_default : input->policy;
    make_history(c, input->history_count);
}

void wp_reading_case_make(case_t *c, const wp_reading_input_t *input)
{
    wp_reading_case_begin(c, input);
    c->has_value = wp_reading_case_parse(c, input->typed, &c->value) == WP_VOLUME_OK;
    wp_reading_case_look(c);
    c->has_use = c->has_use && c->has_value;
    c->below = c->below && c->has_value;
}

bool wp_reading_case_drop_last(const case_t *c, case_t *without)
{
    const wp_reading_t *wrong = c->base.last;
    *without = *c;
    make_history(without, c->history.last);
    const wp_reading_t *before = without->base.last;
    if (is_swap(wrong) || !before || before->device != wrong->device || c->value < before->litres)
        return false;
    wp_reading_case_set_use(without, without->base.use + c->value - before->litres, c->input->on - without->base.since);
    return true;
}

wp_meter_t wp_reading_case_last_meter(const case_t *c)
{
    return wp_meter_of(&c->input->meter, c->base.last);
}

/* The latest interval with water and time in it; NULL if there is none. */
static const wp_meter_step_t *step_before(const case_t *c)
{
    for (size_t i = c->history.count; i > 0; i--)
        if (!c->history.steps[i - 1].swap)
            return &c->history.steps[i - 1];
    return NULL;
}

bool wp_reading_case_zero_before(const case_t *c)
{
    const wp_meter_step_t *step = step_before(c);
    return step && step->known && step->use == 0;
}
