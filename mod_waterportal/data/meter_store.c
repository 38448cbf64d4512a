/* SPDX-License-Identifier: Apache-2.0 */
#include "data/meter_store.h"

#include <apr_strings.h>
#include <string.h>

#include "base/banned.h"

/* Far enough back for the usual and for the season one year ago, with its neighbours. */
#define HISTORY_DAYS 1200

/* Room for one point's history while it is read; the oldest entries make place for new ones. */
typedef struct collector_t {
    wp_point_t *point;
    wp_reading_t entries[WP_METER_HISTORY_MAX];
    size_t count;
    const char *device_id; /* the meter of the latest entry */
    int device;
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
    if (collector->count == WP_METER_HISTORY_MAX) {
        memmove(collector->entries, collector->entries + 1, sizeof entry * (WP_METER_HISTORY_MAX - 1));
        collector->count--;
    }
    collector->entries[collector->count++] = entry;
}

/* Billing calls a customer's reading "customer" and an unspecified one "read"; the rules do not care which. */
static wp_reading_kind_t kind_of(const char *name)
{
    wp_reading_kind_t kind;
    return name && wp_reading_kind_parse(name, &kind) ? kind : WP_READING_READ;
}

static void push_row(collector_t *collector, const wp_rows_t *rows, int row)
{
    const char *meter_id = wp_row_text(rows, row, "meter_id");
    const char *answer = wp_row_text(rows, row, "answer");
    wp_reading_t entry = {.litres = wp_row_int(rows, row, "value"), .kind = kind_of(wp_row_text(rows, row, "kind"))};
    wp_date_t swap_on;

    if (!wp_date_parse_iso(wp_row_text(rows, row, "read_on"), &entry.on))
        return;
    if (wp_row_is_null(rows, row, "value"))
        entry.kind = WP_READING_MISSING;
    if (!collector->device_id || strcmp(collector->device_id, meter_id) != 0)
        collector->device++;
    collector->device_id = meter_id;
    entry.device = collector->device;
    entry.rolled = answer && strcmp(answer, "rollover") == 0;
    if (!wp_row_is_null(rows, row, "swap_end") && wp_date_parse_iso(wp_row_text(rows, row, "swap_on"), &swap_on)) {
        /* a swap that the customer reported and billing does not know yet: the old device ends, a new one starts */
        push(collector, (wp_reading_t){.on = swap_on, .litres = wp_row_int(rows, row, "swap_end"), .kind = WP_READING_SWAP_END, .device = entry.device});
        entry.device = ++collector->device;
        push(collector, (wp_reading_t){.on = swap_on, .litres = wp_row_int(rows, row, "swap_start"), .kind = WP_READING_SWAP_START, .device = entry.device});
    }
    push(collector, entry);
}

static void store(collector_t *collector, apr_pool_t *pool)
{
    if (!collector->point || collector->count == 0)
        return;
    collector->point->history = apr_pmemdup(pool, collector->entries, sizeof *collector->entries * collector->count);
    collector->point->history_count = collector->count;
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
    collector_t collector = {0};
    for (int row = 0; row < rows->count; row++) {
        const char *point_id = wp_row_text(rows, row, "point_id");
        if (!collector.point || strcmp(collector.point->point_id, point_id) != 0) {
            store(&collector, pool);
            collector = (collector_t){.point = find_point(points, point_id)};
        }
        if (collector.point)
            push_row(&collector, rows, row);
    }
    store(&collector, pool);
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
