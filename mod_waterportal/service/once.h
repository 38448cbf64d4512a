/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_SERVICE_ONCE_H
#define WP_SERVICE_ONCE_H

#include "service/act.h"

/* The one way to an act that must not happen twice, for every door that can repeat itself: a form (its key), a program
 * (Idempotency-Key), a text message (its id), a file. Key, act and result are one transaction: with two, a crash
 * between them would let the second sending act again. */

/* May be run twice, and may be undone although it returned DONE: it was done before, or at the same time. Sets *result;
 * any status but APR_SUCCESS undoes everything. */
typedef apr_status_t (*wp_once_run_t)(wp_act_t *act, void *baton, wp_result_t *result);

typedef struct wp_once_t {
    const char *who;  /* whose key it is: the same key of two senders is two keys */
    const char *key;  /* chosen by the sender */
    const char *hash; /* keyed hash of what was sent: other contents under the same key are not the same act */
    const wp_actor_t *actor;
    const wp_rules_t *rules;
    wp_once_run_t run;
    void *baton;
} wp_once_t;

/* Runs the act in a write transaction of its own. *result:
 *   DONE      done now; result->detail is kept with the key for 30 days (domain/retention.h)
 *   SAME      done before with the same contents, or the act itself says so; detail: as kept
 *   CONFLICT  detail: the key was used before with other contents, and this is what it led to;
 *             detail NULL: the act says that the state has changed
 *   REFUSED, LIMITED: as the act says; what it wrote is kept, and the key may be used again
 *   UNKNOWN   as the act says; nothing is kept
 * The texts of *result are in pool. */
apr_status_t wp_once(wp_db_source_t *source, apr_pool_t *pool, const wp_once_t *once, wp_result_t *result);

/* In a read unit: was the key used? *result: SAME or CONFLICT with detail, as above, or NONE. */
apr_status_t wp_once_find(wp_db_t *db, const wp_once_t *once, wp_result_t *result);

#endif
