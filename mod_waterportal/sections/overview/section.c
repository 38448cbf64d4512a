/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/page.h"

#include <apr_strings.h>
#include <string.h>

#include "store/usage.h"
#include "domain/consumption.h"
#include "sections/overview/money_view.h"
#include "sections/overview/period.h"
#include "portal/view/reading_view.h"
#include "sections/overview/usage_view.h"

#include "base/banned.h"

/* The overview: consumption and money by month, quarter or year, of one meter, a contract, or all contracts together;
 * the same as files. */

#define MONTHS_SHOWN    24
#define PARTS_A_PAGE    20
#define READINGS_A_PAGE 20
#define INVOICES_A_PAGE 20
#define INVOICES_A_FILE 20000
#define SPANS_SHOWN     6
#define CHOICES_MAX     60 /* meters to choose from in the filter; more are found in the table of meters */

/* What a page shows, while it is made. */
typedef struct overview_t {
    wp_period_t shown;
    wp_period_pair_t pair; /* compared with each other */
    bool compares, may_show, may_compare;
    apr_array_header_t *points;   /* wp_usage_point_t */
    int chosen;                   /* how many of them are looked at */
    const wp_usage_point_t *only; /* the one, when it is one */
    wp_consumption_t all;         /* of the chosen together */
    wp_use_sum_t *sums;           /* of each chosen point, in the period shown */
    wp_use_sum_t *contracts;      /* of all points of a contract, at the place of the first */
} overview_t;

static const wp_period_fields_t shown_fields = {"from", "until"};

static const char *date_text(const wp_page_t *page, wp_date_t date)
{
    char *text = apr_palloc(page->pool, WP_DATE_SIZE);
    wp_date_format_iso(date, text);
    return text;
}

static wp_usage_point_t *point_at(const overview_t *overview, int i)
{
    return &APR_ARRAY_IDX(overview->points, i, wp_usage_point_t);
}

/* --- of one contract, or of all --- */

static bool is_decided(const wp_page_t *page)
{
    return page->code || page->location;
}

/* What else was asked for goes along. */
static void go_to_contract(wp_page_t *page, const char *contract)
{
    const char *query = page->request->query ? page->request->query : "";
    const char *location = apr_pstrcat(page->pool, page->request->path,
                                       "?contract=", wp_urlencode(page->pool, contract), NULL);
    apr_array_header_t *pairs;

    if (wp_pairs_parse(&pairs, page->pool, query, strlen(query)) != APR_SUCCESS)
        return;
    for (int i = 0; i < pairs->nelts; i++) {
        const wp_pair_t *pair = &APR_ARRAY_IDX(pairs, i, wp_pair_t);
        if (strcmp(pair->name, "contract") != 0)
            location = apr_pstrcat(page->pool, location, "&", wp_urlencode(page->pool, pair->name), "=",
                                   wp_urlencode(page->pool, pair->value), NULL);
    }
    wp_page_go(page, location);
}

/* Who has one contract is sent on to it; who has none that may be seen here is told so. */
static apr_status_t choose_contract(wp_page_t *page)
{
    wp_rows_t *rows;

    if (page->contract)
        return APR_SUCCESS;
    apr_status_t status = wp_page_select(page, "contract_only", &rows);
    if (status == APR_SUCCESS && rows->count == 0)
        wp_page_refuse(page, 403, WP_PAGE_NO_RIGHT);
    else if (status == APR_SUCCESS && rows->count == 1)
        go_to_contract(page, wp_row_text(rows, 0, "contract_no"));
    return status;
}

/* --- what is there --- */

/* A meter that is not among them is nobody's, or somebody else's. */
static apr_status_t load_points(wp_page_t *page, overview_t *overview)
{
    apr_status_t status = wp_usage_load(page->db, page->args, &overview->points);

    if (status != APR_SUCCESS)
        return status;
    for (int i = 0; i < overview->points->nelts; i++) {
        overview->chosen += point_at(overview, i)->chosen;
        if (point_at(overview, i)->chosen)
            overview->only = point_at(overview, i);
    }
    if (overview->chosen != 1)
        overview->only = NULL;
    if (wp_page_input(page, "meter") && overview->chosen == 0)
        wp_page_refuse(page, 404, WP_PAGE_NOT_FOUND);
    return APR_SUCCESS;
}

