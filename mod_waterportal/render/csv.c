/* SPDX-License-Identifier: Apache-2.0 */
#include "render/csv.h"

#include <apr_strings.h>
#include <stdbool.h>
#include <string.h>

#include "render/lists.h"

#include "base/banned.h"

#define BYTE_ORDER_MARK "\xEF\xBB\xBF" /* tells spreadsheets that it is UTF-8 */

/* Lines are put together piece by piece: kept apart until the end, so that nothing is copied twice. */
static void add(apr_array_header_t *pieces, const char *text)
{
    APR_ARRAY_PUSH(pieces, const char *) = text;
}

static bool is_formula(const char *text)
{
    return *text && strchr("=+-@\t\r\n", *text);
}

static const char *quoted(apr_pool_t *pool, const char *text)
{
    char *out = apr_palloc(pool, strlen(text) * 2 + 3);
    char *to = out;

    *to++ = '"';
    for (; *text; text++) {
        if (*text == '"')
            *to++ = '"';
        *to++ = *text;
    }
    *to++ = '"';
    *to = '\0';
    return out;
}

static const char *cell_text(xmlNodePtr cell, apr_pool_t *pool)
{
    const char *type = wp_list_attr(cell, "t", pool);
    const char *text = wp_list_text(cell, pool);
    bool is_text = *type == '\0' || strcmp(type, "text") == 0;

    if (is_text && is_formula(text))
        text = apr_pstrcat(pool, "'", text, NULL);
    return strpbrk(text, "\",\r\n") ? quoted(pool, text) : text;
}

static void add_row(apr_array_header_t *pieces, xmlNodePtr row, const apr_array_header_t *columns)
{
    for (int i = 0; i < columns->nelts; i++) {
        xmlNodePtr cell = wp_list_cell(row, APR_ARRAY_IDX(columns, i, const char *));
        if (i > 0)
            add(pieces, ",");
        if (cell)
            add(pieces, cell_text(cell, columns->pool));
    }
    add(pieces, "\r\n");
}

static const char *joined(const apr_array_header_t *pieces, apr_size_t *length)
{
    *length = 0;
    for (int i = 0; i < pieces->nelts; i++)
        *length += strlen(APR_ARRAY_IDX(pieces, i, const char *));
    char *out = apr_palloc(pieces->pool, *length + 1), *to = out;
    for (int i = 0; i < pieces->nelts; i++) {
        const char *piece = APR_ARRAY_IDX(pieces, i, const char *);
        size_t size = strlen(piece);
        memcpy(to, piece, size);
        to += size;
    }
    *to = '\0';
    return out;
}

const char *wp_csv_write(xmlNodePtr list, apr_pool_t *pool, apr_size_t *length)
{
    const apr_array_header_t *columns = wp_list_columns(list, pool);
    apr_array_header_t *pieces = apr_array_make(pool, 256, sizeof(const char *));

    add(pieces, BYTE_ORDER_MARK);
    for (int i = 0; i < columns->nelts; i++) {
        if (i > 0)
            add(pieces, ",");
        add(pieces, APR_ARRAY_IDX(columns, i, const char *));
    }
    add(pieces, "\r\n");
    for (xmlNodePtr row = xmlFirstElementChild(list); row; row = xmlNextElementSibling(row))
        add_row(pieces, row, columns);
    return joined(pieces, length);
}
