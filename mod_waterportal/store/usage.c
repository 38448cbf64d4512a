/* SPDX-License-Identifier: Apache-2.0 */
#include "store/usage.h"

#include <stdlib.h>
#include <string.h>

#include "store/history.h"

#include "base/banned.h"

/* 0 if there is none. */
static wp_date_t day_of(const wp_rows_t *rows, int row, const char *column)
{
    const char *text = wp_row_text(rows, row, column);
    wp_date_t day = 0;
    return text && wp_date_parse_iso(text, &day) ? day : 0;
}

static wp_date_t later(wp_date_t a, wp_date_t b)
{
    return a > b ? a : b;
}

/* The earlier of those that are set. */
static wp_date_t earlier(wp_date_t a, wp_date_t b)
{
    return a == 0 || (b != 0 && b < a) ? b : a;
}

static void read_point(wp_usage_point_t *point, const wp_rows_t *rows, int row)
{
    *point = (wp_usage_point_t){.contract_no = wp_row_text(rows, row, "contract_no"),
                                .address = wp_row_text(rows, row, "address"),
                                .point_id = wp_row_text(rows, row, "point_id"),
                                .meter_id = wp_row_text(rows, row, "meter_id"),
                                .place = wp_row_text(rows, row, "place"),
                                .serial = wp_row_text(rows, row, "serial"),
                                .meter = {.digits = (int)wp_row_int(rows, row, "digits"),
                                          .decimals = (int)wp_row_int(rows, row, "decimals"),
                                          .remote = wp_row_int(rows, row, "remote") != 0},
                                .since = later(day_of(rows, row, "installed_on"), day_of(rows, row, "signed_on")),
                                .until = earlier(day_of(rows, row, "removed_on"), day_of(rows, row, "ended_on")),
                                .chosen = wp_row_int(rows, row, "chosen") != 0};
}

static bool is_of(const wp_usage_point_t *point, const wp_rows_t *rows, int row)
{
    return strcmp(point->point_id, wp_row_text(rows, row, "point_id")) == 0 &&
           strcmp(point->contract_no, wp_row_text(rows, row, "contract_no")) == 0;
}

/* The same point may have belonged to another contract before. */
static apr_hash_t *index_points(const apr_array_header_t *points, apr_pool_t *pool)
{
    apr_hash_t *index = apr_hash_make(pool);
    for (int i = points->nelts - 1; i >= 0; i--) {
        wp_usage_point_t *point = &APR_ARRAY_IDX(points, i, wp_usage_point_t);
        apr_hash_set(index, point->point_id, APR_HASH_KEY_STRING, point);
    }
    return index;
}

static wp_usage_point_t *find_point(const apr_array_header_t *points, apr_hash_t *index, const wp_rows_t *rows, int row)
{
    wp_usage_point_t *point = apr_hash_get(index, wp_row_text(rows, row, "point_id"), APR_HASH_KEY_STRING);
    wp_usage_point_t *end = (wp_usage_point_t *)points->elts + points->nelts;

    if (!point)
        return NULL;
    while (point < end && !is_of(point, rows, row))
        point++;
    return point < end ? point : NULL;
}

typedef struct entry_t {
    wp_usage_point_t *point;
    wp_date_t installed_on; /* of its device */
    wp_history_row_t of;
} entry_t;

/* The positions of the columns that both statements have, looked up once; kind is -1 for the statement of what was
 * submitted, which has none. */
typedef struct columns_t {
    int meter_id, read_on, value, kind, digits, installed_on;
} columns_t;

static columns_t find_columns(const wp_rows_t *rows)
{
    return (columns_t){.meter_id = wp_rows_column(rows, "meter_id"),
                       .read_on = wp_rows_column(rows, "read_on"),
                       .value = wp_rows_column(rows, "value"),
                       .kind = wp_rows_column(rows, "kind"),
                       .digits = wp_rows_column(rows, "digits"),
                       .installed_on = wp_rows_column(rows, "installed_on")};
}

static wp_reading_kind_t kind_of(const wp_rows_t *rows, int row, const columns_t *columns)
{
    if (!wp_rows_cell(rows, row, columns->value))
        return WP_READING_MISSING;
    return columns->kind < 0 ? WP_READING_READ : wp_history_kind(wp_rows_cell(rows, row, columns->kind));
}

static int64_t number_of(const wp_rows_t *rows, int row, int column)
{
    const char *cell = wp_rows_cell(rows, row, column);
    return cell ? strtoll(cell, NULL, 10) : 0;
}

static entry_t read_entry(const wp_rows_t *rows, int row, const columns_t *columns)
{
    entry_t entry = {.of = {.device_id = wp_rows_cell(rows, row, columns->meter_id),
                            .reading = {.litres = number_of(rows, row, columns->value),
                                        .kind = kind_of(rows, row, columns),
                                        .digits = (int)number_of(rows, row, columns->digits)},
                            .submitted = columns->kind < 0 ? rows : NULL,
                            .row = row}};
    const char *read_on = wp_rows_cell(rows, row, columns->read_on),
               *installed_on = wp_rows_cell(rows, row, columns->installed_on);

    if (!read_on || !wp_date_parse_iso(read_on, &entry.of.reading.on))
        entry.of.device_id = NULL;
    if (installed_on)
        wp_date_parse_iso(installed_on, &entry.installed_on);
    return entry;
}

