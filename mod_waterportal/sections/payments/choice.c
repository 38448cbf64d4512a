/* SPDX-License-Identifier: Apache-2.0 */
#include "sections/payments/choice.h"

#include <apr_strings.h>
#include <string.h>

#include "base/urlencoded.h"
#include "domain/money.h"
#include "service/payment.h"

#include "base/banned.h"

#define PICKED_MAX  300
#define EDITED_MAX  20  /* sums that can be changed on one page: as many controls as a form may repeat */
#define OFFERED_MAX 100 /* invoices of others that are listed to be added */

/* A chosen invoice; key: its number, as the key of a form control. */
typedef struct chosen_t {
    const char *invoice_no, *key;
    int64_t open, cents;
    const char *order; /* the payment of it that is under way, or NULL */
    bool picked;       /* by its number, not among all */
    int row;
} chosen_t;

typedef struct choice_t {
    wp_rows_t *rows;
    apr_array_header_t *list; /* chosen_t */
    int64_t sum;
    apr_array_header_t *others; /* int: rows of invoices of others that are not chosen */
    const char *repeats; /* "left": an order for one of them is at its bank; "unsent": it has not left; or NULL */
    const char *seen;    /* what the person sees of them: changes when one of them does */
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

/* "All" are the account's own, or all of the contract that was chosen. It excludes invoices that are being paid: paying
 * twice needs an explicit choice, and so does paying for somebody else. */
static bool is_of_all(const wp_page_t *page, const choice_t *choice, int row)
{
    return wp_page_input(page, "all") && wp_row_is_null(choice->rows, row, "order") &&
           (page->on.contract || wp_row_int(choice->rows, row, "own"));
}

static void take_row(wp_page_t *page, choice_t *choice, int row)
{
    chosen_t chosen = {.invoice_no = wp_row_text(choice->rows, row, "invoice_no"),
                       .open = wp_row_int(choice->rows, row, "open"),
                       .order = wp_row_text(choice->rows, row, "order"),
                       .row = row};

    chosen.picked = is_picked(wp_page_input_list(page, "pick"), chosen.invoice_no);
    chosen.key = key_of(page->pool, chosen.invoice_no);
    chosen.cents = chosen.open;
    if (chosen.picked || is_of_all(page, choice, row))
        APR_ARRAY_PUSH(choice->list, chosen_t) = chosen;
    else if (!wp_row_int(choice->rows, row, "own"))
        APR_ARRAY_PUSH(choice->others, int) = row;
}

/* Finds the chosen invoices among those that the account may pay. */
static apr_status_t find_chosen(wp_page_t *page, choice_t *choice)
{
    apr_status_t status = wp_page_select(page, "payable", &choice->rows);

    choice->list = apr_array_make(page->pool, 8, sizeof(chosen_t));
    choice->others = apr_array_make(page->pool, 8, sizeof(int));
    for (int i = 0; status == APR_SUCCESS && i < choice->rows->count; i++)
        take_row(page, choice, i);
    return status;
}

static void note_repeated(choice_t *choice, const chosen_t *chosen)
{
    if (chosen->order && wp_row_int(choice->rows, chosen->row, "left"))
        choice->repeats = "left";
    else if (chosen->order && !choice->repeats)
        choice->repeats = "unsent";
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
        note_repeated(choice, chosen);
    }
}

static const apr_array_header_t *items_of(apr_pool_t *pool, const choice_t *choice)
{
    apr_array_header_t *items = apr_array_make(pool, choice->list->nelts, sizeof(wp_order_item_t));

    for (int i = 0; i < choice->list->nelts; i++) {
        const chosen_t *chosen = &APR_ARRAY_IDX(choice->list, i, chosen_t);
        APR_ARRAY_PUSH(items, wp_order_item_t) = (wp_order_item_t){.invoice_no = chosen->invoice_no,
                                                                   .cents = chosen->cents,
                                                                   .open = chosen->open,
                                                                   .repeats = chosen->order};
    }
    return items;
}

static const char *sum_text(apr_pool_t *pool, int64_t cents)
{
    char *text = apr_palloc(pool, WP_MONEY_SIZE);
    wp_money_format(cents, text);
    return text;
}

apr_status_t wp_choice_load(wp_page_t *page)
{
    choice_t *choice = apr_pcalloc(page->pool, sizeof *choice);
    apr_status_t status = find_chosen(page, choice);

    if (status != APR_SUCCESS)
        return status;
    page->state = choice;
    take_sums(page, choice);
    choice->seen = wp_payment_seen(page->pool, items_of(page->pool, choice));
    return APR_SUCCESS;
}

/* --- showing it --- */

static void show_chosen(wp_page_t *page, const choice_t *choice)
{
    for (int i = 0; i < choice->list->nelts; i++) {
        const chosen_t *chosen = &APR_ARRAY_IDX(choice->list, i, chosen_t);
        xmlNodePtr node = wp_page_add_row(page, page->out.data, choice->rows, chosen->row);
        wp_xml_attr(node, "key", chosen->key);
        wp_xml_attr_int(node, "cents", chosen->cents);
        if (chosen->picked)
            wp_xml_attr(node, "picked", "true");
        if (is_edited(choice)) {
            const char *text = sum_text(page->pool, chosen->open);
            wp_form_preset(page->form, "amount", chosen->key,
                           apr_pstrcat(page->pool, apr_pstrndup(page->pool, text, strlen(text) - 3), ",",
                                       text + strlen(text) - 2, NULL));
        }
    }
}

