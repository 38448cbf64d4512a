/* SPDX-License-Identifier: Apache-2.0 */
#include <apr_strings.h>
#include <string.h>

#include "portal/page.h"

#include "base/banned.h"

/* GET forms: the page shows the inputs that a route marks as filters as they were typed. An invalid one counts as
 * not given, and the page says so at its control. */

static const wp_field_t *find_filter(const wp_page_t *page, const char *name)
{
    for (const wp_field_t *field = page->route->inputs; field && field->name; field++) {
        if (field->filter && strcmp(field->name, name) == 0)
            return field;
    }
    return NULL;
}

static void add_problem(xmlNodePtr parent, const wp_page_t *page, const wp_field_t *field, const char *code)
{
    xmlNodePtr problem = wp_xml_child(parent, "problem");
    wp_xml_attr(problem, "code", code);
    wp_xml_attr(problem, "control", field->name);
    if (field->max > 0)
        wp_message_arg_int(problem, "max", WP_TYPE_INT, field->max);
    const char *typed = apr_table_get(page->inputs->typed, field->name);
    wp_message_arg(problem, "typed", WP_TYPE_TEXT, typed ? wp_field_clean(page->pool, field, typed) : NULL);
}

static xmlNodePtr find_node(const wp_page_t *page, const char *name)
{
    for (xmlNodePtr node = page->out.filter ? page->out.filter->children : NULL; node; node = node->next) {
        xmlChar *control = xmlGetProp(node, BAD_CAST "control");
        bool same = control && strcmp((const char *)control, name) == 0;
        xmlFree(control);
        if (same)
            return node;
    }
    return NULL;
}

void wp_page_filter_preset(wp_page_t *page, const char *name, const char *value)
{
    xmlNodePtr node = find_node(page, name);
    if (node && !wp_page_input(page, name) && !wp_page_filter_is_wrong(page, name))
        wp_xml_attr(node, "value", value);
}

bool wp_page_filter_is_wrong(const wp_page_t *page, const char *name)
{
    return apr_table_get(page->inputs->problems, name) != NULL;
}

static void report(wp_page_t *page, const char *name, const char *code)
{
    const wp_field_t *field = find_filter(page, name);

    add_problem(find_node(page, name), page, field, code);
    if (!page->out.problems)
        page->out.problems = wp_xml_child(xmlDocGetRootElement(page->out.document), "problems");
    add_problem(page->out.problems, page, field, code);
}

void wp_page_filter_problem(wp_page_t *page, const char *name, wp_error_t code)
{
    report(page, name, wp_error_name(code));
}

static void add_field(wp_page_t *page, const wp_field_t *field)
{
    const char *typed = apr_table_get(page->inputs->typed, field->name);
    xmlNodePtr node = wp_xml_child(page->out.filter, "field");

    wp_xml_attr(node, "name", field->name);
    wp_xml_attr(node, "control", field->name);
    wp_xml_attr(node, "value", typed ? typed : "");
}

void wp_page_filter_begin(wp_page_t *page)
{
    page->out.filter = page->out.problems = NULL;
    for (const wp_field_t *field = page->route->inputs; field && field->name; field++) {
        if (!field->filter)
            continue;
        if (!page->out.filter)
            page->out.filter = wp_xml_child(xmlDocGetRootElement(page->out.document), "filter");
        add_field(page, field);
    }
    if (!page->out.filter)
        return;
    wp_xml_attr(page->out.filter, "action", apr_pstrcat(page->pool, page->request->base, page->request->path, NULL));
    const apr_array_header_t *wrong = apr_table_elts(page->inputs->problems);
    for (int i = 0; i < wrong->nelts; i++) {
        const apr_table_entry_t *entry = &APR_ARRAY_IDX(wrong, i, apr_table_entry_t);
        report(page, entry->key, entry->val);
    }
}
