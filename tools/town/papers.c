/* SPDX-License-Identifier: Apache-2.0 */
#include "town/papers.h"

#include <apr_strings.h>
#include <stdio.h>
#include <string.h>

#include "town/names.h"

#include "base/banned.h"

/* Lengths of the records of demo_seals_insert, demo_acts_insert and demo_act_meters_insert in sql/demo/demo.sql. */
#define SEAL_SIZE      44
#define ACT_SIZE       83
#define ACT_METER_SIZE 70
#define ACTS_MAX       160 /* per contract: a swap of each meter and a few more */
#define ACT_METERS_MAX 30  /* meters checked on one visit */
#define WORKERS        5   /* persons who may have visited, see demo_act_persons_insert */
#define HOUR           3600

/* Records of fixed length in one text, which one statement writes. */
typedef struct records_t {
    char *text;
    int count, size, max;
} records_t;

/* A contract's papers while they are being written. */
typedef struct papers_t {
    wp_demo_writer_t *writer;
    const wp_demo_papers_t *of;
    apr_pool_t *pool;
    wp_demo_random_t random;
    const char **seals[2]; /* by device and point; NULL: no such device */
    records_t acts, meters;
    char act_no[24]; /* the number of the act that is being written */
    int line;        /* the line of its last meter */
} papers_t;

static records_t make_records(apr_pool_t *pool, int size, int max)
{
    return (records_t){.text = apr_pcalloc(pool, (apr_size_t)size * (apr_size_t)max + 1), .size = size, .max = max};
}

static char *next_record(records_t *records)
{
    return records->count == records->max ? NULL : records->text + (size_t)records->size * (size_t)records->count++;
}

static void format_day(wp_date_t day, char text[WP_DATE_SIZE])
{
    text[0] = '\0';
    if (day != 0)
        wp_date_format_iso(day, text);
}

static apr_status_t change(const papers_t *p, const char *query, wp_args_t *args)
{
    return wp_db_change(p->writer->db, query, args, NULL);
}

static wp_args_t *contract_args(const papers_t *p)
{
    wp_args_t *args = wp_args_make(p->pool, NULL);
    wp_args_text(args, "contract", p->of->contract->contract_no);
    return args;
}

static const char *day_text(const papers_t *p, wp_date_t day)
{
    char text[WP_DATE_SIZE];
    format_day(day, text);
    return day == 0 ? NULL : apr_pstrdup(p->pool, text);
}

static apr_status_t write_records(const papers_t *p, const char *query, const records_t *records, wp_args_t *args)
{
    if (records->count == 0)
        return APR_SUCCESS;
    wp_args_text(args, "records", records->text);
    wp_args_int(args, "count", records->count);
    return change(p, query, args);
}

/* --- services, documents, seals --- */

static apr_status_t write_services(const papers_t *p)
{
    wp_args_t *args = contract_args(p);
    wp_args_text(args, "tariffs", p->of->customer->company ? "demo-company" : "demo-household");
    wp_args_text(args, "since", day_text(p, p->of->signed_on));
    wp_args_text(args, "until", day_text(p, p->of->ended_on));
    wp_args_int(args, "rain", wp_demo_has_rain(p->of->contract));
    return change(p, "demo_services_insert", args);
}

/* The contract itself; some contracts have more documents. */
static apr_status_t write_documents(papers_t *p)
{
    wp_args_t *args = contract_args(p);
    bool more = p->of->contract->since > 0 || wp_demo_random_chance(&p->random, 200);
    wp_date_t later = p->of->signed_on + (int)wp_demo_random_between(&p->random, 200, 600);

    wp_args_text(args, "signed", day_text(p, p->of->signed_on));
    wp_args_text(args, "later", more && later < p->writer->as_of ? day_text(p, later) : NULL);
    return change(p, "demo_documents_insert", args);
}

static apr_status_t write_seals(papers_t *p)
{
    int points = p->of->contract->points;
    records_t seals = make_records(p->pool, SEAL_SIZE, points * 2);

    for (int d = 0; d < 2; d++)
        p->seals[d] = apr_pcalloc(p->pool, sizeof(**p->seals) * (size_t)(points + 1));
    for (int i = 0; i < points; i++) {
        const wp_demo_placed_t *placed = &p->of->placed[i];
        for (int d = 0; d < placed->series->devices; d++) {
            char set[WP_DATE_SIZE], removed[WP_DATE_SIZE];
            p->seals[d][i] = apr_psprintf(p->pool, "PU-%06d", (int)wp_demo_random_between(&p->random, 100000, 999999));
            format_day(placed->series->device[d].installed_on, set);
            format_day(placed->series->device[d].removed_on, removed);
            snprintf(next_record(&seals), SEAL_SIZE + 1, "%-12s%-12s%-10s%-10s", placed->meter_id[d], p->seals[d][i],
                     set, removed);
        }
    }
    return write_records(p, "demo_seals_insert", &seals, wp_args_make(p->pool, NULL));
}

