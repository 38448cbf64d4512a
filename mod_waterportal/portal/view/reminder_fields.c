/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/view/reminder_fields.h"

#include "base/banned.h"

wp_consents_t wp_reminder_fields_read(const wp_form_t *form)
{
    wp_consents_t consents;

    for (int i = 0; i < WP_REMINDERS; i++)
        consents.given[i] = wp_form_ticked(form, wp_reminders[i].name, NULL);
    return consents;
}

void wp_reminder_fields_preset(wp_form_t *form, const wp_consents_t *consents)
{
    for (int i = 0; i < WP_REMINDERS; i++)
        wp_form_preset(form, wp_reminders[i].name, NULL, consents->given[i] ? "1" : NULL);
}
