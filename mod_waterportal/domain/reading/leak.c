/* SPDX-License-Identifier: Apache-2.0 */
/* The leak hint: base use per day that rose and stays up. Monthly readings cannot prove a leak, so it is
 * never a question. */
#include "domain/reading/leak.h"

#include "base/banned.h"

typedef struct rates_t {
    int64_t list[WP_METER_HISTORY_MAX + 1]; /* newest first, beginning with this interval; millilitres per day */
    wp_date_t since[WP_METER_HISTORY_MAX + 1];
    size_t count;
} rates_t;

static void add_rate(rates_t *r, int64_t rate, wp_date_t since)
{
    r->list[r->count] = rate;
    r->since[r->count++] = since;
}

static bool collect(const wp_reading_case_t *c, rates_t *r)
{
    const wp_meter_history_t *h = &c->history;

    if (c->days < c->policy->leak_step_days || c->days > WP_METER_DAYS_MAX)
        return false;
    add_rate(r, wp_meter_rate(c->use, c->days), c->base.since);
    for (size_t i = h->count; i > 0; i--) {
        const wp_meter_step_t *step = &h->steps[i - 1];
        /* a swap since the last reading: its steps belong to this interval */
        if (step->to_on > c->base.since || !wp_meter_step_counts(step, c->policy->leak_step_days))
            continue;
        if (c->base.last->on - step->to_on <= c->policy->usual_days)
            add_rate(r, wp_meter_rate(step->use, step->to_on - step->from_on), step->from_on);
    }
    return true;
}

static bool is_raised(const wp_reading_case_t *c, int64_t rate, int64_t before)
{
    return rate > wp_meter_part(before, c->policy->leak_percent) &&
           rate - before >= (int64_t)c->policy->leak_per_day * 1000;
}

/* Are the newest `steps` rates all above the median of the others? Returns the lowest of them and that median. */
static bool rose(const wp_reading_case_t *c, const rates_t *r, size_t steps, int64_t *lowest, int64_t *before)
{
    int64_t earlier[WP_METER_HISTORY_MAX + 1];
    size_t count = 0;

    for (size_t i = steps; i < r->count; i++)
        earlier[count++] = r->list[i];
    if (count < (size_t)c->policy->leak_history)
        return false;
    *before = wp_meter_median(earlier, count);
    *lowest = r->list[0];
    for (size_t i = 1; i < steps; i++)
        if (r->list[i] < *lowest)
            *lowest = r->list[i];
    return is_raised(c, *lowest, *before);
}

static void add_day(wp_reading_args_t *args, const char *name, int64_t rate)
{
    wp_reading_args_add(args, name, WP_ARG_VOLUME, rate / 1000);
}

wp_leak_t wp_reading_leak(const wp_reading_case_t *c, wp_reading_args_t *args)
{
    rates_t r = {.count = 0};
    int64_t lowest = 0, before = 0;
    size_t steps = 3;

    if (!collect(c, &r) || (c->has_season && c->use <= wp_meter_part(c->season, c->policy->leak_percent)))
        return WP_LEAK_NONE;
    if (!c->has_season || !rose(c, &r, steps, &lowest, &before)) {
        steps = 2;
        if (!rose(c, &r, steps, &lowest, &before))
            return WP_LEAK_NONE;
    }
    add_day(args, "now", lowest);
    add_day(args, "before", before);
    add_day(args, "extra", lowest - before);
    wp_reading_args_add(args, "steps", WP_ARG_INT, (int64_t)steps);
    wp_reading_args_add(args, "since", WP_ARG_DATE, r.since[steps - 1]);
    if (c->has_season)
        add_day(args, "season", wp_meter_rate(c->season, c->days));
    return steps == 3 ? WP_LEAK_MEDIUM : WP_LEAK_LOW;
}
