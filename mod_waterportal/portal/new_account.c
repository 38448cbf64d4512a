/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/new_account.h"

#include "crypto/random.h"
#include "portal/reminders.h"

#include "base/banned.h"

apr_status_t wp_account_open(wp_page_t *page, const wp_new_account_t *wanted)
{
    int codes = 0, logins = 0;

    wp_args_text(page->args, "account", wp_random_id(page->pool));
    wp_args_t *args = wp_page_args(page);
    wp_args_text(args, "person_name", page->who.identity->name); /* known_as is no name to store */
    wp_args_text(args, "email", wanted->email);
    wp_args_text(args, "phone", wanted->phone);
    wp_args_text(args, "language", wanted->language ? wanted->language : page->language);
    wp_args_text(args, "quiet", wanted->quiet ? wanted->quiet : wp_quiet_hours[0]);
    apr_status_t status = wp_db_change(page->db, "account_add", args, NULL);
    if (status == APR_SUCCESS)
        status = wp_db_change(page->db, "person_code_attach", args, &codes);
    if (status == APR_SUCCESS)
        status = wp_db_change(page->db, "identity_attach", args, &logins);
    return status == APR_SUCCESS && (codes == 0 || logins == 0) ? WP_DB_ROLLBACK : status;
}
