/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/page.h"

#include <apr_hash.h>
#include <apr_strings.h>
#include <stdlib.h>
#include <string.h>

#include "base/fold.h"
#include "store/allowance.h"
#include "crypto/random.h"

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

xmlNodePtr wp_page_add_row(wp_page_t *page, xmlNodePtr parent, const wp_rows_t *rows, int row)
{
    xmlNodePtr node = wp_xml_child(parent, rows->query->row);
    for (int i = 0; i < rows->query->columns->nelts; i++) {
        const wp_named_type_t *column = &APR_ARRAY_IDX(rows->query->columns, i, wp_named_type_t);
        const char *text = rows->cells[row * rows->query->columns->nelts + i];
        if (column->type == WP_TYPE_TIME && !page->route->write &&
            !page->route->save_file) /* programs get instants in UTC, people the clock of Riga */
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

bool wp_page_cut(xmlNodePtr parent, int most)
{
    if (xmlChildElementCount(parent) <= (unsigned long)most)
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

/* The elements of <data> of a name, by the text of their child `key`. */
static apr_hash_t *elements_by(const wp_page_t *page, const char *element, const char *key)
{
    apr_hash_t *found = apr_hash_make(page->pool);
    for (xmlNodePtr node = page->data->children; node; node = node->next) {
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
    xmlNodePtr list = wp_xml_child(page->data, "list");
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

void wp_page_refuse(wp_page_t *page, int status, wp_page_code_t code)
{
    page->status = status;
    page->code = code;
}

void wp_page_go(wp_page_t *page, const char *location)
{
    page->location = location;
}

xmlNodePtr wp_page_notice(wp_page_t *page, wp_notice_t code)
{
    xmlNodePtr notice = wp_xml_child(page->notices, "notice");
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
    const char *query = page->route->contract == WP_CONTRACT_FOUND ? "" : query_part(page, "contract", page->contract);
    for (const wp_field_t *field = page->route->inputs; field && field->name; field++)
        query = apr_pstrcat(page->pool, query, query_part(page, field->name, wp_page_input(page, field->name)), NULL);
    return query;
}

static const char *page_link(const wp_page_t *page, int number)
{
    return apr_psprintf(page->pool, "%s%s?%spage=%d", page->request->base, page->request->path, wp_page_query(page),
                        number);
}

void wp_page_paging(wp_page_t *page, int total, int size)
{
    const char *typed = wp_page_input(page, "page");
    int pages = total > size ? (total + size - 1) / size : 1;
    int number = typed ? (int)strtol(typed, NULL, 10) : 1;

    if (number > pages)
        number = pages;
    wp_args_int(page->args, "size", size);
    wp_args_int(page->args, "skip", (int64_t)(number - 1) * size);
    page->paging = (struct wp_paging_t){.number = number, .pages = pages};
}

/* The first, the last, and those around the one that is shown; where some are left out is seen by their numbers. */
static bool is_linked(const struct wp_paging_t *paging, int number)
{
    return number == 1 || number == paging->pages || (number >= paging->number - 1 && number <= paging->number + 1);
}

static void add_numbers(wp_page_t *page, xmlNodePtr paging)
{
    for (int number = 1; number <= page->paging.pages; number++) {
        if (!is_linked(&page->paging, number))
            continue;
        xmlNodePtr node = wp_xml_child(paging, "number");
        wp_xml_attr_int(node, "page", number);
        wp_xml_attr(node, "href", page_link(page, number));
    }
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
    add_numbers(page, paging);
}

apr_status_t wp_page_take(wp_page_t *page, wp_limit_t limit, const char *who, wp_instant_t *again)
{
    const wp_limit_kind_t *kind = &wp_limit_kinds[limit];
    const wp_allowance_t allowance = {kind->name, who, page->portal->limits.most[limit], kind->seconds};
    return wp_allowance_take(page->db, &allowance, page->now, again);
}

const char *wp_page_mailbox(const wp_page_t *page, const char *address)
{
    char *small = apr_palloc(page->pool, strlen(address) + 1);
    wp_fold(address, small);
    return wp_secret_tag(page->portal->secret, WP_PURPOSE_PERSON, page->pool, small);
}

void wp_page_security(const wp_page_t *page, wp_event_id_t event, const char *what)
{
    const char *who = page->identity ? page->identity->tag : page->token ? page->token : "nobody";
    wp_log_event(page->portal->log, event, "%s/%s: %s, %s %s", page->section->name, page->route->name, what,
                 page->token ? "token" : "person", who);
}

apr_status_t wp_page_audit(wp_page_t *page, wp_did_t action, const char *contract, const char *detail)
{
    wp_args_t *args = wp_page_args(page);
    wp_args_text(args, "audit_id", wp_random_id(page->pool));
    wp_args_text(args, "actor_kind", page->actor_kind ? page->actor_kind : "customer");
    wp_args_text(args, "delegation", page->delegation);
    wp_args_text(args, "action", wp_did_name(action));
    wp_args_text(args, "contract", contract);
    wp_args_text(args, "detail", detail);
    return wp_db_change(page->db, "audit_add", args, NULL);
}

void wp_page_note(wp_page_t *page, const char *audit_id, wp_did_t action, const char *detail)
{
    APR_ARRAY_PUSH(page->notes, wp_note_t) = (wp_note_t){.audit_id = audit_id ? audit_id : wp_random_id(page->pool),
                                                         .contract = page->contract,
                                                         .delegation = page->delegation,
                                                         .actor_kind = page->actor_kind ? page->actor_kind : "customer",
                                                         .action = action,
                                                         .detail = detail};
}

#define DAY    86400
#define SOON   (14 * DAY)
#define RECENT (2 * DAY)

static const char *instant_text(const wp_page_t *page, wp_instant_t instant)
{
    char *text = apr_palloc(page->pool, WP_INSTANT_SIZE);
    wp_instant_format(instant, text);
    return text;
}

apr_status_t wp_page_show_notices(wp_page_t *page)
{
    wp_args_text(page->args, "soon", instant_text(page, page->now + SOON));
    wp_args_text(page->args, "recent", instant_text(page, page->now - RECENT));
    return wp_page_show(page, "notice_list", NULL);
}
