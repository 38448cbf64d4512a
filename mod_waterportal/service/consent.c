/* SPDX-License-Identifier: Apache-2.0 */
#include "service/consent.h"

#include <string.h>

#include "crypto/random.h"
#include "domain/text.h"

#include "base/banned.h"

/* Version of the wording of the reminder choices in xslt/l10n (registration.remind.*) to which people consent. New
 * wording needs a new version, so that a consent can be compared with what was shown. */
#define CONSENT_TEXT "2026-11"

static bool is_given(const wp_rows_t *consents, const wp_reminder_t *reminder)
{
    for (int i = 0; i < consents->count; i++) {
        if (strcmp(wp_row_text(consents, i, "kind"), reminder->kind) == 0 &&
            strcmp(wp_row_text(consents, i, "channel"), reminder->channel) == 0)
            return wp_row_int(consents, i, "given") != 0;
    }
    return false;
}

apr_status_t wp_consent_current(wp_db_t *db, const wp_args_t *args, wp_consents_t *current)
{
    wp_rows_t *rows;
    apr_status_t status = wp_db_select(db, "consent_current", args, &rows);

    *current = (wp_consents_t){{false}};
    for (int i = 0; i < WP_REMINDERS && status == APR_SUCCESS; i++)
        current->given[i] = is_given(rows, &wp_reminders[i]);
    return status;
}

wp_error_t wp_consent_refusal(const wp_own_account_t *own, const wp_consents_t *current, const wp_consents_t *wanted,
                              int reminder)
{
    const char *channel = wp_reminders[reminder].channel;
    bool email = strcmp(channel, "email") == 0;

    if (!wanted->given[reminder] || current->given[reminder] || wp_own_account_is_proved(own, channel))
        return WP_ERROR_NONE;
    if (wp_own_account_address(own, channel))
        return email ? WP_ERROR_EMAIL_UNPROVED : WP_ERROR_PHONE_UNPROVED;
    return email ? WP_ERROR_EMAIL_MISSING : WP_ERROR_PHONE_MISSING;
}

/* The account is locked, or new: the number that the statement gives the row is the next one. */
static apr_status_t add(wp_act_t *act, const wp_reminder_t *reminder, bool given)
{
    wp_args_t *args = wp_act_args(act);

    wp_args_text(args, "consent_id", wp_random_id(wp_act_pool(act)));
    wp_args_text(args, "kind", reminder->kind);
    wp_args_text(args, "channel", reminder->channel);
    wp_args_int(args, "given", given);
    wp_args_text(args, "text_version", CONSENT_TEXT);
    return wp_db_change(act->db, "consent_add", args, NULL);
}

apr_status_t wp_consent_begin(wp_act_t *act, const wp_consents_t *wanted)
{
    apr_status_t status = APR_SUCCESS;

    for (int i = 0; i < WP_REMINDERS && status == APR_SUCCESS; i++)
        status = add(act, &wp_reminders[i], wanted->given[i]);
    return status;
}

/* --- changing --- */

const char *wp_habit_unknown(const char *language, const char *quiet)
{
    if (language && !wp_text_is_one_of(language, wp_contact_languages))
        return "language";
    return quiet && !wp_text_is_one_of(quiet, wp_quiet_hours) ? "quiet" : NULL;
}

static apr_status_t set_habits(wp_act_t *act, const char *language, const char *quiet)
{
    wp_args_t *args = wp_act_args(act);

    wp_args_text(args, "language", language);
    wp_args_text(args, "quiet", quiet);
    return wp_db_change(act->db, "account_habits_set", args, NULL);
}

static apr_status_t change(wp_act_t *act, const wp_own_account_t *own, const wp_consents_t *current,
                           const wp_reminding_t *wanted, wp_result_t *result)
{
    const char *language = wanted->language ? wanted->language : own->language;
    const char *quiet = wanted->quiet ? wanted->quiet : own->quiet;
    bool changes = strcmp(language, own->language) != 0 || strcmp(quiet, own->quiet) != 0;
    apr_status_t status = changes ? set_habits(act, language, quiet) : APR_SUCCESS;

    for (int i = 0; i < WP_REMINDERS && status == APR_SUCCESS; i++) {
        if (wanted->consents.given[i] == current->given[i])
            continue;
        changes = true;
        status = add(act, &wp_reminders[i], wanted->consents.given[i]);
    }
    *result = wp_result_of(changes ? WP_OUTCOME_DONE : WP_OUTCOME_SAME);
    return status == APR_SUCCESS && changes ? wp_act_audit(act, NULL, WP_DID_REMINDERS_CHANGED, NULL) : status;
}

static void judge(const wp_own_account_t *own, const wp_consents_t *current, const wp_reminding_t *wanted,
                  wp_result_t *result)
{
    const char *unknown = wp_habit_unknown(wanted->language, wanted->quiet);

    for (int i = WP_REMINDERS - 1; i >= 0; i--) {
        wp_error_t error = wp_consent_refusal(own, current, &wanted->consents, i);
        if (error)
            *result = wp_result_refused(error, wp_reminders[i].name);
    }
    if (unknown)
        *result = wp_result_refused(WP_ERROR_CHOICE, unknown);
}

apr_status_t wp_consent_change(wp_act_t *act, const wp_reminding_t *wanted, wp_result_t *result)
{
    wp_own_account_t own;
    wp_consents_t current;
    apr_status_t status = wp_own_account_hold(act, &own, result);

    if (status == APR_SUCCESS && !wp_result_is_against(result))
        status = wp_consent_current(act->db, act->args, &current);
    if (status != APR_SUCCESS || wp_result_is_against(result))
        return status;
    judge(&own, &current, wanted, result);
    return wp_result_is_against(result) ? APR_SUCCESS : change(act, &own, &current, wanted, result);
}
