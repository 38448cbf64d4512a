/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/page.h"

#include "crypto/random.h"

#include "base/banned.h"

/* What the audit log records. */

apr_status_t wp_page_audit(wp_page_t *page, wp_did_t action, const char *contract, const char *detail)
{
    wp_args_t *args = wp_page_args(page);
    wp_args_text(args, "audit_id", wp_random_id(page->pool));
    wp_args_text(args, "actor_kind", page->actor_kind ? page->actor_kind : "customer");
    wp_args_text(args, "delegation", page->delegation);
    wp_args_text(args, "action", wp_did_name(action));
    wp_args_text(args, "contract", contract);
    wp_args_text(args, "detail", detail);
    return wp_db_change(page->db, "audit_add", args, NULL);
}

void wp_page_note(wp_page_t *page, const char *audit_id, wp_did_t action, const char *detail)
{
    APR_ARRAY_PUSH(page->notes, wp_note_t) = (wp_note_t){.audit_id = audit_id ? audit_id : wp_random_id(page->pool),
                                                         .contract = page->contract,
                                                         .delegation = page->delegation,
                                                         .actor_kind = page->actor_kind ? page->actor_kind : "customer",
                                                         .action = action,
                                                         .detail = detail};
}

static apr_status_t write_note(wp_page_t *page, const wp_note_t *note)
{
    wp_args_t *args = wp_page_args(page);
    wp_args_text(args, "audit_id", note->audit_id);
    wp_args_text(args, "actor_kind", note->actor_kind);
    wp_args_text(args, "delegation", note->delegation);
    wp_args_text(args, "contract", note->contract);
    wp_args_text(args, "action", wp_did_name(note->action));
    wp_args_text(args, "detail", note->detail);
    return wp_db_change(page->db, "audit_add", args, NULL);
}

apr_status_t wp_page_write_notes(wp_page_t *page)
{
    apr_status_t status = APR_SUCCESS;

    for (int i = 0; i < page->notes->nelts && status == APR_SUCCESS; i++)
        status = write_note(page, &APR_ARRAY_IDX(page->notes, i, wp_note_t));
    return status;
}
