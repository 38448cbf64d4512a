/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_SECTIONS_ACCOUNT_PARTS_H
#define WP_SECTIONS_ACCOUNT_PARTS_H

#include "portal/page.h"

/* The pages of a person's own account, part by part: the stages and the form of each. section.c has their routes. */

/* contact.c: /email and /phone, and the codes that come back */
extern const wp_form_def_t wp_account_email_form, wp_account_phone_form, wp_account_code_form;
apr_status_t wp_account_load_contact(wp_page_t *page);
apr_status_t wp_account_show_contact(wp_page_t *page);
apr_status_t wp_account_load_code(wp_page_t *page);
apr_status_t wp_account_show_code(wp_page_t *page);

/* reminders.c: language, reminders, quiet hours, and what was answered before */
extern const wp_form_def_t wp_account_reminders_form;
apr_status_t wp_account_load_reminders(wp_page_t *page);
apr_status_t wp_account_show_reminders(wp_page_t *page);
apr_status_t wp_account_show_consents(wp_page_t *page);

/* tokens.c: access tokens for programs */
extern const wp_form_def_t wp_account_token_form, wp_account_revoke_form;
extern const wp_field_t wp_account_tokens_inputs[], wp_account_token_inputs[];
apr_status_t wp_account_show_tokens(wp_page_t *page);
apr_status_t wp_account_load_token(wp_page_t *page);
apr_status_t wp_account_show_token(wp_page_t *page);

/* erasure.c */
extern const wp_form_def_t wp_account_erasure_form;

#endif
