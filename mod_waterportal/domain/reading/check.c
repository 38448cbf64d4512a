/* SPDX-License-Identifier: Apache-2.0 */
/* One check from the typed text to the verdict: impossible values, what a value below the last may mean, then the
 * questions of rules.c. */
#include "domain/reading/check.h"

#include "domain/reading/case.h"
#include "domain/reading/leak.h"
#include "domain/reading/names.h"
#include "domain/reading/rules.h"

#include "base/banned.h"

typedef wp_reading_case_t case_t;
typedef wp_reading_result_t result_t;

/* ---- what is impossible */

static wp_reading_args_t *add_finding(result_t *r, wp_reading_code_t code)
{
    wp_reading_finding_t *f = &r->findings[r->finding_count++];
    *f = (wp_reading_finding_t){.code = code, .other = -1};
    return &f->args;
}

static wp_reading_args_t *refuse(result_t *r, wp_reading_code_t code)
{
    r->verdict = WP_READING_REFUSE;
    return add_finding(r, code);
}

/* Digits as typed: those before the comma without leading zeros, or those after it. */
static int count_digits(const char *text, bool behind)
{
    int count = 0;
    bool comma = false;
    for (; *text != '\0'; text++) {
        if (*text == ',' || *text == '.')
            comma = true;
        else if (*text >= '0' && *text <= '9' && comma == behind && (count > 0 || behind || *text != '0'))
            count++;
    }
    return count;
}

static void refuse_text(const wp_reading_input_t *in, wp_volume_verdict_t fault, result_t *r)
{
    static const wp_reading_code_t codes[] = {[WP_VOLUME_EMPTY] = WP_CODE_EMPTY,
                                              [WP_VOLUME_NOT_A_NUMBER] = WP_CODE_NOT_NUMBER,
                                              [WP_VOLUME_NEGATIVE] = WP_CODE_NEGATIVE,
                                              [WP_VOLUME_TOO_MANY_DIGITS] = WP_CODE_DIGITS,
                                              [WP_VOLUME_TOO_MANY_DECIMALS] = WP_CODE_DECIMALS};
    bool whole = fault == WP_VOLUME_TOO_MANY_DECIMALS && in->meter.decimals < 1;
    wp_reading_args_t *args = refuse(r, whole ? WP_CODE_WHOLE : codes[fault]);
    if (fault == WP_VOLUME_TOO_MANY_DIGITS) {
        wp_reading_args_add(args, "digits", WP_ARG_INT, in->meter.digits);
        wp_reading_args_add(args, "count", WP_ARG_INT, count_digits(in->typed, false));
    } else if (fault == WP_VOLUME_TOO_MANY_DECIMALS && !whole) {
        wp_reading_args_add(args, "decimals", WP_ARG_INT, in->meter.decimals);
        wp_reading_args_add(args, "count", WP_ARG_INT, count_digits(in->typed, true));
    }
}

static bool refuse_date(const case_t *c, result_t *r)
{
    const wp_reading_input_t *in = c->input;
    if (in->on > in->today) {
        wp_reading_args_t *args = refuse(r, WP_CODE_FUTURE);
        wp_reading_args_add(args, "on", WP_ARG_DATE, in->on);
        wp_reading_args_add(args, "today", WP_ARG_DATE, in->today);
        return true;
    }
    if (c->history.any && in->on < in->history[c->history.last].on) {
        wp_reading_args_t *args = refuse(r, WP_CODE_NOT_NEWER);
        wp_reading_args_add(args, "on", WP_ARG_DATE, in->on);
        wp_reading_args_add(args, "last_on", WP_ARG_DATE, in->history[c->history.last].on);
        return true;
    }
    return false;
}

static bool refuse_impossible(case_t *c, result_t *r)
{
    if (c->input->meter.remote || c->input->closed) {
        refuse(r, c->input->meter.remote ? WP_CODE_REMOTE : WP_CODE_CLOSED);
        return true;
    }
    wp_volume_verdict_t fault = wp_reading_case_parse(c, c->input->typed, &c->value);
    if (fault != WP_VOLUME_OK) {
        refuse_text(c->input, fault, r);
        return true;
    }
    c->has_value = r->has_litres = true;
    r->litres = c->value;
    return refuse_date(c, r);
}

/* ---- lower than last: what happened */

static int64_t rollover_use(const case_t *c)
{
    const wp_meter_t meter = wp_reading_case_last_meter(c);
    int64_t use = wp_meter_use(&meter, c->base.last->litres, c->value);
    return use < 0 ? -1 : c->base.use + use;
}

static wp_reading_choice_t *add_choice(result_t *r, wp_reading_what_t what)
{
    wp_reading_choice_t *choice = &r->choices[r->choice_count++];
    *choice = (wp_reading_choice_t){.what = what};
    return choice;
}

