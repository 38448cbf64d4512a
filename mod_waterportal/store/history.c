/* SPDX-License-Identifier: Apache-2.0 */
#include "store/history.h"

#include <string.h>

#include "base/banned.h"

void wp_history_begin(wp_history_t *history, apr_pool_t *pool)
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
static void push_swap(wp_history_t *history, const wp_history_row_t *row, wp_reading_t *reading)
{
    const wp_rows_t *rows = row->submitted;
    const char *answer = wp_row_text(rows, row->row, "answer"), *swap_on = wp_row_text(rows, row->row, "swap_on");
    wp_reading_t swap = {.digits = reading->digits};

    reading->rolled = answer && strcmp(answer, "rollover") == 0;
    if (wp_row_is_null(rows, row->row, "swap_end") || !swap_on || !wp_date_parse_iso(swap_on, &swap.on))
        return;
    swap.litres = wp_row_int(rows, row->row, "swap_end");
    swap.kind = WP_READING_SWAP_END;
    push(history, swap);
    push_device(history, NULL);
    swap.litres = wp_row_int(rows, row->row, "swap_start");
    swap.kind = WP_READING_SWAP_START;
    push(history, swap);
}

void wp_history_push(wp_history_t *history, const wp_history_row_t *row)
{
    wp_reading_t reading = row->reading;

    if (!history->device_id || strcmp(history->device_id, row->device_id) != 0)
        push_device(history, row->serial);
    history->device_id = row->device_id;
    if (row->submitted)
        push_swap(history, row, &reading);
    push(history, reading);
}

wp_reading_kind_t wp_history_kind(const char *name)
{
    wp_reading_kind_t kind;
    return name && wp_reading_kind_parse(name, &kind) ? kind : WP_READING_READ;
}
