/* SPDX-License-Identifier: Apache-2.0 */
#include "sections/overview/usage_view.h"

#include "domain/money.h"

#include "base/banned.h"

static void attr_above_zero(xmlNodePtr node, const char *name, int64_t value)
{
    if (value > 0)
        wp_xml_attr_int(node, name, value);
}

static const char *state_of(const wp_use_sum_t *sum)
{
    return sum->days == 0 ? "none" : wp_use_is_whole(sum) ? "whole" : "partial";
}

/* Per cent, halves up; 0 only if part is 0. */
static int64_t percent(int64_t part, int64_t whole)
{
    int64_t share = (part * 200 + whole) / (whole * 2);
    return share > 0 ? share : 1;
}

void wp_usage_view_sum(xmlNodePtr node, const wp_use_sum_t *sum)
{
    wp_xml_attr_int(node, "litres", sum->litres);
    if (sum->estimated > 0) {
        wp_xml_attr_int(node, "estimated", sum->estimated);
        wp_xml_attr_int(node, "share", percent(sum->estimated, sum->litres));
    } else if (sum->estimated_days > 0) {
        wp_xml_attr_int(node, "estimated", 0);
    }
    attr_above_zero(node, "missing", sum->missing_days);
    wp_xml_attr_int(node, "days", sum->days);
    wp_xml_attr(node, "state", state_of(sum));
    if (sum->even_days > 0)
        wp_xml_attr_int(node, "per-day", wp_use_per_day(sum));
    if (sum->has_usual)
        wp_xml_attr_int(node, "usual", sum->usual);
    if (sum->swaps > 0)
        wp_date_attr(node, "swap-on", sum->swap_on);
}

static xmlNodePtr add_bar(xmlNodePtr parent, const wp_use_sum_t *sum, wp_month_t from, wp_month_t until)
{
    xmlNodePtr bar = wp_xml_child(parent, "bar");
    wp_xml_attr_month(bar, "from", from);
    wp_xml_attr_month(bar, "until", until);
    wp_usage_view_sum(bar, sum);
    return bar;
}

/* Found while the bars are written. */
typedef struct chart_t {
    int bars, computed, whole;
    int64_t highest, sum_of_whole; /* litres */
    struct extreme_t {
        xmlNodePtr bar;
        int64_t litres;
    } high, low; /* of whole bars */
} chart_t;

static void take_extreme(struct extreme_t *extreme, xmlNodePtr bar, int64_t litres, int sign)
{
    if (!extreme->bar || (litres - extreme->litres) * sign > 0)
        *extreme = (struct extreme_t){bar, litres};
}

static void take_bar(chart_t *chart, xmlNodePtr bar, const wp_use_sum_t *sum)
{
    chart->bars++;
    chart->computed += sum->estimated_days > 0;
    if (sum->litres > chart->highest)
        chart->highest = sum->litres;
    if (sum->has_usual && sum->usual > chart->highest)
        chart->highest = sum->usual;
    if (!wp_use_is_whole(sum))
        return;
    chart->whole++;
    chart->sum_of_whole += sum->litres;
    take_extreme(&chart->high, bar, sum->litres, 1);
    take_extreme(&chart->low, bar, sum->litres, -1);
}

static void add_bars(xmlNodePtr parent, const wp_consumption_t *c, const wp_period_t *period, chart_t *chart)
{
    for (wp_month_t from = period->from; from <= period->until;) {
        wp_month_t until = wp_month_group_end(from, period->group, period->until);
        wp_use_sum_t sum = wp_consumption_sum(c, from, until);
        take_bar(chart, add_bar(parent, &sum, from, until), &sum);
        from = until + 1;
    }
}

static const char *group_name(int group)
{
    return group == 1 ? "month" : group == 3 ? "quarter" : "year";
}

void wp_usage_view(xmlNodePtr data, const wp_consumption_t *c, const wp_period_t *period)
{
    wp_use_sum_t sum = wp_consumption_sum(c, period->from, period->until);
    xmlNodePtr node = wp_xml_child(data, "period");
    chart_t chart = {0};

    wp_xml_attr(node, "by", group_name(period->group));
    wp_xml_attr_month(node, "from", period->from);
    wp_xml_attr_month(node, "until", period->until);
    sum.has_usual = false;
    sum.swaps = 0;
    wp_usage_view_sum(node, &sum);
    add_bars(data, c, period, &chart);
    wp_xml_attr_int(node, "bars", chart.bars);
    wp_xml_attr_int(node, "computed", chart.computed);
    wp_xml_attr_int(node, "step", wp_chart_step(chart.highest));
    wp_xml_attr_int(node, "whole", chart.whole);
    if (chart.whole > 0)
        wp_xml_attr_int(node, "average", (2 * chart.sum_of_whole + chart.whole) / (2 * chart.whole));
    if (chart.whole > 1 && chart.high.litres > chart.low.litres) {
        wp_xml_attr(chart.high.bar, "extreme", "high");
        wp_xml_attr(chart.low.bar, "extreme", "low");
    }
}

