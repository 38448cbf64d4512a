/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_PORTAL_NEW_ACCOUNT_H
#define WP_PORTAL_NEW_ACCOUNT_H

#include "portal/page.h"

/* How a person who had no account wants to be reached. */
typedef struct wp_new_account_t {
    const char *email, *phone;
    const char *language; /* NULL: the page's */
    const char *quiet;    /* NULL: the usual hours */
} wp_new_account_t;

/* Makes an account for who is logged in, with this login and this person code, in the running write transaction; from
 * then on it is the page's ("account" of page->args), so that the audit log names it. WP_DB_ROLLBACK: another tab was
 * faster. */
apr_status_t wp_account_open(wp_page_t *page, const wp_new_account_t *wanted);

#endif
