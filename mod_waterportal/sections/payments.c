/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/page.h"

#include <apr_general.h>
#include <apr_strings.h>
#include <stdlib.h>
#include <string.h>

#include "base/urlencoded.h"
#include "service/payment_news.h"
#include "crypto/digest.h"
#include "crypto/random.h"
#include "domain/money.h"
#include "bank/bank.h"
#include "portal/bank_call.h"

#include "data/date_text.h"

#include "base/banned.h"

/* One payment for several invoices of several contracts: chosen by the person, added up by the portal, ordered at a
 * bank, and its outcome. */

#define PAYMENTS_A_PAGE 20
#define PICKED_MAX      300
#define EDITED_MAX      20       /* sums that can be changed on one page: as many controls as a form may repeat */
#define SUM_MAX         99999999 /* cents: the most that every bank's form accepts */
#define STAMP_DIGITS    15
#define MESSAGE_MAX     95 /* characters of a payment's text that every bank accepts */

/* --- the choice of invoices --- */

/* A chosen invoice; key: its number, as the key of a form control. */
typedef struct chosen_t {
    const char *invoice_no, *contract_no, *key;
    int64_t open, paying, cents;
    int row;
} chosen_t;

typedef struct choice_t {
    wp_rows_t *rows;
    apr_array_header_t *list; /* chosen_t */
    int64_t sum;
    bool paying; /* at least one of them is already being paid */
} choice_t;

/* "26/10-45127" → "26_2F10-45127": letters, digits, "." and "-" are kept. */
static const char *key_of(apr_pool_t *pool, const char *invoice)
{
    return wp_escape(pool, invoice, ".-", '_');
}

static bool is_picked(const apr_array_header_t *picks, const char *invoice)
{
    for (int i = 0; i < picks->nelts; i++) {
        if (strcmp(APR_ARRAY_IDX(picks, i, const char *), invoice) == 0)
            return true;
    }
    return false;
}

static bool is_edited(const choice_t *choice)
{
    return choice->list->nelts <= EDITED_MAX;
}

/* Finds the chosen invoices among those that the account may pay; all of them if none were picked. */
static apr_status_t find_chosen(wp_page_t *page, choice_t *choice)
{
    const apr_array_header_t *picks = wp_page_input_list(page, "pick");
    bool all = wp_page_input(page, "all") != NULL;
    apr_status_t status = wp_page_select(page, "payable", &choice->rows);

    choice->list = apr_array_make(page->pool, 8, sizeof(chosen_t));
    for (int i = 0; status == APR_SUCCESS && i < choice->rows->count; i++) {
        chosen_t chosen = {.invoice_no = wp_row_text(choice->rows, i, "invoice_no"),
                           .contract_no = wp_row_text(choice->rows, i, "contract_no"),
                           .open = wp_row_int(choice->rows, i, "open"),
                           .paying = wp_row_int(choice->rows, i, "paying"),
                           .row = i};
        /* "all" excludes invoices that are being paid: paying twice needs an explicit choice */
        if (all ? chosen.paying > 0 : !is_picked(picks, chosen.invoice_no))
            continue;
        chosen.key = key_of(page->pool, chosen.invoice_no);
        chosen.cents = chosen.open;
        APR_ARRAY_PUSH(choice->list, chosen_t) = chosen;
    }
    return status;
}

static void take_sums(const wp_page_t *page, choice_t *choice)
{
    choice->sum = 0;
    for (int i = 0; i < choice->list->nelts; i++) {
        chosen_t *chosen = &APR_ARRAY_IDX(choice->list, i, chosen_t);
        const char *typed = is_edited(choice) ? wp_form_value(page->form, "amount", chosen->key) : NULL;
        if (typed)
            wp_money_parse(typed, strlen(typed), &chosen->cents);
        choice->sum += chosen->cents;
        choice->paying = choice->paying || chosen->paying > 0;
    }
}

static const char *sum_text(apr_pool_t *pool, int64_t cents)
{
    char *text = apr_palloc(pool, WP_MONEY_SIZE);
    wp_money_format(cents, text);
    return text;
}

