/* SPDX-License-Identifier: Apache-2.0 */
#include "render/former_names.h"

#include <string.h>

#include "base/banned.h"

const char *wp_stylesheet_name(const char *name)
{
    for (const wp_former_name_t *row = wp_former_names; row->name; row++)
        if (strcmp(row->former, name) == 0)
            return row->name;
    return name;
}

const char *wp_stylesheet_former_name(const char *name)
{
    for (const wp_former_name_t *row = wp_former_names; row->name; row++)
        if (strcmp(row->name, name) == 0)
            return row->former;
    return NULL;
}

const wp_former_name_t wp_former_names[] = {
    {"parts/account-contact.xsl", "sections/account/contact.xsl"},
    {"parts/account-erasure.xsl", "sections/account/erasure.xsl"},
    {"parts/account-reminders.xsl", "sections/account/reminders.xsl"},
    {"parts/account-tokens.xsl", "sections/account/tokens.xsl"},
    {"parts/act-paper.xsl", "sections/acts/paper.xsl"},
    {"parts/audit-log.xsl", "sections/delegations/log.xsl"},
    {"parts/certificate.xsl", "sections/contracts/certificate.xsl"},
    {"parts/chart.xsl", "sections/overview/chart.xsl"},
    {"parts/chart-narrow.xsl", "sections/overview/chart-narrow.xsl"},
    {"parts/contract-meters.xsl", "sections/contracts/meters.xsl"},
    {"parts/contract-page.xsl", "sections/contracts/page.xsl"},
    {"parts/contract-paper.xsl", "sections/contracts/paper.xsl"},
    {"parts/contracts.xsl", "shared/contracts.xsl"},
    {"parts/controls.xsl", "shared/controls.xsl"},
    {"parts/csv.xsl", "shared/csv.xsl"},
    {"parts/delegation-form.xsl", "sections/delegations/form.xsl"},
    {"parts/delegation-list.xsl", "sections/delegations/list.xsl"},
    {"parts/filter.xsl", "shared/filter.xsl"},
    {"parts/footer.xsl", "shared/footer.xsl"},
    {"parts/format.xsl", "shared/format.xsl"},
    {"parts/header.xsl", "shared/header.xsl"},
    {"parts/hero.xsl", "sections/start/hero.xsl"},
    {"parts/home-filter.xsl", "sections/home/filter.xsl"},
    {"parts/home-tasks.xsl", "sections/home/tasks.xsl"},
    {"parts/invoice-page.xsl", "sections/invoices/page.xsl"},
    {"parts/invoice-paper.xsl", "sections/invoices/paper.xsl"},
    {"parts/invoice-rows.xsl", "shared/invoice-rows.xsl"},
    {"parts/messages.xsl", "shared/messages.xsl"},
    {"parts/money-compare.xsl", "sections/overview/money-compare.xsl"},
    {"parts/notices.xsl", "shared/notices.xsl"},
    {"parts/overview-compare.xsl", "sections/overview/compare.xsl"},
    {"parts/overview-filter.xsl", "sections/overview/filter.xsl"},
    {"parts/overview-money.xsl", "sections/overview/money.xsl"},
    {"parts/overview-water.xsl", "sections/overview/water.xsl"},
    {"parts/paper.xsl", "shared/paper.xsl"},
    {"parts/payment-parts.xsl", "shared/payment-parts.xsl"},
    {"parts/periods.xsl", "sections/overview/periods.xsl"},
    {"parts/reading-history.xsl", "shared/reading-history.xsl"},
    {"parts/reading-meter.xsl", "sections/readings/meter.xsl"},
    {"parts/reading-questions.xsl", "sections/readings/questions.xsl"},
    {"parts/reading-receipt.xsl", "sections/readings/receipt.xsl"},
    {"parts/reading-rule.xsl", "sections/readings/rule.xsl"},
    {"parts/reading-script.xsl", "sections/readings/script.xsl"},
    {"parts/registration-fields.xsl", "shared/registration-fields.xsl"},
    {"parts/request.xsl", "shared/request.xsl"},
    {"parts/window.xsl", "shared/window.xsl"},
    {NULL, NULL},
};
