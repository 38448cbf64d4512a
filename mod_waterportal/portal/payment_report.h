/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_PORTAL_PAYMENT_REPORT_H
#define WP_PORTAL_PAYMENT_REPORT_H

#include "store/payments.h"
#include "bank/bank.h"

/* Between what a bank says (bank/bank.h) and what is heard of a payment (store/payments.h).
 * report: believed. channel: "push", "return" or "poll". The texts are the report's. */
wp_payment_heard_t wp_payment_report_heard(const wp_agreement_t *agreement, const wp_bank_report_t *report,
                                           const char *channel);

#endif