/* From the first to the last whole month of which the chosen points know anything; this month when none does. */
static void find_range(const wp_page_t *page, const overview_t *overview, wp_month_t *first, wp_month_t *last)
{
    wp_month_t now = wp_month_of(page->today);
    bool any = false;

    *first = *last = now;
    for (int i = 0; i < overview->points->nelts; i++) {
        const wp_usage_point_t *point = point_at(overview, i);
        if (!point->chosen || point->last_on == 0)
            continue;
        wp_month_t begin = wp_month_of(point->first_on), end = wp_month_of(point->last_on);
        *first = begin < *first ? begin : *first;
        *last = !any || end > *last ? end : *last;
        any = true;
    }
    if (*last >= now) /* the month that is not over says little, unless there is no other */
        *last = *first < now ? now - 1 : now;
}

/* The last two years; compared: this year so far with the same months of the year before. */
static void read_periods(wp_page_t *page, overview_t *overview, wp_month_t first, wp_month_t last)
{
    wp_month_t earliest = last - MONTHS_SHOWN + 1;
    int group = wp_period_group(page);

    overview->shown = (wp_period_t){earliest > first ? earliest : first, last, group};
    overview->may_show = wp_period_read(page, &shown_fields, &overview->shown);
    if (overview->compares)
        overview->may_compare = wp_period_read_pair(page, last, &overview->pair);
}

