/* SPDX-License-Identifier: Apache-2.0 */
#include "store/meters.h"

#include <apr_strings.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "store/history.h"

#include "data/date_text.h"

#include "base/banned.h"

/* Long enough for the usual use and for the same season one year ago, with the readings around it. */
#define HISTORY_DAYS 1200

/* Maximum distance in days of a reading from the end of a period that it may represent. */
#define PERIOD_AROUND 400

/* Between ids that are handed to a statement as one text: no id of billing contains it. */
#define MARK "\n"

/* What a row of point_sheet is. */
enum { PART_WAY, PART_POINT, PART_BILLING, PART_SUBMITTED, PART_COUNT };

/* Rows of a result, from the first to the one before the end. */
typedef struct span_t {
    const wp_rows_t *rows;
    int first, end;
} span_t;

/* A row of the history before it is assigned to its point. */
typedef struct entry_t {
    int point; /* index of the point */
    wp_date_t installed_on;
    wp_history_row_t of;
} entry_t;

static void read_point(wp_point_t *point, const wp_rows_t *rows, int row)
{
    const char *window = wp_row_text(rows, row, "window");

    *point = (wp_point_t){.point_id = wp_row_text(rows, row, "point_id"),
                          .meter_id = wp_row_text(rows, row, "meter_id"),
                          .serial = wp_row_text(rows, row, "serial"),
                          .place = wp_row_text(rows, row, "place"),
                          .meter = {.digits = (int)wp_row_int(rows, row, "digits"),
                                    .decimals = (int)wp_row_int(rows, row, "decimals"),
                                    .remote = wp_row_int(rows, row, "remote") != 0},
                          .verified_until = wp_row_text(rows, row, "verified_until"),
                          .expired = wp_row_int(rows, row, "expired") != 0,
                          .window = window,
                          .missing = window && strcmp(window, "missing") == 0,
                          .current = {.reading_id = wp_row_text(rows, row, "reading_id"),
                                      .at = wp_row_text(rows, row, "submitted"),
                                      .receipt_no = wp_row_text(rows, row, "receipt_no"),
                                      .litres = wp_row_int(rows, row, "value"),
                                      .version = (int)wp_row_int(rows, row, "version")},
                          .versions = (int)wp_row_int(rows, row, "versions")};
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

/* The part that both histories have in common. Entries without a day, or of a point that is not on the
 * page, are skipped. */
static void read_entries(apr_array_header_t *entries, const apr_array_header_t *points, span_t span, bool submitted)
{
    const wp_rows_t *rows = span.rows;
    int point_id = wp_rows_column(rows, "point_id"), meter_id = wp_rows_column(rows, "meter_id");
    int installed_on = wp_rows_column(rows, "installed_on"), read_on = wp_rows_column(rows, "read_on");
    int value = wp_rows_column(rows, "value"), kind = wp_rows_column(rows, "kind"),
        serial = wp_rows_column(rows, "serial");
    int digits = wp_rows_column(rows, "digits");

    for (int row = span.first; row < span.end; row++) {
        const char *litres = wp_rows_cell(rows, row, value), *own_digits = wp_rows_cell(rows, row, digits);
        entry_t entry = {.point = find_point(points, wp_rows_cell(rows, row, point_id)),
                         .installed_on = day_of(wp_rows_cell(rows, row, installed_on)),
                         .of = {.device_id = wp_rows_cell(rows, row, meter_id),
                                .serial = wp_rows_cell(rows, row, serial),
                                .reading = {.on = day_of(wp_rows_cell(rows, row, read_on)),
                                            .litres = litres ? strtoll(litres, NULL, 10) : 0,
                                            .kind = litres ? wp_history_kind(wp_rows_cell(rows, row, kind))
                                                           : WP_READING_MISSING,
                                            .digits = own_digits ? (int)strtol(own_digits, NULL, 10) : 0},
                                .submitted = submitted ? rows : NULL,
                                .row = row}};
        if (entry.point >= 0 && entry.of.reading.on > 0)
            APR_ARRAY_PUSH(entries, entry_t) = entry;
    }
}

static int place_in_day(const entry_t *entry)
{
    return wp_reading_kind_place_in_day(entry->of.reading.kind);
}

static int compare_entries(const void *left, const void *right)
{
    const entry_t *a = left, *b = right;

    if (a->point != b->point)
        return a->point - b->point;
    if (a->of.reading.on != b->of.reading.on)
        return a->of.reading.on - b->of.reading.on;
    if (a->installed_on != b->installed_on) /* on the same day the older device comes first */
        return a->installed_on - b->installed_on;
    if (place_in_day(a) != place_in_day(b))
        return place_in_day(a) - place_in_day(b);
    return a->of.submitted != b->of.submitted ? (a->of.submitted ? 1 : -1) : a->of.row - b->of.row;
}

/* Keeps the latest `most` entries. */
static void store(wp_point_t *point, const wp_history_t *history, int most)
{
    const apr_array_header_t *entries = history->entries;
    int kept = entries->nelts < most ? entries->nelts : most;

    point->history = (wp_reading_t *)entries->elts + (entries->nelts - kept);
    point->history_count = (size_t)kept;
    point->serials = (const char *const *)history->serials->elts;
}

static void sort_histories(const apr_array_header_t *points, const apr_array_header_t *entries, int most)
{
    const entry_t *entry = (const entry_t *)entries->elts, *end = entry + entries->nelts;

    qsort(entries->elts, (size_t)entries->nelts, sizeof *entry, compare_entries);
    while (entry < end) {
        wp_history_t history;
        int point = entry->point;
        wp_history_begin(&history, entries->pool);
        for (; entry < end && entry->point == point; entry++)
            wp_history_push(&history, &entry->of);
        store(&APR_ARRAY_IDX(points, point, wp_point_t), &history, most);
    }
}

/* parts: the statements for what billing has and for what was submitted. */
static apr_status_t load_histories(wp_db_t *db, const wp_args_t *args, const char *const parts[2],
                                   const apr_array_header_t *points)
{
    apr_array_header_t *entries = apr_array_make(wp_db_pool(db), 128, sizeof(entry_t));
    apr_status_t status = APR_SUCCESS;

    for (int i = 0; i < 2 && status == APR_SUCCESS; i++) {
        wp_rows_t *rows;
        status = wp_db_select(db, parts[i], args, &rows);
        if (status == APR_SUCCESS)
            read_entries(entries, points, (span_t){rows, 0, rows->count}, i > 0);
    }
    if (status == APR_SUCCESS)
        sort_histories(points, entries, INT_MAX);
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

/* "\nM1\nM2\n" for M1 and M2 */
static const char *marked(apr_pool_t *pool, const apr_array_header_t *ids)
{
    const char *text = MARK;
    for (int i = 0; ids && i < ids->nelts; i++)
        text = apr_pstrcat(pool, text, APR_ARRAY_IDX(ids, i, const char *), MARK, NULL);
    return text;
}

/* Where each part of the rows begins; they are ordered by part. */
static void find_parts(const wp_rows_t *rows, span_t parts[PART_COUNT])
{
    int row = 0;

    for (int part = 0; part < PART_COUNT; part++) {
        parts[part] = (span_t){rows, row, row};
        while (row < rows->count && wp_row_int(rows, row, "part") == part)
            parts[part].end = ++row;
    }
}

static void read_sheet(wp_points_t *points, const wp_rows_t *rows, apr_pool_t *pool)
{
    apr_array_header_t *entries = apr_array_make(pool, rows->count + 1, sizeof(entry_t));
    span_t parts[PART_COUNT];

    find_parts(rows, parts);
    *points = (wp_points_t){.list = apr_array_make(pool, parts[PART_POINT].end + 1, sizeof(wp_point_t)),
                            .total = (int)wp_row_int(rows, 0, "points"),
                            .ways = rows,
                            .way_count = parts[PART_WAY].end,
                            .account = wp_row_text(rows, 0, "account_id")};
    for (int row = parts[PART_POINT].first; row < parts[PART_POINT].end; row++)
        read_point(apr_array_push(points->list), rows, row);
    read_entries(entries, points->list, parts[PART_BILLING], false);
    read_entries(entries, points->list, parts[PART_SUBMITTED], true);
    sort_histories(points->list, entries, WP_METER_HISTORY_MAX);
}

apr_status_t wp_points_load(wp_db_t *db, const wp_args_t *args, wp_date_t today, const wp_points_wanted_t *wanted,
                            wp_points_t *points)
{
    apr_pool_t *pool = wp_db_pool(db);
    wp_args_t *own = wp_args_make(pool, args);
    wp_rows_t *rows;

    wp_args_int(own, "house", wanted->house);
    wp_args_text(own, "mark", MARK);
    wp_args_text(own, "meters", marked(pool, wanted->meters));
    wp_args_int(own, "size", wanted->size);
    wp_args_int(own, "skip", wanted->skip);
    wp_args_text(own, "history_from", wp_date_text(pool, today - HISTORY_DAYS));
    apr_status_t status = wp_db_select(db, "point_sheet", own, &rows);
    if (status == APR_SUCCESS)
        read_sheet(points, rows, pool);
    return status;
}

apr_status_t wp_points_load_period(wp_db_t *db, const wp_args_t *args, const wp_date_t days[2],
                                   apr_array_header_t **points)
{
    static const char *const parts[] = {"period_history", "period_submitted"};
    apr_pool_t *pool = wp_db_pool(db);
    wp_args_t *own = wp_args_make(pool, args);

    wp_args_text(own, "period_from", wp_date_text(pool, days[0]));
    wp_args_text(own, "period_until", wp_date_text(pool, days[1]));
    wp_args_text(own, "history_from", wp_date_text(pool, days[0] - PERIOD_AROUND));
    wp_args_text(own, "history_until", wp_date_text(pool, days[1] + PERIOD_AROUND));
    apr_status_t status = read_points(db, "period_points", own, points);
    return status == APR_SUCCESS ? load_histories(db, own, parts, *points) : status;
}

const wp_reading_t *wp_point_last(const wp_point_t *point)
{
    wp_meter_history_t history;
    wp_meter_history_make(&history, &point->meter, point->history, point->history_count);
    return history.any ? &point->history[history.last] : NULL;
}
