/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/consumption.h"

#include <string.h>

#include "base/banned.h"

/* The use on the days after from_on, up to to_on. */
typedef struct stretch_t {
    wp_date_t from_on, to_on;
    int64_t use;
    bool estimated, missing;
} stretch_t;

static int64_t divide_half_up(int64_t numerator, int64_t denominator)
{
    return (2 * numerator + denominator) / (2 * denominator);
}

/* The use of the first `days` days. */
static int64_t share(const stretch_t *s, int days)
{
    int all = s->to_on - s->from_on;
    if (all == 0)
        return days < 0 ? 0 : s->use;
    return days <= 0 ? 0 : days >= all ? s->use : divide_half_up(s->use * days, all);
}

/* Days first to last of a month, 1 to 31, as bits. */
static uint32_t day_bits(int first, int last)
{
    return (uint32_t)((UINT64_C(1) << last) - (UINT64_C(1) << (first - 1)));
}

static int count_bits(uint32_t bits)
{
    int count = 0;
    for (; bits != 0; bits &= bits - 1)
        count++;
    return count;
}

/* before: the last day of the month before. */
static void add_to_month(wp_month_use_t *month, const stretch_t *s, wp_date_t before, wp_date_t last)
{
    wp_date_t from = s->from_on > before ? s->from_on : before;
    wp_date_t to = s->to_on < last ? s->to_on : last;
    /* two readings on one day: everything between them is use of that day */
    bool one_day = s->from_on == s->to_on;
    uint32_t bits = to > from ? day_bits(from - before + 1, to - before)
                    : one_day ? day_bits(to - before, to - before)
                              : 0;

    if (s->missing) {
        month->missing_days |= bits;
        return;
    }
    int64_t litres = one_day ? s->use : share(s, to - s->from_on) - share(s, from - s->from_on);
    month->litres += litres;
    month->days |= bits;
    if (s->estimated) {
        month->estimated += litres;
        month->estimated_days |= bits;
    }
}

static void add_stretch(wp_consumption_t *c, const stretch_t *s)
{
    /* after a reading on the last day of a month, use begins in the next month */
    wp_month_t first = wp_month_of(s->from_on < s->to_on ? s->from_on + 1 : s->from_on);
    wp_month_t last = wp_month_of(s->to_on);

    if (first < c->first)
        first = c->first;
    if (last > c->first + c->count - 1)
        last = c->first + c->count - 1;
    for (wp_month_t m = first; m <= last; m++)
        add_to_month(&c->months[m - c->first], s, wp_month_first_day(m) - 1, wp_month_last_day(m));
}

static void note(wp_consumption_t *c, wp_span_kind_t kind, const stretch_t *s)
{
    if (c->span_room == 0 || wp_month_of(s->to_on) < c->first || wp_month_of(s->from_on) > c->first + c->count - 1)
        return;
    if (c->span_count == c->span_room)
        memmove(c->spans, c->spans + 1, sizeof *c->spans * --c->span_count);
    c->spans[c->span_count++] = (wp_span_t){.kind = kind, .from_on = s->from_on, .to_on = s->to_on, .litres = s->use};
}

static bool passes_over_a_gap(const wp_meter_step_t *step, const wp_reading_t *entries)
{
    for (size_t i = step->from + 1; i < step->to; i++)
        if (!wp_reading_kind_is_read(entries[i].kind))
            return true;
    return false;
}

static void add_swap(wp_consumption_t *c, wp_date_t on)
{
    wp_month_t month = wp_month_of(on);
    if (month < c->first || month >= c->first + c->count)
        return;
    wp_month_use_t *use = &c->months[month - c->first];
    if (use->swaps++ == 0 || on < use->swap_on)
        use->swap_on = on;
}

