/* SPDX-License-Identifier: Apache-2.0 */
#include "data/history.h"

#include <string.h>

#include "base/banned.h"

void wp_history_begin(wp_history_t *history, apr_pool_t *pool)
{
    *history = (wp_history_t){.entries = apr_array_make(pool, 64, sizeof(wp_reading_t)), .serials = apr_array_make(pool, 2, sizeof(const char *))};
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

/* Billing calls a customer's reading "customer" and an unspecified one "read"; the rules do not care which. */
static wp_reading_kind_t kind_of(const char *name)
{
    wp_reading_kind_t kind;
    return name && wp_reading_kind_parse(name, &kind) ? kind : WP_READING_READ;
}

/* A swap that the customer reported and billing does not know yet: the old device ends, a new one starts. */
static void push_swap(wp_history_t *history, const wp_rows_t *rows, int row, wp_reading_t swap)
{
    if (wp_row_is_null(rows, row, "swap_end") || !wp_date_parse_iso(wp_row_text(rows, row, "swap_on"), &swap.on))
        return;
    swap.litres = wp_row_int(rows, row, "swap_end");
    swap.kind = WP_READING_SWAP_END;
    push(history, swap);
    push_device(history, NULL);
    swap.litres = wp_row_int(rows, row, "swap_start");
    swap.kind = WP_READING_SWAP_START;
    push(history, swap);
}

void wp_history_push(wp_history_t *history, const wp_rows_t *rows, int row, int digits)
{
    const char *meter_id = wp_row_text(rows, row, "meter_id");
    const char *answer = wp_row_text(rows, row, "answer");
    wp_reading_t entry = {.litres = wp_row_int(rows, row, "value"), .kind = kind_of(wp_row_text(rows, row, "kind")), .digits = digits};

    if (!wp_date_parse_iso(wp_row_text(rows, row, "read_on"), &entry.on))
        return;
    if (wp_row_is_null(rows, row, "value"))
        entry.kind = WP_READING_MISSING;
    if (!history->device_id || strcmp(history->device_id, meter_id) != 0)
        push_device(history, wp_row_text(rows, row, "serial"));
    history->device_id = meter_id;
    entry.rolled = answer && strcmp(answer, "rollover") == 0;
    push_swap(history, rows, row, (wp_reading_t){.digits = digits});
    push(history, entry);
}
