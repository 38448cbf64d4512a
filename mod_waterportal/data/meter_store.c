/* SPDX-License-Identifier: Apache-2.0 */
#include "data/meter_store.h"

#include <apr_strings.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

/* Far enough back for the usual and for the season one year ago, with its neighbours. */
#define HISTORY_DAYS 1200

/* How far from a period's ends a reading may be to stand for them. */
#define PERIOD_AROUND 400

/* A row of the history on its way to its place. */
typedef struct entry_t {
    int point; /* its index */
    const char *device_id, *serial;
    wp_date_t installed_on;
    wp_reading_t reading;
    const wp_rows_t *submitted; /* where an answer and a reported swap stand; NULL for what billing knows */
    int row;
} entry_t;

/* One point's history while it is put together. */
typedef struct collector_t {
    apr_array_header_t *entries; /* wp_reading_t */
    apr_array_header_t *serials; /* const char *: of the meters so far; NULL where it is not known */
    const char *device_id;       /* the meter of the latest entry */
} collector_t;

static void read_point(wp_point_t *point, const wp_rows_t *rows, int row)
{
    *point = (wp_point_t){.point_id = wp_row_text(rows, row, "point_id"),
                          .meter_id = wp_row_text(rows, row, "meter_id"),
                          .serial = wp_row_text(rows, row, "serial"),
                          .place = wp_row_text(rows, row, "place"),
                          .meter = {.digits = (int)wp_row_int(rows, row, "digits"),
                                    .decimals = (int)wp_row_int(rows, row, "decimals"),
                                    .remote = wp_row_int(rows, row, "remote") != 0},
                          .verified_until = wp_row_text(rows, row, "verified_until"),
                          .current = {.reading_id = wp_row_text(rows, row, "reading_id"),
                                      .at = wp_row_text(rows, row, "submitted"),
                                      .receipt_no = wp_row_text(rows, row, "receipt_no"),
                                      .litres = wp_row_int(rows, row, "value"),
                                      .version = (int)wp_row_int(rows, row, "version")},
                          .versions = (int)wp_row_int(rows, row, "versions")};
}

static void push(collector_t *collector, wp_reading_t entry)
{
    entry.device = collector->serials->nelts - 1;
    APR_ARRAY_PUSH(collector->entries, wp_reading_t) = entry;
}

static void push_device(collector_t *collector, const char *serial)
{
    APR_ARRAY_PUSH(collector->serials, const char *) = serial;
}

/* Billing calls a customer's reading "customer" and an unspecified one "read"; the rules do not care which. */
static wp_reading_kind_t kind_of(const char *name)
{
    wp_reading_kind_t kind;
    return name && wp_reading_kind_parse(name, &kind) ? kind : WP_READING_READ;
}

static int find_point(const apr_array_header_t *points, const char *point_id)
{
    for (int i = 0; i < points->nelts; i++)
        if (strcmp(APR_ARRAY_IDX(points, i, wp_point_t).point_id, point_id) == 0)
            return i;
    return -1;
}

static wp_date_t day_of(const char *text)
{
    wp_date_t day = 0;
    return text && wp_date_parse_iso(text, &day) ? day : 0;
}

/* What both parts of the history have. Entries without a day, or of a point that is not on the page, are passed over. */
static void read_entries(apr_array_header_t *entries, const apr_array_header_t *points, const wp_rows_t *rows, bool submitted)
{
    int point_id = wp_rows_column(rows, "point_id"), meter_id = wp_rows_column(rows, "meter_id");
    int installed_on = wp_rows_column(rows, "installed_on"), read_on = wp_rows_column(rows, "read_on");
    int value = wp_rows_column(rows, "value"), kind = wp_rows_column(rows, "kind"), serial = wp_rows_column(rows, "serial");

    for (int row = 0; row < rows->count; row++) {
        const char *litres = wp_rows_cell(rows, row, value);
        entry_t entry = {.point = find_point(points, wp_rows_cell(rows, row, point_id)),
                         .device_id = wp_rows_cell(rows, row, meter_id),
                         .serial = wp_rows_cell(rows, row, serial),
                         .installed_on = day_of(wp_rows_cell(rows, row, installed_on)),
                         .reading = {.on = day_of(wp_rows_cell(rows, row, read_on)),
                                     .litres = litres ? strtoll(litres, NULL, 10) : 0,
                                     .kind = litres ? kind_of(wp_rows_cell(rows, row, kind)) : WP_READING_MISSING},
                         .submitted = submitted ? rows : NULL,
                         .row = row};
        if (entry.point >= 0 && entry.reading.on > 0)
            APR_ARRAY_PUSH(entries, entry_t) = entry;
    }
}

/* Within a day: what a new device starts with, readings, what the old one ended with; but the older device first. */
static int place_in_day(const entry_t *entry)
{
    if (entry->reading.kind == WP_READING_SWAP_START)
        return 0;
    return entry->reading.kind == WP_READING_SWAP_END ? 2 : 1;
}

static int compare_entries(const void *left, const void *right)
{
    const entry_t *a = left, *b = right;

    if (a->point != b->point)
        return a->point - b->point;
    if (a->reading.on != b->reading.on)
        return a->reading.on - b->reading.on;
    if (a->installed_on != b->installed_on)
        return a->installed_on - b->installed_on;
    if (place_in_day(a) != place_in_day(b))
        return place_in_day(a) - place_in_day(b);
    return a->submitted != b->submitted ? (a->submitted ? 1 : -1) : a->row - b->row;
}

