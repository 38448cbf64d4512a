/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_PORTAL_REMINDERS_H
#define WP_PORTAL_REMINDERS_H

#include "portal/page.h"

/* What a person can be reminded of, and how: the tick boxes of registration and of the account page. */
typedef struct wp_reminder_t {
    const char *field, *kind, *channel;
} wp_reminder_t;

#define WP_REMINDERS 6
extern const wp_reminder_t wp_reminders[WP_REMINDERS];

/* The tick boxes as fields of a form. */
#define WP_REMINDER_FIELDS \
    {.name = "remind-readings-email", .type = WP_FIELD_TICK}, {.name = "remind-readings-sms", .type = WP_FIELD_TICK}, \
        {.name = "remind-invoices-email", .type = WP_FIELD_TICK}, \
        {.name = "remind-invoices-sms", .type = WP_FIELD_TICK}, \
        {.name = "remind-outages-email", .type = WP_FIELD_TICK}, \
    { \
        .name = "remind-outages-sms", .type = WP_FIELD_TICK \
    }

extern const char *const wp_quiet_hours[];       /* NULL-terminated, the default first */
extern const char *const wp_contact_languages[]; /* likewise */

/* Records a yes or no together with the version of the wording. args must bind account and now. */
apr_status_t wp_consent_add(wp_page_t *page, const wp_args_t *args, const wp_reminder_t *reminder, bool given);

#endif
