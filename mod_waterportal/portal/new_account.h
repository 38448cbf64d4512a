/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_PORTAL_NEW_ACCOUNT_H
#define WP_PORTAL_NEW_ACCOUNT_H

#include "portal/page.h"

/* How a person without an account wants to be contacted. */
typedef struct wp_new_account_t {
    const char *email, *phone;
    const char *language; /* NULL: the language of the page */
    const char *quiet;    /* NULL: the usual hours */
} wp_new_account_t;

/* Makes an account for the logged-in person, with this login and this person code, in the running write transaction.
 * The account becomes the page's ("account" of page->args), so that the audit log names it. WP_DB_ROLLBACK: another
 * tab was faster. */
apr_status_t wp_account_open(wp_page_t *page, const wp_new_account_t *wanted);

#endif
