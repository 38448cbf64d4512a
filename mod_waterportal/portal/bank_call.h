/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_PORTAL_BANK_CALL_H
#define WP_PORTAL_BANK_CALL_H

#include "bank/agreement.h"
#include "portal/page.h"

/* A question to a bank's server, on behalf of who opened a page. Anybody who knows an order's return address may open
 * it as often as he likes, and a bank that is silent holds a thread for seconds: so an order is asked about one at a
 * time and with pauses, a bank is asked by a few at a time, and a bank that does not answer is left alone for a while
 * (portal/bank_line.h). Who may not ask is answered from what is known. */
typedef struct wp_bank_call_t {
    const wp_agreement_t *agreement;
    const char *order;
    wp_place_t *line, *turn;
} wp_bank_call_t;

/* True: the bank may be asked now, and wp_bank_call_end() must follow. order: the payment's id. */
bool wp_bank_call_begin(wp_page_t *page, const wp_agreement_t *agreement, const char *order, wp_bank_call_t *call);

/* After a refusal: waits, at most some seconds and with few others, until nobody asks about this order any more. False:
 * it was not worth waiting. */
bool wp_bank_call_wait(wp_page_t *page, const char *order);

/* heard: the bank answered, whatever it was; why: NULL when the answer was good, else for the log, where it stands once
 * a minute. */
void wp_bank_call_end(wp_page_t *page, wp_bank_call_t *call, bool heard, const char *why);

#endif
