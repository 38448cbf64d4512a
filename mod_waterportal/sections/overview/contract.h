/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_SECTIONS_OVERVIEW_CONTRACT_H
#define WP_SECTIONS_OVERVIEW_CONTRACT_H

#include "portal/page.h"

/* For one contract, or for all: a person with one contract is redirected to it; one without a contract that may be seen
 * here is told so. */
apr_status_t wp_overview_choose_contract(wp_page_t *page);

#endif
