/* SPDX-License-Identifier: Apache-2.0 */
#include "data/rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

/* The drivers differ: PostgreSQL's returns "" for NULL, and t or f for a boolean. */
static const char *read_cell(const char *cell, wp_type_t type)
{
    if (!cell || !*cell)
        return NULL;
    if (type == WP_TYPE_FLAG && (cell[0] == 't' || cell[0] == 'f'))
        return cell[0] == 't' ? "1" : "0";
    return cell;
}

wp_rows_t *wp_rows_read(const wp_query_t *query, const apr_dbd_driver_t *driver, apr_dbd_results_t *results,
                        apr_pool_t *pool)
{
    int columns = query->columns->nelts;
    apr_dbd_row_t *row = NULL;
    wp_rows_t *rows = apr_palloc(pool, sizeof *rows);

    if (apr_dbd_num_cols(driver, results) != columns)
        return NULL;
    rows->query = query;
    rows->count = apr_dbd_num_tuples(driver, results);
    rows->cells = apr_palloc(pool, (apr_size_t)rows->count * (apr_size_t)columns * sizeof *rows->cells);
    /* "the next row" of a complete result: given a row number, SQLite's driver would walk from the first row each time.
     * One call past the last row would free PostgreSQL's result, which owns the texts of the cells. */
    for (int i = 0; i < rows->count; i++) {
        if (apr_dbd_get_row(driver, pool, results, &row, -1) != 0)
            return NULL;
        for (int c = 0; c < columns; c++)
            rows->cells[i * columns + c] = read_cell(apr_dbd_get_entry(driver, row, c),
                                                     APR_ARRAY_IDX(query->columns, c, wp_named_type_t).type);
    }
    return rows;
}

int wp_rows_column(const wp_rows_t *rows, const char *column)
{
    const apr_array_header_t *columns = rows->query->columns;

    for (int c = 0; c < columns->nelts; c++)
        if (strcmp(APR_ARRAY_IDX(columns, c, wp_named_type_t).name, column) == 0)
            return c;
    return -1;
}

const char *wp_rows_cell(const wp_rows_t *rows, int row, int column)
{
    return column < 0 ? NULL : rows->cells[row * rows->query->columns->nelts + column];
}

const char *wp_row_text(const wp_rows_t *rows, int row, const char *column)
{
    return row >= 0 && row < rows->count ? wp_rows_cell(rows, row, wp_rows_column(rows, column)) : NULL;
}

int64_t wp_row_int(const wp_rows_t *rows, int row, const char *column)
{
    const char *text = wp_row_text(rows, row, column);
    return text ? strtoll(text, NULL, 10) : 0;
}

bool wp_row_is_null(const wp_rows_t *rows, int row, const char *column)
{
    return wp_row_text(rows, row, column) == NULL;
}
