/* SPDX-License-Identifier: Apache-2.0 */
#include "store/audit.h"

#include "crypto/random.h"

#include "base/banned.h"

apr_status_t wp_audit_add(wp_db_t *db, const wp_audit_t *entry, const char *now)
{
    wp_args_t *args = wp_args_make(wp_db_pool(db), NULL);

    wp_args_text(args, "audit_id", entry->id ? entry->id : wp_random_id(wp_db_pool(db)));
    wp_args_text(args, "now", now);
    wp_args_text(args, "account", entry->account);
    wp_args_text(args, "person", entry->actor_tag);
    wp_args_text(args, "person_name", entry->actor_name);
    wp_args_text(args, "actor_kind", entry->actor_kind);
    wp_args_text(args, "delegation", entry->delegation);
    wp_args_text(args, "contract", entry->contract);
    wp_args_text(args, "action", wp_did_name(entry->action));
    wp_args_text(args, "detail", entry->detail);
    return wp_db_change(db, "audit_add", args, NULL);
}

apr_status_t wp_audit_seen(wp_db_t *db, const char *id, bool *seen)
{
    wp_args_t *args = wp_args_make(wp_db_pool(db), NULL);
    wp_rows_t *rows;

    wp_args_text(args, "audit_id", id);
    apr_status_t status = wp_db_select(db, "audit_seen", args, &rows);
    *seen = status == APR_SUCCESS && rows->count > 0;
    return status;
}
