/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/page.h"

#include <apr_hash.h>
#include <apr_strings.h>
#include <string.h>

#include "base/banned.h"

/* Writes rows of a statement as elements of the page document. */

xmlNodePtr wp_page_add_columns(wp_page_t *page, xmlNodePtr parent, const wp_rows_t *rows, int row, int columns)
{
    xmlNodePtr node = wp_xml_child(parent, rows->query->row);
    for (int i = 0; i < columns; i++) {
        const wp_named_type_t *column = &APR_ARRAY_IDX(rows->query->columns, i, wp_named_type_t);
        const char *text = rows->cells[row * rows->query->columns->nelts + i];
        if (column->type == WP_TYPE_TIME && !page->route->write &&
            !page->route->save_file) /* programs get instants in UTC, people Riga local time */
            text = wp_page_time(page, text);
        wp_xml_typed(node, column->name, wp_type_name(column->type), text);
    }
    return node;
}

xmlNodePtr wp_page_add_row(wp_page_t *page, xmlNodePtr parent, const wp_rows_t *rows, int row)
{
    return wp_page_add_columns(page, parent, rows, row, rows->query->columns->nelts);
}

apr_status_t wp_page_show(wp_page_t *page, const char *query, wp_rows_t **rows)
{
    wp_rows_t *found;
    apr_status_t status = wp_page_select(page, query, &found);
    for (int i = 0; status == APR_SUCCESS && i < found->count; i++)
        wp_page_add_row(page, page->out.data, found, i);
    if (rows)
        *rows = status == APR_SUCCESS ? found : NULL;
    return status;
}

bool wp_page_cut(xmlNodePtr parent, int max)
{
    if (xmlChildElementCount(parent) <= (unsigned long)max)
        return false;
    xmlNodePtr last = xmlLastElementChild(parent);
    xmlUnlinkNode(last);
    xmlFreeNode(last);
    return true;
}

static xmlNodePtr find_child(xmlNodePtr parent, const char *name)
{
    for (xmlNodePtr node = parent->children; node; node = node->next) {
        if (strcmp((const char *)node->name, name) == 0)
            return node;
    }
    return NULL;
}

/* The elements of <data> with this name, indexed by the text of their child `key`. */
static apr_hash_t *elements_by(const wp_page_t *page, const char *element, const char *key)
{
    apr_hash_t *found = apr_hash_make(page->pool);
    for (xmlNodePtr node = page->out.data->children; node; node = node->next) {
        xmlNodePtr child = strcmp((const char *)node->name, element) == 0 ? find_child(node, key) : NULL;
        xmlChar *text = child ? xmlNodeGetContent(child) : NULL;
        if (text)
            apr_hash_set(found, apr_pstrdup(page->pool, (const char *)text), APR_HASH_KEY_STRING, node);
        xmlFree(text);
    }
    return found;
}

apr_status_t wp_page_show_within(wp_page_t *page, const char *query, const char *element, const char *key)
{
    wp_rows_t *rows;
    apr_hash_t *elements = elements_by(page, element, key);
    apr_status_t status = wp_page_select(page, query, &rows);

    for (int i = 0; status == APR_SUCCESS && i < rows->count; i++) {
        const char *value = wp_row_text(rows, i, key);
        xmlNodePtr parent = value ? apr_hash_get(elements, value, APR_HASH_KEY_STRING) : NULL;
        if (!parent)
            continue;
        xmlNodePtr node = wp_page_add_row(page, parent, rows, i);
        xmlNodePtr repeated = find_child(node, key);
        xmlUnlinkNode(repeated);
        xmlFreeNode(repeated);
    }
    return status;
}

xmlNodePtr wp_page_add_list(wp_page_t *page, const char *name, const char *columns)
{
    xmlNodePtr list = wp_xml_child(page->out.data, "list");
    wp_xml_attr(list, "name", name);
    wp_xml_attr(list, "columns", columns);
    return list;
}

apr_status_t wp_page_show_list(wp_page_t *page, const char *name, const char *query, wp_rows_t **rows)
{
    wp_rows_t *found;
    apr_status_t status = wp_page_select(page, query, &found);
    const char *columns = NULL;

    if (status != APR_SUCCESS)
        return status;
    for (int i = 0; i < found->query->columns->nelts; i++) {
        const char *column = APR_ARRAY_IDX(found->query->columns, i, wp_named_type_t).name;
        columns = columns ? apr_pstrcat(page->pool, columns, " ", column, NULL) : column;
    }
    xmlNodePtr list = wp_page_add_list(page, name, columns);
    for (int i = 0; i < found->count; i++)
        wp_page_add_row(page, list, found, i);
    if (rows)
        *rows = found;
    return APR_SUCCESS;
}
