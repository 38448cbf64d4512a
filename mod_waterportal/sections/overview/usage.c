/* SPDX-License-Identifier: Apache-2.0 */
#include "sections/overview/usage.h"

#include <string.h>

#include "base/banned.h"

#define SPANS_SHOWN 6

/* A meter that is not among them does not exist or is somebody else's. */
static apr_status_t load_points(wp_page_t *page, wp_overview_t *overview)
{
    apr_status_t status = wp_usage_load(page->db, page->args, &overview->points);

    if (status != APR_SUCCESS)
        return status;
    for (int i = 0; i < overview->points->nelts; i++) {
        overview->chosen += wp_overview_point(overview, i)->chosen;
        if (wp_overview_point(overview, i)->chosen)
            overview->only = wp_overview_point(overview, i);
    }
    if (overview->chosen != 1)
        overview->only = NULL;
    if (wp_page_input(page, "meter") && overview->chosen == 0)
        wp_page_refuse(page, 404, WP_PAGE_NOT_FOUND);
    return APR_SUCCESS;
}

/* From the first to the last whole month for which the selected points have data; this month if they have none. */
static void find_range(const wp_page_t *page, const wp_overview_t *overview, wp_month_t *first, wp_month_t *last)
{
    wp_month_t now = wp_month_of(page->clock.today);
    bool any = false;

    *first = *last = now;
    for (int i = 0; i < overview->points->nelts; i++) {
        const wp_usage_point_t *point = wp_overview_point(overview, i);
        if (!point->chosen || point->last_on == 0)
            continue;
        wp_month_t begin = wp_month_of(point->first_on), end = wp_month_of(point->last_on);
        *first = begin < *first ? begin : *first;
        *last = !any || end > *last ? end : *last;
        any = true;
    }
    if (*last >= now) /* the current month is incomplete and left out, unless it is the only one */
        *last = *first < now ? now - 1 : now;
}

/* By default the last two years; for a comparison, this year so far and the same months of the year before. */
static void read_periods(wp_page_t *page, wp_overview_t *overview, wp_month_t first, wp_month_t last)
{
    wp_month_t earliest = last - WP_MONTHS_SHOWN + 1;
    int group = wp_period_group(page);

    overview->shown = (wp_period_t){earliest > first ? earliest : first, last, group};
    overview->may_show = wp_period_read(page, &wp_period_shown, &overview->shown);
    if (overview->compares)
        overview->may_compare = wp_period_read_pair(page, last, &overview->pair);
}

/* The months to compute: those asked for, and the year before, which shows what is usual. */
static void make_months(wp_page_t *page, wp_overview_t *overview, wp_month_t first)
{
    const wp_period_t *periods[] = {&overview->shown, &overview->pair.these, &overview->pair.those};
    wp_month_t last = wp_month_of(page->clock.today), from = last, until = first;

    for (int i = 0; i < (overview->may_compare ? 3 : 1); i++) {
        from = periods[i]->from < from ? periods[i]->from : from;
        until = periods[i]->until > until ? periods[i]->until : until;
    }
    from = from - 12 > first ? from - 12 : first;
    until = until < last ? until : last;
    overview->all = (wp_consumption_t){.first = from, .count = until >= from ? until - from + 1 : 0};
    overview->all.months = apr_pcalloc(page->pool, sizeof(wp_month_use_t) * (apr_size_t)(overview->all.count + 1));
    overview->all.spans = apr_palloc(page->pool, sizeof(wp_span_t) * SPANS_SHOWN);
    overview->all.span_room = overview->only ? SPANS_SHOWN : 0;
    overview->sums = apr_pcalloc(page->pool, sizeof(wp_use_sum_t) * (apr_size_t)(overview->points->nelts + 1));
    overview->contracts = apr_pcalloc(page->pool, sizeof(wp_use_sum_t) * (apr_size_t)(overview->points->nelts + 1));
}