static void show_others(wp_page_t *page, const choice_t *choice)
{
    xmlNodePtr others = choice->others->nelts ? wp_xml_child(page->out.data, "others") : NULL;

    for (int i = 0; i < choice->others->nelts && i < OFFERED_MAX; i++)
        wp_page_add_row(page, others, choice->rows, APR_ARRAY_IDX(choice->others, i, int));
    if (choice->others->nelts > OFFERED_MAX)
        wp_xml_attr(others, "more", "true");
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

apr_status_t wp_choice_show(wp_page_t *page)
{
    const choice_t *choice = page->state;

    show_chosen(page, choice);
    show_banks(page);
    xmlNodePtr total = wp_xml_child(page->out.data, "total");
    wp_xml_attr_int(total, "invoices", choice->list->nelts);
    wp_xml_attr_int(total, "cents", choice->sum);
    wp_xml_attr(total, "seen", choice->seen);
    wp_xml_attr(total, "repeats", choice->repeats);
    wp_xml_attr(total, "all", wp_page_input(page, "all") ? "true" : NULL);
    show_others(page, choice);
    wp_form_preset(page->form, "sum", NULL, sum_text(page->pool, choice->sum));
    wp_form_preset(page->form, "seen", NULL, choice->seen);
    return APR_SUCCESS;
}

/* --- ordering it --- */

static void check_sums(wp_page_t *page, const choice_t *choice)
{
    for (int i = 0; is_edited(choice) && i < choice->list->nelts; i++) {
        const chosen_t *chosen = &APR_ARRAY_IDX(choice->list, i, chosen_t);
        if (wp_form_is_blank(page->form, "amount", chosen->key) || chosen->cents <= 0)
            wp_form_problem(page->form, "amount", chosen->key, WP_ERROR_AMOUNT_NONE);
    }
    if (choice->sum > WP_ORDER_SUM_MAX)
        wp_form_problem(page->form, "bank", NULL, WP_ERROR_SUM_TOO_MUCH);
}

static int64_t seen_sum(const wp_page_t *page)
{
    const char *seen = wp_form_value(page->form, "sum", NULL);
    int64_t cents = 0;

    return seen && wp_money_parse(seen, strlen(seen), &cents) ? cents : -1;
}

/* Only what the person saw is ordered. Without a script the sum is that of the previous page; if it differs, the page
 * is shown once more. */
static void check_seen(wp_page_t *page, const choice_t *choice)
{
    const char *seen = wp_form_value(page->form, "seen", NULL);

    if (!seen || strcmp(seen, choice->seen) != 0) {
        wp_form_problem(page->form, "sum", NULL, WP_ERROR_INVOICES_CHANGED);
        return;
    }
    if (seen_sum(page) == choice->sum)
        return;
    xmlNodePtr problem = wp_form_problem(page->form, "sum", NULL, WP_ERROR_SUM_CHANGED);
    wp_message_arg_int(problem, "sum", WP_TYPE_MONEY, choice->sum);
}

static apr_status_t check(wp_page_t *page)
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
    if (choice->repeats && !wp_form_ticked(page->form, "again", NULL))
        wp_form_problem(page->form, "again", NULL, WP_ERROR_PAYING_ALREADY);
    if (page->form->problems == 0)
        check_seen(page, choice);
    return APR_SUCCESS;
}

/* The control that shows what the service says of its argument. */
static const char *control_of(const char *field)
{
    static const char *const names[][2] = {{"agreement", "bank"}, {"items", "bank"}, {"cents", "sum"}, {"sum", "sum"}};

    for (size_t i = 0; field && i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i][0], field) == 0)
            return names[i][1];
    }
    return NULL;
}

static apr_status_t save(wp_page_t *page)
{
    const choice_t *choice = page->state;
    const wp_payment_wanted_t wanted = {.agreement = wp_form_value(page->form, "bank", NULL),
                                        .items = items_of(page->pool, choice),
                                        .sum = seen_sum(page)};
    wp_result_t result = wp_result_of(WP_OUTCOME_NONE);
    int item;
    apr_status_t status = wp_payment_order(wp_page_act(page), &wanted, &item, &result);

    result.field = control_of(result.field);
    if (status == APR_SUCCESS && wp_page_is_done(page, &result))
        wp_page_go(page, apr_pstrcat(page->pool, "/payments/", result.detail, "/bank", NULL));
    return status;
}

static const wp_field_t fields[] = {
    {.name = "amount", .type = WP_FIELD_MONEY, .each = true},
    {.name = "bank", .type = WP_FIELD_KEY},
    {.name = "again", .type = WP_FIELD_TICK},
    {.name = "sum", .type = WP_FIELD_MONEY},
    {.name = "seen", .type = WP_FIELD_KEY},
    {.name = NULL},
};

const wp_form_def_t wp_choice_form = {.name = "payment",
                                      .right = WP_RIGHT_PAY,
                                      .limit = WP_LIMIT_ORDERS,
                                      .service_counts = true,
                                      .fields = fields,
                                      .check = check,
                                      .save = save};

const wp_field_t wp_choice_inputs[] = {
    {.name = "pick", .type = WP_FIELD_ID, .max = PICKED_MAX, .several = true},
    {.name = "all", .type = WP_FIELD_TICK},
    {.name = NULL},
};
