/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DOMAIN_DELEGATION_H
#define WP_DOMAIN_DELEGATION_H

#include <stdbool.h>

#include "domain/date.h"

/* Rights that the holder of a contract gives to somebody else: how far they may reach. The utility's rules; the law
 * (Civillikums, section 2289 onwards) leaves level and term to the giver. */

#define WP_DELEGATION_MONTHS 36 /* the longest term, counted from today */
#define WP_DELEGATION_OFFERS \
    20                                           /* open offers for one contract: nobody needs more, and nobody should \
                                                    write to strangers by the hundred */
#define WP_DELEGATION_DRAFT_SECONDS  (24 * 3600) /* a draft that was not confirmed is forgotten */
#define WP_DELEGATION_INVITE_SECONDS (14 * 24 * 3600) /* an invitation lapses */

/* Values of portal_delegation.level, the weakest first; NULL-terminated. */
extern const char *const wp_delegation_levels[];

/* Does the level include paying, or everything? Such a right is given only right after a login with an eID. */
bool wp_delegation_is_strong(const char *level);

/* Does the level apply to the whole contract only? Invoices are not issued by the meter. */
bool wp_delegation_is_whole(const char *level);

/* The latest last day of a right that is given or extended today. */
wp_date_t wp_delegation_latest(wp_date_t today);

/* What is wrong with a day as the last one. */
typedef enum wp_term_fault_t {
    WP_TERM_FINE,
    WP_TERM_PAST,     /* not later than today */
    WP_TERM_FAR,      /* later than the latest one */
    WP_TERM_NOT_LATER /* of a right that is extended: not later than so far */
} wp_term_fault_t;

/* was: the last day so far, of a right that is extended; otherwise NULL. */
wp_term_fault_t wp_delegation_term_fault(wp_date_t until, wp_date_t today, const wp_date_t *was);

#endif