/* Sets what the customer said; a swap that billing does not know yet ends the old device and starts a new one. */
static void push_swap(collector_t *collector, const entry_t *entry, wp_reading_t *reading)
{
    const wp_rows_t *rows = entry->submitted;
    const char *answer = wp_row_text(rows, entry->row, "answer");
    wp_date_t on = day_of(wp_row_text(rows, entry->row, "swap_on"));

    reading->rolled = answer && strcmp(answer, "rollover") == 0;
    if (wp_row_is_null(rows, entry->row, "swap_end") || on == 0)
        return;
    push(collector, (wp_reading_t){.on = on, .litres = wp_row_int(rows, entry->row, "swap_end"), .kind = WP_READING_SWAP_END});
    push_device(collector, NULL);
    push(collector, (wp_reading_t){.on = on, .litres = wp_row_int(rows, entry->row, "swap_start"), .kind = WP_READING_SWAP_START});
}

static void push_entry(collector_t *collector, const entry_t *entry)
{
    wp_reading_t reading = entry->reading;

    if (!collector->device_id || strcmp(collector->device_id, entry->device_id) != 0)
        push_device(collector, entry->serial);
    collector->device_id = entry->device_id;
    if (entry->submitted)
        push_swap(collector, entry, &reading);
    push(collector, reading);
}

/* Keeps the latest `most` entries. */
static void store(wp_point_t *point, const collector_t *collector, int most)
{
    const apr_array_header_t *entries = collector->entries;
    int kept = entries->nelts < most ? entries->nelts : most;

    point->history = (wp_reading_t *)entries->elts + (entries->nelts - kept);
    point->history_count = (size_t)kept;
    point->serials = (const char *const *)collector->serials->elts;
}

static void sort_histories(const apr_array_header_t *points, const apr_array_header_t *entries, int most)
{
    const entry_t *entry = (const entry_t *)entries->elts, *end = entry + entries->nelts;

    qsort(entries->elts, (size_t)entries->nelts, sizeof *entry, compare_entries);
    while (entry < end) {
        collector_t collector = {.entries = apr_array_make(entries->pool, WP_METER_HISTORY_MAX, sizeof(wp_reading_t)),
                                 .serials = apr_array_make(entries->pool, 2, sizeof(const char *))};
        int point = entry->point;
        for (; entry < end && entry->point == point; entry++)
            push_entry(&collector, entry);
        store(&APR_ARRAY_IDX(points, point, wp_point_t), &collector, most);
    }
}

/* parts: what billing knows, and what was submitted. */
static apr_status_t load_histories(wp_db_t *db, const wp_args_t *args, const char *const parts[2], const apr_array_header_t *points,
                                   int most)
{
    apr_array_header_t *entries = apr_array_make(wp_db_pool(db), 128, sizeof(entry_t));
    apr_status_t status = APR_SUCCESS;

    for (int i = 0; i < 2 && status == APR_SUCCESS; i++) {
        wp_rows_t *rows;
        status = wp_db_select(db, parts[i], args, &rows);
        if (status == APR_SUCCESS)
            read_entries(entries, points, rows, i > 0);
    }
    if (status == APR_SUCCESS)
        sort_histories(points, entries, most);
    return status;
}

static apr_status_t read_points(wp_db_t *db, const char *query, const wp_args_t *args, apr_array_header_t **points)
{
    wp_rows_t *rows;
    apr_status_t status = wp_db_select(db, query, args, &rows);

    *points = NULL;
    if (status != APR_SUCCESS)
        return status;
    *points = apr_array_make(wp_db_pool(db), rows->count, sizeof(wp_point_t));
    for (int i = 0; i < rows->count; i++)
        read_point(apr_array_push(*points), rows, i);
    return APR_SUCCESS;
}

static const char *day_text(apr_pool_t *pool, wp_date_t day)
{
    char *text = apr_palloc(pool, WP_DATE_SIZE);
    wp_date_format_iso(day, text);
    return text;
}

apr_status_t wp_points_load(wp_db_t *db, const wp_args_t *args, wp_date_t today, apr_array_header_t **points)
{
    static const char *const parts[] = {"point_history", "point_submitted"};
    apr_pool_t *pool = wp_db_pool(db);
    wp_args_t *own = wp_args_make(pool, args);
    apr_status_t status = read_points(db, "point_list", args, points);

    wp_args_text(own, "history_from", day_text(pool, today - HISTORY_DAYS));
    return status == APR_SUCCESS ? load_histories(db, own, parts, *points, WP_METER_HISTORY_MAX) : status;
}

apr_status_t wp_points_load_period(wp_db_t *db, const wp_args_t *args, const wp_date_t days[2], apr_array_header_t **points)
{
    static const char *const parts[] = {"period_history", "period_submitted"};
    apr_pool_t *pool = wp_db_pool(db);
    wp_args_t *own = wp_args_make(pool, args);

    wp_args_text(own, "period_from", day_text(pool, days[0]));
    wp_args_text(own, "period_until", day_text(pool, days[1]));
    wp_args_text(own, "history_from", day_text(pool, days[0] - PERIOD_AROUND));
    wp_args_text(own, "history_until", day_text(pool, days[1] + PERIOD_AROUND));
    apr_status_t status = read_points(db, "period_points", own, points);
    return status == APR_SUCCESS ? load_histories(db, own, parts, *points, INT_MAX) : status;
}

const wp_reading_t *wp_point_last(const wp_point_t *point)
{
    wp_meter_history_t history;
    wp_meter_history_make(&history, &point->meter, point->history, point->history_count);
    return history.any ? &point->history[history.last] : NULL;
}
