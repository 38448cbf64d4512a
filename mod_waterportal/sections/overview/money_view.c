/* SPDX-License-Identifier: Apache-2.0 */
#include "sections/overview/money_view.h"

#include "domain/money.h"

#include "data/date_text.h"

#include "base/banned.h"

/* Cents per month, in the order of amount_names. */
enum { NET, VAT, TOTAL, WATER, SEWAGE, RAIN, OTHER, PAID, INVOICES, AMOUNTS };

static const char *const amount_names[AMOUNTS] = {"net",  "vat",   "total", "water",   "sewage",
                                                  "rain", "other", "paid",  "invoices"};

typedef struct amounts_t {
    int64_t of[AMOUNTS];
} amounts_t;

/* All months asked for, and those in between. */
typedef struct months_t {
    wp_month_t first, last;
    amounts_t *list;
} months_t;

/* Only the days of these months are read: everything ever invoiced and paid may be much more. */
static const wp_args_t *bind_days(wp_page_t *page, const months_t *months)
{
    wp_args_t *args = wp_page_args(page);
    const char *first = wp_date_text(page->pool, wp_month_first_day(months->first)),
               *last = wp_date_text(page->pool, wp_month_last_day(months->last));

    wp_args_text(args, "issued_from", first);
    wp_args_text(args, "issued_until", last);
    wp_args_text(args, "paid_from", first);
    wp_args_text(args, "paid_until", last);
    return args;
}

/* Adds the named columns of each row to its month. */
static apr_status_t add_rows(wp_page_t *page, const months_t *months, const char *query, const int *columns)
{
    wp_rows_t *rows;
    apr_status_t status = wp_db_select(page->db, query, bind_days(page, months), &rows);

    for (int row = 0; status == APR_SUCCESS && row < rows->count; row++) {
        wp_month_t month;
        if (!wp_month_parse(wp_row_text(rows, row, "month"), &month) || month < months->first || month > months->last)
            continue;
        for (const int *column = columns; *column < AMOUNTS; column++)
            months->list[month - months->first].of[*column] += wp_row_int(rows, row, amount_names[*column]);
    }
    return status;
}

static amounts_t sum_of(const months_t *months, wp_month_t from, wp_month_t until)
{
    amounts_t sum = {{0}};
    for (wp_month_t m = from; m <= until; m++) {
        for (int i = 0; i < AMOUNTS; i++)
            sum.of[i] += months->list[m - months->first].of[i];
    }
    return sum;
}

static void write_sum(xmlNodePtr node, const amounts_t *sum)
{
    for (int i = 0; i < AMOUNTS; i++)
        wp_xml_attr_int(node, amount_names[i], sum->of[i]);
}

