/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_STORE_ACCOUNTS_H
#define WP_STORE_ACCOUNTS_H

#include <stdbool.h>

#include "data/db.h"

/* Accounts, and whom they are known by: logins at issuers, and person codes. Whether an account may get a new one is
 * decided elsewhere (portal/attach.h); here it is written down, unless another account has it. */

typedef struct wp_account_t {
    const char *id; /* NULL: not registered */
    const char *language;
    const char *name;         /* of a token's account only: of others the identity provider says it */
    int contracts;            /* how many it may use today */
    int rights, whole_rights; /* wp_right_t bits it has on any of them: on some meters, and on the whole contract */
    bool attach;              /* this login, or this person code, is not yet written down as the account's */
    const char *other; /* the login is of one account, the person code of another: the code's; id is the login's */
} wp_account_t;

/* What somebody is known by. */
typedef struct wp_account_key_t {
    const char *issuer, *subject; /* the login */
    const char *code;             /* the person code, canonical; NULL: none */
} wp_account_key_t;

/* Finds the account that the login or the person code leads to, and what it may do. With both, of different accounts:
 * account->other. today: YYYY-MM-DD. */
apr_status_t wp_account_find(wp_db_t *db, const wp_account_key_t *key, const char *today, wp_account_t *account);

/* How an account stands to a key that is to become its own. */
typedef struct wp_account_standing_t {
    bool there;               /* false: it was erased, and nothing else is set */
    bool has_login, has_code; /* some account, perhaps another, is known by it */
    int logins, codes;        /* how many this account has */
    const char *name;         /* of the account, or NULL */
} wp_account_standing_t;

/* In a write transaction: holds the account until its end, so that of two writers one comes second. */
apr_status_t wp_account_hold(wp_db_t *db, const char *account, const wp_account_key_t *key,
                             wp_account_standing_t *standing);

/* The login, or the code, of the key becomes the account's; now: an instant. WP_DB_ROLLBACK: an account has it already,
 * or, of a login to be moved, none has; nothing was written. */
apr_status_t wp_account_add_login(wp_db_t *db, const char *account, const wp_account_key_t *key, const char *now);
apr_status_t wp_account_add_code(wp_db_t *db, const char *account, const wp_account_key_t *key, const char *now);
apr_status_t wp_account_move_login(wp_db_t *db, const char *account, const wp_account_key_t *key);

/* name NULL: it stays as it is. */
apr_status_t wp_account_set_name(wp_db_t *db, const char *account, const char *name);

/* Where a person can be told of what concerns the account: addresses that were proved; NULL: none. */
typedef struct wp_account_proved_t {
    const char *language, *email, *phone;
} wp_account_proved_t;

apr_status_t wp_account_proved(wp_db_t *db, const char *account, wp_account_proved_t *proved);

#endif
