/* SPDX-License-Identifier: Apache-2.0 */
/* The questions: one small function per rule, in the order of the table at the end. Each puts the numbers on which it
 * is based into its finding. */
#include "domain/reading/rules.h"

#include "base/banned.h"

typedef wp_reading_finding_t finding_t;
typedef wp_reading_case_t case_t;

typedef enum moment_t {
    PLAIN = 1,    /* not lower than last */
    BELOW = 2,    /* lower than last: the rule names a likely mistake */
    ANSWERED = 4, /* the person said what happened */
    UNKNOWN = 8,  /* use is unknown: only values typed elsewhere can be compared */
} moment_t;

typedef struct rule_t {
    wp_reading_code_t code;
    unsigned moments;
    bool (*asks)(const case_t *c, finding_t *f);
} rule_t;

static void add_volume(finding_t *f, const char *name, int64_t litres)
{
    wp_reading_args_add(&f->args, name, WP_ARG_VOLUME, litres);
}

static int64_t larger(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* ---- remarkable use */

static int64_t high_limit(const case_t *c)
{
    return larger(wp_meter_part(c->usual, c->policy->high_percent), c->policy->high_minimum);
}

static int64_t first_limit(const case_t *c)
{
    return larger((int64_t)c->policy->first_per_day * c->days, c->policy->high_minimum);
}

static int64_t season_limit(const case_t *c)
{
    return larger(wp_meter_part(c->season, c->policy->season_percent), c->policy->high_minimum);
}

static bool is_high(const case_t *c)
{
    return c->has_usual && c->use > high_limit(c) && (!c->has_season || c->use > season_limit(c));
}

static bool is_high_first(const case_t *c)
{
    return !c->has_usual && c->use > first_limit(c);
}

static bool is_season_high(const case_t *c)
{
    return c->has_usual && c->has_season && c->use > season_limit(c) &&
           c->use > wp_meter_part(c->usual, c->policy->season_usual_percent);
}

static bool is_low(const case_t *c)
{
    return c->has_usual && !c->partial && c->use > 0 && c->usual >= c->policy->low_minimum &&
           c->use < wp_meter_part(c->usual, c->policy->low_percent) &&
           (!c->has_season || c->use < wp_meter_part(c->season, c->policy->low_percent));
}

static bool is_season_low(const case_t *c)
{
    return c->has_usual && c->has_season && !c->partial && c->use > 0 && c->season >= c->policy->low_minimum &&
           c->use < wp_meter_part(c->season, c->policy->low_percent) &&
           c->use < wp_meter_part(c->usual, c->policy->low_usual_percent);
}

static bool is_much(const case_t *c)
{
    return c->has_use && (is_high(c) || is_high_first(c) || is_season_high(c));
}

static bool is_little(const case_t *c)
{
    return c->has_use && (is_low(c) || is_season_low(c));
}

static bool is_suspicious(const case_t *c)
{
    return c->below || is_much(c) || is_little(c);
}

static void add_limit(finding_t *f, const case_t *c, const char *name, int percent, int64_t limit)
{
    if (limit > c->policy->high_minimum)
        wp_reading_args_add(&f->args, name, WP_ARG_PERCENT, percent);
    add_volume(f, "limit", limit);
}

static void add_use(finding_t *f, const case_t *c)
{
    add_volume(f, "use", c->use);
    wp_reading_args_add(&f->args, "days", WP_ARG_INT, c->days);
}

static bool ask_high(const case_t *c, finding_t *f)
{
    if (!is_high(c))
        return false;
    add_use(f, c);
    add_volume(f, "usual", c->usual);
    add_limit(f, c, "percent", c->policy->high_percent, high_limit(c));
    if (c->has_season)
        add_volume(f, "season", c->season);
    return true;
}

static bool ask_high_first(const case_t *c, finding_t *f)
{
    if (!is_high_first(c))
        return false;
    add_use(f, c);
    if (first_limit(c) > c->policy->high_minimum)
        add_volume(f, "per_day", c->policy->first_per_day);
    add_volume(f, "limit", first_limit(c));
    return true;
}

static bool ask_season_high(const case_t *c, finding_t *f)
{
    if (!is_season_high(c))
        return false;
    add_use(f, c);
    add_volume(f, "season", c->season);
    add_limit(f, c, "percent", c->policy->season_percent, season_limit(c));
    add_volume(f, "usual", c->usual);
    return true;
}

static bool ask_low(const case_t *c, finding_t *f)
{
    if (!is_low(c))
        return false;
    add_use(f, c);
    add_volume(f, "usual", c->usual);
    wp_reading_args_add(&f->args, "percent", WP_ARG_PERCENT, c->policy->low_percent);
    add_volume(f, "limit", wp_meter_part(c->usual, c->policy->low_percent));
    if (c->has_season)
        add_volume(f, "season", c->season);
    return true;
}

static bool ask_season_low(const case_t *c, finding_t *f)
{
    if (!is_season_low(c))
        return false;
    add_use(f, c);
    add_volume(f, "season", c->season);
    wp_reading_args_add(&f->args, "percent", WP_ARG_PERCENT, c->policy->low_percent);
    add_volume(f, "limit", wp_meter_part(c->season, c->policy->low_percent));
    add_volume(f, "usual", c->usual);
    return true;
}

static void add_last(finding_t *f, const case_t *c)
{
    add_volume(f, "last", c->base.last->litres);
    wp_reading_args_add(&f->args, "last_on", WP_ARG_DATE, c->base.last->on);
    wp_reading_args_add(&f->args, "days", WP_ARG_INT, c->days);
}

static bool ask_zero_after_use(const case_t *c, finding_t *f)
{
    if (c->use > 0 || wp_reading_case_zero_before(c) || !c->has_usual || c->usual < c->policy->low_minimum)
        return false;
    add_last(f, c);
    add_volume(f, "usual", c->usual);
    return true;
}

static bool ask_same(const case_t *c, finding_t *f)
{
    if (c->use > 0 || wp_reading_case_zero_before(c))
        return false;
    add_last(f, c);
    return true;
}

static int days_without_use(const case_t *c)
{
    int days = 0;
    for (size_t i = c->history.count; i > 0; i--) {
        const wp_meter_step_t *step = &c->history.steps[i - 1];
        if (!step->known || step->use > 0)
            break;
        days += step->to_on - step->from_on;
    }
    return days;
}

static bool ask_use_after_zero(const case_t *c, finding_t *f)
{
    int days = days_without_use(c);
    if (c->use <= c->policy->zero_minimum || days < c->policy->zero_days || (c->has_season && c->season > 0))
        return false;
    add_use(f, c);
    wp_reading_args_add(&f->args, "zero_days", WP_ARG_INT, days);
    add_volume(f, "limit", c->policy->zero_minimum);
    return true;
}

/* ---- likely mistakes */

/* The use a value of this meter would give; the value is not below the last. */
static int64_t use_of(const case_t *c, int64_t value)
{
    return c->base.use + value - c->base.last->litres;
}

/* A value this meter can show and that is not below its last. */
static bool can_follow(const case_t *c, int64_t value)
{
    return c->base.last && value >= c->base.last->litres && value < wp_meter_turn(&c->input->meter);
}

static int64_t fitting_most(const case_t *c)
{
    if (!c->has_usual && !c->has_season)
        return first_limit(c);
    int64_t most = larger(c->has_usual ? c->usual : 0, c->has_season ? c->season : 0);
    return wp_meter_part(most, c->policy->hint_high_percent);
}

static bool fits(const case_t *c, int64_t value)
{
    int64_t usual = c->has_usual ? c->usual : c->has_season ? c->season : 0;
    int64_t season = c->has_season ? c->season : usual;
    int64_t least = wp_meter_part(usual < season ? usual : season, c->policy->hint_low_percent);
    return can_follow(c, value) && use_of(c, value) >= least && use_of(c, value) <= fitting_most(c);
}

/* Any lower use is fine too, and use up to the volume that is never questioned is never too much. */
static bool is_not_too_much(const case_t *c, int64_t value)
{
    return can_follow(c, value) && use_of(c, value) <= larger(fitting_most(c), c->policy->high_minimum);
}

static void add_maybe(finding_t *f, const case_t *c, int64_t maybe)
{
    if (c->has_use)
        add_volume(f, "use", c->use);
    add_volume(f, "maybe_use", use_of(c, maybe));
    wp_reading_args_add(&f->args, "days", WP_ARG_INT, c->days);
    if (c->has_usual)
        add_volume(f, "usual", c->usual);
}

/* Makes the case of another meter on the form; false for this meter, and for one without a value. */
static bool make_other(const case_t *c, size_t i, case_t *other)
{
    const wp_reading_input_t *input = &c->input->form[i];
    if (input == c->input)
        return false;
    wp_reading_case_make(other, input);
    return other->has_value;
}

/* If one of two values is below its meter's last, and exchanging the two makes both plausible, it does not matter how
 * little would then be used: a garden meter in autumn. */
static bool is_exchanged(const case_t *c, const case_t *other)
{
    if (c->below || other->below)
        return is_not_too_much(c, other->value) && is_not_too_much(other, c->value);
    return (is_suspicious(c) || is_suspicious(other)) && fits(c, other->value) && fits(other, c->value);
}

static bool ask_exchanged(const case_t *c, finding_t *f)
{
    case_t other;
    for (size_t i = 0; i < c->input->form_count; i++)
        if (make_other(c, i, &other) && is_exchanged(c, &other)) {
            f->other = (int)i;
            add_volume(f, "value", c->value);
            add_volume(f, "other_value", other.value);
            add_maybe(f, c, other.value);
            return true;
        }
    return false;
}

static bool ask_duplicate(const case_t *c, finding_t *f)
{
    case_t other;
    for (size_t i = 0; i < c->input->form_count; i++)
        if (make_other(c, i, &other) && other.value == c->value && c->value > 0 &&
            !(fits(c, c->value) && fits(&other, c->value))) {
            f->other = (int)i;
            add_volume(f, "value", c->value);
            if (c->has_use)
                add_use(f, c);
            return true;
        }
    return false;
}

static void add_seen(finding_t *f, const case_t *c, wp_date_t on)
{
    add_volume(f, "value", c->value);
    wp_reading_args_add(&f->args, "on", WP_ARG_DATE, on);
}

static bool ask_same_as_older(const case_t *c, finding_t *f)
{
    for (size_t i = c->history.last; i > 0; i--) {
        const wp_reading_t *older = &c->input->history[i - 1];
        if (older->device == c->base.last->device && older->litres == c->value &&
            wp_reading_kind_is_read(older->kind)) {
            add_seen(f, c, older->on);
            return true;
        }
    }
    return false;
}

static bool ask_other_meter(const case_t *c, finding_t *f)
{
    if (!is_suspicious(c))
        return false;
    for (size_t i = 0; i < c->input->form_count; i++) {
        case_t other;
        make_other(c, i, &other);
        if (&c->input->form[i] == c->input || !other.base.last || other.base.last->litres != c->value)
            continue;
        f->other = (int)i;
        add_seen(f, c, other.base.last->on);
        return true;
    }
    return false;
}

static bool ask_same_as_estimate(const case_t *c, finding_t *f)
{
    for (size_t i = c->input->history_count; i > c->history.last + 1; i--) {
        const wp_reading_t *entry = &c->input->history[i - 1];
        if (entry->kind == WP_READING_ESTIMATED && entry->litres == c->value) {
            add_seen(f, c, entry->on);
            return true;
        }
    }
    return false;
}

static void add_slip(finding_t *f, const case_t *c, int factor, int64_t maybe)
{
    add_volume(f, "value", c->value);
    wp_reading_args_add(&f->args, "factor", WP_ARG_INT, factor);
    add_volume(f, "maybe", maybe);
    add_maybe(f, c, maybe);
}

static bool ask_slip_up(const case_t *c, finding_t *f)
{
    int64_t unit = wp_meter_unit(&c->input->meter);
    if (!is_much(c))
        return false;
    for (int factor = 10; factor <= 1000; factor *= 10) {
        int64_t maybe = c->value / factor / unit * unit;
        if (fits(c, maybe)) {
            add_slip(f, c, factor, maybe);
            return true;
        }
    }
    return false;
}

static bool ask_slip_down(const case_t *c, finding_t *f)
{
    if (!c->below && !is_little(c))
        return false;
    for (int factor = 10; factor <= 1000; factor *= 10)
        if (fits(c, c->value * factor)) {
            add_slip(f, c, factor, c->value * factor);
            return true;
        }
    return false;
}

static int64_t distance(int64_t a, int64_t b)
{
    return a > b ? a - b : b - a;
}

/* Finds the value with two neighbouring digits transposed that comes nearest to the expected one, at least twice as
 * near as the typed one: any transposition changes a large use a little. -1 if there is none. */
static int64_t find_transposed(const case_t *c)
{
    int64_t expected = c->base.last->litres - c->base.use + (c->has_usual ? c->usual : c->season);
    int64_t best = -1, nearest = distance(c->value, expected);

    for (int64_t place = wp_meter_unit(&c->input->meter); place * 10 <= c->value; place *= 10) {
        int64_t low = c->value / place % 10;
        int64_t high = c->value / place / 10 % 10;
        int64_t maybe = c->value + (high - low) * place + (low - high) * place * 10;
        int64_t away = distance(maybe, expected);
        if (fits(c, maybe) && away * 2 <= distance(c->value, expected) && away < nearest) {
            best = maybe;
            nearest = away;
        }
    }
    return best;
}

static bool ask_transposed(const case_t *c, finding_t *f)
{
    if (!is_suspicious(c) || (!c->has_usual && !c->has_season))
        return false;
    int64_t maybe = find_transposed(c);
    if (maybe < 0)
        return false;
    add_volume(f, "value", c->value);
    add_volume(f, "maybe", maybe);
    add_maybe(f, c, maybe);
    return true;
}

int64_t wp_reading_rules_unlikely_limit(const case_t *c)
{
    if (c->has_usual)
        return larger(wp_meter_part(c->usual, c->policy->rollover_percent), c->policy->high_minimum);
    const wp_meter_t meter = wp_reading_case_last_meter(c);
    return wp_meter_part(wp_meter_turn(&meter), c->policy->rollover_counter_percent);
}

static bool ask_rollover_unlikely(const case_t *c, finding_t *f)
{
    int64_t limit = wp_reading_rules_unlikely_limit(c);
    if (c->input->answer.what != WP_WHAT_ROLLOVER || c->use <= limit)
        return false;
    add_use(f, c);
    add_volume(f, "limit", limit);
    add_volume(f, "last", c->base.last->litres);
    add_volume(f, "value", c->value);
    if (c->has_usual)
        add_volume(f, "usual", c->usual);
    return true;
}

static const rule_t rules[] = {
    {WP_CODE_EXCHANGED, PLAIN | BELOW | UNKNOWN, ask_exchanged},
    {WP_CODE_DUPLICATE, PLAIN | BELOW | UNKNOWN, ask_duplicate},
    {WP_CODE_SAME_AS_OLDER, BELOW, ask_same_as_older},
    {WP_CODE_OTHER_METER, PLAIN | BELOW, ask_other_meter},
    {WP_CODE_SAME_AS_ESTIMATE, PLAIN | BELOW, ask_same_as_estimate},
    {WP_CODE_SLIP_UP, PLAIN, ask_slip_up},
    {WP_CODE_SLIP_DOWN, PLAIN | BELOW, ask_slip_down},
    {WP_CODE_TRANSPOSED, PLAIN | BELOW, ask_transposed},
    {WP_CODE_ROLLOVER_UNLIKELY, ANSWERED, ask_rollover_unlikely},
    {WP_CODE_USE_AFTER_ZERO, PLAIN | ANSWERED, ask_use_after_zero},
    {WP_CODE_HIGH, PLAIN | ANSWERED, ask_high},
    {WP_CODE_HIGH_FIRST, PLAIN | ANSWERED, ask_high_first},
    {WP_CODE_SEASON_HIGH, PLAIN | ANSWERED, ask_season_high},
    {WP_CODE_ZERO_AFTER_USE, PLAIN, ask_zero_after_use},
    {WP_CODE_SAME, PLAIN, ask_same},
    {WP_CODE_LOW, PLAIN | ANSWERED, ask_low},
    {WP_CODE_SEASON_LOW, PLAIN | ANSWERED, ask_season_low},
};

/* No rule applies to an answer that leaves the use unknown. */
static unsigned moment_of(const case_t *c)
{
    if (c->below)
        return BELOW;
    if (!c->has_use)
        return c->answered ? 0 : UNKNOWN;
    return c->answered ? ANSWERED : PLAIN;
}

bool wp_reading_rules_ask(const case_t *c, finding_t *finding)
{
    unsigned moment = moment_of(c);

    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        if (!(rules[i].moments & moment))
            continue;
        *finding = (finding_t){.code = rules[i].code, .other = -1};
        if (rules[i].asks(c, finding))
            return true;
    }
    return false;
}
