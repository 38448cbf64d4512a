/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DOMAIN_REMINDER_H
#define WP_DOMAIN_REMINDER_H

#include <stdbool.h>

/* What a person can be reminded of, and how: each is consented to by itself. name: of the choice, in forms too. */
typedef struct wp_reminder_t {
    const char *name, *kind, *channel;
} wp_reminder_t;

#define WP_REMINDERS 6
extern const wp_reminder_t wp_reminders[WP_REMINDERS];

/* A yes or no to each of wp_reminders. */
typedef struct wp_consents_t {
    bool given[WP_REMINDERS];
} wp_consents_t;

/* Hours without reminders, and languages of messages: NULL-terminated, the default first. */
extern const char *const wp_quiet_hours[];
extern const char *const wp_contact_languages[];

#endif
