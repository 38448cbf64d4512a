/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_SERVICE_RECONCILE_H
#define WP_SERVICE_RECONCILE_H

#include "service/movement.h"

/* Reading bank statements, a few hundred entries in a transaction, and ending orders without news. A door reads the
 * file (bank/statement.h) and gives the entries one by one; this says when to write. */

typedef struct wp_reconcile_t wp_reconcile_t;

typedef struct wp_reconcile_tally_t {
    int ours, known, foreign; /* entries; foreign: money that came for something else */
} wp_reconcile_tally_t;

/* For one file, in pool. */
wp_reconcile_t *wp_reconcile_make(apr_pool_t *pool);

/* Does the entry have to wait until those before it are written, because there are enough, or because it begins another
 * statement? Then wp_reconcile_write() comes first. */
bool wp_reconcile_is_full(const wp_reconcile_t *reconcile, const wp_statement_entry_t *entry);

/* Keeps a copy of the entry. */
void wp_reconcile_take(wp_reconcile_t *reconcile, const wp_statement_entry_t *entry);

/* Writes what was taken and settles it; may run twice. next: the entry that waits; NULL: the file ends. */
apr_status_t wp_reconcile_write(wp_act_t *act, wp_reconcile_t *reconcile, const wp_statement_entry_t *next);

/* After the commit: adds up, and forgets what was written. */
void wp_reconcile_written(wp_reconcile_t *reconcile, wp_reconcile_tally_t *tally);

/* Ends orders whose time is up, 500 at most. *expired: how many. */
apr_status_t wp_reconcile_expire(wp_act_t *act, int *expired);

#endif
