/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/money_view.h"

#include "base/banned.h"

/* Cents of a month, in the order of amount_names. */
enum { NET, VAT, TOTAL, WATER, SEWAGE, RAIN, OTHER, PAID, INVOICES, AMOUNTS };

static const char *const amount_names[AMOUNTS] = {"net", "vat", "total", "water", "sewage", "rain", "other", "paid", "invoices"};

typedef struct amounts_t {
    int64_t of[AMOUNTS];
} amounts_t;

typedef struct months_t {
    const wp_period_t *period;
    amounts_t *list;
} months_t;

/* Adds the named columns of each row to its month. */
static apr_status_t add_rows(wp_page_t *page, const months_t *months, const char *query, const int *columns)
{
    wp_rows_t *rows;
    apr_status_t status = wp_page_select(page, query, &rows);

    for (int row = 0; status == APR_SUCCESS && row < rows->count; row++) {
        wp_month_t month;
        if (!wp_month_parse(wp_row_text(rows, row, "month"), &month) || month < months->period->from || month > months->period->until)
            continue;
        for (const int *column = columns; *column < AMOUNTS; column++)
            months->list[month - months->period->from].of[*column] += wp_row_int(rows, row, amount_names[*column]);
    }
    return status;
}

static amounts_t sum_of(const months_t *months, wp_month_t from, wp_month_t until)
{
    amounts_t sum = {{0}};
    for (wp_month_t m = from; m <= until; m++) {
        for (int i = 0; i < AMOUNTS; i++)
            sum.of[i] += months->list[m - months->period->from].of[i];
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

static void write_bars(xmlNodePtr data, const months_t *months)
{
    const wp_period_t *period = months->period;
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

apr_status_t wp_money_view(wp_page_t *page, const wp_period_t *period)
{
    static const int invoiced[] = {NET, VAT, TOTAL, INVOICES, AMOUNTS};
    static const int services[] = {WATER, SEWAGE, RAIN, OTHER, AMOUNTS};
    static const int paid[] = {PAID, AMOUNTS};
    apr_size_t room = sizeof(amounts_t) * (apr_size_t)(period->until - period->from + 1);
    months_t months = {period, apr_pcalloc(page->pool, room)};

    apr_status_t status = add_rows(page, &months, "money_invoiced", invoiced);
    if (status == APR_SUCCESS)
        status = add_rows(page, &months, "money_services", services);
    if (status == APR_SUCCESS)
        status = add_rows(page, &months, "money_paid", paid);
    if (status == APR_SUCCESS)
        write_bars(page->data, &months);
    return status;
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
