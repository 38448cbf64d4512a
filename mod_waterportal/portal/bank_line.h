/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_PORTAL_BANK_LINE_H
#define WP_PORTAL_BANK_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What the processes of this machine know together of the banks they ask: which do not answer just now, which orders
 * were asked about a moment ago, and what was said in the log. In memory that all share; every value is one number that
 * is changed at once, so a process that is killed leaves nothing locked, and nothing here is believed for longer than a
 * minute.
 *
 * times: milliseconds of a clock that nobody sets. Names that meet by their hash share a fate for seconds. */
typedef struct wp_bank_lines_t wp_bank_lines_t;

#define WP_BANK_FAILURES 3     /* in a row, then the bank counts as away */
#define WP_BANK_AWAY_MS  30000 /* for so long nobody asks it; then one does, for all */
#define WP_ORDER_STEP_MS 5000  /* between two questions about one order that was answered */
/* questions about an order that may fail one after the other, before they need that pause too */
#define WP_ORDER_AT_ONCE 3
#define WP_BANK_LOG_MS   60000 /* between two lines in the log about a bank that stays away */

/* Bytes of shared memory, all zero at first. */
size_t wp_bank_lines_size(void);

/* May this order be asked about now? Counts the question. */
bool wp_bank_order_take(wp_bank_lines_t *lines, const char *order, int64_t now);
/* It was answered: there is nothing new for a while. */
void wp_bank_order_answered(wp_bank_lines_t *lines, const char *order, int64_t now);

/* May the bank be asked now? Of those who come when it has been away for a while, one. */
bool wp_bank_line_take(wp_bank_lines_t *lines, const char *bank, int64_t now);
/* What became of the question: did the bank answer at all? */
void wp_bank_line_done(wp_bank_lines_t *lines, const char *bank, int64_t now, bool answered);

/* Is it time for a line in the log about this bank? *left_out: how often it was not, since the last. */
bool wp_bank_line_may_log(wp_bank_lines_t *lines, const char *bank, int64_t now, int64_t *left_out);
/* The bank is well: the next failure is news. */
void wp_bank_line_well(wp_bank_lines_t *lines, const char *bank);

#endif
