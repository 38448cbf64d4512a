/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_SECTIONS_PAYMENTS_LEAVING_H
#define WP_SECTIONS_PAYMENTS_LEAVING_H

#include "portal/page.h"

/* The page on the way to the bank. The bank is asked between the reading and the writing unit; whether the order may
 * leave is decided in the writing one (service/payment.h), before anybody sees where to. */
apr_status_t wp_leaving_load(wp_page_t *page);
apr_status_t wp_leaving_reach(wp_page_t *page);
apr_status_t wp_leaving_record(wp_page_t *page);

#endif
