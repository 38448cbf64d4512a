/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_SECTIONS_ACCOUNT_OWN_DATA_H
#define WP_SECTIONS_ACCOUNT_OWN_DATA_H

#include "portal/page.h"

/* Everything the portal holds about a person: a list for each kind of thing (sql/store/own_data.sql), in one ZIP
 * archive as one JSON file for programs and a CSV file for people for each list. At most 20,000 rows a list, the
 * newest; what is left out is said in the list left_out. The page's own document only has how many rows each list has.
 *
 * One list at a time is in memory while the database is read, and some hundred rows while the archive is made from
 * them. */

/* The load() of a route; the download is written down. */
apr_status_t wp_own_data_load(wp_page_t *page);
/* The save_file() of it. */
apr_status_t wp_own_data_save(wp_page_t *page, apr_file_t **file, apr_off_t *length);

#endif
