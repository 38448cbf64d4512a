/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_PORTAL_DELEGATION_H
#define WP_PORTAL_DELEGATION_H

#include "domain/delegation.h"
#include "portal/page.h"

/* What the pages about one delegation share (sections/delegations.c). */

extern const char *const wp_delegation_terms[]; /* months as text, or "date"; the first one is offered first */

/* Binds what the statements need in addition to the page's own values. */
void wp_delegation_bind(wp_page_t *page);

/* Writes one row with its state and, if it ends soon, the number of days left. */
void wp_delegation_show(wp_page_t *page, const wp_rows_t *rows, int row);

/* <term months="12" until=""/>: the last day that each term gives. */
void wp_delegation_show_terms(wp_page_t *page);

/* The last day according to the form's term and until: YYYY-MM-DD, or NULL with problems added. later_than: the day
 * on which it ends so far. */
const char *wp_delegation_check_term(wp_page_t *page, const char *later_than);

/* Binds invite_hash and invite_until: of a new secret that the next page shows once, or NULL if it is not an
 * invitation. */
void wp_delegation_invite(wp_page_t *page, wp_args_t *args, const char *id, bool invite);

/* <link>: the invitation's address, if it was just made and has not been shown yet. */
void wp_delegation_show_link(wp_page_t *page, const wp_rows_t *rows);

typedef enum { WP_TELL_RECEIVER, WP_TELL_GIVER } wp_tell_t;

/* Queues a message about the delegation to one of the two persons, if the portal knows an address. change:
 * "offered", "accepted", "refused", "extended", "revoked". In the running write transaction. */
apr_status_t wp_right_tell(wp_page_t *page, const char *id, wp_tell_t whom, const char *change);

#endif
