/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/page.h"

#include <apr_strings.h>
#include <stdlib.h>
#include <string.h>

#include "data/random_id.h"

#include "base/banned.h"

wp_args_t *wp_page_args(wp_page_t *page)
{
    return wp_args_make(page->pool, page->args);
}

apr_status_t wp_page_select(wp_page_t *page, const char *query, wp_rows_t **rows)
{
    return wp_db_select(page->db, query, page->args, rows);
}

const char *wp_page_time(const wp_page_t *page, const char *instant)
{
    wp_instant_t at;
    if (!instant || !wp_instant_parse(instant, &at))
        return NULL;
    wp_civil_t c = wp_riga_split(at);
    return apr_psprintf(page->pool, "%04d-%02d-%02dT%02d:%02d:%02d", c.year, c.month, c.day, c.hour, c.minute, c.second);
}

xmlNodePtr wp_page_add_row(wp_page_t *page, xmlNodePtr parent, const wp_rows_t *rows, int row)
{
    xmlNodePtr node = wp_xml_child(parent, rows->query->row);
    for (int i = 0; i < rows->query->columns->nelts; i++) {
        const wp_named_type_t *column = &APR_ARRAY_IDX(rows->query->columns, i, wp_named_type_t);
        const char *text = rows->cells[row * rows->query->columns->nelts + i];
        if (column->type == WP_TYPE_TIME)
            text = wp_page_time(page, text);
        wp_xml_typed(node, column->name, wp_type_name(column->type), text);
    }
    return node;
}

apr_status_t wp_page_show(wp_page_t *page, const char *query, wp_rows_t **rows)
{
    wp_rows_t *found;
    apr_status_t status = wp_page_select(page, query, &found);
    for (int i = 0; status == APR_SUCCESS && i < found->count; i++)
        wp_page_add_row(page, page->data, found, i);
    if (rows)
        *rows = status == APR_SUCCESS ? found : NULL;
    return status;
}

void wp_page_refuse(wp_page_t *page, int status, const char *code)
{
    page->status = status;
    page->code = code;
}

void wp_page_go(wp_page_t *page, const char *location)
{
    page->location = location;
}

xmlNodePtr wp_page_notice(wp_page_t *page, const char *code)
{
    xmlNodePtr notice = wp_xml_child(page->notices, "notice");
    wp_xml_attr(notice, "code", code);
    return notice;
}

void wp_message_arg(xmlNodePtr message, const char *name, wp_type_t type, const char *text)
{
    xmlNodePtr arg = wp_xml_typed(message, "arg", wp_type_name(type), text);
    if (arg)
        wp_xml_attr(arg, "name", name);
}

void wp_message_arg_int(xmlNodePtr message, const char *name, wp_type_t type, int64_t value)
{
    xmlNodePtr arg = wp_xml_int(message, "arg", value);
    wp_xml_attr(arg, "name", name);
    wp_xml_attr(arg, "t", wp_type_name(type));
}

static void add_date(xmlNodePtr node, const char *name, wp_date_t date)
{
    char text[WP_DATE_SIZE];
    wp_date_format_iso(date, text);
    wp_xml_attr(node, name, text);
}

void wp_page_add_window(wp_page_t *page)
{
    const wp_window_t *window = &page->window;
    xmlNodePtr node = wp_xml_child(page->data, "window");

    wp_xml_attr(node, "open", window->open ? "true" : "false");
    wp_xml_attr(node, "month", window->key);
    add_date(node, "from", window->from);
    add_date(node, "until", window->until);
    add_date(node, "next-from", window->next_from);
    add_date(node, "next-until", window->next_until);
    if (window->open)
        wp_xml_attr_int(node, "days-left", window->days_left);
}

static const char *add_pair(const wp_page_t *page, const char *query, const char *name, const char *value)
{
    if (!value)
        return query;
    return apr_pstrcat(page->pool, query, name, "=", wp_urlencode(page->pool, value), "&", NULL);
}

/* What stands in the path is left out. */
const char *wp_page_query(const wp_page_t *page)
{
    const char *query = add_pair(page, "", "contract", page->contract);

    for (const wp_field_t *field = page->route->inputs; field && field->name; field++) {
        if (!strstr(page->route->path, apr_pstrcat(page->pool, "{", field->name, "}", NULL)))
            query = add_pair(page, query, field->name, apr_table_get(page->inputs->values, field->name));
    }
    for (const wp_field_t *field = page->filter ? page->filter->def->fields : NULL; field && field->name; field++)
        query = add_pair(page, query, field->name, wp_form_value(page->filter, field->name, NULL));
    return query;
}

static const char *page_link(const wp_page_t *page, int number)
{
    return apr_psprintf(page->pool, "%s%s?%spage=%d", page->request->base, page->request->path, wp_page_query(page), number);
}

void wp_page_paging(wp_page_t *page, int total, int size)
{
    const char *typed = apr_table_get(page->inputs->values, "page");
    int pages = total > size ? (total + size - 1) / size : 1;
    int number = typed ? (int)strtol(typed, NULL, 10) : 1;

    if (number > pages)
        number = pages;
    wp_args_int(page->args, "size", size);
    wp_args_int(page->args, "skip", (int64_t)(number - 1) * size);
    page->paging = (struct wp_paging_t){.number = number, .pages = pages};
}

void wp_page_add_paging(wp_page_t *page)
{
    int number = page->paging.number;
    if (page->paging.pages < 2)
        return;
    xmlNodePtr paging = wp_xml_child(page->data, "paging");
    wp_xml_attr_int(paging, "page", number);
    wp_xml_attr_int(paging, "pages", page->paging.pages);
    if (number > 1)
        wp_xml_attr(paging, "href-previous", page_link(page, number - 1));
    if (number < page->paging.pages)
        wp_xml_attr(paging, "href-next", page_link(page, number + 1));
}

apr_status_t wp_page_audit(wp_page_t *page, const char *action, const char *contract, const char *detail)
{
    wp_args_t *args = wp_page_args(page);
    wp_args_text(args, "audit_id", wp_random_id(page->pool));
    wp_args_text(args, "actor_kind", page->actor_kind ? page->actor_kind : "customer");
    wp_args_text(args, "delegation", page->delegation);
    wp_args_text(args, "action", action);
    wp_args_text(args, "contract", contract);
    wp_args_text(args, "detail", detail);
    return wp_db_change(page->db, "audit_add", args, NULL);
}
