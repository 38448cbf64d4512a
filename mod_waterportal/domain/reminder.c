/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/reminder.h"

#include <stddef.h>

#include "base/banned.h"

const char *const wp_quiet_hours[] = {"21-8", "22-7", "none", NULL};
const char *const wp_contact_languages[] = {"lv", "en", NULL};

const wp_reminder_t wp_reminders[WP_REMINDERS] = {
    {"remind-readings-email", "readings", "email"}, {"remind-readings-sms", "readings", "sms"},
    {"remind-invoices-email", "invoices", "email"}, {"remind-invoices-sms", "invoices", "sms"},
    {"remind-outages-email", "outages", "email"},   {"remind-outages-sms", "outages", "sms"},
};