static void add_choice_use(wp_reading_choice_t *choice, const case_t *c, int64_t use, int days)
{
    wp_reading_args_add(&choice->args, "use", WP_ARG_VOLUME, use);
    wp_reading_args_add(&choice->args, "days", WP_ARG_INT, days);
    choice->unlikely = use > wp_reading_rules_unlikely_limit(c);
}

static void offer_choices(const case_t *c, result_t *r)
{
    int days = c->input->on - c->base.since;
    case_t without;

    add_choice(r, WP_WHAT_MISTYPED);
    wp_reading_choice_t *choice = add_choice(r, WP_WHAT_LAST_WRONG);
    if (wp_reading_case_drop_last(c, &without)) {
        add_choice_use(choice, &without, without.use, c->input->on - without.base.since);
        wp_reading_args_add(&choice->args, "from", WP_ARG_VOLUME, without.base.last->litres);
        wp_reading_args_add(&choice->args, "since", WP_ARG_DATE, without.base.since);
    }
    add_choice_use(add_choice(r, WP_WHAT_SWAPPED), c, c->value, days);
    int64_t use = rollover_use(c);
    if (use >= 0) {
        const wp_meter_t meter = wp_reading_case_last_meter(c);
        choice = add_choice(r, WP_WHAT_ROLLOVER);
        add_choice_use(choice, c, use, days);
        wp_reading_args_add(&choice->args, "top", WP_ARG_VOLUME, wp_meter_turn(&meter) - wp_meter_unit(&meter));
    }
}

static void choose(const case_t *c, result_t *r)
{
    r->verdict = WP_READING_CHOOSE;
    wp_reading_args_t *args = add_finding(r, WP_CODE_BELOW);
    wp_reading_args_add(args, "value", WP_ARG_VOLUME, c->value);
    wp_reading_args_add(args, "last", WP_ARG_VOLUME, c->base.last->litres);
    wp_reading_args_add(args, "last_on", WP_ARG_DATE, c->base.last->on);
    if (wp_reading_rules_ask(c, &r->findings[r->finding_count]))
        r->finding_count++;
    offer_choices(c, r);
}

static bool refuse_swap_value(const case_t *c, const char *text, wp_reading_code_t code, int64_t *litres, result_t *r)
{
    if (wp_reading_case_parse(c, text, litres) == WP_VOLUME_OK)
        return false;
    wp_reading_args_t *args = refuse(r, code);
    wp_reading_args_add(args, "digits", WP_ARG_INT, c->input->meter.digits);
    wp_reading_args_add(args, "decimals", WP_ARG_INT, c->input->meter.decimals);
    return true;
}

static void refuse_pair(result_t *r, wp_reading_code_t code, wp_reading_arg_t first, wp_reading_arg_t second)
{
    wp_reading_args_t *args = refuse(r, code);
    args->list[args->count++] = first;
    args->list[args->count++] = second;
}

static bool is_given(const char *text)
{
    return text && *text != '\0';
}

/* The use that the removed meter counted since the last reading; false, and the answer is refused, if its end
 * value is impossible. */
static bool read_swap_end(const case_t *c, int64_t *use, result_t *r)
{
    const wp_meter_t meter = wp_reading_case_last_meter(c);
    int64_t last = c->base.last->litres, end = 0;

    if (refuse_swap_value(c, c->input->answer.end, WP_CODE_SWAP_END, &end, r))
        return false;
    bool rolled = wp_meter_likely_rollover(&meter, last, end);
    if (end < last && !rolled) {
        refuse_pair(r, WP_CODE_SWAP_END_BELOW, (wp_reading_arg_t){"value", WP_ARG_VOLUME, end},
                    (wp_reading_arg_t){"last", WP_ARG_VOLUME, last});
        return false;
    }
    r->flags |= (unsigned)rolled << WP_FLAG_ROLLED_OVER;
    *use = c->base.use + wp_meter_use(&meter, last, end);
    return true;
}

/* Reads the swap that a person reports; use is counted on both meters, or on the new one from its start value. */
static void settle_swap(case_t *c, result_t *r)
{
    const wp_reading_answer_t *a = &c->input->answer;
    int64_t before = 0, start = 0;

    if (a->has_on && (a->on < c->base.last->on || a->on > c->input->on)) {
        refuse_pair(r, WP_CODE_SWAP_DATE, (wp_reading_arg_t){"on", WP_ARG_DATE, a->on},
                    (wp_reading_arg_t){"last_on", WP_ARG_DATE, c->base.last->on});
        return;
    }
    if (is_given(a->end) && !read_swap_end(c, &before, r))
        return;
    if (is_given(a->start) && refuse_swap_value(c, a->start, WP_CODE_SWAP_START, &start, r))
        return;
    if (start > c->value) {
        refuse_pair(r, WP_CODE_SWAP_START_ABOVE, (wp_reading_arg_t){"value", WP_ARG_VOLUME, c->value},
                    (wp_reading_arg_t){"start", WP_ARG_VOLUME, start});
        return;
    }
    r->flags |= 1u << WP_FLAG_SWAP_REPORTED;
    if (!is_given(a->end)) {
        c->partial = true;
        r->flags |= 1u << WP_FLAG_SWAP_INCOMPLETE;
        if (a->has_on)
            c->base.since = a->on;
    }
    wp_reading_case_set_use(c, before + c->value - start, c->input->on - c->base.since);
}

