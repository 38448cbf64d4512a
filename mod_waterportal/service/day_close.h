/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_SERVICE_DAY_CLOSE_H
#define WP_SERVICE_DAY_CLOSE_H

#include "service/act.h"

/* The accountant's day close. A day in Riga has four sums, for each agreement with a bank and in total: what banks
 * confirmed by signed messages, by the day that they name; what statements show, by the day of booking; what billing
 * was given, and what it shows, of what was paid on that day. Whatever is not in all four with the same amount is a
 * difference, with its reasons (domain/day_close.h).
 *
 * The result is stored, so that it can be made again: an equal one is the same, another one is stored beside it. As
 * JSON: {"day", "agreements": [{"agreement", "confirmed", "statement", "handed_over", "booked"}], "total": {…},
 * "differences": [{"payment", "order", "agreement", the four amounts, "reasons": [code]}]}, where each of the four sums
 * is {"count", "cents"}; orders by agreement and number. */

typedef struct wp_day_close_t {
    const char *result;
    const char *former;    /* the last stored one, if it differs; NULL: it does not, or there is none */
    const char *stored_at; /* when the last stored one was made; NULL: there was none */
    int differences, open; /* and how many of them somebody must do something about */
} wp_day_close_t;

/* For staff and commands. DONE: stored. SAME: it was stored before as it is. REFUSED (day): the day is not over in
 * Riga; *close is what would be stored by now, and nothing is. */
apr_status_t wp_day_close(wp_act_t *act, wp_date_t day, wp_day_close_t *close, wp_result_t *result);

#endif
