/* SPDX-License-Identifier: Apache-2.0 */
#include "sections/delegations/parts.h"

#include <apr_strings.h>
#include <string.h>

#include "base/banned.h"

/* What was given and received, and who did what on one's contracts. */

#define RIGHTS_A_PAGE 20
#define EVENTS_A_PAGE 50
#define RECENT_EVENTS 5

/* A row of the audit log. What was viewed is "section.route", which gets its own code so that the catalogue has words
 * for it. */
static void add_event(wp_page_t *page, const wp_rows_t *rows, int row)
{
    const char *action = wp_row_text(rows, row, "action"), *detail = wp_row_text(rows, row, "detail");
    const char *actor = wp_row_text(rows, row, "actor");
    xmlNodePtr event = wp_xml_child(page->out.data, "event");

    wp_xml_attr(event, "code", action);
    if (strcmp(action, "viewed") == 0 && detail) {
        char *what = apr_pstrdup(page->pool, detail);
        for (char *c = what; *c; c++)
            *c = *c == '.' ? '_' : *c;
        wp_xml_attr(event, "what", what);
    }
    wp_xml_attr(event, "kind", wp_row_text(rows, row, "kind"));
    wp_xml_typed(event, "at", "time", wp_page_time(page, wp_row_text(rows, row, "at")));
    wp_xml_text(event, "contract_no", wp_row_text(rows, row, "contract_no"));
    wp_message_arg(event, "actor", WP_TYPE_TEXT, actor ? actor : "–");
    wp_message_arg(event, "whom", WP_TYPE_TEXT, wp_row_text(rows, row, "whom"));
    wp_message_arg(event, "detail", WP_TYPE_TEXT, detail);
}

static apr_status_t show_recent(wp_page_t *page)
{
    wp_args_t *args = wp_page_args(page);
    wp_rows_t *rows;

    wp_args_int(args, "size", RECENT_EVENTS);
    apr_status_t status = wp_db_select(page->db, "audit_recent", args, &rows);
    for (int i = 0; status == APR_SUCCESS && i < rows->count; i++)
        add_event(page, rows, i);
    return status;
}

static apr_status_t show_given(wp_page_t *page)
{
    wp_rows_t *counted, *rows;
    apr_status_t status = wp_page_select(page, "delegation_given_count", &counted);

    if (status != APR_SUCCESS)
        return status;
    wp_page_paging(page, (int)wp_row_int(counted, 0, "rights"), RIGHTS_A_PAGE);
    status = wp_page_select(page, "delegation_given", &rows);
    for (int i = 0; status == APR_SUCCESS && i < rows->count; i++)
        wp_delegations_show_row(page, rows, i);
    return status;
}

apr_status_t wp_delegations_show_list(wp_page_t *page)
{
    wp_delegations_bind(page);
    wp_args_text(page->args, "delegation", NULL); /* not one of them: all */
    /* without this right on any contract, a person sees only what was given to him */
    wp_args_int(page->args, "right", WP_RIGHT_DELEGATE);
    if (page->who.account->rights & WP_RIGHT_DELEGATE)
        wp_xml_child(page->out.data, "may-give");
    apr_status_t status = wp_page_show(page, "offer_list", NULL);
    if (status == APR_SUCCESS)
        status = show_given(page);
    if (status == APR_SUCCESS)
        status = wp_page_show(page, "delegation_received", NULL);
    return status == APR_SUCCESS ? show_recent(page) : status;
}

apr_status_t wp_delegations_show_log(wp_page_t *page)
{
    wp_rows_t *counted, *rows;
    apr_status_t status = wp_page_select(page, "audit_count", &counted);

    if (status != APR_SUCCESS)
        return status;
    wp_page_paging(page, (int)wp_row_int(counted, 0, "events"), EVENTS_A_PAGE);
    status = wp_page_select(page, "audit_list", &rows);
    for (int i = 0; status == APR_SUCCESS && i < rows->count; i++)
        add_event(page, rows, i);
    return status;
}
