/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/row_spool.h"

#include <apr_strings.h>
#include <string.h>

#include "base/banned.h"

/* A cell is its length in memory byte order, then its bytes. This length stands for NULL. */
#define NO_VALUE ((apr_uint32_t)-1)

struct wp_row_spool_t {
    apr_file_t *file;
    apr_off_t end;
};

apr_status_t wp_nameless_file(apr_file_t **file, apr_pool_t *pool)
{
    const char *folder;
    apr_status_t status = apr_temp_dir_get(&folder, pool);

    *file = NULL;
    if (status != APR_SUCCESS)
        return status;
    char *name = apr_pstrcat(pool, folder, "/waterportal-XXXXXX", NULL);
    status = apr_file_mktemp(file, name,
                             APR_FOPEN_CREATE | APR_FOPEN_EXCL | APR_FOPEN_READ | APR_FOPEN_WRITE | APR_FOPEN_BUFFERED,
                             pool);
    return status == APR_SUCCESS ? apr_file_remove(name, pool) : status;
}

apr_status_t wp_row_spool_make(wp_row_spool_t **spool, apr_pool_t *pool)
{
    wp_row_spool_t *made = apr_pcalloc(pool, sizeof *made);
    apr_status_t status = wp_nameless_file(&made->file, pool);

    *spool = status == APR_SUCCESS ? made : NULL;
    return status;
}

static apr_status_t put(wp_row_spool_t *spool, const void *bytes, apr_size_t length)
{
    spool->end += (apr_off_t)length;
    return apr_file_write_full(spool->file, bytes, length, NULL);
}

static apr_status_t put_cell(wp_row_spool_t *spool, const char *cell)
{
    apr_uint32_t length = cell ? (apr_uint32_t)strlen(cell) : NO_VALUE;
    apr_status_t status = put(spool, &length, sizeof length);

    return status == APR_SUCCESS && cell ? put(spool, cell, length) : status;
}

apr_status_t wp_row_spool_add(wp_row_spool_t *spool, const wp_rows_t *rows, int most, apr_off_t *at)
{
    int columns = rows->query->columns->nelts;
    int count = rows->count < most ? rows->count : most;
    apr_status_t status = APR_SUCCESS;

    *at = spool->end;
    for (int i = 0; i < count * columns && status == APR_SUCCESS; i++)
        status = put_cell(spool, rows->cells[i]);
    return status;
}

static apr_status_t get_cell(wp_row_spool_t *spool, apr_off_t *at, apr_pool_t *pool, const char **cell)
{
    apr_uint32_t length;
    apr_status_t status = apr_file_read_full(spool->file, &length, sizeof length, NULL);

    *cell = NULL;
    if (status != APR_SUCCESS)
        return status;
    *at += (apr_off_t)sizeof length;
    if (length == NO_VALUE)
        return APR_SUCCESS;
    char *text = apr_palloc(pool, (apr_size_t)length + 1);
    text[length] = '\0';
    *cell = text;
    *at += (apr_off_t)length;
    return length ? apr_file_read_full(spool->file, text, length, NULL) : APR_SUCCESS;
}

apr_status_t wp_row_spool_read(wp_row_spool_t *spool, apr_off_t *at, int count, apr_pool_t *pool, wp_rows_t *rows)
{
    int cells = count * rows->query->columns->nelts;
    apr_off_t from = *at;
    apr_status_t status = apr_file_seek(spool->file, APR_SET, &from);

    rows->count = count;
    rows->cells = apr_palloc(pool, sizeof *rows->cells * (apr_size_t)cells);
    for (int i = 0; i < cells && status == APR_SUCCESS; i++)
        status = get_cell(spool, at, pool, &rows->cells[i]);
    return status;
}
