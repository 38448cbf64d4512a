/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_SECTIONS_ACCOUNT_OWN_DATA_H
#define WP_SECTIONS_ACCOUNT_OWN_DATA_H

#include "portal/page.h"

/* Everything that the portal holds about a person: one list for each kind of thing (sql/store/own_data.sql). A ZIP
 * archive has all lists in one JSON file for programs, and each list in a CSV file for people. A list has at most
 * 20,000 rows, the newest; the list left_out names those that were cut. The page document has only the number of rows
 * of each list.
 *
 * Only one list at a time is in memory while the database is read, and some hundred rows while the archive is made. */

/* The show() of a route; the download is recorded in the audit log. */
apr_status_t wp_own_data_show(wp_page_t *page);
/* The save_file() of that route. */
apr_status_t wp_own_data_save(wp_page_t *page, apr_file_t **file, apr_off_t *length);

#endif
