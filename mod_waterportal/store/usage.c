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

static int find_index(const wp_history_points_t *points, const wp_rows_t *rows, int row)
{
    const wp_usage_point_t *point = find_point(points->list, points->index, rows, row);
    return point ? (int)(point - (const wp_usage_point_t *)points->list->elts) : -1;
}

static void store_history(const wp_history_points_t *points, int index, const wp_history_t *history)
{
    wp_usage_point_t *point = &APR_ARRAY_IDX(points->list, index, wp_usage_point_t);

    point->entries = (const wp_reading_t *)history->entries->elts;
    point->count = (size_t)history->entries->nelts;
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
    apr_pool_t *pool = wp_db_pool(db);
    const wp_history_points_t found = {find_index, store_history, points, .index = index_points(points, pool)};
    wp_args_t *bound = wp_args_make(pool, args);

    wp_args_text(bound, "history_from", day);
    return wp_histories_load(db, bound, "usage_history", "usage_submitted", &found);
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
