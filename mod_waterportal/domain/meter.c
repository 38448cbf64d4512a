/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/meter.h"

#include <string.h>

#include "base/banned.h"

static const struct {
    const char *name;
    bool read; /* read off a counter */
    bool swap;
    int place_in_day;
} kinds[] = {[WP_READING_READ] = {"read", true, false, 1},
             [WP_READING_STAFF] = {"staff", true, false, 1},
             [WP_READING_REMOTE] = {"remote", true, false, 1},
             [WP_READING_SWAP_END] = {"swap_end", true, true, 2},
             [WP_READING_SWAP_START] = {"swap_start", true, true, 0},
             [WP_READING_ESTIMATED] = {"estimated", false, false, 1},
             [WP_READING_MISSING] = {"missing", false, false, 1}};

const char *wp_reading_kind_name(wp_reading_kind_t kind)
{
    return kinds[kind].name;
}

bool wp_reading_kind_parse(const char *name, wp_reading_kind_t *kind)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(name, kinds[i].name) == 0) {
            *kind = (wp_reading_kind_t)i;
            return true;
        }
    return false;
}

bool wp_reading_kind_is_read(wp_reading_kind_t kind)
{
    return kinds[kind].read;
}

bool wp_reading_kind_is_swap(wp_reading_kind_t kind)
{
    return kinds[kind].swap;
}

int wp_reading_kind_place_in_day(wp_reading_kind_t kind)
{
    return kinds[kind].place_in_day;
}

int64_t wp_meter_turn(const wp_meter_t *meter)
{
    int64_t turn = 1000;
    for (int i = 0; i < meter->digits && turn < WP_METER_LITRES_MAX; i++)
        turn *= 10;
    return turn;
}

int64_t wp_meter_unit(const wp_meter_t *meter)
{
    static const int64_t units[] = {1000, 100, 10, 1};
    /* billing's row may contain anything; a unit of 0 would be a step that never advances */
    return units[meter->decimals < 0 ? 0 : meter->decimals > 3 ? 3 : meter->decimals];
}

/* Percentages and rates are multiplied in two parts, each of which is exact in a double, so that the browser computes
 * the same. */
int64_t wp_meter_part(int64_t whole, int percent)
{
    return whole / 100 * percent + whole % 100 * percent / 100;
}

int64_t wp_meter_use(const wp_meter_t *meter, int64_t from, int64_t to)
{
    if (to >= from)
        return to - from;
    int64_t turn = wp_meter_turn(meter);
    return from < turn ? to - from + turn : -1;
}

bool wp_meter_likely_rollover(const wp_meter_t *meter, int64_t from, int64_t to)
{
    int64_t use = wp_meter_use(meter, from, to);
    return to < from && use >= 0 && use * 2 < wp_meter_turn(meter);
}

static bool is_read(const wp_reading_t *r)
{
    return wp_reading_kind_is_read(r->kind) && r->litres >= 0 && r->litres < WP_METER_LITRES_MAX;
}

static bool same_meter(const wp_reading_t *a, const wp_reading_t *b)
{
    return a->device == b->device && a->kind != WP_READING_SWAP_END && b->kind != WP_READING_SWAP_START;
}

wp_meter_t wp_meter_of(const wp_meter_t *meter, const wp_reading_t *entry)
{
    wp_meter_t own = *meter;
    if (entry->digits > 0)
        own.digits = entry->digits;
    return own;
}

static bool is_rollover(const wp_meter_t *meter, const wp_reading_t *a, const wp_reading_t *b)
{
    const wp_meter_t own = wp_meter_of(meter, a);
    bool told = b->rolled && b->litres < a->litres && wp_meter_use(&own, a->litres, b->litres) >= 0;
    return told || wp_meter_likely_rollover(&own, a->litres, b->litres);
}

/* A later, lower reading of the same meter shows that this one was wrong. The start value of a meter is documented in
 * an act, so it is never disproved. */
static bool is_disproved(const wp_meter_t *meter, const wp_reading_t *a, const wp_reading_t *b)
{
    return same_meter(a, b) && b->litres < a->litres && a->kind != WP_READING_SWAP_START && !is_rollover(meter, a, b);
}