/* *one: only this point's months; reused for the next point. */
static void compute_point(wp_page_t *page, const wp_usage_point_t *point, wp_consumption_t *one)
{
    wp_meter_step_t *room = apr_palloc(page->pool, sizeof *room * (point->count + 1));
    memset(one->months, 0, sizeof *one->months * (size_t)one->count);
    wp_consumption_add(one, &point->meter, point->entries, point->count, room);
}

/* The days for which any of the selected points has data: after days[0] up to days[1]. */
static void find_days(const wp_overview_t *overview, wp_date_t days[2])
{
    for (int i = 0; i < overview->points->nelts; i++) {
        const wp_usage_point_t *point = wp_overview_point(overview, i);
        if (!point->chosen || point->last_on == 0)
            continue;
        days[0] = days[1] == 0 || point->first_on < days[0] ? point->first_on : days[0];
        days[1] = point->last_on > days[1] ? point->last_on : days[1];
    }
}

/* Of several meters, one may be read later than another, or have no readings: days on which it was installed then count
 * as missing. */
static void expect(wp_consumption_t *one, const wp_usage_point_t *point, const wp_date_t days[2])
{
    wp_date_t from = point->since > days[0] ? point->since : days[0];
    wp_date_t to = point->until != 0 && point->until < days[1] ? point->until : days[1];
    wp_consumption_expect(one, from, to);
}

static wp_consumption_t make_room(wp_page_t *page, const wp_consumption_t *like)
{
    wp_consumption_t room = *like;
    room.months = apr_pcalloc(page->pool, sizeof *room.months * (apr_size_t)(room.count + 1));
    return room;
}

bool wp_overview_begins_contract(const wp_overview_t *overview, int i)
{
    return i == 0 ||
           strcmp(wp_overview_point(overview, i)->contract_no, wp_overview_point(overview, i - 1)->contract_no) != 0;
}

static bool ends_contract(const wp_overview_t *overview, int i)
{
    return i + 1 == overview->points->nelts || wp_overview_begins_contract(overview, i + 1);
}

/* first: the index of the contract's first point. */
static void add_to_contract(wp_overview_t *overview, wp_consumption_t *contract, const wp_consumption_t *one, int i,
                            int *first)
{
    if (wp_overview_begins_contract(overview, i)) {
        memset(contract->months, 0, sizeof *contract->months * (size_t)contract->count);
        *first = i;
    }
    wp_consumption_merge(contract, one);
    if (ends_contract(overview, i))
        overview->contracts[*first] = wp_consumption_sum(contract, overview->shown.from, overview->shown.until);
}

static void compute(wp_page_t *page, wp_overview_t *overview, wp_overview_each_t each)
{
    wp_consumption_t one = make_room(page, &overview->all), contract = make_room(page, &overview->all);
    wp_date_t days[2] = {0, 0};
    int first = 0;

    find_days(overview, days);
    for (int i = 0; i < overview->points->nelts; i++) {
        const wp_usage_point_t *point = wp_overview_point(overview, i);
        if (!point->chosen)
            continue;
        compute_point(page, point, &one);
        expect(&one, point, days);
        wp_consumption_merge(&overview->all, &one);
        overview->sums[i] = wp_consumption_sum(&one, overview->shown.from, overview->shown.until);
        if (!page->on.contract)
            add_to_contract(overview, &contract, &one, i, &first);
        if (each)
            each(page, overview, point, &one);
    }
    overview->all.span_count = one.span_count;
}

apr_status_t wp_overview_load(wp_page_t *page, wp_overview_t *overview, wp_overview_each_t each)
{
    wp_month_t first, last;
    apr_status_t status = load_points(page, overview);

    if (status != APR_SUCCESS || page->out.code)
        return status;
    find_range(page, overview, &first, &last);
    read_periods(page, overview, first, last);
    if (!overview->may_show)
        return APR_SUCCESS;
    make_months(page, overview, first);
    status = wp_usage_load_histories(page->db, page->args, overview->points,
                                     wp_month_first_day(overview->all.first) - 1);
    if (status == APR_SUCCESS)
        compute(page, overview, each);
    return status;
}
