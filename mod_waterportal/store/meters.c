/* SPDX-License-Identifier: Apache-2.0 */
#include "store/meters.h"

#include <apr_strings.h>
#include <limits.h>
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

static int find_point(const wp_history_points_t *points, const wp_rows_t *rows, int row)
{
    const char *point_id = wp_row_text(rows, row, "point_id");

    for (int i = 0; i < points->list->nelts; i++)
        if (strcmp(APR_ARRAY_IDX(points->list, i, wp_point_t).point_id, point_id) == 0)
            return i;
    return -1;
}

/* Keeps the latest entries. */
static void store_history(const wp_history_points_t *points, int index, const wp_history_t *history)
{
    wp_point_t *point = &APR_ARRAY_IDX(points->list, index, wp_point_t);
    const apr_array_header_t *entries = history->entries;
    int kept = entries->nelts < points->most ? entries->nelts : points->most;

    point->history = (wp_reading_t *)entries->elts + (entries->nelts - kept);
    point->history_count = (size_t)kept;
    point->serials = (const char *const *)history->serials->elts;
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

static const char *marked_points(apr_pool_t *pool, const apr_array_header_t *points)
{
    apr_array_header_t *ids = apr_array_make(pool, points->nelts + 1, sizeof(const char *));
    for (int i = 0; i < points->nelts; i++)
        APR_ARRAY_PUSH(ids, const char *) = APR_ARRAY_IDX(points, i, wp_point_t).point_id;
    return marked(pool, ids);
}

static apr_status_t read_ways(wp_db_t *db, const wp_args_t *args, wp_points_t *points)
{
    apr_status_t status = wp_db_select(db, "point_ways", args, &points->ways);

    if (status == APR_SUCCESS)
        points->account = wp_row_text(points->ways, 0, "account_id");
    return status;
}

static apr_status_t read_list(wp_db_t *db, wp_args_t *args, const wp_points_wanted_t *wanted, wp_points_t *points)
{
    apr_pool_t *pool = wp_db_pool(db);
    wp_rows_t *rows;

    wp_args_text(args, "meters", marked(pool, wanted->meters));
    wp_args_int(args, "size", wanted->size);
    wp_args_int(args, "skip", wanted->skip);
    apr_status_t status = wp_db_select(db, "point_list", args, &rows);
    if (status != APR_SUCCESS)
        return status;
    points->total = (int)wp_row_int(rows, 0, "points");
    points->list = apr_array_make(pool, rows->count, sizeof(wp_point_t));
    for (int row = 0; row < rows->count; row++)
        read_point(apr_array_push(points->list), rows, row);
    return APR_SUCCESS;
}

static apr_status_t read_histories(wp_db_t *db, wp_args_t *args, const apr_array_header_t *points)
{
    const wp_history_points_t found = {find_point, store_history, points, .most = WP_METER_HISTORY_MAX};

    if (points->nelts == 0)
        return APR_SUCCESS;
    wp_args_text(args, "points", marked_points(wp_db_pool(db), points));
    return wp_histories_load(db, args, "point_history", NULL, &found);
}

apr_status_t wp_points_load(wp_db_t *db, const wp_args_t *args, wp_date_t today, const wp_points_wanted_t *wanted,
                            wp_points_t *points)
{
    apr_pool_t *pool = wp_db_pool(db);
    wp_args_t *own = wp_args_make(pool, args);

    wp_args_int(own, "house", wanted->house);
    wp_args_text(own, "mark", MARK);
    wp_args_text(own, "history_from", wp_date_text(pool, today - HISTORY_DAYS));
    apr_status_t status = read_ways(db, own, points);
    if (status == APR_SUCCESS)
        status = read_list(db, own, wanted, points);
    return status == APR_SUCCESS ? read_histories(db, own, points->list) : status;
}

apr_status_t wp_points_load_period(wp_db_t *db, const wp_args_t *args, const wp_date_t days[2],
                                   apr_array_header_t **points)
{
    apr_pool_t *pool = wp_db_pool(db);
    wp_args_t *own = wp_args_make(pool, args);

    wp_args_text(own, "period_from", wp_date_text(pool, days[0]));
    wp_args_text(own, "period_until", wp_date_text(pool, days[1]));
    wp_args_text(own, "history_from", wp_date_text(pool, days[0] - PERIOD_AROUND));
    wp_args_text(own, "history_until", wp_date_text(pool, days[1] + PERIOD_AROUND));
    apr_status_t status = read_points(db, "period_points", own, points);
    if (status != APR_SUCCESS)
        return status;
    const wp_history_points_t found = {find_point, store_history, *points, .most = INT_MAX};
    return wp_histories_load(db, own, "period_history", "period_submitted", &found);
}

const wp_reading_t *wp_point_last(const wp_point_t *point)
{
    wp_meter_history_t history;
    wp_meter_history_make(&history, &point->meter, point->history, point->history_count);
    return history.any ? &point->history[history.last] : NULL;
}