static void measure(wp_meter_step_t *step, const wp_meter_t *meter, const wp_reading_t *a, const wp_reading_t *b)
{
    step->from_on = a->on;
    step->to_on = b->on;
    if (a->on > b->on)
        return;
    if (a->kind == WP_READING_SWAP_END && b->kind == WP_READING_SWAP_START) {
        step->known = step->swap = true;
    } else if (same_meter(a, b)) {
        step->rolled = is_rollover(meter, a, b);
        step->known = b->litres >= a->litres || step->rolled;
        wp_meter_t own = wp_meter_of(meter, a);
        step->use = step->known ? wp_meter_use(&own, a->litres, b->litres) : 0;
    }
}

/* While readings are chosen, steps[i].from is the i-th of those kept. */
size_t wp_meter_steps_make(wp_meter_step_t *steps, const wp_meter_t *meter, const wp_reading_t *entries, size_t count)
{
    size_t kept = 0;

    for (size_t i = 0; i < count; i++) {
        if (!is_read(&entries[i]))
            continue;
        while (kept > 0 && is_disproved(meter, &entries[steps[kept - 1].from], &entries[i]))
            kept--;
        steps[kept++] = (wp_meter_step_t){.from = i};
    }
    for (size_t i = 1; i < kept; i++) {
        wp_meter_step_t *step = &steps[i - 1];
        step->to = steps[i].from;
        measure(step, meter, &entries[step->from], &entries[step->to]);
    }
    return kept;
}

void wp_meter_history_make(wp_meter_history_t *h, const wp_meter_t *meter, const wp_reading_t *entries, size_t count)
{
    size_t skipped = count > WP_METER_HISTORY_MAX ? count - WP_METER_HISTORY_MAX : 0;

    *h = (wp_meter_history_t){0};
    size_t kept = wp_meter_steps_make(h->steps, meter, entries + skipped, count - skipped);
    h->any = kept > 0;
    h->last = h->any ? h->steps[kept - 1].from + skipped : 0;
    h->count = h->any ? kept - 1 : 0;
    for (size_t i = 0; i < h->count; i++) {
        h->steps[i].from += skipped;
        h->steps[i].to += skipped;
    }
}

int64_t wp_meter_rate(int64_t use, int days)
{
    return use * 1000 / days;
}

int64_t wp_meter_rate_volume(int64_t rate, int days)
{
    return rate / 1000 * days + rate % 1000 * days / 1000;
}

int64_t wp_meter_median(int64_t *rates, size_t count)
{
    for (size_t i = 1; i < count; i++)
        for (size_t j = i; j > 0 && rates[j - 1] > rates[j]; j--) {
            int64_t larger = rates[j - 1];
            rates[j - 1] = rates[j];
            rates[j] = larger;
        }
    if (count == 0)
        return 0;
    return count % 2 == 1 ? rates[count / 2] : (rates[count / 2 - 1] + rates[count / 2]) / 2;
}

bool wp_meter_step_counts(const wp_meter_step_t *step, int days_min)
{
    int days = step->to_on - step->from_on;
    return step->known && !step->swap && days >= days_min && days <= WP_METER_DAYS_MAX;
}

int64_t wp_meter_usual_rate(const wp_meter_history_t *h, int span, int days_min, int *used)
{
    int64_t rates[WP_METER_HISTORY_MAX];
    size_t count = 0;

    for (size_t i = 0; i < h->count; i++) {
        const wp_meter_step_t *step = &h->steps[i];
        if (wp_meter_step_counts(step, days_min) && h->steps[h->count - 1].to_on - step->to_on <= span)
            rates[count++] = wp_meter_rate(step->use, step->to_on - step->from_on);
    }
    *used = (int)count;
    return wp_meter_median(rates, count);
}

int64_t wp_meter_use_between(const wp_meter_history_t *h, wp_date_t from, wp_date_t to, int *covered)
{
    int64_t sum = 0;

    *covered = 0;
    for (size_t i = 0; i < h->count; i++) {
        const wp_meter_step_t *step = &h->steps[i];
        wp_date_t start = step->from_on > from ? step->from_on : from;
        wp_date_t end = step->to_on < to ? step->to_on : to;
        if (end <= start || !wp_meter_step_counts(step, 1))
            continue;
        sum += step->use * (end - start) / (step->to_on - step->from_on);
        *covered += end - start;
    }
    return sum < WP_METER_LITRES_MAX ? sum : WP_METER_LITRES_MAX;
}
