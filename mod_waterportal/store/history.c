/* SPDX-License-Identifier: Apache-2.0 */
#include "store/history.h"

#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

/* A row of the history before it is assigned to its point. */
typedef struct entry_t {
    int point;
    wp_date_t installed_on; /* of its device */
    const char *device_id, *serial;
    wp_reading_t reading;
    const wp_rows_t *submitted; /* NULL: billing's reading */
    int row;
} entry_t;

/* --- one history --- */

static void begin(wp_history_t *history, apr_pool_t *pool)
{
    *history = (wp_history_t){.entries = apr_array_make(pool, WP_METER_HISTORY_MAX, sizeof(wp_reading_t)),
                              .serials = apr_array_make(pool, 2, sizeof(const char *))};
}

static void push(wp_history_t *history, wp_reading_t entry)
{
    entry.device = history->serials->nelts - 1;
    APR_ARRAY_PUSH(history->entries, wp_reading_t) = entry;
}

static void push_device(wp_history_t *history, const char *serial)
{
    APR_ARRAY_PUSH(history->serials, const char *) = serial;
}

/* Sets what the customer reported; a swap ends the old device and starts a new one. */
static void push_swap(wp_history_t *history, const entry_t *entry, wp_reading_t *reading)
{
    const wp_rows_t *rows = entry->submitted;
    const char *answer = wp_row_text(rows, entry->row, "answer"), *swap_on = wp_row_text(rows, entry->row, "swap_on");
    wp_reading_t swap = {.digits = reading->digits};

    reading->rolled = answer && strcmp(answer, "rollover") == 0;
    if (wp_row_is_null(rows, entry->row, "swap_end") || !swap_on || !wp_date_parse_iso(swap_on, &swap.on))
        return;
    swap.litres = wp_row_int(rows, entry->row, "swap_end");
    swap.kind = WP_READING_SWAP_END;
    push(history, swap);
    push_device(history, NULL);
    swap.litres = wp_row_int(rows, entry->row, "swap_start");
    swap.kind = WP_READING_SWAP_START;
    push(history, swap);
}

static void push_entry(wp_history_t *history, const entry_t *entry)
{
    wp_reading_t reading = entry->reading;

    if (!history->device_id || strcmp(history->device_id, entry->device_id) != 0)
        push_device(history, entry->serial);
    history->device_id = entry->device_id;
    if (entry->submitted)
        push_swap(history, entry, &reading);
    push(history, reading);
}

/* --- reading rows --- */

/* The positions of the columns, looked up once; -1: the statement has none. */
typedef struct columns_t {
    int meter_id, serial, read_on, value, kind, digits, installed_on, submitted;
} columns_t;

static columns_t find_columns(const wp_rows_t *rows)
{
    return (columns_t){.meter_id = wp_rows_column(rows, "meter_id"),
                       .serial = wp_rows_column(rows, "serial"),
                       .read_on = wp_rows_column(rows, "read_on"),
                       .value = wp_rows_column(rows, "value"),
                       .kind = wp_rows_column(rows, "kind"),
                       .digits = wp_rows_column(rows, "digits"),
                       .installed_on = wp_rows_column(rows, "installed_on"),
                       .submitted = wp_rows_column(rows, "submitted")};
}

/* 0 if there is none. */
static wp_date_t day_of(const wp_rows_t *rows, int row, int column)
{
    const char *text = wp_rows_cell(rows, row, column);
    wp_date_t day = 0;
    return text && wp_date_parse_iso(text, &day) ? day : 0;
}

static int64_t number_of(const wp_rows_t *rows, int row, int column)
{
    const char *cell = wp_rows_cell(rows, row, column);
    return cell ? strtoll(cell, NULL, 10) : 0;
}

/* Billing calls a customer's reading "customer" and one of unknown origin "read"; the rules treat both alike. */
static wp_reading_kind_t kind_of(const wp_rows_t *rows, int row, const columns_t *columns)
{
    const char *name = wp_rows_cell(rows, row, columns->kind);
    wp_reading_kind_t kind;

    if (!wp_rows_cell(rows, row, columns->value))
        return WP_READING_MISSING;
    return name && wp_reading_kind_parse(name, &kind) ? kind : WP_READING_READ;
}

static entry_t read_entry(const wp_rows_t *rows, int row, const columns_t *columns, bool submitted)
{
    return (entry_t){.installed_on = day_of(rows, row, columns->installed_on),
                     .device_id = wp_rows_cell(rows, row, columns->meter_id),
                     .serial = wp_rows_cell(rows, row, columns->serial),
                     .reading = {.on = day_of(rows, row, columns->read_on),
                                 .litres = number_of(rows, row, columns->value),
                                 .kind = kind_of(rows, row, columns),
                                 .digits = (int)number_of(rows, row, columns->digits)},
                     .submitted = submitted ? rows : NULL,
                     .row = row};
}

/* submitted: of all rows; a statement that has both kinds says it row by row. */
static void read_entries(apr_array_header_t *entries, const wp_history_points_t *points, const wp_rows_t *rows,
                         bool submitted)
{
    const columns_t columns = find_columns(rows);

    for (int row = 0; row < rows->count; row++) {
        bool sent = columns.submitted < 0 ? submitted : number_of(rows, row, columns.submitted) != 0;
        entry_t entry = read_entry(rows, row, &columns, sent);
        entry.point = points->find(points, rows, row);
        if (entry.point >= 0 && entry.reading.on > 0)
            APR_ARRAY_PUSH(entries, entry_t) = entry;
    }
}

/* --- all of them --- */

static int place_in_day(const entry_t *entry)
{
    return wp_reading_kind_place_in_day(entry->reading.kind);
}

static int compare_entries(const void *left, const void *right)
{
    const entry_t *a = left, *b = right;

    if (a->point != b->point)
        return a->point - b->point;
    if (a->reading.on != b->reading.on)
        return a->reading.on - b->reading.on;
    if (a->installed_on != b->installed_on) /* on the same day the older device comes first */
        return a->installed_on - b->installed_on;
    if (place_in_day(a) != place_in_day(b))
        return place_in_day(a) - place_in_day(b);
    return a->submitted != b->submitted ? (a->submitted ? 1 : -1) : a->row - b->row;
}

/* Sorts by point, then by time: sorting here costs a third of what it costs the database. */
static void store_histories(const wp_history_points_t *points, apr_array_header_t *entries)
{
    const entry_t *entry = (const entry_t *)entries->elts, *end = entry + entries->nelts;

    qsort(entries->elts, (size_t)entries->nelts, sizeof *entry, compare_entries);
    while (entry < end) {
        wp_history_t history;
        int point = entry->point;
        begin(&history, entries->pool);
        for (; entry < end && entry->point == point; entry++)
            push_entry(&history, entry);
        points->store(points, point, &history);
    }
}

apr_status_t wp_histories_load(wp_db_t *db, const wp_args_t *args, const char *billing, const char *submitted,
                               const wp_history_points_t *points)
{
    apr_array_header_t *entries = apr_array_make(wp_db_pool(db), 128, sizeof(entry_t));
    wp_rows_t *rows;
    apr_status_t status = wp_db_select(db, billing, args, &rows);

    if (status == APR_SUCCESS)
        read_entries(entries, points, rows, false);
    if (status == APR_SUCCESS && submitted) {
        status = wp_db_select(db, submitted, args, &rows);
        if (status == APR_SUCCESS)
            read_entries(entries, points, rows, true);
    }
    if (status == APR_SUCCESS)
        store_histories(points, entries);
    return status;
}