static void show_chosen(wp_page_t *page, const choice_t *choice)
{
    for (int i = 0; i < choice->list->nelts; i++) {
        const chosen_t *chosen = &APR_ARRAY_IDX(choice->list, i, chosen_t);
        xmlNodePtr node = wp_page_add_row(page, page->out.data, choice->rows, chosen->row);
        wp_xml_attr(node, "key", chosen->key);
        wp_xml_attr_int(node, "cents", chosen->cents);
        if (is_edited(choice)) {
            const char *text = sum_text(page->pool, chosen->open);
            wp_form_preset(page->form, "amount", chosen->key,
                           apr_pstrcat(page->pool, apr_pstrndup(page->pool, text, strlen(text) - 3), ",",
                                       text + strlen(text) - 2, NULL));
        }
    }
}

static void show_banks(wp_page_t *page)
{
    for (int i = 0; page->portal->agreements && i < page->portal->agreements->list->nelts; i++) {
        const wp_agreement_t *agreement = &APR_ARRAY_IDX(page->portal->agreements->list, i, wp_agreement_t);
        xmlNodePtr bank = wp_xml_child(page->out.data, "bank");
        wp_xml_attr(bank, "key", agreement->key);
        wp_xml_attr(bank, "name", wp_issuer_text(agreement->names, page->language));
    }
}

static apr_status_t load_new(wp_page_t *page)
{
    choice_t *choice = apr_pcalloc(page->pool, sizeof *choice);
    apr_status_t status = find_chosen(page, choice);

    if (status != APR_SUCCESS)
        return status;
    page->state = choice;
    take_sums(page, choice);
    show_chosen(page, choice);
    show_banks(page);
    xmlNodePtr total = wp_xml_child(page->out.data, "total");
    wp_xml_attr_int(total, "invoices", choice->list->nelts);
    wp_xml_attr_int(total, "cents", choice->sum);
    if (choice->paying)
        wp_xml_attr(total, "paying", "true");
    wp_form_preset(page->form, "sum", NULL, sum_text(page->pool, choice->sum));
    return APR_SUCCESS;
}

static void check_sums(wp_page_t *page, const choice_t *choice)
{
    for (int i = 0; is_edited(choice) && i < choice->list->nelts; i++) {
        const chosen_t *chosen = &APR_ARRAY_IDX(choice->list, i, chosen_t);
        if (wp_form_is_blank(page->form, "amount", chosen->key) || chosen->cents <= 0)
            wp_form_problem(page->form, "amount", chosen->key, WP_ERROR_AMOUNT_NONE);
    }
    if (choice->sum > SUM_MAX)
        wp_form_problem(page->form, "bank", NULL, WP_ERROR_SUM_TOO_MUCH);
}

/* Only the sum that the person saw is ordered. Without a script that is the sum of the previous page; if it differs,
 * the page is shown once more. */
static void check_seen(wp_page_t *page, const choice_t *choice)
{
    const char *seen = wp_form_value(page->form, "sum", NULL);
    int64_t cents = 0;

    if (seen && wp_money_parse(seen, strlen(seen), &cents) && cents == choice->sum)
        return;
    xmlNodePtr problem = wp_form_problem(page->form, "sum", NULL, WP_ERROR_SUM_CHANGED);
    wp_message_arg_int(problem, "sum", WP_TYPE_MONEY, choice->sum);
}

static apr_status_t check_new(wp_page_t *page)
{
    const choice_t *choice = page->state;
    const char *bank = wp_form_value(page->form, "bank", NULL);

    if (choice->list->nelts == 0)
        wp_form_problem(page->form, "bank", NULL, WP_ERROR_NOTHING_PICKED);
    check_sums(page, choice);
    if (wp_form_computes(page->form))
        return APR_SUCCESS;
    if (!wp_agreement_find(page->portal->agreements, bank))
        wp_form_problem(page->form, "bank", NULL, WP_ERROR_BANK_NONE);
    if (choice->paying && !wp_form_ticked(page->form, "again", NULL))
        wp_form_problem(page->form, "again", NULL, WP_ERROR_PAYING_ALREADY);
    if (page->form->problems == 0)
        check_seen(page, choice);
    return APR_SUCCESS;
}

/* The portal's number for the order at the bank. It identifies the order and proves nothing; an address that shows the
 * payment requires more. */
