/* SPDX-License-Identifier: Apache-2.0 */
#include "store/accounts.h"

#include <string.h>

#include "base/banned.h"

static wp_args_t *args_of(wp_db_t *db, const char *account, const wp_account_key_t *key, const char *now)
{
    wp_args_t *args = wp_args_make(wp_db_pool(db), NULL);

    wp_args_text(args, "account", account);
    wp_args_text(args, "issuer", key->issuer);
    wp_args_text(args, "subject", key->subject);
    wp_args_text(args, "code", key->code);
    wp_args_text(args, "now", now);
    return args;
}

static wp_args_t *args_of_account(wp_db_t *db, const char *account)
{
    wp_args_t *args = wp_args_make(wp_db_pool(db), NULL);
    wp_args_text(args, "account", account);
    return args;
}

/* --- finding --- */

apr_status_t wp_account_rights(wp_db_t *db, const char *today, wp_account_t *account)
{
    wp_args_t *args = args_of_account(db, account->id);
    wp_rows_t *rows;

    wp_args_text(args, "today", today);
    apr_status_t status = wp_db_select(db, "login_rights", args, &rows);
    if (status != APR_SUCCESS)
        return status;
    account->contracts = (int)wp_row_int(rows, 0, "contracts");
    account->rights = (int)wp_row_int(rows, 0, "rights");
    account->whole_rights = (int)wp_row_int(rows, 0, "whole_rights");
    return APR_SUCCESS;
}

static wp_session_state_t session_of(const wp_rows_t *rows)
{
    if (wp_row_is_null(rows, 0, "session"))
        return WP_SESSION_NEW;
    return wp_row_is_null(rows, 0, "ended") ? WP_SESSION_OPEN : WP_SESSION_ENDED;
}

apr_status_t wp_account_find(wp_db_t *db, const wp_account_key_t *key, const char *session, wp_account_t *account,
                             wp_session_state_t *state)
{
    wp_args_t *args = args_of(db, NULL, key, NULL);
    wp_rows_t *rows;

    wp_args_text(args, "session", session);
    apr_status_t status = wp_db_select(db, "login_account", args, &rows);
    if (status != APR_SUCCESS)
        return status;

    *state = session_of(rows);
    const char *by_login = wp_row_text(rows, 0, "by_login");
    const char *by_code = wp_row_text(rows, 0, "by_code");
    bool conflict = by_login && by_code && strcmp(by_login, by_code) != 0;
    *account = (wp_account_t){.id = wp_row_text(rows, 0, "account_id"),
                              .language = wp_row_text(rows, 0, "language"),
                              .attach = (by_login == NULL) != (by_code == NULL),
                              .other = conflict ? by_code : NULL};
    return APR_SUCCESS;
}

apr_status_t wp_account_proved(wp_db_t *db, const char *account, wp_account_proved_t *proved)
{
    wp_rows_t *rows;
    apr_status_t status = wp_db_select(db, "account_proved", args_of_account(db, account), &rows);

    *proved = (wp_account_proved_t){0};
    if (status == APR_SUCCESS)
        *proved = (wp_account_proved_t){.language = wp_row_text(rows, 0, "language"),
                                        .email = wp_row_text(rows, 0, "email"),
                                        .phone = wp_row_text(rows, 0, "phone")};
    return status;
}

/* --- a new login or code --- */

/* owner: the account known by a key, or NULL. */
static bool is_other(const char *owner, const char *account)
{
    return owner && strcmp(owner, account) != 0;
}

static wp_account_standing_t standing_of(const wp_rows_t *rows, const char *account)
{
    const char *by_login = wp_row_text(rows, 0, "by_login"), *by_code = wp_row_text(rows, 0, "by_code");

    return (wp_account_standing_t){.there = true,
                                   .has_login = by_login && !is_other(by_login, account),
                                   .has_code = by_code && !is_other(by_code, account),
                                   .elsewhere = is_other(by_login, account) || is_other(by_code, account),
                                   .logins = (int)wp_row_int(rows, 0, "logins"),
                                   .codes = (int)wp_row_int(rows, 0, "codes"),
                                   .name = wp_row_text(rows, 0, "name")};
}

apr_status_t wp_account_hold(wp_db_t *db, const char *account, const wp_account_key_t *key,
                             wp_account_standing_t *standing)
{
    wp_args_t *args = args_of(db, account, key, NULL);
    wp_rows_t *rows = NULL;
    apr_status_t status = wp_db_change(db, "account_hold", args, NULL);

    *standing = (wp_account_standing_t){0};
    if (status == APR_SUCCESS)
        status = wp_db_select(db, "attach_state", args, &rows);
    if (status == APR_SUCCESS && rows->count > 0)
        *standing = standing_of(rows, account);
    return status;
}

/* Nothing untrue may be recorded or reported: another account may have the code, or the login, by now. */
static apr_status_t change_one(wp_db_t *db, const char *query, const wp_args_t *args)
{
    int changed = 0;
    apr_status_t status = wp_db_change(db, query, args, &changed);

    return status == APR_SUCCESS && changed == 0 ? WP_DB_ROLLBACK : status;
}

apr_status_t wp_account_add_login(wp_db_t *db, const char *account, const wp_account_key_t *key, const char *now)
{
    return change_one(db, "identity_attach", args_of(db, account, key, now));
}

apr_status_t wp_account_add_code(wp_db_t *db, const char *account, const wp_account_key_t *key, const char *now)
{
    return change_one(db, "person_code_attach", args_of(db, account, key, now));
}

apr_status_t wp_account_move_login(wp_db_t *db, const char *account, const wp_account_key_t *key)
{
    return change_one(db, "identity_move", args_of(db, account, key, NULL));
}

apr_status_t wp_account_set_name(wp_db_t *db, const char *account, const char *name)
{
    wp_args_t *args = args_of_account(db, account);
    wp_args_text(args, "person_name", name);
    return wp_db_change(db, "account_name_set", args, NULL);
}
