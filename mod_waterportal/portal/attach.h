/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_PORTAL_ATTACH_H
#define WP_PORTAL_ATTACH_H

#include "data/db.h"
#include "identity/identity.h"

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
    const char *account;
    wp_account_key_t key;
    const char *name;       /* or NULL */
    const char *tag;        /* of the person who acts, or of whoever settled the case */
    const char *actor_kind; /* "customer", or "system" */
} wp_attach_t;

/* The attachment of this identity to this account, to be passed to the functions below. */
wp_attach_t wp_attach_of(const wp_identity_t *identity, const char *account);

typedef enum {
    WP_ATTACH_NOTHING, /* another request was faster, or the account is gone */
    WP_ATTACH_LOGIN,
    WP_ATTACH_CODE,
    WP_ATTACH_REFUSED /* people must decide; a case is open */
} wp_attach_outcome_t;

/* Records what is new about the login: the login itself, or the person code. A code is recorded only once in the
 * account's life, and only if the name agrees (domain/person_name.h). Writes an audit entry and notifies the person
 * at every proved address, except about the account's first login. Call it in a write transaction: it locks the
 * account, so that two simultaneous logins with two new codes are handled one after the other. now: an instant. */
apr_status_t wp_attach(wp_db_t *db, const wp_attach_t *wanted, const char *now, wp_attach_outcome_t *outcome);

/* The same for a code that people have accepted: it becomes the account's, and the person is notified.
 * WP_DB_ROLLBACK: an account already has the code, and nothing was written. */
apr_status_t wp_attach_code(wp_db_t *db, const wp_attach_t *wanted, const char *now);

/* The same for a login that people have moved: wanted->account is its new account, whose person is notified.
 * WP_DB_ROLLBACK: the login no longer belongs to an account, and nothing was written. */
apr_status_t wp_attach_moved(wp_db_t *db, const wp_attach_t *wanted, const char *now);

/* Opens the case of a login and a code that belong to two accounts: wanted->account is the login's, other the
 * code's. */
apr_status_t wp_attach_conflict(wp_db_t *db, const wp_attach_t *wanted, const char *other, const char *now);

/* *known: is there already such a case? */
apr_status_t wp_attach_conflict_known(wp_db_t *db, const char *account, const char *other, bool *known);

#endif
