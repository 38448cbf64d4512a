/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_STORE_ACCOUNTS_H
#define WP_STORE_ACCOUNTS_H

#include <stdbool.h>

#include "data/db.h"
#include "store/sessions.h"

/* Accounts, and the keys by which they are known: logins at issuers, and person codes. service/attach.h decides
 * whether an account may gain a new key; here it is stored, unless another account has it. */

typedef struct wp_account_t {
    const char *id; /* NULL: not registered */
    const char *language;
    const char *name;         /* only for the account of a token; for others the identity provider gives the name */
    int contracts;            /* how many it may use today; with the rights, known after wp_account_rights() */
    int rights, whole_rights; /* wp_right_t bits that it has on any contract: on some meters, and on a whole contract */
    bool attach;              /* this login, or this person code, is not yet recorded as the account's */
    const char *other;        /* login and person code belong to different accounts: the code's; id is the login's */
} wp_account_t;

/* What somebody is known by. */
typedef struct wp_account_key_t {
    const char *issuer, *subject; /* the login */
    const char *code;             /* the person code, canonical; NULL: none */
} wp_account_key_t;

/* Finds the account to which the login or the person code leads, and whether this session of the login is still good:
 * every page asks both. If login and code lead to different accounts, account->other is set. */
apr_status_t wp_account_find(wp_db_t *db, const wp_account_key_t *key, const char *session, wp_account_t *account,
                             wp_session_state_t *state);

/* Finds what the account may do in total: contracts, rights, whole_rights. today: YYYY-MM-DD. */
apr_status_t wp_account_rights(wp_db_t *db, const char *today, wp_account_t *account);

/* The state of an account with respect to a key that it is about to gain. */
typedef struct wp_account_standing_t {
    bool there;               /* false: it was erased, and nothing else is set */
    bool has_login, has_code; /* this account is known by it */
    bool elsewhere;           /* another account is known by one of them */
    int logins, codes;        /* how many this account has */
    const char *name;         /* of the account, or NULL */
} wp_account_standing_t;

/* In a write transaction: locks the account until the transaction ends, so that two writers take turns. */
apr_status_t wp_account_hold(wp_db_t *db, const char *account, const wp_account_key_t *key,
                             wp_account_standing_t *standing);

/* Adds the login, or the code, of the key to the account; now: an instant. WP_DB_ROLLBACK: an account has it already
 * or, if a login is to be moved, none has it; nothing was written. */
apr_status_t wp_account_add_login(wp_db_t *db, const char *account, const wp_account_key_t *key, const char *now);
apr_status_t wp_account_add_code(wp_db_t *db, const char *account, const wp_account_key_t *key, const char *now);
apr_status_t wp_account_move_login(wp_db_t *db, const char *account, const wp_account_key_t *key);

/* name NULL: unchanged. */
apr_status_t wp_account_set_name(wp_db_t *db, const char *account, const char *name);

/* Confirmed addresses to which a person can be notified about the account; NULL: none. */
typedef struct wp_account_proved_t {
    const char *language, *email, *phone;
} wp_account_proved_t;

apr_status_t wp_account_proved(wp_db_t *db, const char *account, wp_account_proved_t *proved);

#endif