static const char *make_stamp(apr_pool_t *pool)
{
    const char *stamp;

    do /* no leading zero: banks may treat it as a number and drop it */
        stamp = wp_random_digits(pool, STAMP_DIGITS);
    while (*stamp == '0');
    return stamp;
}

/* "WP123456789012345 26/10-45127, 26/11-45127 +3": the text on the bank's statement, so that the payment can be
 * matched. */
static const char *make_message(apr_pool_t *pool, const char *stamp, const choice_t *choice)
{
    const char *message = apr_pstrcat(pool, "WP", stamp, NULL);

    for (int i = 0; i < choice->list->nelts; i++) {
        const char *longer = apr_pstrcat(pool, message, i ? ", " : " ",
                                         APR_ARRAY_IDX(choice->list, i, chosen_t).invoice_no, NULL);
        if (strlen(longer) > MESSAGE_MAX - 5)
            return apr_psprintf(pool, "%s +%d", message, choice->list->nelts - i);
        message = longer;
    }
    return message;
}

static const apr_array_header_t *make_items(apr_pool_t *pool, const choice_t *choice)
{
    apr_array_header_t *items = apr_array_make(pool, choice->list->nelts, sizeof(wp_payment_item_t));
    for (int i = 0; i < choice->list->nelts; i++) {
        const chosen_t *chosen = &APR_ARRAY_IDX(choice->list, i, chosen_t);
        APR_ARRAY_PUSH(items, wp_payment_item_t) = (wp_payment_item_t){chosen->contract_no, chosen->invoice_no,
                                                                       chosen->cents};
    }
    return items;
}

static apr_status_t audit_contracts(wp_page_t *page, const choice_t *choice, const char *payment)
{
    apr_status_t status = APR_SUCCESS;
    const char *last = NULL;

    for (int i = 0; i < choice->list->nelts && status == APR_SUCCESS; i++) {
        const char *contract = APR_ARRAY_IDX(choice->list, i, chosen_t).contract_no;
        if (!last || strcmp(last, contract) != 0)
            status = wp_page_audit(page, WP_DID_PAYMENT_STARTED, contract, payment);
        last = contract;
    }
    return status;
}

/* Computes the sums from the rows once more: if something changed since the page was checked, it is shown, not paid. */
static apr_status_t save_new(wp_page_t *page)
{
    choice_t choice = {.sum = 0};
    const wp_agreement_t *agreement = wp_agreement_find(page->portal->agreements,
                                                        wp_form_value(page->form, "bank", NULL));
    apr_status_t status = find_chosen(page, &choice);

    if (status != APR_SUCCESS)
        return status;
    take_sums(page, &choice);
    check_seen(page, &choice);
    if (page->form->problems > 0 || choice.list->nelts == 0)
        return APR_SUCCESS;
    const char *stamp = make_stamp(page->pool), *id = wp_random_id(page->pool);
    const char *expires = wp_instant_text(page->pool, page->clock.now + (wp_instant_t)agreement->minutes * 60);
    const wp_payment_t payment = {.payment_id = id,
                                  .account_id = page->who.account->id,
                                  .agreement = agreement->key,
                                  .stamp = stamp,
                                  .cents = choice.sum,
                                  .iban = agreement->iban,
                                  .message = make_message(page->pool, stamp, &choice)};
    status = wp_payment_add(page->db, page->args, &payment, make_items(page->pool, &choice), expires);
    wp_page_go(page, apr_pstrcat(page->pool, "/payments/", id, "/bank", NULL));
    return status == APR_SUCCESS ? audit_contracts(page, &choice, id) : status;
}

/* --- to the bank --- */

/* Loads the payment if it is the account's; otherwise refuses the page. */
static apr_status_t load_payment(wp_page_t *page)
{
    wp_rows_t *rows;
    apr_status_t status = wp_page_show(page, "payment_shown", &rows);

    if (status != APR_SUCCESS)
        return status;
    if (rows->count == 0) {
        wp_page_refuse(page, 404, WP_PAGE_NOT_FOUND);
        return APR_SUCCESS;
    }
    const wp_agreement_t *agreement = wp_agreement_find(page->portal->agreements, wp_row_text(rows, 0, "agreement"));
    if (agreement)
        wp_xml_text(page->out.data, "bank_name", wp_issuer_text(agreement->names, page->language));
    status = wp_page_show(page, "payment_items", NULL);
    return status == APR_SUCCESS ? wp_page_show(page, "payment_credits", NULL) : status;
}

