/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_SERVICE_ATTACH_H
#define WP_SERVICE_ATTACH_H

#include "service/act.h"

/* What becomes part of an account without a decision by people: a further login of a known person, a changed person
 * code.
 *
 * Cases opened here, with the facts issuer, subject, code and name of the login:
 *   person_code       a known login brought an unknown code. Reasons: second_change, name_differs, name_missing.
 *                     Settled as "accepted": the code becomes the account's; "refused": this login is rejected while it
 *                     brings this code.
 *   account_conflict  login and code belong to two accounts. Reason: two_accounts; fact: other, the code's account.
 *                     Settled as "moved": the login belongs to the other account from now on; "refused": it is
 *                     rejected. */
#define WP_CASE_PERSON_CODE      "person_code"
#define WP_CASE_ACCOUNT_CONFLICT "account_conflict"

/* What identifies the account's person. */
typedef struct wp_attach_t {
    const char *account; /* that the login or the code leads to */
    wp_account_key_t key;
    const char *name; /* as the issuer gave it, or NULL */
} wp_attach_t;

typedef enum wp_attached_t { WP_ATTACHED_NOTHING, WP_ATTACHED_LOGIN, WP_ATTACHED_CODE } wp_attached_t;

/* Records what is new about the login: the login itself, or the person code. A code is recorded only once in the
 * account's life, and only if the name agrees (domain/person_name.h). Writes an audit entry and notifies the person at
 * every proved address, except about the account's first login. The account is locked, so that two simultaneous logins
 * with two new codes are handled one after the other.
 * DONE: *attached says what. SAME: another request was faster. CONFLICT: in the meantime the account was erased, or the
 * login or the code became another account's. REFUSED with PERSON_CODE: people must decide; a case is open. */
apr_status_t wp_attach(wp_act_t *act, const wp_attach_t *wanted, wp_attached_t *attached, wp_result_t *result);

/* For a code that people have accepted: it becomes the account's, and the person is notified. CONFLICT: an account
 * already has the code. */
apr_status_t wp_attach_code(wp_act_t *act, const wp_attach_t *wanted, wp_result_t *result);

/* For a login that people have moved: wanted->account is its new account, whose person is notified. CONFLICT: the login
 * no longer belongs to an account. */
apr_status_t wp_attach_moved(wp_act_t *act, const wp_attach_t *wanted, wp_result_t *result);

/* Opens the case of a login and a code that belong to two accounts: wanted->account is the login's, other the
 * code's. SAME: there is one, or it was refused. */
apr_status_t wp_attach_conflict(wp_act_t *act, const wp_attach_t *wanted, const char *other, wp_result_t *result);

/* In any unit. *known: is there already such a case? */
apr_status_t wp_attach_conflict_known(wp_db_t *db, const char *account, const char *other, bool *known);

#endif
