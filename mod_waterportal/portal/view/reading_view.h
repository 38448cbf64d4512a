/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_PORTAL_VIEW_READING_VIEW_H
#define WP_PORTAL_VIEW_READING_VIEW_H

#include <apr_pools.h>
#include <libxml/tree.h>

#include "store/meters.h"
#include "domain/reading/check.h"

/* Writes what the rules for readings know about one meter as elements of the page document (docs/page-document.md). */

/* <place>, <serial>, the last reading, verification, what was submitted in this window. */
void wp_point_view(xmlNodePtr meter, const wp_point_t *point, const char *current_at);

/* <use>, <days>, <ask>*, <choice>*, <leak>, <flag>* of a checked reading. meter_ids: the meters of the form with which
 * the reading was checked, for questions about two meters. */
void wp_reading_view(xmlNodePtr meter, const wp_reading_result_t *result, const char *const *meter_ids);

/* <entry> of a history: day, value, use since the previous entry (step, or NULL), kind and anything special about
 * it. */
void wp_reading_view_entry(xmlNodePtr meter, const wp_reading_t *reading, const wp_meter_step_t *step);

/* Adds the numbers of a finding to a message as <arg>s. */
void wp_reading_view_args(xmlNodePtr message, const wp_reading_args_t *args);

#endif