/* --- acts --- */

/* What the counter showed on a day: interpolated between the neighbouring readings, in whole units. */
static int64_t value_on(const wp_demo_placed_t *placed, int device, wp_date_t day)
{
    const wp_demo_series_t *s = placed->series;
    const wp_meter_t meter = {.digits = placed->point->digits, .decimals = placed->point->decimals};
    const wp_reading_t *before = NULL;

    for (int i = 0; i < s->count; i++) {
        const wp_reading_t *r = &s->reading[i];
        if (r->device != device || r->kind == WP_READING_MISSING || r->kind == WP_READING_ESTIMATED)
            continue;
        if (before && r->on > day && r->litres >= before->litres) {
            int64_t litres = before->litres + (r->litres - before->litres) * (day - before->on) / (r->on - before->on);
            return litres / wp_meter_unit(&meter) * wp_meter_unit(&meter);
        }
        if (r->on > day)
            break;
        before = r;
    }
    return before ? before->litres : 0;
}

/* Begins an act; demo_acts_insert explains the codes of its templates. */
static void begin_act(papers_t *p, const char *code, wp_date_t day, const char *const serials[2])
{
    char on[WP_DATE_SIZE], mend[WP_DATE_SIZE], at[WP_INSTANT_SIZE];
    char *record = next_record(&p->acts);

    p->line = 0;
    if (!record)
        return;
    /* the customer's number is part of each act's, so that no two are alike */
    snprintf(p->act_no, sizeof(p->act_no), "A-%d-%06d%03d", wp_date_split(day).year, p->of->customer->number % 1000000,
             ++p->writer->customer_acts % 1000);
    format_day(day, on);
    format_day(strcmp(code, "I2") == 0 ? day + 30 : 0, mend);
    wp_instant_format(wp_riga_day_start(day) +
                          (wp_instant_t)wp_demo_random_between(&p->random, 8 * 6, 16 * 6) * HOUR / 6,
                      at);
    snprintf(record, ACT_SIZE + 1, "%-16.16s%-2.2s%-10.10s%-20.20s%-10.10s%-12.12s%-12.12s%c", p->act_no, code, on, at,
             mend, serials[0], serials[1], (char)('0' + wp_demo_random_between(&p->random, 1, WORKERS)));
    p->writer->tally.acts++;
}

static void add_meter(papers_t *p, int point, int device, wp_date_t day, const char *const done[2])
{
    const wp_demo_placed_t *placed = &p->of->placed[point];
    char *record = next_record(&p->meters);

    if (record)
        snprintf(record, ACT_METER_SIZE + 1, "%-16.16s%2u%-12.12s%-9.9s%12llu%-12.12s%-7.7s", p->act_no,
                 (unsigned)++p->line % 100, placed->meter_id[device], done[0],
                 (unsigned long long)value_on(placed, device, day) % 1000000000000u, p->seals[device][point], done[1]);
}

static const char *const nothing[2] = {"", ""};
static const char *const found_whole[2] = {"checked", "whole"};
static const char *const found_broken[2] = {"checked", "broken"};
static const char *const sealed[2] = {"sealed", "set"};
static const char *const taken_out[2] = {"removed", "removed"};
static const char *const put_in[2] = {"installed", "set"};

static void add_sealing(papers_t *p, int point)
{
    const wp_demo_placed_t *placed = &p->of->placed[point];
    const char *const serials[2] = {placed->serial[0], ""};
    wp_date_t on = placed->series->device[0].installed_on;

    begin_act(p, "P1", on, serials);
    add_meter(p, point, 0, on, sealed);
}

static void add_swap(papers_t *p, int point)
{
    const wp_demo_placed_t *placed = &p->of->placed[point];
    const char *const serials[2] = {placed->serial[1], placed->serial[0]};
    wp_date_t on = placed->series->device[1].installed_on;

    begin_act(p, "S1", on, serials);
    add_meter(p, point, 0, on, taken_out);
    add_meter(p, point, 1, on, put_in);
}

/* Adds the meters that were installed on that day, as many as fit into one visit. */
static void add_inspection(papers_t *p, wp_date_t day, bool broken)
{
    begin_act(p, broken ? "I2" : "I1", day, nothing);
    for (int i = 0; i < p->of->contract->points && p->line < ACT_METERS_MAX; i++) {
        const wp_demo_series_t *s = p->of->placed[i].series;
        int device = s->devices == 2 && s->device[1].installed_on <= day ? 1 : 0;
        if (s->device[device].installed_on <= day)
            add_meter(p, i, device, day, broken && i == 0 ? found_broken : found_whole);
    }
}