static apr_status_t load_bank(wp_page_t *page)
{
    const wp_payment_t *payment;
    apr_status_t status = load_payment(page);

    if (status != APR_SUCCESS || page->out.code)
        return status;
    const wp_payment_name_t name = {.payment_id = wp_page_input(page, "payment")};
    status = wp_payment_find(page->db, &name, &payment);
    if (status != APR_SUCCESS)
        return status;
    if (payment->state != WP_PAYMENT_CREATED && payment->state != WP_PAYMENT_REDIRECTED)
        wp_page_go(page, apr_pstrcat(page->pool, "/payments/", payment->payment_id, NULL));
    page->state = (void *)payment;
    return APR_SUCCESS;
}

typedef struct leaving_t {
    const wp_payment_t *payment;
    wp_departure_t departure;
    const char *return_hash; /* hash of the secret in the address to which the bank returns; NULL: none */
    bool waited;             /* another request is asking the bank: its result is used */
} leaving_t;

static const char *report_url(const wp_page_t *page, const wp_agreement_t *agreement)
{
    return apr_pstrcat(page->pool, page->request->scheme_host, page->request->mount, "/pay/", agreement->key, "/return",
                       NULL);
}

/* A bank with an API sends the browser back without a message, so the address identifies the order, by a secret that
 * only the bank and this browser get. The portal stores only its hash. */
static const char *return_url(const wp_page_t *page, const wp_agreement_t *agreement, leaving_t *leaving)
{
    if (!agreement->bank->poll)
        return report_url(page, agreement);
    const char *secret = wp_random_id(page->pool);
    leaving->return_hash = wp_digest(page->pool, secret, strlen(secret));
    return apr_pstrcat(page->pool, page->request->scheme_host, page->request->mount, "/pay/", agreement->key, "/back/",
                       secret, NULL);
}

static apr_status_t begin_order(const wp_page_t *page, const wp_agreement_t *agreement, leaving_t *leaving)
{
    const wp_order_t order = {.stamp = leaving->payment->stamp,
                              .cents = leaving->payment->cents,
                              .message = leaving->payment->message,
                              .language = page->language,
                              .return_url = return_url(page, agreement, leaving),
                              .notify_url = report_url(page, agreement),
                              .now = page->clock.now};
    return agreement->bank->begin(agreement, &order, page->pool, &leaving->departure);
}

/* A bank that only accepts a signed form is not asked: nothing is sent out. If several tabs are open, one asks and the
 * others use its result. */
static bool place_order(wp_page_t *page, const wp_agreement_t *agreement, leaving_t *leaving)
{
    const char *order = apr_pstrcat(page->pool, "leave|", leaving->payment->payment_id, NULL);
    wp_bank_call_t call;

    if (!agreement->bank->poll)
        return begin_order(page, agreement, leaving) == APR_SUCCESS;
    if (!wp_bank_call_begin(page, agreement, order, &call))
        return leaving->waited = wp_bank_call_wait(page, order);
    bool placed = begin_order(page, agreement, leaving) == APR_SUCCESS;
    wp_bank_call_end(page, &call, placed || !leaving->departure.silent, placed ? NULL : leaving->departure.why);
    return placed;
}

