/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/page.h"

#include <apr_strings.h>
#include <string.h>

#include "data/payment_store.h"
#include "pay/bank.h"

#include "base/banned.h"

/* Where banks report, by the browser or from their servers. A message proves itself by its signature; whoever brings it is shown
 * nothing personal. All orders of arrival and all repetitions lead to the same ledger (data/payment_store.h). */

static const wp_agreement_t *agreement_of(const wp_page_t *page)
{
    return wp_agreement_find(page->portal->agreements, wp_page_input(page, "agreement"));
}

static apr_status_t load(wp_page_t *page)
{
    if (!agreement_of(page))
        wp_page_refuse(page, 404, "not_found");
    return APR_SUCCESS;
}

static wp_payment_news_t news_of(wp_bank_said_t said)
{
    switch (said) {
    case WP_SAID_PAID:
        return WP_NEWS_PAID;
    case WP_SAID_UNPAID:
        return WP_NEWS_CANCELLED;
    case WP_SAID_FAILED:
        return WP_NEWS_FAILED;
    default:
        return WP_NEWS_PENDING;
    }
}

static const wp_payment_heard_t *heard_of(const wp_page_t *page, const wp_bank_message_t *message, const wp_bank_report_t *report)
{
    wp_payment_heard_t *heard = apr_pcalloc(page->pool, sizeof *heard);
    const char *agreement = agreement_of(page)->key;

    *heard = (wp_payment_heard_t){.name = {.agreement = agreement, .stamp = report->stamp, .bank_ref = report->bank_ref},
                                  .channel = report->pushed ? "push" : "return",
                                  .silent = report->said == WP_SAID_NOTHING,
                                  .news = news_of(report->said),
                                  .agreement = agreement,
                                  .raw = message->bytes,
                                  .length = message->length,
                                  .signature = "valid",
                                  .key_tag = report->key_tag,
                                  .paid_on = report->paid_on,
                                  .cents = report->cents,
                                  .currency = report->currency,
                                  .iban = report->iban,
                                  .message = report->message};
    return heard;
}

/* Nothing was brought: a browser that lost it on the way, or came by itself. */
static apr_status_t verify(wp_page_t *page)
{
    const wp_request_t *request = page->request;
    const wp_agreement_t *agreement = agreement_of(page);
    bool posted = request->method == WP_METHOD_POST;
    wp_bank_message_t message = {.bytes = posted ? request->body : request->query ? request->query : "",
                                 .signature = request->signature,
                                 .url = apr_pstrcat(page->pool, request->scheme_host, request->base, request->path, NULL),
                                 .now = page->now};
    wp_bank_report_t report;

    message.length = posted ? request->body_length : strlen(message.bytes);
    if (message.length == 0)
        return APR_SUCCESS;
    agreement->bank->read(agreement, &message, page->pool, &report);
    if (report.refusal == WP_BANK_BELIEVED) {
        page->found = heard_of(page, &message, &report);
        return APR_SUCCESS;
    }
    wp_log_event(page->portal->log, WP_EV_BANK_REFUSED, "%s: %s", agreement->key, wp_bank_refusal_name(report.refusal));
    wp_page_refuse(page, 400, "bank_message");
    return APR_SUCCESS;
}

static void tell_admin(const wp_page_t *page, const wp_payment_heard_t *heard, const wp_payment_outcome_t *outcome)
{
    if (outcome->decision == WP_HEARD_UNKNOWN)
        wp_log_event(page->portal->log, WP_EV_BANK_UNKNOWN, "%s: %s", heard->agreement, heard->name.stamp ? heard->name.stamp : heard->name.bank_ref);
    else if (outcome->decision == WP_HEARD_MOVED && outcome->why)
        wp_log_event(page->portal->log, WP_EV_BANK_REVIEW, "%s: %s", outcome->payment->payment_id, outcome->why);
    else
        wp_log_info(page->portal->log, "payment %s: %s by %s, %s, key %s", outcome->payment->payment_id,
               wp_payment_state_name(outcome->payment->state), heard->channel, wp_heard_decision_name(outcome->decision), heard->key_tag);
}

static apr_status_t record(wp_page_t *page)
{
    const wp_payment_heard_t *heard = page->found;
    wp_payment_outcome_t outcome;
    apr_status_t status = wp_payment_hear(page->db, page->args, heard, &outcome);

    if (status != APR_SUCCESS)
        return status;
    tell_admin(page, heard, &outcome);
    if (outcome.decision == WP_HEARD_UNKNOWN) {
        wp_page_refuse(page, 400, "bank_message");
        return APR_SUCCESS;
    }
    xmlNodePtr node = wp_xml_child(page->data, "payment");
    wp_xml_attr(node, "id", outcome.payment->payment_id);
    wp_xml_attr(node, "state", wp_payment_state_name(outcome.payment->state));
    return APR_SUCCESS;
}

static const wp_field_t inputs[] = {
    {.name = "agreement", .type = WP_FIELD_KEY, .required = true},
    {.name = NULL},
};

static const wp_route_t routes[] = {
    {.name = "return", .path = "/{agreement}/return", .need = WP_NEED_SIGNED, .inputs = inputs, .load = load, .reach = verify, .record = record},
    {.name = NULL},
};

const wp_section_t wp_section_pay = {.name = "pay", .path = "/pay", .routes = routes};