/* The months that are to be known: those asked for with the year before, which tells what is usual. */
static void make_months(wp_page_t *page, overview_t *overview, wp_month_t first)
{
    const wp_period_t *periods[] = {&overview->shown, &overview->pair.these, &overview->pair.those};
    wp_month_t last = wp_month_of(page->today), from = last, until = first;

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

/* *one: the point's months alone, to be used again for the next. */
static void compute_point(wp_page_t *page, const wp_usage_point_t *point, wp_consumption_t *one)
{
    wp_meter_step_t *room = apr_palloc(page->pool, sizeof *room * (point->count + 1));
    memset(one->months, 0, sizeof *one->months * (size_t)one->count);
    wp_consumption_add(one, &point->meter, point->entries, point->count, room);
}

typedef void (*each_point_t)(wp_page_t *page, const overview_t *overview, const wp_usage_point_t *point,
                             const wp_consumption_t *one);

/* The days of which something is known of any of the chosen points: after days[0] up to days[1]. */
static void find_days(const overview_t *overview, wp_date_t days[2])
{
    for (int i = 0; i < overview->points->nelts; i++) {
        const wp_usage_point_t *point = point_at(overview, i);
        if (!point->chosen || point->last_on == 0)
            continue;
        days[0] = days[1] == 0 || point->first_on < days[0] ? point->first_on : days[0];
        days[1] = point->last_on > days[1] ? point->last_on : days[1];
    }
}

/* Of several meters one may be read later than another, or have no readings: while it was there, those days are
 * missing. */
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

/* Points of one contract stand together. */
static bool begins_contract(const overview_t *overview, int i)
{
    return i == 0 || strcmp(point_at(overview, i)->contract_no, point_at(overview, i - 1)->contract_no) != 0;
}

static bool ends_contract(const overview_t *overview, int i)
{
    return i + 1 == overview->points->nelts || begins_contract(overview, i + 1);
}

/* first: where the contract's points begin. */
static void add_to_contract(overview_t *overview, wp_consumption_t *contract, const wp_consumption_t *one, int i,
                            int *first)
{
    if (begins_contract(overview, i)) {
        memset(contract->months, 0, sizeof *contract->months * (size_t)contract->count);
        *first = i;
    }
    wp_consumption_merge(contract, one);
    if (ends_contract(overview, i))
        overview->contracts[*first] = wp_consumption_sum(contract, overview->shown.from, overview->shown.until);
}

static void compute(wp_page_t *page, overview_t *overview, each_point_t each)
{
    wp_consumption_t one = make_room(page, &overview->all), contract = make_room(page, &overview->all);
    wp_date_t days[2] = {0, 0};
    int first = 0;

    find_days(overview, days);
    for (int i = 0; i < overview->points->nelts; i++) {
        const wp_usage_point_t *point = point_at(overview, i);
        if (!point->chosen)
            continue;
        compute_point(page, point, &one);
        expect(&one, point, days);
        wp_consumption_merge(&overview->all, &one);
        overview->sums[i] = wp_consumption_sum(&one, overview->shown.from, overview->shown.until);
        if (!page->contract)
            add_to_contract(overview, &contract, &one, i, &first);
        if (each)
            each(page, overview, point, &one);
    }
    overview->all.span_count = one.span_count;
}

/* Everything but the showing. */
static apr_status_t load(wp_page_t *page, overview_t *overview, each_point_t each)
{
    wp_month_t first, last;
    apr_status_t status = load_points(page, overview);

    if (status != APR_SUCCESS || page->code)
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

/* --- showing --- */

static void show_scope(wp_page_t *page, const overview_t *overview)
{
    xmlNodePtr scope = wp_xml_child(page->data, "scope");
    int rights = page->contract ? page->whole_rights : page->account->whole_rights;

    wp_xml_attr(scope, "of", overview->only ? "meter" : page->contract ? "contract" : "all");
    wp_xml_attr_int(scope, "meters", overview->points->nelts);
    wp_xml_attr(scope, "query", wp_page_query(page));
    if (rights & WP_RIGHT_INVOICES)
        wp_xml_attr(scope, "money", "true");
}

static xmlNodePtr show_name(xmlNodePtr parent, const char *name, const wp_usage_point_t *point)
{
    xmlNodePtr node = wp_xml_child(parent, name);
    wp_xml_attr(node, "meter", point->meter_id);
    wp_xml_text(node, "place", point->place);
    wp_xml_text(node, "serial", point->serial);
    return node;
}

static void show_choices(wp_page_t *page, const overview_t *overview)
{
    if (!page->contract || overview->points->nelts > CHOICES_MAX)
        return;
    for (int i = 0; i < overview->points->nelts; i++) {
        xmlNodePtr choice = show_name(page->data, "choice", point_at(overview, i));
        if (point_at(overview, i) == overview->only)
            wp_xml_attr(choice, "current", "true");
    }
}

/* To one part of what is shown, over the same months. */
static const char *part_link(const wp_page_t *page, const char *contract, const char *meter)
{
    const char *link = apr_pstrcat(page->pool, page->request->base, page->request->path,
                                   "?contract=", wp_urlencode(page->pool, contract), NULL);

    if (meter)
        link = apr_pstrcat(page->pool, link, "&meter=", wp_urlencode(page->pool, meter), NULL);
    for (const wp_field_t *field = page->route->inputs; field->name; field++) {
        const char *value = wp_page_input(page, field->name);
        if (field->filter && value)
            link = apr_pstrcat(page->pool, link, "&", field->name, "=", wp_urlencode(page->pool, value), NULL);
    }
    return link;
}

static void show_meter_part(wp_page_t *page, const overview_t *overview, int i)
{
    const wp_usage_point_t *point = point_at(overview, i);
    xmlNodePtr part = show_name(page->data, "part", point);
    wp_xml_attr(part, "href", part_link(page, point->contract_no, point->meter_id));
    wp_usage_view_sum(part, &overview->sums[i]);
}

static void show_meter_parts(wp_page_t *page, const overview_t *overview)
{
    wp_page_paging(page, overview->chosen, PARTS_A_PAGE);
    int skip = (page->paging.number - 1) * PARTS_A_PAGE;

    for (int i = 0, seen = 0; i < overview->points->nelts && seen < skip + PARTS_A_PAGE; i++) {
        if (point_at(overview, i)->chosen && seen++ >= skip)
            show_meter_part(page, overview, i);
    }
}

static void show_contract_parts(wp_page_t *page, const overview_t *overview)
{
    int contracts = 0;
    for (int i = 0; i < overview->points->nelts; i++)
        contracts += begins_contract(overview, i);
    wp_page_paging(page, contracts, PARTS_A_PAGE);
    int skip = (page->paging.number - 1) * PARTS_A_PAGE;

    for (int i = 0, seen = 0; i < overview->points->nelts; i++) {
        if (!begins_contract(overview, i) || seen++ < skip || seen > skip + PARTS_A_PAGE)
            continue;
        xmlNodePtr part = wp_xml_child(page->data, "part");
        wp_xml_attr(part, "href", part_link(page, point_at(overview, i)->contract_no, NULL));
        wp_xml_text(part, "contract_no", point_at(overview, i)->contract_no);
        wp_xml_text(part, "address", point_at(overview, i)->address);
        wp_usage_view_sum(part, &overview->contracts[i]);
    }
}

/* Which step leads to each entry. */
static const wp_meter_step_t **index_steps(wp_page_t *page, const wp_usage_point_t *point)
{
    const wp_meter_step_t **index = apr_pcalloc(page->pool, sizeof *index * point->count);
    wp_meter_step_t *steps = apr_palloc(page->pool, sizeof *steps * (point->count + 1));
    size_t kept = wp_meter_steps_make(steps, &point->meter, point->entries, point->count);

    for (size_t i = 0; i + 1 < kept; i++)
        index[steps[i].to] = &steps[i];
    return index;
}

/* The readings of the period, newest first. */
static void show_readings(wp_page_t *page, const overview_t *overview)
{
    const wp_usage_point_t *point = overview->only;
    const wp_meter_step_t **steps = index_steps(page, point);
    wp_date_t from = wp_month_first_day(overview->shown.from), until = wp_month_last_day(overview->shown.until);
    xmlNodePtr readings = show_name(page->data, "readings", point);
    int begin = 0, end = (int)point->count;

    while (begin < end && point->entries[begin].on < from)
        begin++;
    while (end > begin && point->entries[end - 1].on > until)
        end--;
    wp_page_paging(page, end - begin, READINGS_A_PAGE);
    wp_xml_typed(readings, "decimals", "int", apr_itoa(page->pool, point->meter.decimals));
    end -= (page->paging.number - 1) * READINGS_A_PAGE;
    for (int i = end - 1; i >= begin && i >= end - READINGS_A_PAGE; i--)
        wp_reading_view_entry(readings, &point->entries[i], steps[i]);
}

static void show(wp_page_t *page, const overview_t *overview)
{
    wp_usage_view(page->data, &overview->all, &overview->shown);
    if (overview->only)
        wp_usage_view_spans(page->data, &overview->all, &overview->shown);
    if (overview->may_compare)
        wp_usage_view_comparison(page->data, &overview->all, &overview->pair.these, &overview->pair.those);
    else
        wp_xml_child(page->data, "comparison");
    if (overview->only && overview->only->count > 0)
        show_readings(page, overview);
    else if (page->contract && overview->chosen > 0)
        show_meter_parts(page, overview);
    else if (!page->contract)
        show_contract_parts(page, overview);
}

static apr_status_t load_overview(wp_page_t *page)
{
    overview_t overview = {.compares = true};

    apr_status_t status = choose_contract(page);
    if (status == APR_SUCCESS && !is_decided(page))
        status = load(page, &overview, NULL);
    if (status != APR_SUCCESS || is_decided(page))
        return status;
    show_scope(page, &overview);
    show_choices(page, &overview);
    if (overview.may_show && overview.chosen > 0)
        show(page, &overview);
    else if (!overview.may_compare)
        wp_xml_child(page->data, "comparison"); /* its form shows what is wrong */
    return APR_SUCCESS;
}

/* --- files --- */

static void show_series(wp_page_t *page, const overview_t *overview, const wp_usage_point_t *point,
                        const wp_consumption_t *one)
{
    xmlNodePtr series = show_name(page->data, "series", point);
    wp_xml_text(series, "contract_no", point->contract_no);
    wp_xml_text(series, "address", point->address);
    wp_usage_view_series(series, one, &overview->shown);
}

static apr_status_t load_consumption(wp_page_t *page)
{
    overview_t overview = {0};
    return load(page, &overview, show_series);
}

/* --- money --- */

static void bind_issued(wp_page_t *page, const wp_period_t *period)
{
    wp_args_text(page->args, "issued_from", date_text(page, wp_month_first_day(period->from)));
    wp_args_text(page->args, "issued_until", date_text(page, wp_month_last_day(period->until)));
}

/* The last two years, as far as there are invoices: from *earliest on. */
static apr_status_t read_money_period(wp_page_t *page, wp_period_t *period, wp_month_t *earliest, bool *right)
{
    wp_month_t now = wp_month_of(page->today);
    apr_status_t status = wp_money_earliest(page, now, earliest);

    if (status != APR_SUCCESS)
        return status;
    *period = (wp_period_t){now - MONTHS_SHOWN + 1, now, wp_period_group(page)};
    if (period->from < *earliest)
        period->from = *earliest;
    *right = wp_period_read(page, &shown_fields, period);
    bind_issued(page, period);
    return APR_SUCCESS;
}

static apr_status_t show_invoices(wp_page_t *page)
{
    wp_rows_t *counted;
    apr_status_t status = wp_page_select(page, "invoice_count", &counted);

    if (status != APR_SUCCESS)
        return status;
    wp_page_paging(page, (int)wp_row_int(counted, 0, "invoices"), INVOICES_A_PAGE);
    return wp_page_show(page, "invoice_list", NULL);
}

static void show_money_scope(wp_page_t *page)
{
    xmlNodePtr scope = wp_xml_child(page->data, "scope");
    int rights = page->contract ? page->rights : page->account->rights;

    wp_xml_attr(scope, "of", page->contract ? "contract" : "all");
    wp_xml_attr(scope, "query", wp_page_query(page));
    if (rights & WP_RIGHT_READINGS)
        wp_xml_attr(scope, "water", "true");
    if (page->portal->agreements &&
        ((page->contract ? page->whole_rights : page->account->whole_rights) & WP_RIGHT_PAY))
        wp_xml_attr(scope, "pay",
                    page->contract
                        ? apr_pstrcat(page->pool, "contract=", wp_urlencode(page->pool, page->contract), NULL)
                        : "");
}

static apr_status_t load_money(wp_page_t *page)
{
    wp_period_t period;
    wp_period_pair_t pair;
    wp_month_t earliest;
    bool right = false;
    apr_status_t status = choose_contract(page);

    if (status != APR_SUCCESS || is_decided(page))
        return status;
    show_money_scope(page);
    status = read_money_period(page, &period, &earliest, &right);
    bool may_compare = wp_period_read_pair(page, wp_month_of(page->today) - 1, &pair);
    if (status == APR_SUCCESS)
        status = wp_page_show(page, "money_balance", NULL);
    if (status == APR_SUCCESS && !right && !may_compare)
        wp_xml_child(page->data, "money-comparison"); /* its form shows what is wrong */
    if (status != APR_SUCCESS || !right)
        return status;
    status = wp_money_view(page, &period, may_compare ? &pair : NULL, earliest);
    return status == APR_SUCCESS ? show_invoices(page) : status;
}

static apr_status_t load_invoices(wp_page_t *page)
{
    wp_period_t period;
    wp_month_t earliest;
    bool right;
    apr_status_t status = read_money_period(page, &period, &earliest, &right);

    wp_args_int(page->args, "size", INVOICES_A_FILE + 1);
    wp_args_int(page->args, "skip", 0);
    if (status != APR_SUCCESS || !right)
        return status;
    status = wp_page_show(page, "invoice_list", NULL);
    if (status == APR_SUCCESS && wp_page_cut(page->data, INVOICES_A_FILE))
        wp_xml_attr_int(wp_xml_child(page->data, "left_out"), "shown", INVOICES_A_FILE);
    return status;
}

static const char *const bys[] = {"month", "quarter", "year", NULL};
static const char *const decimals[] = {"dot", "comma", NULL};
static const char *const separators[] = {"comma", "semicolon", NULL};

static const wp_field_t overview_inputs[] = {
    {.name = "meter", .type = WP_FIELD_ID},
    {.name = "from", .type = WP_FIELD_MONTH, .filter = true},
    {.name = "until", .type = WP_FIELD_MONTH, .filter = true},
    {.name = "by", .type = WP_FIELD_CHOICE, .choices = bys, .filter = true},
    {.name = "this-from", .type = WP_FIELD_MONTH, .filter = true},
    {.name = "this-until", .type = WP_FIELD_MONTH, .filter = true},
    {.name = "that-from", .type = WP_FIELD_MONTH, .filter = true},
    {.name = "that-until", .type = WP_FIELD_MONTH, .filter = true},
    {.name = NULL},
};
static const wp_field_t money_inputs[] = {
    {.name = "from", .type = WP_FIELD_MONTH, .filter = true},
    {.name = "until", .type = WP_FIELD_MONTH, .filter = true},
    {.name = "by", .type = WP_FIELD_CHOICE, .choices = bys, .filter = true},
    {.name = "this-from", .type = WP_FIELD_MONTH, .filter = true},
    {.name = "this-until", .type = WP_FIELD_MONTH, .filter = true},
    {.name = "that-from", .type = WP_FIELD_MONTH, .filter = true},
    {.name = "that-until", .type = WP_FIELD_MONTH, .filter = true},
    {.name = NULL},
};
static const wp_field_t file_inputs[] = {
    {.name = "meter", .type = WP_FIELD_ID},
    {.name = "from", .type = WP_FIELD_MONTH, .filter = true},
    {.name = "until", .type = WP_FIELD_MONTH, .filter = true},
    {.name = "by", .type = WP_FIELD_CHOICE, .choices = bys, .filter = true},
    {.name = "decimal", .type = WP_FIELD_CHOICE, .choices = decimals, .filter = true},
    {.name = "separator", .type = WP_FIELD_CHOICE, .choices = separators, .filter = true},
    {.name = NULL},
};

#define CSV "text/csv; charset=utf-8; header=present"

static const wp_route_t routes[] = {
    {.name = "overview",
     .path = "",
     .need = WP_NEED_CUSTOMER,
     .contract = WP_CONTRACT_OPTIONAL,
     .right = WP_RIGHT_READINGS,
     .inputs = overview_inputs,
     .load = load_overview,
     .heavy = true},
    {.name = "consumption",
     .path = "/consumption.csv",
     .need = WP_NEED_CUSTOMER,
     .contract = WP_CONTRACT_OPTIONAL,
     .right = WP_RIGHT_READINGS,
     .inputs = file_inputs,
     .load = load_consumption,
     .media = CSV,
     .sheet = "overview-consumption",
     .file = "consumption.csv",
     .heavy = true},
    {.name = "money",
     .path = "/money",
     .need = WP_NEED_CUSTOMER,
     .contract = WP_CONTRACT_OPTIONAL,
     .right = WP_RIGHT_INVOICES,
     .whole = true,
     .inputs = money_inputs,
     .load = load_money,
     .heavy = true},
    {.name = "invoices",
     .path = "/invoices.csv",
     .need = WP_NEED_CUSTOMER,
     .contract = WP_CONTRACT_OPTIONAL,
     .right = WP_RIGHT_INVOICES,
     .whole = true,
     .inputs = file_inputs,
     .load = load_invoices,
     .media = CSV,
     .sheet = "overview-invoices",
     .file = "invoices.csv",
     .heavy = true},
    {.name = NULL},
};

const wp_section_t wp_section_overview = {.name = "overview", .path = "/overview", .menu = 4, .routes = routes};
