/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/delegation.h"

#include <apr_strings.h>
#include <stdlib.h>
#include <string.h>

#include "crypto/digest.h"
#include "crypto/random.h"
#include "notify/outbox.h"

#include "data/date_text.h"

#include "base/banned.h"

#define DAY            86400
#define MONTHS_MAX     36
#define SOON_DAYS      30 /* a delegation that ends within so many days is marked */
#define INVITE_SECONDS (14 * DAY)

const char *const wp_delegation_terms[] = {"12", "3", "1", "date", NULL};

void wp_delegation_bind(wp_page_t *page)
{
    wp_args_text(page->args, "day_ago", wp_instant_text(page->pool, page->clock.now - DAY));
}

void wp_delegation_show(wp_page_t *page, const wp_rows_t *rows, int row)
{
    xmlNodePtr node = wp_page_add_row(page, page->out.data, rows, row);
    wp_date_t until;

    if (strcmp(wp_row_text(rows, row, "state"), "active") != 0 ||
        !wp_date_parse_iso(wp_row_text(rows, row, "until"), &until))
        return;
    if (until - page->clock.today <= SOON_DAYS)
        wp_xml_typed(node, "left", "int", apr_itoa(page->pool, until - page->clock.today));
}

static bool is_months(const char *term)
{
    return strcmp(term, "date") != 0;
}

static wp_date_t after_months(const wp_page_t *page, const char *term)
{
    return wp_date_add_months(page->clock.today, (int)strtol(term, NULL, 10));
}

void wp_delegation_show_terms(wp_page_t *page)
{
    for (const char *const *term = wp_delegation_terms; is_months(*term); term++) {
        xmlNodePtr node = wp_xml_child(page->out.data, "term");
        wp_xml_attr(node, "months", *term);
        wp_xml_attr(node, "until", wp_date_text(page->pool, after_months(page, *term)));
    }
}

/* What is wrong with the day as the last day, or NULL. */
static wp_error_t day_problem(const wp_page_t *page, wp_date_t until, const char *later_than)
{
    if (until <= page->clock.today)
        return WP_ERROR_UNTIL_PAST;
    if (until > wp_date_add_months(page->clock.today, MONTHS_MAX))
        return WP_ERROR_UNTIL_FAR;
    return later_than && strcmp(wp_date_text(page->pool, until), later_than) <= 0 ? WP_ERROR_UNTIL_NOT_LATER
                                                                                  : WP_ERROR_NONE;
}

const char *wp_delegation_check_term(wp_page_t *page, const char *later_than)
{
    const char *term = wp_form_value(page->form, "term", NULL), *typed = wp_form_value(page->form, "until", NULL);
    wp_date_t until;

    if (!term)
        return NULL;
    if (is_months(term))
        until = after_months(page, term);
    else if (wp_form_is_blank(page->form, "until", NULL)) {
        wp_form_problem(page->form, "until", NULL, WP_ERROR_UNTIL_REQUIRED);
        return NULL;
    } else if (!typed || !wp_date_parse_iso(typed, &until))
        return NULL; /* the field reports it itself */
    wp_error_t problem = day_problem(page, until, later_than);
    if (!problem)
        return wp_date_text(page->pool, until);
    xmlNodePtr node = wp_form_problem(page->form, is_months(term) ? "term" : "until", NULL, problem);
    wp_message_arg(node, "latest", WP_TYPE_DATE,
                   wp_date_text(page->pool, wp_date_add_months(page->clock.today, MONTHS_MAX)));
    wp_message_arg(node, "was", WP_TYPE_DATE, later_than);
    return NULL;
}

/* The text shown once includes the delegation's id, so that the page of another delegation does not show it. */
static const char *flash_text(const wp_page_t *page, const char *id, const char *secret)
{
    return apr_pstrcat(page->pool, id, " ", secret, NULL);
}

void wp_delegation_invite(wp_page_t *page, wp_args_t *args, const char *id, bool invite)
{
    const char *secret = invite ? wp_random_id(page->pool) : NULL;

    wp_args_text(args, "invite_hash", secret ? wp_digest(page->pool, secret, strlen(secret)) : NULL);
    wp_args_text(args, "invite_until", invite ? wp_instant_text(page->pool, page->clock.now + INVITE_SECONDS) : NULL);
    if (secret)
        wp_page_flash(page, flash_text(page, id, secret));
}

void wp_delegation_show_link(wp_page_t *page, const wp_rows_t *rows)
{
    const wp_request_t *request = page->request;
    const char *text = wp_page_take_flash(page);
    const char *secret = text ? strchr(text, ' ') : NULL;

    if (secret && strcmp(text, flash_text(page, wp_row_text(rows, 0, "delegation_id"), secret + 1)) == 0)
        wp_xml_text(page->out.data, "link",
                    apr_pstrcat(page->pool, request->scheme_host, request->base, "/delegations/offer/", secret + 1,
                                NULL));
}

/* Keeps people from flooding a mailbox: a limit on the messages a day from one customer, and another on those from
 * all together. The receiver sees what was not sent at the next login. */
static apr_status_t may_write(wp_page_t *page, const char *address, bool *may)
{
    const char *to = wp_page_mailbox_hash(page, address);
    wp_instant_t retry_at = 0;
    apr_status_t status = wp_page_use_limit(page, WP_LIMIT_MESSAGES,
                                            apr_pstrcat(page->pool, page->who.identity->tag, "|", to, NULL), &retry_at);

    if (status == APR_SUCCESS && !retry_at)
        status = wp_page_use_limit(page, WP_LIMIT_MAILBOX, to, &retry_at);
    *may = !retry_at;
    if (retry_at)
        wp_log_info(page->portal->log, "a message to another customer was left out: too many in a day");
    return status;
}

apr_status_t wp_right_tell(wp_page_t *page, const char *id, wp_tell_t whom, const char *change)
{
    wp_args_t *args = wp_page_args(page);
    bool giver = whom == WP_TELL_GIVER;
    wp_rows_t *rows;

    wp_args_text(args, "delegation", id);
    apr_status_t status = wp_db_select(page->db, "delegation_addresses", args, &rows);
    if (status != APR_SUCCESS)
        return status;
    const char *now = wp_args_get(page->args, "now");
    const wp_message_arg_t arguments[] = {{"person", page->who.identity->known_as},
                                          {"contract", wp_row_text(rows, 0, "contract_no")},
                                          {"address", wp_row_text(rows, 0, "address")},
                                          {"change", change},
                                          {NULL, NULL}};
    const wp_message_t message = {.kind = strcmp(change, "offered") == 0 ? "delegation_offered" : "delegation_changed",
                                  .channel = "email",
                                  .recipient = wp_row_text(rows, 0, giver ? "giver_email" : "receiver_email"),
                                  .subject = id,
                                  .period = now,
                                  .language = wp_row_text(rows, 0, giver ? "giver_language" : "receiver_language"),
                                  .arguments = arguments};
    bool may = false;

    if (message.recipient)
        status = may_write(page, message.recipient, &may);
    return status == APR_SUCCESS && may ? wp_outbox_add(page->db, &message, now) : status;
}