static apr_status_t leave_for_bank(wp_page_t *page)
{
    const wp_payment_t *payment = page->state;
    const wp_agreement_t *agreement = payment ? wp_agreement_find(page->portal->agreements, payment->agreement) : NULL;
    leaving_t *leaving = apr_pcalloc(page->pool, sizeof *leaving);

    if (page->out.location)
        return APR_SUCCESS;
    leaving->payment = payment;
    page->found = leaving;
    if (payment->leave_href) { /* registered with the bank earlier */
        leaving->departure.url = payment->leave_href;
        return APR_SUCCESS;
    }
    if (agreement && place_order(page, agreement, leaving))
        return APR_SUCCESS;
    if (!agreement)
        wp_log_event(page->portal->log, WP_EV_BANK_AWAY, "%s: no agreement of this key", payment->agreement);
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

static apr_status_t note_leaving(wp_page_t *page, const leaving_t *leaving)
{
    const wp_payment_heard_t heard = {.name = {.payment_id = leaving->payment->payment_id},
                                      .channel = "portal",
                                      .news = WP_NEWS_LEFT,
                                      .agreement = leaving->payment->agreement,
                                      .signature = "none"};
    wp_payment_outcome_t outcome;
    apr_status_t status = APR_SUCCESS;

    const wp_payment_placed_t placed = {leaving->departure.bank_ref, leaving->departure.url, leaving->return_hash};
    if (placed.bank_ref)
        status = wp_payment_place(page->db, page->args, leaving->payment, &placed);
    return status == APR_SUCCESS ? wp_payment_hear(wp_page_act(page), &heard, &outcome) : status;
}

static apr_status_t record_leaving(wp_page_t *page)
{
    const leaving_t *leaving = page->found;
    const wp_payment_name_t name = {.payment_id = leaving->payment->payment_id};
    const wp_payment_t *current;
    bool news = leaving->payment->state == WP_PAYMENT_CREATED && !leaving->waited;
    apr_status_t status = news ? note_leaving(page, leaving) : APR_SUCCESS;

    if (status == APR_SUCCESS)
        status = wp_payment_find(page->db, &name, &current);
    if (status != APR_SUCCESS)
        return status;
    if (leaving->waited && !current->leave_href) {
        wp_page_refuse(page, 503, WP_PAGE_BANK_AWAY);
        return APR_SUCCESS;
    }
    xmlNodePtr leave = wp_xml_child(page->out.data, "leave");
    wp_xml_attr(leave, "href", current->leave_href ? current->leave_href : leaving->departure.url);
    if (leaving->departure.fields)
        apr_table_do(add_field, leave, leaving->departure.fields, NULL);
    return APR_SUCCESS;
}

/* --- the payment --- */

static apr_status_t load_list(wp_page_t *page)
{
    wp_rows_t *counted;
    apr_status_t status = wp_page_select(page, "payment_count", &counted);

    if (status != APR_SUCCESS)
        return status;
    wp_page_paging(page, (int)wp_row_int(counted, 0, "rows"), PAYMENTS_A_PAGE);
    return wp_page_show(page, "payment_list", NULL);
}

static const wp_field_t new_inputs[] = {
    {.name = "pick", .type = WP_FIELD_ID, .max = PICKED_MAX, .several = true},
    {.name = "all", .type = WP_FIELD_TICK},
    {.name = NULL},
};
static const wp_field_t payment_inputs[] = {
    {.name = "payment", .type = WP_FIELD_KEY, .required = true},
    {.name = NULL},
};
static const wp_field_t new_fields[] = {
    {.name = "amount", .type = WP_FIELD_MONEY, .each = true},
    {.name = "bank", .type = WP_FIELD_KEY},
    {.name = "again", .type = WP_FIELD_TICK},
    {.name = "sum", .type = WP_FIELD_MONEY},
    {.name = NULL},
};

static const wp_form_def_t new_form = {.name = "payment",
                                       .right = WP_RIGHT_PAY,
                                       .limit = WP_LIMIT_ORDERS,
                                       .fields = new_fields,
                                       .check = check_new,
                                       .save = save_new};

static const wp_route_t routes[] = {
    {.name = "list", .path = "", .need = WP_NEED_ACCOUNT, .show = load_list},
    {.name = "new",
     .path = "/new",
     .need = WP_NEED_CUSTOMER,
     .contract = WP_CONTRACT_OPTIONAL,
     .right = WP_RIGHT_PAY,
     .whole = true,
     .inputs = new_inputs,
     .show = load_new,
     .form = &new_form},
    {.name = "payment", .path = "/{payment}", .need = WP_NEED_ACCOUNT, .inputs = payment_inputs, .show = load_payment},
    {.name = "bank",
     .path = "/{payment}/bank",
     .need = WP_NEED_ACCOUNT,
     .inputs = payment_inputs,
     .show = load_bank,
     .reach = leave_for_bank,
     .record = record_leaving},
    {.name = NULL},
};

const wp_section_t wp_section_payments = {.name = "payments", .path = "/payments", .routes = routes};
