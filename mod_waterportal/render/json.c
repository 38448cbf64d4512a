/* SPDX-License-Identifier: Apache-2.0 */
#include "render/json.h"

#include <apr_strings.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "render/lists.h"

#include "base/banned.h"

static json_t *integer(const char *text)
{
    char *end;
    errno = 0;
    long long value = strtoll(text, &end, 10);
    return *text == '\0' || *end != '\0' || errno != 0 ? NULL : json_integer(value);
}

static bool is_number(const char *type)
{
    static const char *const numbers[] = {"int", "volume", "money", "price"};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        if (strcmp(numbers[i], type) == 0)
            return true;
    }
    return false;
}

/* NULL if the text does not fit its type. */
static json_t *value_of(xmlNodePtr cell, apr_pool_t *pool)
{
    const char *type = wp_list_attr(cell, "t", pool);
    const char *text = wp_list_text(cell, pool);

    if (is_number(type))
        return integer(text);
    if (strcmp(type, "flag") == 0)
        return json_boolean(strcmp(text, "0") != 0);
    return json_string(text);
}

static bool fill_row(json_t *object, xmlNodePtr row, const apr_array_header_t *columns)
{
    bool good = true;
    for (int i = 0; i < columns->nelts && good; i++) {
        const char *name = APR_ARRAY_IDX(columns, i, const char *);
        xmlNodePtr cell = wp_list_cell(row, name);
        json_t *value = cell ? value_of(cell, columns->pool) : json_null();
        good = value && json_object_set_new(object, name, value) == 0;
    }
    return good;
}

static bool fill_list(json_t *root, xmlNodePtr list, apr_pool_t *pool)
{
    const apr_array_header_t *columns = wp_list_columns(list, pool);
    json_t *rows = json_array();
    bool good = json_object_set_new(root, wp_list_attr(list, "name", pool), rows) == 0;

    for (xmlNodePtr row = xmlFirstElementChild(list); row && good; row = xmlNextElementSibling(row)) {
        json_t *object = json_object();
        good = json_array_append_new(rows, object) == 0 && fill_row(object, row, columns);
    }
    return good;
}

static void fill_paging(json_t *root, xmlNodePtr paging, apr_pool_t *pool)
{
    const char *next = paging ? wp_list_attr(paging, "href-next", pool) : "";
    json_object_set_new(root, "page", paging ? integer(wp_list_attr(paging, "page", pool)) : json_integer(1));
    json_object_set_new(root, "pages", paging ? integer(wp_list_attr(paging, "pages", pool)) : json_integer(1));
    json_object_set_new(root, "next", *next ? json_string(next) : json_null());
}

static apr_status_t dump(const json_t *root, apr_pool_t *pool, const char **text, apr_size_t *length)
{
    char *made = json_dumps(root, JSON_COMPACT);
    if (!made)
        return APR_EGENERAL;
    *length = strlen(made);
    *text = apr_pstrmemdup(pool, made, *length);
    free(made);
    return APR_SUCCESS;
}

static bool fill_attributes(json_t *object, xmlNodePtr data, apr_pool_t *pool)
{
    bool good = json_object_set_new(object, "version", integer(wp_list_attr(data, "version", pool))) == 0;

    for (xmlAttrPtr attr = data->properties; attr && good; attr = attr->next) {
        const char *name = (const char *)attr->name;
        if (strcmp(name, "version") != 0)
            good = json_object_set_new(object, name, json_string(wp_list_attr(data, name, pool))) == 0;
    }
    return good;
}

bool wp_json_add(json_t *object, xmlDocPtr page, apr_pool_t *pool)
{
    xmlNodePtr data = wp_list_data(page);
    bool good = data && fill_attributes(object, data, pool);

    for (xmlNodePtr list = wp_list_next(page, NULL); list && good; list = wp_list_next(page, list))
        good = fill_list(object, list, pool);
    return good;
}

apr_status_t wp_json_write(xmlDocPtr page, apr_pool_t *pool, const char **text, apr_size_t *length)
{
    json_t *root = json_object();
    bool good = wp_json_add(root, page, pool);

    if (good)
        fill_paging(root, wp_list_cell(wp_list_data(page), "paging"), pool);
    apr_status_t status = good ? dump(root, pool, text, length) : APR_EGENERAL;
    json_decref(root);
    return status;
}

const char *wp_json_row(xmlNodePtr row, const apr_array_header_t *columns, apr_pool_t *pool)
{
    json_t *object = json_object();
    const char *text = NULL;
    apr_size_t length;

    if (fill_row(object, row, columns))
        dump(object, pool, &text, &length);
    json_decref(object);
    return text;
}