static void add_step(wp_consumption_t *c, const wp_meter_step_t *step, const wp_reading_t *entries)
{
    stretch_t s = {.from_on = step->from_on, .to_on = step->to_on, .use = step->use, .missing = !step->known};

    if (step->swap)
        add_swap(c, step->to_on);
    if (step->swap || step->from_on > step->to_on)
        return;
    s.estimated = step->known && (s.to_on - s.from_on > WP_CONSUMPTION_APART_DAYS || passes_over_a_gap(step, entries));
    add_stretch(c, &s);
    if (s.missing || s.estimated)
        note(c, s.missing ? WP_SPAN_UNKNOWN : WP_SPAN_BETWEEN, &s);
}

/* Adds what billing has estimated since the last reading. An estimate below the last reading says nothing. */
static void add_estimates(wp_consumption_t *c, const wp_meter_t *meter, const wp_reading_t *last,
                          const wp_reading_t *end)
{
    const wp_reading_t *base = last;
    const wp_reading_t *latest = last;
    const wp_meter_t own = wp_meter_of(meter, last);
    int64_t sum = 0;

    for (const wp_reading_t *entry = last + 1; entry < end; entry++) {
        latest = entry;
        if (entry->kind != WP_READING_ESTIMATED || entry->device != base->device || entry->on < base->on)
            continue;
        int64_t use = wp_meter_use(&own, base->litres, entry->litres);
        if (use < 0 || use * 2 >= wp_meter_turn(&own))
            continue;
        add_stretch(c, &(stretch_t){.from_on = base->on, .to_on = entry->on, .use = use, .estimated = true});
        sum += use;
        base = entry;
    }
    if (base != last)
        note(c, WP_SPAN_AFTER, &(stretch_t){.from_on = last->on, .to_on = base->on, .use = sum});
    if (latest->on > base->on) {
        stretch_t gap = {.from_on = base->on, .to_on = latest->on, .missing = true};
        add_stretch(c, &gap);
        note(c, WP_SPAN_UNKNOWN, &gap);
    }
}

void wp_consumption_add(wp_consumption_t *c, const wp_meter_t *meter, const wp_reading_t *entries, size_t count,
                        wp_meter_step_t *room)
{
    size_t kept = wp_meter_steps_make(room, meter, entries, count);

    if (kept == 0 || c->count == 0)
        return;
    for (size_t i = 0; i + 1 < kept; i++)
        add_step(c, &room[i], entries);
    add_estimates(c, meter, &entries[room[kept - 1].from], entries + count);
}

void wp_consumption_miss(wp_consumption_t *c, wp_date_t from_on, wp_date_t to_on)
{
    if (c->count > 0 && from_on < to_on)
        add_stretch(c, &(stretch_t){.from_on = from_on, .to_on = to_on, .missing = true});
}

void wp_consumption_expect(wp_consumption_t *c, wp_date_t from_on, wp_date_t to_on)
{
    wp_month_t last = wp_month_of(to_on);

    for (wp_month_t m = wp_month_of(from_on + 1) > c->first ? wp_month_of(from_on + 1) : c->first;
         m <= last && m < c->first + c->count; m++) {
        wp_date_t before = wp_month_first_day(m) - 1;
        int first = from_on > before ? from_on - before + 1 : 1;
        int end = to_on < wp_month_last_day(m) ? to_on - before : wp_month_days(m);
        wp_month_use_t *use = &c->months[m - c->first];
        if (first <= end)
            use->missing_days |= day_bits(first, end) & ~use->days;
    }
}

void wp_consumption_merge(wp_consumption_t *sum, const wp_consumption_t *part)
{
    for (int i = 0; i < sum->count; i++) {
        wp_month_use_t *to = &sum->months[i];
        const wp_month_use_t *from = &part->months[i];
        to->litres += from->litres;
        to->estimated += from->estimated;
        to->days |= from->days;
        to->estimated_days |= from->estimated_days;
        to->missing_days |= from->missing_days;
        if (from->swaps > 0 && (to->swaps == 0 || from->swap_on < to->swap_on))
            to->swap_on = from->swap_on;
        to->swaps += from->swaps;
    }
}

