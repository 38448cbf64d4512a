/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_PORTAL_ATTACH_H
#define WP_PORTAL_ATTACH_H

#include "data/db.h"
#include "identity/identity.h"

/* What becomes an account's without anybody asking for it: a further login of a known person, a changed person code.
 *
 * Cases opened here, with the facts issuer, subject, code and name of the login:
 *   person_code       a known login brought an unknown code. Reasons: second_change, name_differs, name_missing.
 *                     Settled "accepted": the code is the account's; "refused": this login stays out while it brings
 *                     this code.
 *   account_conflict  login and code are of two accounts. Reason: two_accounts; fact: other, the code's account.
 *                     Settled "moved": the login is the other account's from now on; "refused": it stays out. */
#define WP_CASE_PERSON_CODE      "person_code"
#define WP_CASE_ACCOUNT_CONFLICT "account_conflict"

/* The account's own: who it is known by. */
typedef struct wp_attach_t {
    const char *account;
    wp_account_key_t key;
    const char *name;       /* or NULL */
    const char *tag;        /* of the person who acts, or who settled it */
    const char *actor_kind; /* "customer", or "system" */
} wp_attach_t;

/* An identity that is to be attached to an account. */
wp_attach_t wp_attach_of(const wp_identity_t *identity, const char *account);

typedef enum {
    WP_ATTACH_NOTHING, /* another request was faster, or the account is gone */
    WP_ATTACH_LOGIN,
    WP_ATTACH_CODE,
    WP_ATTACH_REFUSED /* people must decide, and a case is open for them */
} wp_attach_outcome_t;

/* Writes down what is new of the login: the login itself, or the code – once in the account's life, and only when the
 * name agrees (domain/person_name.h). An audit entry says so, and the person is told by every proved address; not of
 * the account's first login. In a write transaction: it holds the account, so that of two logins at once with two new
 * codes one comes second. now: an instant. */
apr_status_t wp_attach(wp_db_t *db, const wp_attach_t *wanted, const char *now, wp_attach_outcome_t *outcome);

/* The same for a code that people have accepted: it is the account's, and the person is told. WP_DB_ROLLBACK: an
 * account has it already, and nothing was written. */
apr_status_t wp_attach_code(wp_db_t *db, const wp_attach_t *wanted, const char *now);

/* The same for a login that people have moved: wanted->account is its account from now on, and is told.
 * WP_DB_ROLLBACK: the login is no account's any more, and nothing was written. */
apr_status_t wp_attach_moved(wp_db_t *db, const wp_attach_t *wanted, const char *now);

/* Opens the case of a login and a code of two accounts: wanted->account is the login's, other the code's. */
apr_status_t wp_attach_conflict(wp_db_t *db, const wp_attach_t *wanted, const char *other, const char *now);

/* Is there a case of it already? */
apr_status_t wp_attach_conflict_known(wp_db_t *db, const char *account, const char *other, bool *known);

#endif
