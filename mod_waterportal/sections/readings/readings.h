/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_SECTIONS_READINGS_READINGS_H
#define WP_SECTIONS_READINGS_READINGS_H

#include "portal/page.h"
#include "service/submission.h"

/* The section's parts. */

/* sheet.c: the meters of the page's contract on which the person has the right, as many as a page shows, in page order;
 * sets the paging. history: as in wp_sheet_wanted_t. */
apr_status_t wp_readings_load_sheet(wp_page_t *page, wp_right_t right, bool history, wp_sheet_t *sheet);

/* receipt.c: what was submitted together, and the form that withdraws it. */
apr_status_t wp_readings_load_receipt(wp_page_t *page);
apr_status_t wp_readings_show_receipt(wp_page_t *page);
extern const wp_form_def_t wp_readings_withdraw_form;

/* history.c: all readings, newest first. */
apr_status_t wp_readings_load_history(wp_page_t *page);
apr_status_t wp_readings_show_history(wp_page_t *page);

#endif
