/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_PORTAL_OWN_DATA_H
#define WP_PORTAL_OWN_DATA_H

#include "portal/page.h"

/* Everything the portal holds about a person: a list for each kind of thing (sql/own_data.sql), in one ZIP archive as
 * one JSON file for programs and a CSV file for people for each list. At most 20,000 rows a list, the newest; what is left out is said in the
 * list left_out. */

/* The load() of a route; the download is written down. */
apr_status_t wp_own_data_load(wp_page_t *page);
/* The write() of it. */
apr_status_t wp_own_data_write(const wp_page_t *page, const char **body, apr_size_t *length);

#endif
