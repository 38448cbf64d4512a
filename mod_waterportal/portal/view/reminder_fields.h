/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_PORTAL_VIEW_REMINDER_FIELDS_H
#define WP_PORTAL_VIEW_REMINDER_FIELDS_H

#include "domain/reminder.h"
#include "portal/page.h"

/* The tick boxes of registration and of the account page: what a person can be reminded of, and how. Each is a field by
 * the name of its reminder. */
#define WP_REMINDER_FIELDS \
    {.name = "remind-readings-email", .type = WP_FIELD_TICK}, {.name = "remind-readings-sms", .type = WP_FIELD_TICK}, \
        {.name = "remind-invoices-email", .type = WP_FIELD_TICK}, \
        {.name = "remind-invoices-sms", .type = WP_FIELD_TICK}, \
        {.name = "remind-outages-email", .type = WP_FIELD_TICK}, \
    { \
        .name = "remind-outages-sms", .type = WP_FIELD_TICK \
    }

/* What is ticked. */
wp_consents_t wp_reminder_fields_read(const wp_form_t *form);
/* Ticks what was given, unless the form was sent. */
void wp_reminder_fields_preset(wp_form_t *form, const wp_consents_t *consents);

#endif
