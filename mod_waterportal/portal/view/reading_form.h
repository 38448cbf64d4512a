/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_PORTAL_VIEW_READING_FORM_H
#define WP_PORTAL_VIEW_READING_FORM_H

#include "portal/form.h"
#include "service/submission.h"

/* What every form with readings asks for each meter, whether a person types it or a program sends it. */

extern const char *const wp_reading_reasons[]; /* "none" first */
extern const char *const wp_reading_whats[];

/* clang-format off */
#define WP_READING_FIELDS \
    {.name = "value", .type = WP_FIELD_VOLUME, .each = true, .max = 60}, \
    {.name = "confirm", .type = WP_FIELD_KEY, .each = true}, \
    {.name = "reason", .type = WP_FIELD_CHOICE, .each = true, .choices = wp_reading_reasons}, \
    {.name = "what", .type = WP_FIELD_CHOICE, .each = true, .choices = wp_reading_whats}, \
    {.name = "swap-date", .type = WP_FIELD_PLAIN, .each = true, .max = 20}, \
    {.name = "swap-end", .type = WP_FIELD_VOLUME, .each = true, .max = 60}, \
    {.name = "swap-start", .type = WP_FIELD_VOLUME, .each = true, .max = 60}
/* clang-format on */

/* What was typed for one meter, for the service. seen: as in wp_reading_wanted_t. */
wp_reading_wanted_t wp_reading_form_read(const wp_form_t *form, const char *meter, int seen);

/* Adds the problem of a day of a swap that is none, and of a value that is impossible, each at its control. */
void wp_reading_form_check(wp_form_t *form, const wp_sheet_t *sheet, int i);

/* Adds what is still missing to submit this meter's value: an answer or a confirmation. */
void wp_reading_form_demand(wp_form_t *form, const wp_sheet_t *sheet, int i);

#endif