/* Roughly in chronological order: the boundary, an early visit, the sealing, swaps, a visit last year. */
static void collect_acts(papers_t *p)
{
    const wp_demo_papers_t *of = p->of;
    wp_date_t as_of = p->writer->as_of;
    wp_date_t visit = wp_demo_month_day(as_of, (int)wp_demo_random_between(&p->random, 2, 11), 17);

    if (of->contract->since > 0)
        begin_act(p, "I0", wp_demo_month_day(as_of, of->contract->since - 1, 22), nothing);
    begin_act(p, "R1", of->signed_on + 11 <= as_of ? of->signed_on + 11 : as_of, nothing);
    if (of->contract->points == 0)
        return;
    add_sealing(p, 0);
    for (int i = 0; i < of->contract->points; i++)
        if (of->placed[i].series->devices == 2)
            add_swap(p, i);
    if (of->placed[0].series->device[0].installed_on < visit && (of->ended_on == 0 || visit < of->ended_on))
        add_inspection(p, visit, wp_demo_random_chance(&p->random, 200));
}

static const char *signer(papers_t *p, bool *company)
{
    const wp_demo_customer_t *customer = p->of->customer;

    *company = customer->company;
    for (const wp_demo_person_t *person = wp_demo_people; customer->company && person->login; person++)
        if (customer->representative && strcmp(person->code, customer->representative) == 0)
            return apr_pstrcat(p->pool, person->given, " ", person->family, NULL);
    return customer->company ? wp_demo_person_name(p->pool, &p->random) : customer->name;
}

static apr_status_t write_acts(papers_t *p)
{
    bool company;
    wp_args_t *acts = contract_args(p), *persons = wp_args_make(p->pool, NULL);

    p->acts = make_records(p->pool, ACT_SIZE, ACTS_MAX);
    p->meters = make_records(p->pool, ACT_METER_SIZE, ACTS_MAX * 2);
    collect_acts(p);
    apr_status_t status = write_records(p, "demo_acts_insert", &p->acts, acts);
    if (status == APR_SUCCESS)
        status = write_records(p, "demo_act_meters_insert", &p->meters, wp_args_make(p->pool, NULL));
    wp_args_text(persons, "signer", signer(p, &company));
    wp_args_text(persons, "post", company ? "valdes loceklis" : NULL);
    return status == APR_SUCCESS ? write_records(p, "demo_act_persons_insert", &p->acts, persons) : status;
}

apr_status_t wp_demo_write_papers(wp_demo_writer_t *writer, const wp_demo_papers_t *papers)
{
    /* a separate random stream, so that the meters are the same with and without papers */
    uint64_t stream = UINT64_C(2) << 32 | (uint64_t)papers->customer->number << 8 |
                      (uint64_t)(papers->contract - papers->customer->contract);
    papers_t p = {.writer = writer,
                  .of = papers,
                  .pool = wp_db_pool(writer->db),
                  .random = wp_demo_random_make(writer->seed, stream)};
    apr_status_t status = write_services(&p);

    if (status == APR_SUCCESS)
        status = write_documents(&p);
    if (status == APR_SUCCESS)
        status = write_seals(&p);
    return status == APR_SUCCESS ? write_acts(&p) : status;
}

/* --- tariffs --- */

const wp_demo_tariff_t wp_demo_tariffs[] = {{2014, 7, 6300, 6500},
                                            {2017, 1, 8500, 7400},
                                            {2022, 6, 10200, 9100},
                                            {2022, 10, 12000, 12100},
                                            {2023, 6, 11600, 9400},
                                            {2024, 3, 11700, 9700},
                                            {0}};

apr_status_t wp_demo_write_tariffs(wp_demo_writer_t *writer)
{
    apr_status_t status = APR_SUCCESS;

    for (const wp_demo_tariff_t *tariff = wp_demo_tariffs; tariff->year != 0 && status == APR_SUCCESS; tariff++) {
        wp_args_t *args = wp_args_make(wp_db_pool(writer->db), NULL);
        char since[WP_DATE_SIZE];
        wp_date_format_iso(wp_date_make(tariff->year, tariff->month, 1), since);
        wp_args_text(args, "since", since);
        wp_args_int(args, "water", tariff->water);
        wp_args_int(args, "sewage", tariff->sewage);
        status = wp_db_change(writer->db, "demo_tariffs_insert", args, NULL);
    }
    return status;
}
