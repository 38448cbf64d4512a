/* SPDX-License-Identifier: Apache-2.0 */
#include "render/csv.h"

#include <apr_strings.h>
#include <stdbool.h>
#include <string.h>

#include "render/lists.h"

#include "base/banned.h"

#define BYTE_ORDER_MARK "\xEF\xBB\xBF" /* tells spreadsheets that it is UTF-8 */

#define PHONE_DIGITS_MIN 8 /* ITU-T E.164, as domain/contact.h keeps numbers */
#define PHONE_DIGITS_MAX 15

/* Numbers in the page document are integers; this is how they are converted for people. */
typedef struct unit_t {
    const char *type, *suffix, *shown_suffix;
    size_t places;
} unit_t;

static const unit_t units[] = {{"money", "_c", "_eur", 2}, {"volume", "_l", "_m3", 3}};

typedef struct dialect_t {
    const char *separator, *special; /* special: characters that require quotes */
    bool converts;                   /* to the units above */
} dialect_t;

static const dialect_t dialects[] = {
    [WP_CSV_PROGRAMS] = {",", "\",\r\n", false},
    [WP_CSV_PEOPLE] = {";", "\";\r\n", true},
};

/* A line is collected in pieces that are joined only at the end, so that nothing is copied twice. */
static void add(apr_array_header_t *pieces, const char *text)
{
    APR_ARRAY_PUSH(pieces, const char *) = text;
}

static bool is_phone(const char *text)
{
    size_t digits = strspn(text + 1, "0123456789");
    return *text == '+' && digits >= PHONE_DIGITS_MIN && digits <= PHONE_DIGITS_MAX && text[1 + digits] == '\0';
}

static bool is_formula(const char *text)
{
    return *text && strchr("=+-@\t\r\n", *text) && !is_phone(text);
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

/* "-5" with two places becomes "-0,05". Anything but an integer is returned unchanged. */
static const char *with_comma(const char *text, size_t places, apr_pool_t *pool)
{
    bool negative = *text == '-';
    const char *digits = text + negative;
    size_t length = strlen(digits);

    if (length == 0 || strspn(digits, "0123456789") != length)
        return text;
    const char *zeros = &"0000"[length > places ? 4 : 4 - (places + 1 - length)];
    digits = apr_pstrcat(pool, zeros, digits, NULL);
    size_t whole = strlen(digits) - places;
    return apr_psprintf(pool, "%s%.*s,%s", negative ? "-" : "", (int)whole, digits, digits + whole);
}

static const char *in_units(const char *type, const char *text, apr_pool_t *pool)
{
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (strcmp(units[i].type, type) == 0)
            return with_comma(text, units[i].places, pool);
    }
    return text;
}

static const char *column_text(const dialect_t *dialect, const char *name, apr_pool_t *pool)
{
    for (size_t i = 0; dialect->converts && i < sizeof units / sizeof *units; i++) {
        size_t length = strlen(name), suffix = strlen(units[i].suffix);
        if (length > suffix && strcmp(name + length - suffix, units[i].suffix) == 0)
            return apr_psprintf(pool, "%.*s%s", (int)(length - suffix), name, units[i].shown_suffix);
    }
    return name;
}

static const char *cell_text(const dialect_t *dialect, xmlNodePtr cell, apr_pool_t *pool)
{
    const char *type = wp_list_attr(cell, "t", pool);
    const char *text = wp_list_text(cell, pool);
    bool is_text = *type == '\0' || strcmp(type, "text") == 0;

    if (is_text && is_formula(text))
        text = apr_pstrcat(pool, "'", text, NULL);
    if (dialect->converts)
        text = in_units(type, text, pool);
    return strpbrk(text, dialect->special) ? quoted(pool, text) : text;
}

static void add_row(apr_array_header_t *pieces, const dialect_t *dialect, xmlNodePtr row,
                    const apr_array_header_t *columns)
{
    for (int i = 0; i < columns->nelts; i++) {
        xmlNodePtr cell = wp_list_cell(row, APR_ARRAY_IDX(columns, i, const char *));
        if (i > 0)
            add(pieces, dialect->separator);
        if (cell)
            add(pieces, cell_text(dialect, cell, columns->pool));
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

static void add_head(apr_array_header_t *pieces, const dialect_t *dialect, const apr_array_header_t *columns)
{
    add(pieces, BYTE_ORDER_MARK);
    for (int i = 0; i < columns->nelts; i++) {
        if (i > 0)
            add(pieces, dialect->separator);
        add(pieces, column_text(dialect, APR_ARRAY_IDX(columns, i, const char *), columns->pool));
    }
    add(pieces, "\r\n");
}

static void add_rows(apr_array_header_t *pieces, const dialect_t *dialect, xmlNodePtr list,
                     const apr_array_header_t *columns)
{
    for (xmlNodePtr row = xmlFirstElementChild(list); row; row = xmlNextElementSibling(row))
        add_row(pieces, dialect, row, columns);
}

const char *wp_csv_write(xmlNodePtr list, wp_csv_reader_t reader, apr_pool_t *pool, apr_size_t *length)
{
    const apr_array_header_t *columns = wp_list_columns(list, pool);
    apr_array_header_t *pieces = apr_array_make(pool, 256, sizeof(const char *));

    add_head(pieces, &dialects[reader], columns);
    add_rows(pieces, &dialects[reader], list, columns);
    return joined(pieces, length);
}

const char *wp_csv_write_more(xmlNodePtr list, wp_csv_reader_t reader, apr_pool_t *pool, apr_size_t *length)
{
    apr_array_header_t *pieces = apr_array_make(pool, 256, sizeof(const char *));

    add_rows(pieces, &dialects[reader], list, wp_list_columns(list, pool));
    return joined(pieces, length);
}
