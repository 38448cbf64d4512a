/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_SERVICE_OWN_ACCOUNT_H
#define WP_SERVICE_OWN_ACCOUNT_H

#include "service/act.h"

/* The actor's own account, as the services of a person's own things see it: address, reminders, tokens, erasure. They
 * all begin by locking it, so that two tabs and two devices take turns and each decides by what the other one left. */
typedef struct wp_own_account_t {
    const char *language, *quiet;
    const char *email, *phone;       /* or NULL */
    bool email_proved, phone_proved; /* its code came back */
} wp_own_account_t;

/* Only a person who is logged in decides about their own things. *result: REFUSED for a program, staff and commands;
 * otherwise it is left alone. */
void wp_own_account_expect_person(const wp_act_t *act, wp_result_t *result);

/* Locks the account until the unit ends and reads it. *result: UNKNOWN if the actor has none, or if it was erased in
 * the meantime; REFUSED if the actor is no person; otherwise it is left alone. */
apr_status_t wp_own_account_hold(wp_act_t *act, wp_own_account_t *own, wp_result_t *result);

/* channel: "email" or "sms" */
const char *wp_own_account_address(const wp_own_account_t *own, const char *channel);
bool wp_own_account_is_proved(const wp_own_account_t *own, const char *channel);

/* A row with the columns of account_own. */
wp_own_account_t wp_own_account_of(const wp_rows_t *rows);

#endif
