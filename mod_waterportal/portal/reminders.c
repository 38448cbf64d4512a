/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/reminders.h"

#include "crypto/random.h"

#include "base/banned.h"

/* Version of the wording of the reminder choices in xslt/l10n (registration.remind.*) to which people consent. New
 * wording needs a new version, so that a consent can be compared with what was shown. */
#define CONSENT_TEXT "2026-11"

const char *const wp_quiet_hours[] = {"21-8", "22-7", "none", NULL};
const char *const wp_contact_languages[] = {"lv", "en", NULL};

const wp_reminder_t wp_reminders[WP_REMINDERS] = {
    {"remind-readings-email", "readings", "email"}, {"remind-readings-sms", "readings", "sms"},
    {"remind-invoices-email", "invoices", "email"}, {"remind-invoices-sms", "invoices", "sms"},
    {"remind-outages-email", "outages", "email"},   {"remind-outages-sms", "outages", "sms"},
};

apr_status_t wp_consent_add(wp_page_t *page, const wp_args_t *args, const wp_reminder_t *reminder, bool given)
{
    wp_args_t *consent = wp_args_make(page->pool, args);
    wp_args_text(consent, "consent_id", wp_random_id(page->pool));
    wp_args_text(consent, "kind", reminder->kind);
    wp_args_text(consent, "channel", reminder->channel);
    wp_args_int(consent, "given", given);
    wp_args_text(consent, "text_version", CONSENT_TEXT);
    return wp_db_change(page->db, "consent_add", consent, NULL);
}