/* Entries without a day are skipped. */
static void read_entries(apr_array_header_t *entries, const apr_array_header_t *points, const wp_rows_t *rows)
{
    apr_hash_t *index = index_points(points, entries->pool);
    const columns_t columns = find_columns(rows);

    for (int row = 0; row < rows->count; row++) {
        entry_t entry = read_entry(rows, row, &columns);
        entry.point = find_point(points, index, rows, row);
        if (entry.point && entry.of.device_id)
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
        return a->point < b->point ? -1 : 1;
    if (a->of.reading.on != b->of.reading.on)
        return a->of.reading.on - b->of.reading.on;
    if (a->installed_on != b->installed_on) /* on the same day the older device comes first */
        return a->installed_on - b->installed_on;
    if (place_in_day(a) != place_in_day(b))
        return place_in_day(a) - place_in_day(b);
    return a->of.submitted != b->of.submitted ? (a->of.submitted ? 1 : -1) : a->of.row - b->of.row;
}

static void store(wp_usage_point_t *point, const wp_history_t *history)
{
    point->entries = (const wp_reading_t *)history->entries->elts;
    point->count = (size_t)history->entries->nelts;
}

/* Sorts by point, then by time: sorting here costs a third of what it costs the database. */
static void store_histories(apr_array_header_t *entries)
{
    const entry_t *entry = (const entry_t *)entries->elts, *end = entry + entries->nelts;

    qsort(entries->elts, (size_t)entries->nelts, sizeof *entry, compare_entries);
    while (entry < end) {
        wp_history_t history;
        wp_usage_point_t *point = entry->point;
        wp_history_begin(&history, entries->pool);
        for (; entry < end && entry->point == point; entry++)
            wp_history_push(&history, &entry->of);
        store(point, &history);
    }
}

/* One row per meter; a point may have had several. */
static void read_ranges(const apr_array_header_t *points, const wp_rows_t *rows, apr_pool_t *pool)
{
    apr_hash_t *index = index_points(points, pool);

    for (int row = 0; row < rows->count; row++) {
        wp_usage_point_t *point = find_point(points, index, rows, row);
        if (!point)
            continue;
        point->first_on = earlier(point->first_on,
                                  earlier(day_of(rows, row, "first"), day_of(rows, row, "first_submitted")));
        point->last_on = later(point->last_on, later(day_of(rows, row, "last"), day_of(rows, row, "last_submitted")));
    }
}

apr_status_t wp_usage_load(wp_db_t *db, const wp_args_t *args, apr_array_header_t **points)
{
    apr_pool_t *pool = wp_db_pool(db);
    wp_rows_t *rows;
    apr_status_t status = wp_db_select(db, "usage_points", args, &rows);

    *points = apr_array_make(pool, 8, sizeof(wp_usage_point_t));
    if (status != APR_SUCCESS)
        return status;
    for (int i = 0; i < rows->count; i++)
        read_point(apr_array_push(*points), rows, i);
    status = wp_db_select(db, "usage_range", args, &rows);
    if (status == APR_SUCCESS)
        read_ranges(*points, rows, pool);
    return status;
}

/* Index of the last reading on or before from, or -1. */
static int find_base(const wp_usage_point_t *point, wp_date_t from)
{
    int base = -1;
    for (int i = 0; i < (int)point->count && point->entries[i].on <= from; i++)
        base = wp_reading_kind_is_read(point->entries[i].kind) ? i : base;
    return base;
}

/* A later reading may show that the one before from was wrong (wp_meter_steps_make); then the readings before that one
 * are needed too. */
static bool lost_its_base(const wp_usage_point_t *point, wp_date_t from, apr_pool_t *pool)
{
    int base = find_base(point, from);
    if (base < 0)
        return false;

    wp_meter_step_t *steps = apr_palloc(pool, sizeof *steps * (point->count + 1));
    size_t kept = wp_meter_steps_make(steps, &point->meter, point->entries, point->count);
    for (size_t i = 0; i < kept; i++)
        if (steps[i].from == (size_t)base)
            return false;
    return true;
}

static apr_status_t load_from(wp_db_t *db, const wp_args_t *args, const apr_array_header_t *points, const char *day)
{
    static const char *const parts[] = {"usage_history", "usage_submitted"};
    apr_array_header_t *entries = apr_array_make(wp_db_pool(db), 128, sizeof(entry_t));
    wp_args_t *bound = wp_args_make(wp_db_pool(db), args);
    apr_status_t status = APR_SUCCESS;

    wp_args_text(bound, "history_from", day);
    for (size_t i = 0; i < sizeof parts / sizeof *parts && status == APR_SUCCESS; i++) {
        wp_rows_t *rows;
        status = wp_db_select(db, parts[i], bound, &rows);
        if (status == APR_SUCCESS)
            read_entries(entries, points, rows);
    }
    if (status == APR_SUCCESS)
        store_histories(entries);
    return status;
}

apr_status_t wp_usage_load_histories(wp_db_t *db, const wp_args_t *args, const apr_array_header_t *points,
                                     wp_date_t from)
{
    char day[WP_DATE_SIZE];

    wp_date_format_iso(from, day);
    apr_status_t status = load_from(db, args, points, day);
    for (int i = 0; i < points->nelts && status == APR_SUCCESS; i++) {
        if (lost_its_base(&APR_ARRAY_IDX(points, i, wp_usage_point_t), from, wp_db_pool(db)))
            return load_from(db, args, points, "0000-01-01");
    }
    return status;
}
