/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/bank_call.h"

#include <apr_strings.h>
#include <apr_time.h>

#include "base/clock.h"
#include "portal/bank_line.h"

#include "base/banned.h"

#define AT_ONCE   8 /* simultaneous questions to one bank; if it answers in half a second: 16 a second */
/* requests that may wait for another one's question about their order: a double click continues after the first */
#define TABS      4
#define WAIT_MS   4000
#define POLL_USEC 20000

static int64_t clock_ms(void)
{
    return wp_tick_now() / 1000;
}

static bool has_place(wp_page_t *page, const char *what, int most, wp_place_t **place)
{
    *place = NULL;
    return !page->portal->places || wp_place_take(place, page->portal->places, what, most, page->pool) != APR_EBUSY;
}

/* In this order, because places can be given back, but a counted question and the bank's turn cannot. */
static bool may_ask(wp_page_t *page, wp_bank_call_t *call)
{
    wp_bank_lines_t *lines = page->portal->bank_lines;
    const char *bank = call->agreement->key;

    return has_place(page, apr_pstrcat(page->pool, "order|", call->order, NULL), 1, &call->turn) &&
           has_place(page, apr_pstrcat(page->pool, "bank|", bank, NULL), AT_ONCE, &call->line) &&
           (!lines ||
            (wp_bank_order_take(lines, call->order, clock_ms()) && wp_bank_line_take(lines, bank, clock_ms())));
}

static void give_back(wp_bank_call_t *call)
{
    wp_place_leave(call->line);
    wp_place_leave(call->turn);
}

bool wp_bank_call_begin(wp_page_t *page, const wp_agreement_t *agreement, const char *order, wp_bank_call_t *call)
{
    *call = (wp_bank_call_t){.agreement = agreement, .order = order};
    if (may_ask(page, call))
        return true;
    give_back(call);
    return false;
}

bool wp_bank_call_wait(wp_page_t *page, const char *order)
{
    const char *turn = apr_pstrcat(page->pool, "order|", order, NULL);
    int64_t end = clock_ms() + WAIT_MS;
    wp_place_t *waiting, *free = NULL;

    if (!has_place(page, apr_pstrcat(page->pool, "waits|", order, NULL), TABS, &waiting))
        return false;
    bool done = has_place(page, turn, 1, &free);
    while (!done && clock_ms() < end) {
        apr_sleep(POLL_USEC);
        done = has_place(page, turn, 1, &free);
    }
    wp_place_leave(free);
    wp_place_leave(waiting);
    return done;
}

static void log_failure(const wp_page_t *page, const wp_agreement_t *agreement, const char *why)
{
    wp_bank_lines_t *lines = page->portal->bank_lines;
    int64_t left_out = 0;

    if (lines && !wp_bank_line_may_log(lines, agreement->key, clock_ms(), &left_out))
        return;
    wp_log_event(page->portal->log, WP_EV_BANK_AWAY, "%s: %s%s", agreement->key, why,
                 left_out ? apr_psprintf(page->pool, " (and %" APR_INT64_T_FMT " more since the last line)", left_out)
                          : "");
}

void wp_bank_call_end(wp_page_t *page, wp_bank_call_t *call, bool heard, const char *why)
{
    wp_bank_lines_t *lines = page->portal->bank_lines;

    if (lines)
        wp_bank_line_done(lines, call->agreement->key, clock_ms(), heard);
    if (lines && !why) {
        wp_bank_order_answered(lines, call->order, clock_ms());
        wp_bank_line_well(lines, call->agreement->key);
    }
    wp_place_leave(call->line);
    if (!why)
        return; /* the turn ends with the request: the answer has to be recorded first */
    log_failure(page, call->agreement, why);
    wp_place_leave(call->turn);
}
