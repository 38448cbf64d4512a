/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_PORTAL_VIEW_READING_VIEW_H
#define WP_PORTAL_VIEW_READING_VIEW_H

#include <apr_pools.h>
#include <libxml/tree.h>

#include "store/meters.h"
#include "domain/reading/check.h"

/* What the rule engine knows about one meter, as elements of the page document (docs/page-document.md). */

/* <place>, <serial>, the last reading, verification, what was submitted in this window. today: for expired
 * verification. */
void wp_point_view(xmlNodePtr meter, const wp_point_t *point, wp_date_t today, const char *current_at);

/* <use>, <days>, <ask>*, <choice>*, <leak>, <flag>* of a checked reading. meter_ids: those of the form the reading
 * was checked with, for questions about two meters. */
void wp_reading_view(xmlNodePtr meter, const wp_reading_result_t *result, const char *const *meter_ids);

/* <entry> of a history: day, value, use since the entry before (step, or NULL), kind and what is special about it. */
void wp_reading_view_entry(xmlNodePtr meter, const wp_reading_t *reading, const wp_meter_step_t *step);

/* The numbers of a finding as <arg>s of a message. */
void wp_reading_view_args(xmlNodePtr message, const wp_reading_args_t *args);

/* <ask confirm="high.75900"> is what the tick sends back: it confirms this question about this value, no other. */
bool wp_reading_confirmation_parse(const char *text, wp_reading_confirmation_t *confirmation);

#endif
