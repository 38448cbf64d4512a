/* SPDX-License-Identifier: Apache-2.0 */
#include "render/lists.h"

#include <apr_strings.h>
#include <stdbool.h>

#include "base/banned.h"

static bool is_named(xmlNodePtr node, const char *name)
{
    return xmlStrEqual(node->name, BAD_CAST name);
}

xmlNodePtr wp_list_cell(xmlNodePtr row, const char *name)
{
    xmlNodePtr cell = xmlFirstElementChild(row);
    while (cell && !is_named(cell, name))
        cell = xmlNextElementSibling(cell);
    return cell;
}

xmlNodePtr wp_list_data(xmlDocPtr page)
{
    return wp_list_cell(xmlDocGetRootElement(page), "data");
}

xmlNodePtr wp_list_next(xmlDocPtr page, xmlNodePtr after)
{
    xmlNodePtr data = wp_list_data(page);
    xmlNodePtr list = after ? xmlNextElementSibling(after) : data ? xmlFirstElementChild(data) : NULL;
    while (list && !is_named(list, "list"))
        list = xmlNextElementSibling(list);
    return list;
}

static const char *take(apr_pool_t *pool, xmlChar *text)
{
    const char *copy = text ? apr_pstrdup(pool, (const char *)text) : "";
    xmlFree(text);
    return copy;
}

const char *wp_list_text(xmlNodePtr cell, apr_pool_t *pool)
{
    return take(pool, xmlNodeGetContent(cell));
}

const char *wp_list_attr(xmlNodePtr node, const char *name, apr_pool_t *pool)
{
    return take(pool, xmlGetNoNsProp(node, BAD_CAST name));
}

apr_array_header_t *wp_list_columns(xmlNodePtr list, apr_pool_t *pool)
{
    apr_array_header_t *columns = apr_array_make(pool, 16, sizeof(const char *));
    char *rest = NULL;
    char *names = apr_pstrdup(pool, wp_list_attr(list, "columns", pool));
    for (char *name = apr_strtok(names, " ", &rest); name; name = apr_strtok(NULL, " ", &rest))
        APR_ARRAY_PUSH(columns, const char *) = name;
    return columns;
}