static const wp_month_use_t *month_at(const wp_consumption_t *c, wp_month_t month)
{
    return month >= c->first && month < c->first + c->count ? &c->months[month - c->first] : NULL;
}

/* No day is both known for one point and missing for another. */
static bool is_even(const wp_month_use_t *use)
{
    return (use->days & use->missing_days) == 0;
}

bool wp_consumption_usual(const wp_consumption_t *c, wp_month_t month, int64_t *litres)
{
    int64_t sum = 0;
    int days = 0;

    *litres = 0;
    for (wp_month_t m = month - 12; m < month; m++) {
        const wp_month_use_t *use = month_at(c, m);
        if (!use || !is_even(use))
            continue;
        sum += use->litres;
        days += count_bits(use->days);
    }
    if (days < WP_CONSUMPTION_USUAL_DAYS_MIN)
        return false;
    *litres = divide_half_up(sum * wp_month_days(month), days);
    return true;
}

static void add_month(wp_use_sum_t *sum, const wp_consumption_t *c, wp_month_t month)
{
    const wp_month_use_t *use = month_at(c, month);

    sum->length += wp_month_days(month);
    if (!use)
        return;
    sum->litres += use->litres;
    sum->estimated += use->estimated;
    sum->days += count_bits(use->days);
    sum->estimated_days += count_bits(use->estimated_days);
    sum->missing_days += count_bits(use->missing_days);
    sum->even_litres += is_even(use) ? use->litres : 0;
    sum->even_days += is_even(use) ? count_bits(use->days) : 0;
    if (sum->swaps == 0)
        sum->swap_on = use->swap_on;
    sum->swaps += use->swaps;
}

wp_use_sum_t wp_consumption_sum(const wp_consumption_t *c, wp_month_t from, wp_month_t until)
{
    wp_use_sum_t sum = {.has_usual = from <= until};

    for (wp_month_t m = from; m <= until; m++) {
        int64_t usual;
        add_month(&sum, c, m);
        sum.has_usual = sum.has_usual && wp_consumption_usual(c, m, &usual);
        sum.usual += sum.has_usual ? usual : 0;
    }
    return sum;
}

bool wp_use_is_whole(const wp_use_sum_t *sum)
{
    return sum->days == sum->length && sum->missing_days == 0;
}

int64_t wp_use_per_day(const wp_use_sum_t *sum)
{
    return sum->even_days > 0 ? divide_half_up(sum->even_litres, sum->even_days) : 0;
}

/* True for a month after the end of its range: then the other month has no partner. */
static bool is_whole(const wp_consumption_t *c, const wp_month_t range[2], int i)
{
    wp_use_sum_t sum = {0};
    if (range[0] + i <= range[1])
        add_month(&sum, c, range[0] + i);
    return wp_use_is_whole(&sum);
}

bool wp_consumption_pair_counts(const wp_consumption_t *c, const wp_month_t these[2], const wp_month_t those[2], int i)
{
    return is_whole(c, these, i) && is_whole(c, those, i);
}

void wp_consumption_compare(const wp_consumption_t *c, const wp_month_t these[2], const wp_month_t those[2],
                            wp_use_comparison_t *comparison)
{
    *comparison = (wp_use_comparison_t){0};
    for (int i = 0; these[0] + i <= these[1] || those[0] + i <= those[1]; i++) {
        comparison->pairs++;
        if (!wp_consumption_pair_counts(c, these, those, i))
            continue;
        comparison->counted++;
        if (these[0] + i <= these[1])
            add_month(&comparison->these, c, these[0] + i);
        if (those[0] + i <= those[1])
            add_month(&comparison->those, c, those[0] + i);
    }
}

const char *wp_span_kind_name(wp_span_kind_t kind)
{
    static const char *const names[] =
        {[WP_SPAN_BETWEEN] = "between", [WP_SPAN_AFTER] = "after", [WP_SPAN_UNKNOWN] = "unknown"};
    return names[kind];
}
