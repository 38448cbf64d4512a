/* SPDX-License-Identifier: Apache-2.0 */
#include "data/meter_store.h"

#include <apr_strings.h>
#include <limits.h>
#include <string.h>

#include "data/history.h"

#include "base/banned.h"

/* Far enough back for the usual and for the season one year ago, with its neighbours. */
#define HISTORY_DAYS 1200

/* How far from a period's ends a reading may be to stand for them. */
#define PERIOD_AROUND 400

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

/* Keeps the latest `most` entries. */
static void store(wp_point_t *point, const wp_history_t *history, int most)
{
    const apr_array_header_t *entries = history->entries;
    if (!point)
        return;
    int kept = entries->nelts < most ? entries->nelts : most;
    point->history = (wp_reading_t *)entries->elts + (entries->nelts - kept);
    point->history_count = (size_t)kept;
    point->serials = (const char *const *)history->serials->elts;
}

static wp_point_t *find_point(const apr_array_header_t *points, const char *point_id)
{
    for (int i = 0; i < points->nelts; i++) {
        wp_point_t *point = &APR_ARRAY_IDX(points, i, wp_point_t);
        if (strcmp(point->point_id, point_id) == 0)
            return point;
    }
    return NULL;
}

/* Rows come point by point. */
static void read_histories(const apr_array_header_t *points, const wp_rows_t *rows, apr_pool_t *pool, int most)
{
    wp_point_t *point = NULL;
    wp_history_t history;

    wp_history_begin(&history, pool);
    for (int row = 0; row < rows->count; row++) {
        const char *point_id = wp_row_text(rows, row, "point_id");
        if (!point || strcmp(point->point_id, point_id) != 0) {
            store(point, &history, most);
            wp_history_begin(&history, pool);
            point = find_point(points, point_id);
        }
        if (point)
            wp_history_push(&history, rows, row, 0);
    }
    store(point, &history, most);
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
    apr_pool_t *pool = wp_db_pool(db);
    wp_args_t *own = wp_args_make(pool, args);
    wp_rows_t *rows;
    apr_status_t status = read_points(db, "point_list", args, points);

    wp_args_text(own, "history_from", day_text(pool, today - HISTORY_DAYS));
    if (status == APR_SUCCESS)
        status = wp_db_select(db, "point_history", own, &rows);
    if (status == APR_SUCCESS)
        read_histories(*points, rows, pool, WP_METER_HISTORY_MAX);
    return status;
}

apr_status_t wp_points_load_period(wp_db_t *db, const wp_args_t *args, const wp_date_t days[2], apr_array_header_t **points)
{
    apr_pool_t *pool = wp_db_pool(db);
    wp_args_t *own = wp_args_make(pool, args);
    wp_rows_t *rows;

    wp_args_text(own, "period_from", day_text(pool, days[0]));
    wp_args_text(own, "period_until", day_text(pool, days[1]));
    wp_args_text(own, "history_from", day_text(pool, days[0] - PERIOD_AROUND));
    wp_args_text(own, "history_until", day_text(pool, days[1] + PERIOD_AROUND));
    apr_status_t status = read_points(db, "period_points", own, points);
    if (status == APR_SUCCESS)
        status = wp_db_select(db, "period_history", own, &rows);
    if (status == APR_SUCCESS)
        read_histories(*points, rows, pool, INT_MAX);
    return status;
}

const wp_reading_t *wp_point_last(const wp_point_t *point)
{
    wp_meter_history_t history;
    wp_meter_history_make(&history, &point->meter, point->history, point->history_count);
    return history.any ? &point->history[history.last] : NULL;
}
