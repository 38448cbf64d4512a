/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_SECTIONS_DELEGATIONS_PARTS_H
#define WP_SECTIONS_DELEGATIONS_PARTS_H

#include "portal/page.h"
#include "service/delegation.h"

/* The pages about rights given to others, part by part: the stages and the form of each. section.c has their routes;
 * service/delegation.h decides what may be done. */

/* list.c: what was given and received, and who did what */
apr_status_t wp_delegations_show_list(wp_page_t *page);
apr_status_t wp_delegations_show_log(wp_page_t *page);

/* give.c: a new one */
extern const wp_form_def_t wp_delegations_new_form;
apr_status_t wp_delegations_load_new(wp_page_t *page);
apr_status_t wp_delegations_show_new(wp_page_t *page);

/* given.c: one that was given: confirming, extending and ending it */
extern const wp_form_def_t wp_delegations_confirm_form, wp_delegations_extend_form, wp_delegations_revoke_form;
apr_status_t wp_delegations_load_given(wp_page_t *page);
apr_status_t wp_delegations_load_confirm(wp_page_t *page);
apr_status_t wp_delegations_load_extend(wp_page_t *page);
apr_status_t wp_delegations_load_revoke(wp_page_t *page);
apr_status_t wp_delegations_show_given(wp_page_t *page);
apr_status_t wp_delegations_show_one(wp_page_t *page);
apr_status_t wp_delegations_show_extend(wp_page_t *page);

/* offer.c: the receiver's answer, and giving a right up */
extern const wp_form_def_t wp_delegations_offer_form, wp_delegations_leave_form;
extern const wp_field_t wp_delegations_offer_inputs[];
apr_status_t wp_delegations_load_offer(wp_page_t *page);
apr_status_t wp_delegations_show_offer(wp_page_t *page);
apr_status_t wp_delegations_load_settled(wp_page_t *page);
apr_status_t wp_delegations_show_settled(wp_page_t *page);
apr_status_t wp_delegations_load_leave(wp_page_t *page);
apr_status_t wp_delegations_show_leave(wp_page_t *page);

/* shared.c: what these have in common */

/* Binds what statements about rights need beside the page's own values. */
void wp_delegations_bind(wp_page_t *page);
/* Writes one row with its state and, if it ends soon, the number of days left. */
void wp_delegations_show_row(wp_page_t *page, const wp_rows_t *rows, int row);

/* The fields "term" and "until": months from today, or a day. */
extern const char *const wp_delegations_terms[]; /* months as text, or "date"; the first one is offered first */
/* <term months="12" until=""/>: the last day that each term gives. */
void wp_delegations_show_terms(wp_page_t *page);
/* The last day that was typed, YYYY-MM-DD; NULL: none, or none that can be read. */
const char *wp_delegations_typed_until(const wp_page_t *page);
/* Adds what is wrong with it. was: the last day so far of a right that is extended, or NULL. */
void wp_delegations_tell_until(wp_page_t *page, wp_error_t code, const char *was);

/* The address of an invitation is shown once, on the next page; its secret travels there in a cookie of its own. */
void wp_delegations_keep_link(wp_page_t *page, const wp_delegation_given_t *given);
void wp_delegations_show_link(wp_page_t *page, const char *id);

#endif
