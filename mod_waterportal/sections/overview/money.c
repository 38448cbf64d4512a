/* SPDX-License-Identifier: Apache-2.0 */
#include "sections/overview/money.h"

#include <apr_strings.h>

#include "sections/overview/contract.h"
#include "sections/overview/money_view.h"
#include "sections/overview/period.h"

#include "data/date_text.h"

#include "base/banned.h"

#define INVOICES_A_PAGE 20
#define INVOICES_A_FILE 20000

static void bind_issued(wp_page_t *page, const wp_period_t *period)
{
    wp_args_text(page->args, "issued_from", wp_date_text(page->pool, wp_month_first_day(period->from)));
    wp_args_text(page->args, "issued_until", wp_date_text(page->pool, wp_month_last_day(period->until)));
}

/* The last two years, but not before the first invoice, at *earliest. */
static apr_status_t read_money_period(wp_page_t *page, wp_period_t *period, wp_month_t *earliest, bool *right)
{
    wp_month_t now = wp_month_of(page->clock.today);
    apr_status_t status = wp_money_earliest(page, now, earliest);

    if (status != APR_SUCCESS)
        return status;
    *period = (wp_period_t){now - WP_MONTHS_SHOWN + 1, now, wp_period_group(page)};
    if (period->from < *earliest)
        period->from = *earliest;
    *right = wp_period_read(page, &wp_period_shown, period);
    bind_issued(page, period);
    return APR_SUCCESS;
}

static apr_status_t show_invoices(wp_page_t *page)
{
    wp_rows_t *counted;
    apr_status_t status = wp_page_select(page, "invoice_count", &counted);

    if (status != APR_SUCCESS)
        return status;
    wp_page_paging(page, (int)wp_row_int(counted, 0, "invoices"), INVOICES_A_PAGE);
    return wp_page_show(page, "invoice_list", NULL);
}

static void show_money_scope(wp_page_t *page)
{
    xmlNodePtr scope = wp_xml_child(page->out.data, "scope");
    int rights = page->on.contract ? page->on.rights : page->who.account->rights;

    wp_xml_attr(scope, "of", page->on.contract ? "contract" : "all");
    wp_xml_attr(scope, "query", wp_page_query(page));
    if (rights & WP_RIGHT_READINGS)
        wp_xml_attr(scope, "water", "true");
    if (page->portal->agreements &&
        ((page->on.contract ? page->on.whole_rights : page->who.account->whole_rights) & WP_RIGHT_PAY))
        wp_xml_attr(scope, "pay",
                    page->on.contract
                        ? apr_pstrcat(page->pool, "contract=", wp_urlencode(page->pool, page->on.contract), NULL)
                        : "");
}

apr_status_t wp_money_show(wp_page_t *page)
{
    wp_period_t period;
    wp_period_pair_t pair;
    wp_month_t earliest;
    bool right = false;
    apr_status_t status = wp_overview_choose_contract(page);

    if (status != APR_SUCCESS || wp_page_is_decided(page))
        return status;
    show_money_scope(page);
    status = read_money_period(page, &period, &earliest, &right);
    bool may_compare = wp_period_read_pair(page, wp_month_of(page->clock.today) - 1, &pair);
    if (status == APR_SUCCESS)
        status = wp_page_show(page, "money_balance", NULL);
    if (status == APR_SUCCESS && !right && !may_compare)
        wp_xml_child(page->out.data, "money-comparison"); /* its form shows the problem */
    if (status != APR_SUCCESS || !right)
        return status;
    status = wp_money_view(page, &period, may_compare ? &pair : NULL, earliest);
    return status == APR_SUCCESS ? show_invoices(page) : status;
}

apr_status_t wp_money_show_invoices(wp_page_t *page)
{
    wp_period_t period;
    wp_month_t earliest;
    bool right;
    apr_status_t status = read_money_period(page, &period, &earliest, &right);

    wp_args_int(page->args, "size", INVOICES_A_FILE + 1);
    wp_args_int(page->args, "skip", 0);
    if (status != APR_SUCCESS || !right)
        return status;
    status = wp_page_show(page, "invoice_list", NULL);
    if (status == APR_SUCCESS && wp_page_cut(page->out.data, INVOICES_A_FILE))
        wp_xml_attr_int(wp_xml_child(page->out.data, "left_out"), "shown", INVOICES_A_FILE);
    return status;
}