static int64_t higher(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static void write_bars(xmlNodePtr data, const months_t *months, const wp_period_t *period)
{
    xmlNodePtr node = wp_xml_child(data, "period");
    amounts_t all = sum_of(months, period->from, period->until);
    int64_t highest = 0;
    int bars = 0;

    wp_xml_attr(node, "by", period->group == 1 ? "month" : period->group == 3 ? "quarter" : "year");
    wp_xml_attr_month(node, "from", period->from);
    wp_xml_attr_month(node, "until", period->until);
    write_sum(node, &all);
    for (wp_month_t from = period->from; from <= period->until; bars++) {
        wp_month_t until = wp_month_group_end(from, period->group, period->until);
        amounts_t sum = sum_of(months, from, until);
        xmlNodePtr bar = wp_xml_child(data, "bar");
        wp_xml_attr_month(bar, "from", from);
        wp_xml_attr_month(bar, "until", until);
        write_sum(bar, &sum);
        highest = higher(highest, higher(sum.of[TOTAL], sum.of[PAID]));
        from = until + 1;
    }
    wp_xml_attr_int(node, "bars", bars);
    wp_xml_attr_int(node, "step", wp_chart_step(highest));
}

/* For these months money is known in full: from the first invoice on, and over. Outside of them the value is missing,
 * which is not 0. */
typedef struct known_t {
    wp_month_t first, last;
} known_t;

/* One side of a comparison: its months, and the sum of those that count. */
typedef struct side_t {
    const wp_period_t *period;
    amounts_t sum;
    int days;
} side_t;

/* True also for a month after the end of its period: then the other month has no counterpart. */
static bool is_whole(const known_t *known, const wp_period_t *period, int i)
{
    wp_month_t month = period->from + i;
    return month > period->until || (month >= known->first && month <= known->last);
}

static void add_month(side_t *side, const months_t *months, int i)
{
    wp_month_t month = side->period->from + i;

    if (month > side->period->until)
        return;
    amounts_t sum = sum_of(months, month, month);
    for (int k = 0; k < AMOUNTS; k++)
        side->sum.of[k] += sum.of[k];
    side->days += wp_month_days(month);
}

static void write_side(xmlNodePtr parent, const char *name, const side_t *side)
{
    xmlNodePtr node = wp_xml_child(parent, name);

    wp_xml_attr_month(node, "from", side->period->from);
    wp_xml_attr_month(node, "until", side->period->until);
    wp_xml_attr_int(node, "days", side->days);
    write_sum(node, &side->sum);
}

/* Absolute, per day (cents, rounded) and in tenths of a per cent; the latter are computed from the exact sums, not from
 * rounded rates. */
static void write_measure(xmlNodePtr parent, int amount, const side_t *here, const side_t *there)
{
    int64_t this = here->sum.of[amount], that = there->sum.of[amount];
    xmlNodePtr node = wp_xml_child(parent, "measure");

    wp_xml_attr(node, "of", amount_names[amount]);
    wp_xml_attr_int(node, "this", this);
    wp_xml_attr_int(node, "that", that);
    wp_xml_attr_int(node, "difference", this - that);
    wp_xml_attr_int(node, "this-day", wp_money_scale(this, 1, here->days));
    wp_xml_attr_int(node, "that-day", wp_money_scale(that, 1, there->days));
    if (that > 0) {
        wp_xml_attr_int(node, "percent", wp_money_scale(this - that, 1000, that));
        wp_xml_attr_int(node, "per-day-percent",
                        wp_money_scale(this * there->days - that * here->days, 1000, that * here->days));
    }
}

static void write_measures(xmlNodePtr parent, const side_t *here, const side_t *there)
{
    static const int compared[] = {WATER, SEWAGE, RAIN, OTHER, VAT, TOTAL, PAID};

    if (here->days == 0 || there->days == 0)
        return;
    for (size_t i = 0; i < sizeof compared / sizeof *compared; i++)
        write_measure(parent, compared[i], here, there);
}

/* Month by month: a pair counts when both months are known in full. */
static void write_comparison(wp_page_t *page, const months_t *months, const known_t *known,
                             const wp_period_pair_t *pair)
{
    xmlNodePtr node = wp_xml_child(page->out.data, "money-comparison");
    int pairs = 0, counted = 0;

    if (!pair)
        return;
    side_t here = {.period = &pair->these}, there = {.period = &pair->those};
    for (; pair->these.from + pairs <= pair->these.until || pair->those.from + pairs <= pair->those.until; pairs++) {
        if (!is_whole(known, here.period, pairs) || !is_whole(known, there.period, pairs))
            continue;
        add_month(&here, months, pairs);
        add_month(&there, months, pairs);
        counted++;
    }
    wp_xml_attr_int(node, "pairs", pairs);
    wp_xml_attr_int(node, "counted", counted);
    write_side(node, "this", &here);
    write_side(node, "that", &there);
    write_measures(node, &here, &there);
}

static months_t make_months(wp_page_t *page, const wp_period_t *shown, const wp_period_pair_t *pair)
{
    months_t months = {shown->from, shown->until, NULL};
    const wp_period_t *more[] = {pair ? &pair->these : shown, pair ? &pair->those : shown};

    for (size_t i = 0; i < sizeof more / sizeof *more; i++) {
        months.first = more[i]->from < months.first ? more[i]->from : months.first;
        months.last = more[i]->until > months.last ? more[i]->until : months.last;
    }
    months.list = apr_pcalloc(page->pool, sizeof(amounts_t) * (apr_size_t)(months.last - months.first + 1));
    return months;
}

apr_status_t wp_money_view(wp_page_t *page, const wp_period_t *period, const wp_period_pair_t *pair, wp_month_t since)
{
    static const int invoiced[] = {NET, VAT, TOTAL, INVOICES, AMOUNTS};
    static const int services[] = {WATER, SEWAGE, RAIN, OTHER, AMOUNTS};
    static const int paid[] = {PAID, AMOUNTS};
    months_t months = make_months(page, period, pair);

    apr_status_t status = add_rows(page, &months, "money_invoiced", invoiced);
    if (status == APR_SUCCESS)
        status = add_rows(page, &months, "money_services", services);
    if (status == APR_SUCCESS)
        status = add_rows(page, &months, "money_paid", paid);
    if (status != APR_SUCCESS)
        return status;
    write_bars(page->out.data, &months, period);
    write_comparison(page, &months, &(known_t){since, wp_month_of(page->clock.today) - 1}, pair);
    return APR_SUCCESS;
}

apr_status_t wp_money_earliest(wp_page_t *page, wp_month_t none, wp_month_t *earliest)
{
    wp_rows_t *rows;
    wp_month_t month;
    apr_status_t status = wp_page_select(page, "money_since", &rows);

    *earliest = none;
    if (status == APR_SUCCESS && wp_row_text(rows, 0, "month") && wp_month_parse(wp_row_text(rows, 0, "month"), &month))
        *earliest = month;
    return status;
}
