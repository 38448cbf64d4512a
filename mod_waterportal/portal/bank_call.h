/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_PORTAL_BANK_CALL_H
#define WP_PORTAL_BANK_CALL_H

#include "bank/agreement.h"
#include "portal/page.h"

/* A question to a bank's server, on behalf of the person who opened a page. Anybody who knows an order's return
 * address can open it as often as he likes, and an unresponsive bank blocks a thread for seconds. So the portal asks
 * about an order one question at a time and with pauses, limits the simultaneous questions to one bank, and leaves a
 * bank that does not answer alone for a while (portal/bank_line.h). A request that may not ask is answered from what
 * the portal already knows. */
typedef struct wp_bank_call_t {
    const wp_agreement_t *agreement;
    const char *order;
    wp_place_t *line, *turn;
} wp_bank_call_t;

/* True: the bank may be asked now, and wp_bank_call_end() must follow. order: the payment's id. */
bool wp_bank_call_begin(wp_page_t *page, const wp_agreement_t *agreement, const char *order, wp_bank_call_t *call);

/* After a refusal: waits until no other request is asking about this order. It waits at most some seconds, and only
 * few requests may wait at once. False: nothing was gained by waiting. */
bool wp_bank_call_wait(wp_page_t *page, const char *order);

/* heard: the bank answered, whatever it said. why: NULL if the answer was good, otherwise the reason for the log,
 * which gets it once a minute. */
void wp_bank_call_end(wp_page_t *page, wp_bank_call_t *call, bool heard, const char *why);

#endif
