/* SPDX-License-Identifier: Apache-2.0 */
#include "data/meter_store.h"

#include <string.h>

#include "data/history.h"

#include "base/banned.h"

/* Far enough back for the usual and for the season one year ago, with its neighbours. */
#define HISTORY_DAYS 1200

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

/* Of a long history the latest entries. */
static void store(wp_point_t *point, const wp_history_t *history)
{
    size_t count = point ? (size_t)history->entries->nelts : 0;
    size_t skipped = count > WP_METER_HISTORY_MAX ? count - WP_METER_HISTORY_MAX : 0;

    if (count == 0)
        return;
    point->history = (wp_reading_t *)history->entries->elts + skipped;
    point->history_count = count - skipped;
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
static void read_histories(const apr_array_header_t *points, const wp_rows_t *rows, apr_pool_t *pool)
{
    wp_point_t *point = NULL;
    wp_history_t history;

    wp_history_begin(&history, pool);
    for (int row = 0; row < rows->count; row++) {
        const char *point_id = wp_row_text(rows, row, "point_id");
        if (!point || strcmp(point->point_id, point_id) != 0) {
            store(point, &history);
            wp_history_begin(&history, pool);
            point = find_point(points, point_id);
        }
        if (point)
            wp_history_push(&history, rows, row, 0);
    }
    store(point, &history);
}

apr_status_t wp_points_load(wp_db_t *db, const wp_args_t *args, wp_date_t today, apr_array_header_t **points)
{
    apr_pool_t *pool = wp_db_pool(db);
    wp_args_t *own = wp_args_make(pool, args);
    char *from = apr_palloc(pool, WP_DATE_SIZE);
    wp_rows_t *rows;
    apr_status_t status = wp_db_select(db, "point_list", args, &rows);

    *points = NULL;
    if (status != APR_SUCCESS)
        return status;
    *points = apr_array_make(pool, rows->count, sizeof(wp_point_t));
    for (int i = 0; i < rows->count; i++)
        read_point(apr_array_push(*points), rows, i);

    wp_date_format_iso(today - HISTORY_DAYS, from);
    wp_args_text(own, "history_from", from);
    status = wp_db_select(db, "point_history", own, &rows);
    if (status == APR_SUCCESS)
        read_histories(*points, rows, pool);
    return status;
}

const wp_reading_t *wp_point_last(const wp_point_t *point)
{
    wp_meter_history_t history;
    wp_meter_history_make(&history, &point->meter, point->history, point->history_count);
    return history.any ? &point->history[history.last] : NULL;
}
