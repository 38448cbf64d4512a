/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_PORTAL_BANK_LINE_H
#define WP_PORTAL_BANK_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A circuit breaker for each bank, shared by the processes of this machine: they know together which ones do not answer
 * at present, which orders were asked about a moment ago, and what was logged. It is in shared memory. Every value is
 * one number that is changed atomically, so a killed process leaves nothing locked, and no value is relied on for
 * longer than a minute.
 *
 * Times are milliseconds of a clock that nobody sets. Names whose hashes collide share a slot for seconds. */
typedef struct wp_bank_lines_t wp_bank_lines_t;

#define WP_BANK_FAILURES 3     /* consecutive; then the bank counts as away */
#define WP_BANK_AWAY_MS  30000 /* for so long nobody asks it; then one request does, for all */
#define WP_ORDER_STEP_MS 5000  /* between two questions about an order that the bank has answered */
/* questions about an order that may fail in a row before they, too, need that pause */
#define WP_ORDER_AT_ONCE 3
#define WP_BANK_LOG_MS   60000 /* between two log lines about a bank that stays away */

/* Size of the shared memory in bytes; it must be zeroed initially. */
size_t wp_bank_lines_size(void);

/* May this order be asked about now? If so, counts the question. */
bool wp_bank_order_take(wp_bank_lines_t *lines, const char *order, int64_t now);
/* Records that the bank answered: there will be nothing new about the order for a while. */
void wp_bank_order_answered(wp_bank_lines_t *lines, const char *order, int64_t now);

/* May the bank be asked now? After a bank has been away for a while, only one of those who want to ask may. */
bool wp_bank_line_take(wp_bank_lines_t *lines, const char *bank, int64_t now);
/* Records the outcome of a question: did the bank answer at all? */
void wp_bank_line_done(wp_bank_lines_t *lines, const char *bank, int64_t now, bool answered);

/* May a log line about this bank be written now? *left_out: how many were suppressed since the last one. */
bool wp_bank_line_may_log(wp_bank_lines_t *lines, const char *bank, int64_t now, int64_t *left_out);
/* Records that the bank works again, so that the next failure is logged at once. */
void wp_bank_line_well(wp_bank_lines_t *lines, const char *bank);

#endif
