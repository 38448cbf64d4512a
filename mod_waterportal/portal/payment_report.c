/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/payment_report.h"

#include "base/banned.h"

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

wp_payment_heard_t wp_payment_report_heard(const wp_agreement_t *agreement, const wp_bank_report_t *report,
                                           const char *channel)
{
    wp_payment_heard_t heard = {.name = {.agreement = agreement->key,
                                         .stamp = report->stamp,
                                         .bank_ref = report->bank_ref},
                                .channel = channel,
                                .silent = report->said == WP_SAID_NOTHING,
                                .news = news_of(report->said),
                                .agreement = agreement->key,
                                .raw = report->bytes,
                                .length = report->length,
                                .signature = "valid",
                                .key_tag = report->key_tag,
                                .bank_no = report->bank_no,
                                .paid_on = report->paid_on,
                                .sum = {report->cents, report->currency, report->iban, report->message}};

    return heard;
}
