/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/meter_period.h"

#include "base/banned.h"

static bool is_swap(const wp_reading_t *r)
{
    return wp_reading_kind_is_swap(r->kind);
}

static bool is_read(const wp_reading_t *r)
{
    return wp_reading_kind_is_read(r->kind);
}

static int distance(const wp_reading_t *r, wp_date_t day)
{
    return r->on > day ? r->on - day : day - r->on;
}

/* Nearer to the day; if equally near, the earlier; on the same day, the later entry. */
static bool is_nearer(const wp_reading_t *r, const wp_reading_t *best, wp_date_t day)
{
    if (distance(r, day) != distance(best, day))
        return distance(r, day) < distance(best, day);
    return r->on <= best->on;
}

static size_t nearest(const wp_reading_t *entries, size_t count, wp_date_t day)
{
    size_t best = count;
    for (size_t i = 0; i < count; i++)
        if (is_read(&entries[i]) && (best == count || is_nearer(&entries[i], &entries[best], day)))
            best = i;
    return best;
}

/* At most WP_METER_HISTORY_MAX of the readings, in their order. */
static size_t thin(wp_reading_t *kept, const wp_reading_t *entries, size_t count, const wp_date_t days[2])
{
    const size_t ends[] = {nearest(entries, count, days[0] - 1), nearest(entries, count, days[1])};
    size_t needed = 0, others = 0, seen = 0, n = 0;

    for (size_t i = 0; i < count; i++) {
        bool must = is_swap(&entries[i]) || i == ends[0] || i == ends[1];
        needed += must;
        others += !must && is_read(&entries[i]);
    }
    size_t room = needed < WP_METER_HISTORY_MAX ? WP_METER_HISTORY_MAX - needed : 0;
    if (room > others)
        room = others;
    for (size_t i = 0; i < count && n < WP_METER_HISTORY_MAX; i++) {
        bool must = is_swap(&entries[i]) || i == ends[0] || i == ends[1];
        if (!must && !is_read(&entries[i]))
            continue;
        if (!must)
            seen++;
        if (must || seen * room / others != (seen - 1) * room / others)
            kept[n++] = entries[i];
    }
    return n;
}

/* Opens a segment for the meter of the step; NULL if there is no more room. */
static wp_meter_segment_t *open_segment(wp_meter_period_t *period, const wp_reading_t *from)
{
    if (period->count == WP_METER_SEGMENTS_MAX)
        return NULL;
    wp_meter_segment_t *segment = &period->segments[period->count++];
    *segment = (wp_meter_segment_t){.from = *from, .to = *from, .known = true};
    return segment;
}

static void add_step(wp_meter_segment_t *segment, const wp_meter_step_t *step, const wp_reading_t *to)
{
    segment->to = *to;
    segment->use += step->use;
    segment->known = segment->known && step->known;
    segment->rolled = segment->rolled || step->rolled;
}

/* Adds the steps from `first` up to, but not including, `end`. */
static void add_steps(wp_meter_period_t *period, const wp_meter_history_t *h, const wp_reading_t *kept, size_t first,
                      size_t end)
{
    wp_meter_segment_t *segment = NULL;

    period->known = true;
    for (size_t i = first; i < end; i++) {
        const wp_meter_step_t *step = &h->steps[i];
        if (kept[step->from].device != kept[step->to].device) {
            period->known = period->known && step->known;
            segment = NULL;
            continue;
        }
        if (!segment)
            segment = open_segment(period, &kept[step->from]);
        if (!segment) {
            period->known = false;
            return;
        }
        add_step(segment, step, &kept[step->to]);
    }
    for (size_t i = 0; i < period->count; i++) {
        wp_meter_segment_t *done = &period->segments[i];
        done->use = done->known ? done->use : 0;
        period->use += done->use;
        period->known = period->known && done->known;
    }
}

void wp_meter_period_make(wp_meter_period_t *period, const wp_meter_t *meter, const wp_reading_t *entries, size_t count,
                          const wp_date_t days[2])
{
    wp_reading_t kept[WP_METER_HISTORY_MAX], right[WP_METER_HISTORY_MAX];
    wp_meter_history_t h;
    size_t n = thin(kept, entries, count, days);

    *period = (wp_meter_period_t){0};
    wp_meter_history_make(&h, meter, kept, n);
    if (h.count == 0)
        return;
    /* the readings that no later one disproves: right[i] is where step i begins, the last one is where the
     * last step ends */
    for (size_t i = 0; i < h.count; i++)
        right[i] = kept[h.steps[i].from];
    right[h.count] = kept[h.steps[h.count - 1].to];
    size_t first = nearest(right, h.count + 1, days[0] - 1);
    size_t last = nearest(right, h.count + 1, days[1]);
    while (last > first && right[last].kind == WP_READING_SWAP_START)
        last--; /* a meter that was just installed has counted nothing */
    add_steps(period, &h, kept, first, last);
}
