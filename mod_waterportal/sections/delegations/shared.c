/* SPDX-License-Identifier: Apache-2.0 */
#include "sections/delegations/parts.h"

#include <apr_strings.h>
#include <stdlib.h>
#include <string.h>

#include "data/date_text.h"

#include "base/banned.h"

#define SOON_DAYS 30 /* a right that ends within so many days is marked */

void wp_delegations_bind(wp_page_t *page)
{
    wp_args_text(page->args, "day_ago", wp_instant_text(page->pool, page->clock.now - WP_DELEGATION_DRAFT_SECONDS));
}

void wp_delegations_show_row(wp_page_t *page, const wp_rows_t *rows, int row)
{
    xmlNodePtr node = wp_page_add_row(page, page->out.data, rows, row);
    wp_date_t until;

    if (strcmp(wp_row_text(rows, row, "state"), "active") != 0 ||
        !wp_date_parse_iso(wp_row_text(rows, row, "until"), &until))
        return;
    if (until - page->clock.today <= SOON_DAYS)
        wp_xml_typed(node, "left", "int", apr_itoa(page->pool, until - page->clock.today));
}

/* --- the term --- */

const char *const wp_delegations_terms[] = {"12", "3", "1", "date", NULL};

static bool is_months(const char *term)
{
    return strcmp(term, "date") != 0;
}

static const char *after_months(const wp_page_t *page, const char *term)
{
    return wp_date_text(page->pool, wp_date_add_months(page->clock.today, (int)strtol(term, NULL, 10)));
}

void wp_delegations_show_terms(wp_page_t *page)
{
    for (const char *const *term = wp_delegations_terms; is_months(*term); term++) {
        xmlNodePtr node = wp_xml_child(page->out.data, "term");
        wp_xml_attr(node, "months", *term);
        wp_xml_attr(node, "until", after_months(page, *term));
    }
}

static bool is_term_typed(const wp_page_t *page)
{
    const char *term = wp_form_value(page->form, "term", NULL);
    return term && is_months(term);
}

const char *wp_delegations_typed_until(const wp_page_t *page)
{
    if (is_term_typed(page))
        return after_months(page, wp_form_value(page->form, "term", NULL));
    return wp_form_value(page->form, "term", NULL) ? wp_form_value(page->form, "until", NULL) : NULL;
}

void wp_delegations_tell_until(wp_page_t *page, wp_error_t code, const char *was)
{
    bool reported = !wp_delegations_typed_until(page) &&
                    (!wp_form_value(page->form, "term", NULL) || !wp_form_is_blank(page->form, "until", NULL));
    if (reported) /* by the field itself, which cannot be read */
        return;
    xmlNodePtr node = wp_form_problem(page->form, is_term_typed(page) ? "term" : "until", NULL, code);
    wp_message_arg(node, "latest", WP_TYPE_DATE, wp_date_text(page->pool, wp_delegation_latest(page->clock.today)));
    wp_message_arg(node, "was", WP_TYPE_DATE, was);
}

/* --- the link --- */

/* The text includes the right's id, so that the page of another right does not show it. */
static const char *link_text(const wp_page_t *page, const char *id, const char *secret)
{
    return apr_pstrcat(page->pool, id, " ", secret, NULL);
}

void wp_delegations_keep_link(wp_page_t *page, const wp_delegation_given_t *given)
{
    if (given->secret)
        wp_page_flash(page, link_text(page, given->id, given->secret));
}

void wp_delegations_show_link(wp_page_t *page, const char *id)
{
    const wp_request_t *request = page->request;
    const char *text = wp_page_take_flash(page);
    const char *secret = text ? strchr(text, ' ') : NULL;

    if (secret && strcmp(text, link_text(page, id, secret + 1)) == 0)
        wp_xml_text(page->out.data, "link",
                    apr_pstrcat(page->pool, request->scheme_host, request->base, "/delegations/offer/", secret + 1,
                                NULL));
}
