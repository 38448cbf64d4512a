/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/usage_view.h"

#include "domain/money.h"

#include "base/banned.h"

static void attr_date(xmlNodePtr node, const char *name, wp_date_t date)
{
    char text[WP_DATE_SIZE];
    wp_date_format_iso(date, text);
    wp_xml_attr(node, name, text);
}

static void attr_above_zero(xmlNodePtr node, const char *name, int64_t value)
{
    if (value > 0)
        wp_xml_attr_int(node, name, value);
}

static const char *state_of(const wp_use_sum_t *sum)
{
    return sum->days == 0 ? "none" : sum->days < sum->length ? "partial" : "whole";
}

/* Per cent, halves up, never 0 of something. */
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
    if (sum->days > 0)
        wp_xml_attr_int(node, "per-day", wp_use_per_day(sum));
    if (sum->has_usual)
        wp_xml_attr_int(node, "usual", sum->usual);
    if (sum->swaps > 0)
        attr_date(node, "swap-on", sum->swap_on);
}

static xmlNodePtr add_bar(xmlNodePtr parent, const wp_use_sum_t *sum, wp_month_t from, wp_month_t until)
{
    xmlNodePtr bar = wp_xml_child(parent, "bar");
    wp_xml_attr_month(bar, "from", from);
    wp_xml_attr_month(bar, "until", until);
    wp_usage_view_sum(bar, sum);
    return bar;
}

/* What is found while the bars are written. */
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
    if (sum->days < sum->length || sum->missing_days > 0)
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
        attr_date(node, "from-on", span->from_on);
        attr_date(node, "to-on", span->to_on);
        if (span->kind != WP_SPAN_UNKNOWN)
            wp_xml_attr_int(node, "litres", span->litres);
    }
}

/* Tenths of a per cent, halves away from zero; only when there is something to compare with. */
static void attr_percent(xmlNodePtr node, const char *name, int64_t difference, int64_t whole)
{
    if (whole > 0)
        wp_xml_attr_int(node, name, wp_money_scale(difference, 1000, whole));
}

static void add_side(xmlNodePtr parent, const char *name, const wp_consumption_t *c, const wp_period_t *period)
{
    wp_use_sum_t sum = wp_consumption_sum(c, period->from, period->until);
    xmlNodePtr side = wp_xml_child(parent, name);

    sum.has_usual = false;
    sum.swaps = 0;
    wp_xml_attr_month(side, "from", period->from);
    wp_xml_attr_month(side, "until", period->until);
    wp_usage_view_sum(side, &sum);
}

/* What is known of a month of one side; false when nothing is. */
static bool add_month(xmlNodePtr pair, const char *const names[3], const wp_consumption_t *c, wp_month_t month, int64_t *litres)
{
    wp_use_sum_t sum = wp_consumption_sum(c, month, month);

    *litres = sum.litres;
    wp_xml_attr_month(pair, names[0], month);
    if (sum.days > 0)
        wp_xml_attr_int(pair, names[1], sum.litres);
    if (sum.estimated_days > 0)
        wp_xml_attr(pair, names[2], "true");
    return sum.days > 0;
}

static void add_pairs(xmlNodePtr parent, const wp_consumption_t *c, const wp_period_t *these, const wp_period_t *those)
{
    static const char *const this_names[] = {"this-month", "this", "this-computed"};
    static const char *const that_names[] = {"that-month", "that", "that-computed"};

    for (int i = 0; these->from + i <= these->until || those->from + i <= those->until; i++) {
        xmlNodePtr pair = wp_xml_child(parent, "pair");
        int64_t here = 0, there = 0;
        bool has_this = these->from + i <= these->until && add_month(pair, this_names, c, these->from + i, &here);
        bool has_that = those->from + i <= those->until && add_month(pair, that_names, c, those->from + i, &there);
        if (has_this && has_that)
            wp_xml_attr_int(pair, "difference", here - there);
    }
}

void wp_usage_view_comparison(xmlNodePtr data, const wp_consumption_t *c, const wp_period_t *these, const wp_period_t *those)
{
    wp_use_sum_t here = wp_consumption_sum(c, these->from, these->until);
    wp_use_sum_t there = wp_consumption_sum(c, those->from, those->until);
    xmlNodePtr node = wp_xml_child(data, "comparison");

    if (here.days > 0 && there.days > 0) {
        int64_t per_day = wp_use_per_day(&here) - wp_use_per_day(&there);
        wp_xml_attr_int(node, "difference", here.litres - there.litres);
        attr_percent(node, "percent", here.litres - there.litres, there.litres);
        wp_xml_attr_int(node, "per-day", per_day);
        /* of the exact rates, not of the rounded ones */
        attr_percent(node, "per-day-percent", here.litres * there.days - there.litres * here.days, there.litres * here.days);
    }
    add_side(node, "this", c, these);
    add_side(node, "that", c, those);
    add_pairs(node, c, these, those);
}
