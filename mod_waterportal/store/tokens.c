/* SPDX-License-Identifier: Apache-2.0 */
#include "store/tokens.h"

#include "base/banned.h"

apr_status_t wp_token_find(wp_db_t *db, const char *hash, const char *minute, wp_token_t *token)
{
    wp_args_t *args = wp_args_make(wp_db_pool(db), NULL);
    wp_rows_t *rows;

    wp_args_text(args, "hash", hash);
    wp_args_text(args, "minute", minute);
    apr_status_t status = wp_db_select(db, "token_find", args, &rows);
    *token = (wp_token_t){.id = NULL};
    if (status == APR_SUCCESS && rows->count == 1)
        *token = (wp_token_t){.id = wp_row_text(rows, 0, "token_id"),
                              .account = wp_row_text(rows, 0, "account_id"),
                              .name = wp_row_text(rows, 0, "name"),
                              .scopes = wp_row_text(rows, 0, "scopes"),
                              .expires_on = wp_row_text(rows, 0, "expires_on"),
                              .revoked = !wp_row_is_null(rows, 0, "revoked_at"),
                              .uses = (int)wp_row_int(rows, 0, "uses")};
    return status;
}

apr_status_t wp_token_use(wp_db_t *db, const char *id, const char *minute, int *uses)
{
    wp_args_t *args = wp_args_make(wp_db_pool(db), NULL);
    wp_rows_t *rows;

    wp_args_text(args, "token", id);
    wp_args_text(args, "minute", minute);
    apr_status_t status = wp_db_change(db, "token_count", args, NULL);
    if (status == APR_SUCCESS)
        status = wp_db_select(db, "token_uses", args, &rows);
    if (status != APR_SUCCESS)
        return status;
    *uses = (int)wp_row_int(rows, 0, "uses");
    if (*uses > 1)
        return APR_SUCCESS;
    status = wp_db_change(db, "token_uses_forget", args, NULL);
    return status == APR_SUCCESS ? wp_db_change(db, "token_used", args, NULL) : status;
}
