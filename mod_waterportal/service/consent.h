/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_SERVICE_CONSENT_H
#define WP_SERVICE_CONSENT_H

#include "domain/reminder.h"
#include "service/own_account.h"

/* To what reminders a person consents: every yes and no is kept, together with the version of the wording that was
 * shown; the latest is in force. */

/* What is in force for the account in args. */
apr_status_t wp_consent_current(wp_db_t *db, const wp_args_t *args, wp_consents_t *current);

/* Why this reminder, the index of one, cannot be wanted: no reminders are sent to an address that is missing or not
 * proved, and nobody is led to believe so. A choice made earlier remains. WP_ERROR_NONE: it can. */
wp_error_t wp_consent_refusal(const wp_own_account_t *own, const wp_consents_t *current, const wp_consents_t *wanted,
                              int reminder);

typedef struct wp_reminding_t {
    const char *language, *quiet; /* of wp_contact_languages, wp_quiet_hours; NULL: as it is */
    wp_consents_t consents;
} wp_reminding_t;

/* Is there no such language ("language"), or are there no such hours ("quiet")? NULL: there are; NULL values too. */
const char *wp_habit_unknown(const char *language, const char *quiet);

/* Changes the language of messages, the hours without reminders, and what differs from the consents in force. SAME:
 * nothing differs. REFUSED: as wp_consent_refusal() says, with the reminder's name as field; CHOICE: no such language
 * or hours. */
apr_status_t wp_consent_change(wp_act_t *act, const wp_reminding_t *wanted, wp_result_t *result);

/* The first answers of an account that was opened in this unit: all are recorded, also every no. */
apr_status_t wp_consent_begin(wp_act_t *act, const wp_consents_t *wanted);

#endif
