/* SPDX-License-Identifier: Apache-2.0 */
#include "sections/payments/leaving.h"

#include <apr_strings.h>
#include <string.h>

#include "portal/bank_call.h"
#include "sections/payments/receipt.h"
#include "service/payment.h"

#include "base/banned.h"

typedef struct leaving_t {
    const wp_rows_t *order;
    const wp_agreement_t *agreement; /* NULL: there is none any more */
    wp_departure_t departure;
    wp_payment_placed_t placed;
    bool is_placed; /* otherwise it cannot leave, or another request places it */
} leaving_t;

static void go_to_payment(wp_page_t *page)
{
    wp_page_go(page, apr_pstrcat(page->pool, "/payments/", wp_page_input(page, "payment"), NULL));
}

apr_status_t wp_leaving_load(wp_page_t *page)
{
    apr_status_t status = wp_receipt_load(page);
    wp_receipt_t *receipt = page->state;

    if (status == APR_SUCCESS && !page->out.code)
        status = wp_page_select(page, "payment_leaving", &receipt->order);
    if (status == APR_SUCCESS && !page->out.code && receipt->order->count == 0)
        go_to_payment(page);
    return status;
}

static const char *address(const wp_page_t *page, const wp_agreement_t *agreement, const char *rest)
{
    return apr_pstrcat(page->pool, page->request->scheme_host, page->request->mount, "/pay/", agreement->key, "/", rest,
                       NULL);
}

/* A bank with an API sends the browser back without a message, so the address identifies the order, by a secret that
 * only the bank and this browser get. */
static const char *return_url(const wp_page_t *page, leaving_t *leaving)
{
    if (!leaving->agreement->bank->poll)
        return address(page, leaving->agreement, "return");
    const char *secret = wp_payment_return_secret(page->pool, &leaving->placed.return_hash);
    return address(page, leaving->agreement, apr_pstrcat(page->pool, "back/", secret, NULL));
}

static bool begin_order(const wp_page_t *page, leaving_t *leaving)
{
    const wp_order_t order = {.stamp = wp_row_text(leaving->order, 0, "stamp"),
                              .cents = wp_row_int(leaving->order, 0, "amount"),
                              .message = wp_row_text(leaving->order, 0, "message"),
                              .language = page->language,
                              .return_url = return_url(page, leaving),
                              .notify_url = address(page, leaving->agreement, "return"),
                              .now = page->clock.now};
    const wp_agreement_t *agreement = leaving->agreement;

    leaving->is_placed = agreement->bank->begin(agreement, &order, page->pool, &leaving->departure) == APR_SUCCESS;
    leaving->placed.bank_ref = leaving->departure.bank_ref;
    if (leaving->departure.bank_ref)
        leaving->placed.leave_href = leaving->departure.url;
    return leaving->is_placed;
}

/* A bank that only accepts a signed form is not asked: nothing is sent out. If several tabs are open, one asks and the
 * others use its result. */
static bool place_order(wp_page_t *page, leaving_t *leaving)
{
    const char *order = apr_pstrcat(page->pool, "leave|", wp_page_input(page, "payment"), NULL);
    wp_bank_call_t call;

    if (!leaving->agreement->bank->poll)
        return begin_order(page, leaving);
    if (!wp_bank_call_begin(page, leaving->agreement, order, &call))
        return wp_bank_call_wait(page, order);
    bool placed = begin_order(page, leaving);
    wp_bank_call_end(page, &call, placed || !leaving->departure.silent, placed ? NULL : leaving->departure.why);
    return placed;
}

/* An order that cannot leave is not placed: record() says so. */
apr_status_t wp_leaving_reach(wp_page_t *page)
{
    const wp_receipt_t *receipt = page->state;
    leaving_t *leaving = apr_pcalloc(page->pool, sizeof *leaving);

    leaving->order = receipt->order;
    leaving->agreement = wp_agreement_find(page->portal->agreements, wp_row_text(receipt->order, 0, "agreement"));
    page->found = leaving;
    if (!wp_receipt_stands(receipt) || wp_row_text(leaving->order, 0, "leave_href"))
        return APR_SUCCESS;
    if (!leaving->agreement)
        wp_log_event(page->portal->log, WP_EV_BANK_AWAY, "%s: no agreement of this key",
                     wp_row_text(leaving->order, 0, "agreement"));
    if (!leaving->agreement || !place_order(page, leaving))
        wp_page_refuse(page, 503, WP_PAGE_BANK_AWAY);
    return APR_SUCCESS;
}

static int add_field(void *context, const char *name, const char *value)
{
    xmlNodePtr field = wp_xml_child(context, "field");
    wp_xml_attr(field, "name", name);
    wp_xml_attr(field, "value", value);
    return 1;
}

static void show_way(wp_page_t *page, const leaving_t *leaving, const wp_payment_t *payment)
{
    xmlNodePtr leave = wp_xml_child(page->out.data, "leave");

    wp_xml_attr(leave, "href", payment->leave_href ? payment->leave_href : leaving->departure.url);
    if (leaving->departure.fields)
        apr_table_do(add_field, leave, leaving->departure.fields, NULL);
}

/* The payment's page says why it cannot leave, and how to go on. Still created: the request that places it has failed.
 */
static void show_refusal(wp_page_t *page, const wp_payment_t *payment, const wp_result_t *result)
{
    if (payment && payment->state == WP_PAYMENT_CREATED)
        wp_page_refuse(page, 503, WP_PAGE_BANK_AWAY);
    else if (result->outcome == WP_OUTCOME_UNKNOWN)
        wp_page_refuse(page, 404, WP_PAGE_NOT_FOUND);
    else if (result->outcome == WP_OUTCOME_REFUSED && result->code == WP_ERROR_NO_RIGHT)
        wp_page_refuse(page, 403, WP_PAGE_NO_RIGHT);
    else
        go_to_payment(page);
}

apr_status_t wp_leaving_record(wp_page_t *page)
{
    const leaving_t *leaving = page->found;
    const wp_payment_leaving_t wanted = {.payment_id = wp_page_input(page, "payment"),
                                         .placed = leaving->is_placed ? &leaving->placed : NULL};
    const wp_payment_t *payment;
    wp_result_t result = wp_result_of(WP_OUTCOME_NONE);
    apr_status_t status = wp_payment_leave(wp_page_act(page), &wanted, &payment, &result);

    if (status != APR_SUCCESS)
        return status;
    if (wp_result_is_against(&result))
        show_refusal(page, payment, &result);
    else
        show_way(page, leaving, payment);
    return APR_SUCCESS;
}
