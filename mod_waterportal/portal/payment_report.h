/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_PORTAL_PAYMENT_REPORT_H
#define WP_PORTAL_PAYMENT_REPORT_H

#include "bank/bank.h"
#include "service/payment_news.h"

/* Converts what a bank reports (bank/bank.h) to news about a payment (service/payment_news.h). report: already
 * verified. channel: "push", "return" or "poll". The texts remain the report's. */
wp_payment_heard_t wp_payment_report_heard(const wp_agreement_t *agreement, const wp_bank_report_t *report,
                                           const char *channel);

#endif
