/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/page.h"

#include <apr_strings.h>
#include <string.h>

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
    return apr_psprintf(page->pool, "%04d-%02d-%02dT%02d:%02d:%02d", c.year, c.month, c.day, c.hour, c.minute,
                        c.second);
}

void wp_page_refuse(wp_page_t *page, int status, wp_page_code_t code)
{
    page->out.status = status;
    page->out.code = code;
}

void wp_page_go(wp_page_t *page, const char *location)
{
    page->out.location = location;
}

xmlNodePtr wp_page_notice(wp_page_t *page, wp_notice_t code)
{
    xmlNodePtr notice = wp_xml_child(page->out.notices, "notice");
    wp_xml_attr(notice, "code", wp_notice_name(code));
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

void wp_date_attr(xmlNodePtr node, const char *name, wp_date_t date)
{
    char text[WP_DATE_SIZE];
    wp_date_format_iso(date, text);
    wp_xml_attr(node, name, text);
}

void wp_date_child(xmlNodePtr parent, const char *name, wp_date_t date)
{
    char text[WP_DATE_SIZE];
    wp_date_format_iso(date, text);
    wp_xml_typed(parent, name, "date", text);
}

void wp_page_add_window(wp_page_t *page)
{
    const wp_window_t *window = &page->window;
    xmlNodePtr node = wp_xml_child(page->out.data, "window");

    wp_xml_attr(node, "open", window->open ? "true" : "false");
    wp_xml_attr(node, "month", window->key);
    wp_date_attr(node, "from", window->from);
    wp_date_attr(node, "until", window->until);
    wp_date_attr(node, "next-from", window->next_from);
    wp_date_attr(node, "next-until", window->next_until);
    if (window->open)
        wp_xml_attr_int(node, "days-left", window->days_left);
}

const char *wp_page_input(const wp_page_t *page, const char *name)
{
    return apr_table_get(page->inputs->values, name);
}

const apr_array_header_t *wp_page_input_list(const wp_page_t *page, const char *name)
{
    apr_array_header_t *list = apr_array_make(page->pool, 8, sizeof(const char *));
    const apr_array_header_t *inputs = apr_table_elts(page->inputs->values);

    for (int i = 0; i < inputs->nelts; i++) {
        const apr_table_entry_t *input = &APR_ARRAY_IDX(inputs, i, apr_table_entry_t);
        if (strcmp(input->key, name) == 0)
            APR_ARRAY_PUSH(list, const char *) = input->val;
    }
    return list;
}

static bool stands_in_path(const wp_page_t *page, const char *name)
{
    return strstr(page->route->path, apr_pstrcat(page->pool, "{", name, "}", NULL)) != NULL;
}

static const char *query_part(const wp_page_t *page, const char *name, const char *value)
{
    if (!value || stands_in_path(page, name))
        return "";
    return apr_pstrcat(page->pool, name, "=", wp_urlencode(page->pool, value), "&", NULL);
}

const char *wp_page_query(const wp_page_t *page)
{
    const char *query = page->route->contract == WP_CONTRACT_FOUND ? ""
                                                                   : query_part(page, "contract", page->on.contract);
    for (const wp_field_t *field = page->route->inputs; field && field->name; field++)
        query = apr_pstrcat(page->pool, query, query_part(page, field->name, wp_page_input(page, field->name)), NULL);
    return query;
}

void wp_page_log_security(const wp_page_t *page, wp_event_id_t event, const char *what)
{
    const char *who = page->who.identity ? page->who.identity->tag : page->who.token ? page->who.token : "nobody";
    wp_log_event(page->portal->log, event, "%s/%s: %s, %s %s", page->section->name, page->route->name, what,
                 page->who.token ? "token" : "person", who);
}
