/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/page.h"

#include <apr_strings.h>
#include <string.h>

#include "portal/bank_call.h"
#include "service/payment.h"

#include "base/banned.h"

/* Where banks report, through the browser or from their servers. A message is authenticated by its signature; whoever
 * brings it sees nothing personal. Every order of arrival and every repetition gives the same ledger
 * (service/payment.h). */

static const wp_agreement_t *agreement_of(const wp_page_t *page)
{
    return wp_agreement_find(page->portal->agreements, wp_page_input(page, "agreement"));
}

static bool is_known(const wp_page_t *page)
{
    return agreement_of(page) != NULL;
}

static apr_status_t load(wp_page_t *page)
{
    if (!is_known(page))
        wp_page_refuse(page, 404, WP_PAGE_NOT_FOUND);
    return APR_SUCCESS;
}

/* For record(). */
static void keep(wp_page_t *page, const wp_bank_report_t *report, const char *channel)
{
    wp_payment_message_t *message = apr_palloc(page->pool, sizeof *message);
    *message = (wp_payment_message_t){.agreement = agreement_of(page),
                                      .report = apr_pmemdup(page->pool, report, sizeof *report),
                                      .channel = channel};
    page->found = message;
}

/* --- a message --- */

/* Nothing was sent: the browser lost it on the way, or came without it. */
static apr_status_t verify(wp_page_t *page)
{
    const wp_request_t *request = page->request;
    const wp_agreement_t *agreement = agreement_of(page);
    bool posted = request->method == WP_METHOD_POST;
    wp_bank_message_t message = {.bytes = posted           ? request->body->bytes
                                          : request->query ? request->query
                                                           : "",
                                 .signature = request->signature,
                                 .url = apr_pstrcat(page->pool, request->scheme_host, request->base, request->path,
                                                    NULL),
                                 .now = page->clock.now};
    wp_bank_report_t report;

    message.length = posted ? request->body->length : strlen(message.bytes);
    if (message.length == 0)
        return APR_SUCCESS;
    agreement->bank->read(agreement, &message, page->pool, &report);
    if (report.refusal == WP_REFUSAL_NONE) {
        keep(page, &report, report.pushed ? "push" : "return");
        return APR_SUCCESS;
    }
    wp_log_event(page->portal->log, WP_EV_BANK_REFUSED, "%s: %s", agreement->key, wp_bank_refusal_name(report.refusal));
    wp_page_refuse(page, 400, WP_PAGE_BANK_MESSAGE);
    return APR_SUCCESS;
}

static void show_state(wp_page_t *page, const wp_payment_t *payment)
{
    xmlNodePtr node = wp_xml_child(page->out.data, "payment");
    wp_xml_attr(node, "id", payment->payment_id);
    wp_xml_attr(node, "state", wp_payment_state_name(payment->state));
}

static apr_status_t record(wp_page_t *page)
{
    wp_payment_outcome_t outcome;
    wp_result_t result = wp_result_of(WP_OUTCOME_NONE);
    apr_status_t status = wp_payment_receive(wp_page_act(page), page->found, &outcome, &result);

    if (status != APR_SUCCESS)
        return status;
    if (wp_result_is_against(&result))
        wp_page_refuse(page, 400, WP_PAGE_BANK_MESSAGE);
    else
        show_state(page, outcome.payment);
    return APR_SUCCESS;
}

/* --- a browser that returns from a bank whose API the portal asks --- */

static apr_status_t load_back(wp_page_t *page)
{
    const wp_agreement_t *agreement = agreement_of(page);
    const wp_payment_t *payment = NULL;
    apr_status_t status = agreement
                              ? wp_payment_returned(page->db, agreement->key, wp_page_input(page, "back"), &payment)
                              : APR_SUCCESS;

    page->state = (void *)payment;
    if (status == APR_SUCCESS && !payment)
        wp_page_refuse(page, 404, WP_PAGE_NOT_FOUND);
    return status;
}

static bool is_open(const wp_payment_t *payment)
{
    return payment->state == WP_PAYMENT_REDIRECTED || payment->state == WP_PAYMENT_PENDING;
}

/* If the bank does not answer now, it will send its notification, or waterportalctl reconcile asks it again; the page
 * says "under way". */
static apr_status_t ask_bank(wp_page_t *page)
{
    const wp_agreement_t *agreement = agreement_of(page);
    const wp_payment_t *payment = page->state;
    wp_bank_report_t report = {.refusal = WP_REFUSAL_SILENT};
    wp_bank_call_t call;

    if (agreement->bank->poll && payment->bank_ref && is_open(payment) &&
        wp_bank_call_begin(page, agreement, payment->payment_id, &call)) {
        agreement->bank->poll(agreement, payment->bank_ref, page->clock.now, page->pool, &report);
        wp_bank_call_end(page, &call, report.refusal != WP_REFUSAL_SILENT,
                         report.refusal == WP_REFUSAL_NONE ? NULL : wp_bank_refusal_name(report.refusal));
    }
    if (report.refusal == WP_REFUSAL_NONE)
        keep(page, &report, "poll");
    else
        show_state(page, payment);
    return APR_SUCCESS;
}

static const wp_field_t inputs[] = {
    {.name = "agreement", .type = WP_FIELD_KEY, .required = true},
    {.name = NULL},
};

static const wp_field_t back_inputs[] = {
    {.name = "agreement", .type = WP_FIELD_KEY, .required = true},
    {.name = "back", .type = WP_FIELD_KEY, .required = true},
    {.name = NULL},
};

static const wp_route_t routes[] = {
    {.name = "return",
     .path = "/{agreement}/return",
     .need = WP_NEED_SIGNED,
     .inputs = inputs,
     .awaits = is_known,
     .show = load,
     .reach = verify,
     .record = record},
    {.name = "back",
     .path = "/{agreement}/back/{back}",
     .need = WP_NEED_SIGNED,
     .inputs = back_inputs,
     .show = load_back,
     .reach = ask_bank,
     .record = record},
    {.name = NULL},
};

const wp_section_t wp_section_pay = {.name = "pay", .path = "/pay", .routes = routes};