static void settle_last_wrong(case_t *c, result_t *r)
{
    case_t without;
    r->flags |= 1u << WP_FLAG_LAST_WRONG;
    if (wp_reading_case_drop_last(c, &without)) {
        *c = without;
        return;
    }
    r->flags |= 1u << WP_FLAG_USE_UNKNOWN;
    c->has_use = false;
}

static void settle_rollover(case_t *c, result_t *r)
{
    r->flags |= 1u << WP_FLAG_ROLLED_OVER;
    wp_reading_case_set_use(c, rollover_use(c), c->input->on - c->base.since);
}

/* Applies the person's answer. An impossible answer is ignored, so the question remains. */
static void settle(case_t *c, result_t *r)
{
    wp_reading_what_t what = c->input->answer.what;
    if (!c->base.last || (!c->below && what != WP_WHAT_SWAPPED) || what == WP_WHAT_UNKNOWN ||
        (what == WP_WHAT_ROLLOVER && rollover_use(c) < 0))
        return;
    if (what == WP_WHAT_MISTYPED) {
        refuse_pair(r, WP_CODE_MISTYPED_VALUE, (wp_reading_arg_t){"value", WP_ARG_VOLUME, c->value},
                    (wp_reading_arg_t){"last", WP_ARG_VOLUME, c->base.last->litres});
        return;
    }
    c->below = false;
    c->answered = true;
    if (what == WP_WHAT_SWAPPED)
        settle_swap(c, r);
    else if (what == WP_WHAT_LAST_WRONG)
        settle_last_wrong(c, r);
    else
        settle_rollover(c, r);
}

/* ---- the verdict */

static bool is_confirmed(const wp_reading_input_t *in, wp_reading_code_t code, int64_t litres)
{
    for (size_t i = 0; i < in->confirmed_count; i++)
        if (in->confirmed[i].code == code && in->confirmed[i].litres == litres)
            return true;
    return false;
}

static void ask(const case_t *c, result_t *r)
{
    wp_reading_finding_t *f = &r->findings[0];
    bool mistake = false;

    if (wp_reading_rules_ask(c, f)) {
        r->finding_count = 1;
        f->confirmed = is_confirmed(c->input, f->code, c->value);
        r->verdict = f->confirmed ? WP_READING_ACCEPT : WP_READING_ASK;
        mistake = !f->confirmed && wp_reading_code_is_mistake(f->code);
    }
    if (!c->has_use)
        return;
    r->has_use = true;
    r->use = c->use;
    r->days = c->input->on - c->base.since;
    r->since = c->base.since;
    if (!mistake && !c->partial)
        r->leak = wp_reading_leak(c, &r->leak_args);
}

static void flag(result_t *r, wp_reading_flag_t name, bool on)
{
    r->flags |= (unsigned)on << name;
}

static void set_flags(const case_t *c, result_t *r)
{
    const wp_reading_input_t *in = c->input;
    const wp_reading_t *estimate = NULL;

    for (size_t i = c->history.any ? c->history.last + 1 : 0; i < in->history_count; i++) {
        if (in->history[i].kind == WP_READING_ESTIMATED)
            estimate = &in->history[i];
        flag(r, WP_FLAG_AFTER_MISSING, in->history[i].kind == WP_READING_MISSING);
    }
    flag(r, WP_FLAG_AFTER_ESTIMATE, estimate != NULL);
    flag(r, WP_FLAG_OVER_ESTIMATE, estimate && c->value < estimate->litres);
    flag(r, WP_FLAG_FIRST, !c->history.any);
    flag(r, WP_FLAG_ACROSS_SWAP, c->base.swap);
    flag(r, WP_FLAG_SWAP_INCOMPLETE, c->base.incomplete);
    flag(r, WP_FLAG_ROLLED_OVER, c->base.rolled);
    flag(r, WP_FLAG_ZERO_AGAIN, c->has_use && c->use == 0 && wp_reading_case_zero_before(c));
    flag(r, WP_FLAG_USE_UNKNOWN, c->history.any && !c->has_use && !c->below);
}

void wp_reading_check(const wp_reading_input_t *input, wp_reading_result_t *result)
{
    case_t c;

    *result = (result_t){.verdict = WP_READING_ACCEPT};
    wp_reading_case_begin(&c, input);
    if (refuse_impossible(&c, result))
        return;
    wp_reading_case_look(&c);
    settle(&c, result);
    if (result->verdict == WP_READING_REFUSE)
        return;
    set_flags(&c, result);
    if (c.below)
        choose(&c, result);
    else
        ask(&c, result);
}