void wp_usage_view_series(xmlNodePtr series, const wp_consumption_t *c, const wp_period_t *period)
{
    for (wp_month_t from = period->from; from <= period->until;) {
        wp_month_t until = wp_month_group_end(from, period->group, period->until);
        wp_use_sum_t sum = wp_consumption_sum(c, from, until);
        if (sum.days > 0 || sum.missing_days > 0)
            add_bar(series, &sum, from, until);
        from = until + 1;
    }
}

void wp_usage_view_spans(xmlNodePtr data, const wp_consumption_t *c, const wp_period_t *period)
{
    for (size_t i = 0; i < c->span_count; i++) {
        const wp_span_t *span = &c->spans[i];
        if (span->to_on < wp_month_first_day(period->from) || span->from_on >= wp_month_last_day(period->until))
            continue;
        xmlNodePtr node = wp_xml_child(data, "computed");
        wp_xml_attr(node, "kind", wp_span_kind_name(span->kind));
        wp_date_attr(node, "from-on", span->from_on);
        wp_date_attr(node, "to-on", span->to_on);
        if (span->kind != WP_SPAN_UNKNOWN)
            wp_xml_attr_int(node, "litres", span->litres);
    }
}

/* Tenths of a per cent, halves away from zero; only if there is something to compare with. */
static void attr_percent(xmlNodePtr node, const char *name, int64_t difference, int64_t whole)
{
    if (whole > 0)
        wp_xml_attr_int(node, name, wp_money_scale(difference, 1000, whole));
}

/* The range asked for, and the sum of the part that counts. */
static void add_side(xmlNodePtr parent, const char *name, const wp_use_sum_t *sum, const wp_month_t range[2])
{
    xmlNodePtr side = wp_xml_child(parent, name);

    wp_xml_attr_month(side, "from", range[0]);
    wp_xml_attr_month(side, "until", range[1]);
    wp_usage_view_sum(side, sum);
}

/* The attributes of one side of a pair. */
typedef struct side_names_t {
    const char *month, *litres, *computed, *partial;
} side_names_t;

/* Writes what is known about a month. */
static void add_month(xmlNodePtr pair, const side_names_t *names, const wp_consumption_t *c, wp_month_t month)
{
    wp_use_sum_t sum = wp_consumption_sum(c, month, month);

    wp_xml_attr_month(pair, names->month, month);
    if (sum.days > 0)
        wp_xml_attr_int(pair, names->litres, sum.litres);
    if (sum.estimated_days > 0)
        wp_xml_attr(pair, names->computed, "true");
    if (sum.days > 0 && !wp_use_is_whole(&sum))
        wp_xml_attr(pair, names->partial, "true");
}

static void add_pair(xmlNodePtr parent, const wp_consumption_t *c, const wp_month_t these[2], const wp_month_t those[2],
                     int i)
{
    static const side_names_t this_names = {"this-month", "this", "this-computed", "this-partial"};
    static const side_names_t that_names = {"that-month", "that", "that-computed", "that-partial"};
    xmlNodePtr pair = wp_xml_child(parent, "pair");
    bool has_this = these[0] + i <= these[1], has_that = those[0] + i <= those[1];

    if (has_this)
        add_month(pair, &this_names, c, these[0] + i);
    if (has_that)
        add_month(pair, &that_names, c, those[0] + i);
    if (!wp_consumption_pair_counts(c, these, those, i))
        wp_xml_attr(pair, "left-out", "true");
    else if (has_this && has_that)
        wp_xml_attr_int(pair, "difference",
                        wp_consumption_sum(c, these[0] + i, these[0] + i).litres -
                            wp_consumption_sum(c, those[0] + i, those[0] + i).litres);
}

static void attr_difference(xmlNodePtr node, const wp_use_sum_t *here, const wp_use_sum_t *there)
{
    int64_t difference = here->litres - there->litres;

    if (here->days == 0 || there->days == 0)
        return;
    wp_xml_attr_int(node, "difference", difference);
    attr_percent(node, "percent", difference, there->litres);
    wp_xml_attr_int(node, "per-day", wp_use_per_day(here) - wp_use_per_day(there));
    /* computed from the exact rates, not the rounded ones */
    attr_percent(node, "per-day-percent", here->litres * there->days - there->litres * here->days,
                 there->litres * here->days);
}

void wp_usage_view_comparison(xmlNodePtr data, const wp_consumption_t *c, const wp_period_t *these,
                              const wp_period_t *those)
{
    const wp_month_t here[] = {these->from, these->until}, there[] = {those->from, those->until};
    xmlNodePtr node = wp_xml_child(data, "comparison");
    wp_use_comparison_t comparison;

    wp_consumption_compare(c, here, there, &comparison);
    attr_difference(node, &comparison.these, &comparison.those);
    wp_xml_attr_int(node, "pairs", comparison.pairs);
    wp_xml_attr_int(node, "counted", comparison.counted);
    add_side(node, "this", &comparison.these, here);
    add_side(node, "that", &comparison.those, there);
    for (int i = 0; i < comparison.pairs; i++)
        add_pair(node, c, here, there, i);
}
