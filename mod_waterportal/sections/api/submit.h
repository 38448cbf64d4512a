/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_SECTIONS_API_SUBMIT_H
#define WP_SECTIONS_API_SUBMIT_H

#include "portal/page.h"

/* Submitting readings as a program: the form, and the receipt that it leads to. */
apr_status_t wp_api_load_submission(wp_page_t *page);
apr_status_t wp_api_show_submission(wp_page_t *page);
apr_status_t wp_api_show_receipt(wp_page_t *page);
extern const wp_form_def_t wp_api_submission_form;
extern const wp_field_t wp_api_receipt_inputs[];

#endif
