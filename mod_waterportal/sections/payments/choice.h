/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_SECTIONS_PAYMENTS_CHOICE_H
#define WP_SECTIONS_PAYMENTS_CHOICE_H

#include "portal/page.h"

/* The page on which invoices are chosen and ordered. */
extern const wp_form_def_t wp_choice_form;
extern const wp_field_t wp_choice_inputs[];

apr_status_t wp_choice_load(wp_page_t *page);
apr_status_t wp_choice_show(wp_page_t *page);

#endif
